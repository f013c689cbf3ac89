"""Checks of single sentences: those that hold, fail or cannot be told, and coincidences that nobody claimed."""

from __future__ import annotations

import pytest

from extract.pipeline import extract_text

HOLD = {
    "全县持证社工达263人，其中助理社会工作师201人、社会工作师62人。": ["sum 201+62=263"],
    "全市建成社工站110个，其中市级1个、县级6个、乡镇103个。": ["sum 1+6+103=110"],
    "全区现有持证社工572人，按岗位分，社区工作者310人，机关事业单位人员182人，其他人员80人。": ["sum 310+182+80=572"],
    "现有镇站7个、乡站3个，共10个。": ["sum 7+3=10"],
    "全年开展探访2.2万人次、关爱8600人次、康复1240人次，共计3.184万人次。": ["sum 22000+8600+1240=31840"],
    "投入资金860万元，其中中央资金300万元、省级资金260万元、市级配套300万元。": ["sum 3000000+2600000+3000000=8600000"],
    "在岗社工53人，其中持证31人（初级24人、中级7人）。": ["part 31 of 53", "sum 24+7=31"],
    "2022年列支198.42万元，预算222.86万元，结余24.44万元。": ["sum 1984200+244400=2228600"],
    "人员占63.5%，服务占24.1%，其余12.4%用于行政。": ["sum 63.5%+24.1%+12.4%=100%"],
    "全市持证社工近900人，其中初级600余人、中级约250人、高级12人。": ["sum 600+250+12=862, near 900"],
    "全县有286人报名，实际参考231人，64人合格，合格率27.7%。": ["ratio 64/231=27.71%"],
    "驻站社工577人，其中持证305人，占52.9%。": ["part 305 of 577", "ratio 305/577=52.86%"],
    "全市4523人报名，其中1085人通过考试，考试通过率达24%。": ["part 1085 of 4523", "ratio 1085/4523=24%"],
    "全市持证社工5126人，较年初增加1003人，增长24.3%。": ["growth 1003/(5126-1003)=24.33%"],
    "持证社工由2019年的412人增加到1503人，增长2.65倍。": ["growth (1503-412)/412=264.8%"],
    "持证社工由2019年的412人增加到1503人，增加1091人。": ["change 1503-412=1091"],
    "过线率18.9%，比2022年的12.5%提升6.4个百分点。": ["change 18.9-12.5=6.4"],
    "全县报考312人，同比增加87人，增长38.7%。": ["growth 87/(312-87)=38.67%"],
    "2021年投入120万元，2022年投入150万元，2023年投入180万元，三年累计投入450万元。": [
        "sum 1200000+1500000+1800000=4500000"
    ],
    "对12个社工站每站补助5万元，共补助60万元。": ["product 50000×12=600000"],
    "报名人数由去年的420人下降到380人，下降9.5%。": ["growth (380-420)/420=9.52%"],
    "合格74人，与2023年的31人相比，增长1.39倍。": ["growth (74-31)/31=138.7%"],
    "今年报名18个，比去年的9个翻了一番。": ["growth (18-9)/9=100%"],
    "为30名社工每人每月发放补贴500元，全年共发放18万元。": ["product 500×30×12=180000"],
    "改造3个站，每站5万元，共计15万元。": ["product 50000×3=150000"],
    "报名考试的1038人中，缺考161人，877人走进考场。": ["sum 161+877=1038"],
    "省里拨来80万元，县里配套45万元，企业捐了12.6万元，三项合计137.6万元。": ["sum 800000+450000+126000=1376000"],
    "分三批建站：第一批26个，第二批31个，第三批47个，三批共104个。": ["sum 26+31+47=104"],
    "四个县共建成社工站67个：甲县12个、乙县15个、丙县19个、丁县21个。": ["sum 12+15+19+21=67"],
    "县里安排350万元，一是购买服务210万元，二是培训46万元，三是站点提升94万元。": ["sum 2100000+460000+940000=3500000"],
    "新取证148人，高级1人、中级46人、初级101人。": ["sum 1+46+101=148"],
    "在岗社工226人，其中男性89人、女性137人，分别占39.4%和60.6%。": [
        "sum 89+137=226",
        "ratio 89/226=39.38%",
        "ratio 137/226=60.62%",
    ],
    "持证社工612人，初级、中级、高级分别为431人、178人、3人。": ["sum 431+178+3=612"],
    "开展个案34例、小组17场、社区活动46场，共计97场次。": ["sum 34+17+46=97"],
    "30岁以下的占41.3%，30至45岁的占38.2%，45岁以上的占20.5%。": ["sum 41.3%+38.2%+20.5%=100%"],
    "应参加考试的964人中，实到871人，参加率未公布。共有214人合格，合格率24.6%。": ["ratio 214/871=24.57%"],
    "全市86个乡镇中已有79个建成社工站，覆盖率91.9%。": ["ratio 79/86=91.86%"],
    "发放问卷1500份，回收1438份，回收率95.9%。": ["ratio 1438/1500=95.87%"],
    "持证社工512人，占全县社区工作者2048人的25%。": ["ratio 512/2048=25%"],
    "投入304万元，涉及站点152个，平均每站2万元。": ["product 20000×152=3040000"],
    "培训23期，培训2921人次，平均每期127人次。": ["product 127×23=2921"],
    "按每站每年5万元的标准，连续三年补助80个站，共安排1200万元。": ["product 50000×80×3=12000000"],
    "2020年持证社工120人，2024年增至480人，是2020年的4倍。": ["growth (480-120)/120=300%"],
    "全市持证社工3912人，是2020年末1304人的3倍。": ["growth (3912-1304)/1304=200%"],
    "1085人通过考试，占参考人数4523人的24%。": ["ratio 1085/4523=24%"],
    "全市持证社工1326人。其中初级1012人，占76.3%；中级302人，占22.8%；高级12人，占0.9%。": [
        "sum 1012+302+12=1326",
        "sum 76.3%+22.8%+0.9%=100%",
        "ratio 1012/1326=76.32%",
        "ratio 302/1326=22.78%",
        "ratio 12/1326=0.9%",
    ],
    "报名人数由2020年的1206人增加到4824人，是2020年的4倍。": ["growth (4824-1206)/1206=300%"],
    "2014年持证社工只有240名；到2024年，这一数字变成1128名，增加888名。": ["change 1128-240=888"],
    "持证社工比上年增加46人，增长19.2%，达到286人。": ["growth 46/(286-46)=19.17%"],
    "在已有64个社工站的基础上，新增366个。截至年底，全省已建成社工站430个。": ["sum 64+366=430"],
}
FAIL = {
    "全县持证社工达263人，其中助理社会工作师201人、社会工作师61人、高级社会工作师2人。": "sum 201+61+2=264, not 263",
    "全区现有持证社工572人，按岗位分，社区工作者310人，机关事业单位人员182人，其他人员70人。": "sum 310+182+70=562, not 572",
    "全年开展探访2.2万人次、关爱8600人次、康复1240人次，共计3.384万人次。": "sum 22000+8600+1240=31840, not 33840",
    "投入资金860万元，其中中央资金310万元、省级资金260万元、市级配套300万元。": (
        "sum 3100000+2600000+3000000=8700000, not 8600000"
    ),
    "全县有286人报名，实际参考231人，64人合格，合格率37.7%。": "ratio 64/231=27.71%, not 37.7%",
    "全市持证社工5126人，较年初增加1003人，增长34.3%。": "growth 1003/(5126-1003)=24.33%, not 34.3%",
    "持证社工由2019年的412人增加到1503人，增加1191人。": "change 1503-412=1091, not 1191",
    "持证社工由2019年的1503人增加到412人。": "change 412-1503=-1091, against the words",
    "省里拨来80万元，县里配套45万元，企业捐了12.6万元，三项合计136.6万元。": (
        "sum 800000+450000+126000=1376000, not 1366000"
    ),
    "在岗社工226人，其中男性89人、女性127人。": "sum 89+127=216, not 226",
    "持证社工286人，其中初级200人、中级86人，分别占79.9%、30.1%。": "ratio 200/286=69.93%, not 79.9%",
    "投入304万元，涉及站点152个，平均每站3万元。": "product 30000×152=4560000, not 3040000",
    "报名人数由2020年的1206人增加到4824人，是2020年的6倍。": "growth (4824-1206)/1206=300%, not 500%",
    "全市持证社工3912人，是2020年末1304人的4倍。": "growth (3912-1304)/1304=200%, not 300%",
    "改造3个站，每站5万元，共计16万元。": "product 50000×3=150000, not 160000",
    "驻站社工305人，其中持证577人。": "part 577 of 305, against the words",
}
OPEN = {
    "全市持证社工2311人，其中船山区742人、射洪市468人。": "sum 742+468=1210 beside 2311",  # two counties of more
    "全市社工120人，其中女性90人、党员50人。": "sum 90+50=140 beside 120",  # one may be both
    "县里投入500万元，其中200万元用于购买服务，100万元用于培训。": "sum 2000000+1000000=3000000 beside 5000000",
}
COINCIDENCES = [
    "其中持证的四十一位，拿到中级的十二位，全站五十三位同工。",  # one group holds the other
    "社工站5个，配备社工7人，服务老人12人。",
    "2022年、2023年报考人数分别达3870人、5104人，两年累计1216人取得证书。",
    "全区志愿者14.3万人，占常住人口的20.1%。",
    "江苏考区报名147903人，比去年多出2.1万人，总量约占全国的七分之一。",
    "不到3000元的占46%，最高6500元。",
    "试点两年来，社工接访540人次，帮助37名康复人员重新就业，就业率74%。",
    "62名社工服务居民8.3万人次，满意率98.6%。",
    "社工站由11个、9个增加到28个、25个。",
    "未持证的每人每月2600元，持初级证、中级证的分别为2900元和3300元。",
    "组织3批20人到省城跟岗，又派出3批18人。",
]


NO_CONTRADICTIONS = [  # the words do not say that the figures belong together
    "全县投入资金860万元，社工站运营经费较上年增加20万元，增长10%。",
    "全县投入资金860万元。社工站运营经费较上年增加20万元，增长10%。",
    "持证社工由412人增加到1503人，经费增长20%。",
    "持证社工由412人增加到1503人，年均增长12%。",
    "全市4523人报名，1085人通过考试，初级通过率达30%。",
    "全市招录社工430名、配备督导20名，大专以上学历占87%。",
    "今年招聘30人，甲、乙两地报名人数分别为200人、300人。",
    "全市持证社工1500人，高级、中级分别为20人、300人。",
    "建成社工站50个，服务群众2万人次，其中建立档案300个。",
    "新增社工20名、志愿者30名，共80人参加培训。",
    "为30名社工每人每月发放补贴500元，全年共发放9万元。",
    "全县持证社工1000人，其中初级600人、中级390人。",  # a few seniors are not worth a word
    "各级投入11.3亿元，其中省级2.4亿元，市县8.8亿元。",  # rounded
    "社工占比由46%提高到58%，提高了11个百分点。",  # rounded
    "建成服务阵地128个，包括社工站50个、中心30个等。",
    "服务范围由3个村扩大到1个镇。",
    "全市持证社工1503人，比上年增加413人，其中中级人数增长24%。",
    "全市386人报名，通过初级考试80人、中级考试12人，通过率23.8%。",
    "社工站工作人员500人，持证社工800人，专职人员持证率达40%。",
    "全市持证社工1500人。从报考情况来看，今年报考初级1000人、中级450人。",
    "总投资1200万元，其中争取省级资金500万元、县级配套300万元。",
    "镇站7个、乡站4个，共10个村受益。",
    "建成乡镇社工站5个，其中下设村级服务点30个。",
    "通过率30%，其他地区20%。",
    "全市持证社工50人，其中持证社工的家属200户。",
    "现有驻站社工52名；持证的31人，持证率由建站之初的21%升至59.6%。",
    "通辽市报名420人，赤峰市报名365人，其他地区合计182人。",
]


@pytest.mark.parametrize(("share", "verdict"), [("52%", "holds"), ("62%", "fails")])
def test_parts_that_are_counted_again_make_the_share_that_is_told_of_them(share: str, verdict: str) -> None:
    found = extract_text(f"新取证702人，其中城区198人、郊区167人，两区合计占{share}。").checks
    assert [(check.kind, check.verdict) for check in found] == [("sum", "cannot_tell"), ("ratio", verdict)]


@pytest.mark.parametrize(("text", "told"), HOLD.items())
def test_an_equation_that_the_text_makes_holds(text: str, told: list[str]) -> None:
    assert [(check.text, check.verdict) for check in extract_text(text).checks] == [(t, "holds") for t in told]


@pytest.mark.parametrize(("text", "told"), FAIL.items())
def test_an_equation_that_the_text_claims_fails(text: str, told: str) -> None:
    assert [check.text for check in extract_text(text).checks if check.verdict == "fails"] == [told]


@pytest.mark.parametrize(("text", "told"), OPEN.items())
def test_parts_that_need_not_be_all_cannot_be_told(text: str, told: str) -> None:
    assert [(check.text, check.verdict) for check in extract_text(text).checks] == [(told, "cannot_tell")]


@pytest.mark.parametrize("text", NO_CONTRADICTIONS)
def test_what_the_words_do_not_claim_beyond_doubt_never_fails(text: str) -> None:
    assert [check.text for check in extract_text(text).checks if check.verdict == "fails"] == []


@pytest.mark.parametrize("text", COINCIDENCES)
def test_figures_that_nobody_brought_together_make_no_check(text: str) -> None:
    assert extract_text(text).checks == ()


def test_a_check_names_the_whole_first_and_a_number_without_a_record_by_its_place() -> None:
    text = "全年开展探访220次、关爱86次，共计306次。"
    found = extract_text(text)
    (check,) = found.checks
    numbers = {f"n{number.start}": number.quote for number in found.numbers}
    records = {record.record_id: record.quote for record in found.records}
    assert [(numbers | records)[term] for term in check.terms] == ["306次", "220次", "86次"]


def test_a_check_that_proves_something_shows_on_its_records() -> None:
    found = extract_text("全县持证社工达263人，其中助理社会工作师201人、社会工作师62人。")
    assert {record.checks for record in found.records} == {("sum 201+62=263",)}


def test_a_check_that_fails_shows_on_its_records() -> None:
    found = extract_text("全县持证社工达263人，其中初级201人、中级61人、高级2人。")
    assert {record.checks for record in found.records} == {
        ("sum 201+61+2=264, not 263 (263人→264人 or 201人→200人 or 61人→60人)",)
    }


def test_a_check_that_proves_little_does_not_show() -> None:
    found = extract_text("考取证书8人，其中中级1人、初级7人。")
    assert [(check.text, check.verdict) for check in found.checks] == [("sum 1+7=8", "holds")]
    assert {record.checks for record in found.records} == {()}


def test_parts_are_read_as_those_of_the_whole_that_they_add_up_to() -> None:
    found = extract_text("全县持证社工286人，今年新取证64人，其中中级86人、初级200人。")
    (check,) = found.checks
    assert (check.text, check.chosen) == ("sum 86+200=286", "parts of 286人, not of 64人: only so they add up")
    assert [record.measure for record in found.records] == ["certified", "newly_certified", "certified", "certified"]


def test_parts_that_add_up_to_nothing_belong_to_the_nearest_whole() -> None:
    found = extract_text("全县持证社工286人，今年新取证64人，其中中级12人、初级53人。")
    assert [record.measure for record in found.records] == ["certified", *["newly_certified"] * 3]


def test_a_figure_with_a_blank_inside_is_two_where_only_so_the_parts_add_up() -> None:
    found = extract_text("全县持证社工情况见表1 326人，其中初级300人、中级26人。")
    (check,) = found.checks
    assert (check.text, check.chosen) == ("sum 300+26=326", "two numbers, 1 and 326人: only so they add up")
    assert [(number.quote, number.number_class) for number in found.numbers[:2]] == [
        ("1", "unexplained"),
        ("326人", "record"),
    ]


@pytest.mark.parametrize("parts", ["初级1 300人、中级26人", "初级900人、中级30人"])
def test_else_it_is_one_number(parts: str) -> None:
    found = extract_text(f"全县持证社工1 326人，其中{parts}。")
    assert found.records[0].quote == "1 326人"
