from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.match.gazetteer import units_by_code
from extract.match.mentions import PlaceMention
from extract.match.place_forms import find_forms, split_name, words_of
from extract.match.places import (
    ancestor,
    find_places,
    find_relative_places,
    is_within,
    level_of,
    name_of,
    relative_code,
)

# Each sentence with what is found in it: "text code", or "text code town".
NAMES = [
    ("江苏省民政厅近日下发通知。", ["江苏省 320000"]),
    ("浙江出台社工人才新政。", ["浙江 330000"]),
    ("记者从内蒙古自治区民政厅获悉", ["内蒙古自治区 150000"]),
    ("内蒙古今年再添持证社工3000名", ["内蒙古 150000"]),
    ("新疆维吾尔自治区与宁夏结对帮扶", ["新疆维吾尔自治区 650000", "宁夏 640000"]),
    ("河口区、利津县分别建成社工站7个、8个", ["河口区 370503", "利津县 370522"]),
    ("在河口区、沿海地带布点", []),
    ("广西壮族自治区、西藏自治区均已实现全覆盖", ["广西壮族自治区 450000", "西藏自治区 540000"]),
    ("北京、天津、上海、重庆四地联合培训", ["北京 110000", "天津 120000", "上海 310000", "重庆 500000"]),
    ("香港特别行政区和澳门的社工到访", ["香港特别行政区 810000", "澳门 820000"]),
    ("河南、河北、山东、山西的督导团队", ["河南 410000", "河北 130000", "山东 370000", "山西 140000"]),
    ("绵阳市建成社工站166个", ["绵阳市 510700"]),
    ("哈尔滨和齐齐哈尔的社工", ["哈尔滨 230100", "齐齐哈尔 230200"]),
    ("六盘水市、攀枝花市交流经验", ["六盘水市 520200", "攀枝花市 510400"]),
    ("神农架林区首家社工站揭牌", ["神农架林区 429021"]),
    ("大兴安岭地区行署召开会议", ["大兴安岭地区 232700"]),
    ("锡林郭勒盟民政局", ["锡林郭勒盟 152500"]),
    ("准格尔旗新建6个苏木社工站", ["准格尔旗 150622"]),
    ("莫力达瓦达斡尔族自治旗的牧民", ["莫力达瓦达斡尔族自治旗 150722"]),
    ("科尔沁左翼中旗和科左后旗", ["科尔沁左翼中旗 150521", "科左后旗 150522"]),
    ("恩施州民政局印发方案", ["恩施州 422800"]),
    ("黔东南苗族侗族自治州与黔西南州", ["黔东南苗族侗族自治州 522600", "黔西南州 522300"]),
    ("大理州、楚雄州、德宏州均已启动", ["大理州 532900", "楚雄州 532300", "德宏州 533100"]),
    ("甘孜州和阿坝州的社工站", ["甘孜州 513300", "阿坝州 513200"]),
    ("延边朝鲜族自治州社工协会", ["延边朝鲜族自治州 222400"]),
    ("积石山县灾后服务", ["积石山县 622927"]),
    ("融水县、三江县、龙胜县、隆林县", ["融水县 450225", "三江县 450226", "龙胜县 450328", "隆林县 451031"]),
    ("双江拉祜族佤族布朗族傣族自治县与双江县是一地", ["双江拉祜族佤族布朗族傣族自治县 530925", "双江县 530925"]),
    ("东乡族自治县社工", ["东乡族自治县 622926"]),
    ("张家川县和阿克塞县", ["张家川县 620525", "阿克塞县 620924"]),
    ("岷县、易县、歙县、蔚县四县", ["岷县 621126", "易县 130633", "歙县 341021", "蔚县 130726"]),
    ("阿拉尔市、图木舒克市和可克达拉市", ["阿拉尔市 659002", "图木舒克市 659003", "可克达拉市 659008"]),
    ("济源市委社会工作部、仙桃市民政局", ["济源市 419001", "仙桃市 429004"]),
    ("郑州管城区与洛阳瀍河回族区", ["郑州管城区 410104", "洛阳瀍河回族区 410304"]),
    ("浦东新区、天津滨海新区先行先试", ["浦东新区 310115", "天津滨海新区 120116"]),
    ("横州市、禄丰市、会理市都是新设的市", ["横州市 450181", "禄丰市 532302", "会理市 513402"]),
    ("临平区、钱塘区社工站揭牌", ["临平区 330113", "钱塘区 330114"]),
    ("和康县、白杨市相继设立", ["和康县 653228", "白杨市 659012"]),
    ("貴州省民政廳發佈通知，廣東、臺灣學者到場", ["貴州省 520000", "廣東 440000", "臺灣 710000"]),
    ("四川省甘洛縣的社工", ["四川省甘洛縣 513435"]),
]

NESTED = [
    ("湖南省长沙市浏阳市的社工站", ["湖南省长沙市浏阳市 430181"]),
    ("湖南长沙岳麓区", ["湖南长沙岳麓区 430104"]),
    ("辽宁朝阳：多措并举", ["辽宁朝阳 211300"]),
    ("北京朝阳：社区营造", ["北京朝阳 110105"]),
    ("浙江江山：打造社工之家", ["浙江江山 330881"]),
    ("甘肃合作社工站", ["甘肃 620000"]),
    ("山东济南市中区举办", ["山东济南市中区 370103"]),
    ("乐山市中区与青岛市北区、市南区", ["乐山市中区 511102", "青岛市北区 370203", "市南区 370202"]),
    ("济南市中心、济南市中区域、宁波市北区", ["济南市 370100", "济南市 370100", "宁波市 330200"]),
    ("天津和平：一社一品", ["天津和平 120101"]),
    ("湖南通道：侗乡社工", ["湖南通道 431230"]),
    ("吉林省吉林市昌邑区民政局", ["吉林省吉林市昌邑区 220202"]),
    ("云南大理：社工进古城", ["云南大理 532900"]),
    ("云南省大理州大理市太和街道", ["云南省大理州大理市太和街道 532901 太和街道"]),
    ("大理市与大理州共建，大理的做法受到肯定", ["大理市 532901", "大理州 532900", "大理 532900"]),
    ("新疆塔城地区塔城市", ["新疆塔城地区塔城市 654201"]),
    ("新疆伊犁州阿勒泰地区", ["新疆伊犁州阿勒泰地区 654300"]),
    ("青海海南州共和县", ["青海海南州共和县 632521"]),
    ("上海市浦东新区陆家嘴街道", ["上海市浦东新区陆家嘴街道 310115 陆家嘴街道"]),
    ("河北石家庄新华区与河北沧州新华区", ["河北石家庄新华区 130105", "河北沧州新华区 130902"]),
    ("江苏 南京 鼓楼区", ["江苏 南京 鼓楼区 320106"]),
    ("河南省济源市沁园街道", ["河南省济源市沁园街道 419001 沁园街道"]),
    ("湖北省仙桃市郑场镇", ["湖北省仙桃市郑场镇 429004 郑场镇"]),
    ("江苏、南京市两级联动", ["江苏 320000", "南京市 320100"]),
    ("安徽马山县的说法有误", ["安徽 340000", "马山县 450124"]),
    ("四川江山两地", ["四川 510000"]),
    ("乐山市市中区民政局", ["乐山市市中区 511102"]),
    ("攀枝花市东区的社工", ["攀枝花市东区 510402"]),
    ("晋城市城区的经验", ["晋城市 140500"]),
    ("浙江杭州临安：山乡社工", ["浙江杭州临安 330112"]),
    ("海南海口美兰区", ["海南海口美兰区 460108"]),
    ("广东省中山市与广东珠海", ["广东省中山市 442000", "广东珠海 440400"]),
]

TOWNS = [
    ("东莞市虎门镇社工站", ["东莞市虎门镇 441900 虎门镇"]),
    ("儋州市那大镇、中山市小榄镇", ["儋州市那大镇 460400 那大镇", "中山市小榄镇 442000 小榄镇"]),
    ("嘉峪关市新城镇", ["嘉峪关市新城镇 620200 新城镇"]),
    ("苍南县桥墩镇设站，桥墩镇社工入户", ["苍南县桥墩镇 330327 桥墩镇", "桥墩镇 330327 桥墩镇"]),
    ("南丹县里湖瑶族乡社工站", ["南丹县里湖瑶族乡 451221 里湖瑶族乡"]),
    ("扎鲁特旗阿日昆都楞镇", ["扎鲁特旗阿日昆都楞镇 150526 阿日昆都楞镇"]),
    ("鄂温克旗伊敏苏木", ["鄂温克旗伊敏苏木 150724 伊敏苏木"]),
    ("苍南县各乡镇（街道）都有社工", ["苍南县 330327"]),
    ("岳池县12个街道、31个乡镇", ["岳池县 511621"]),
    ("岳池县乡镇（街道）社工站", ["岳池县 511621"]),
    ("岳池县民政局联合顾县镇", ["岳池县 511621"]),
    ("岳池县城镇居民", ["岳池县 511621"]),
    ("岳池县打造乡镇社工站", ["岳池县 511621"]),
    ("岳池县乡村振兴局", ["岳池县 511621"]),
    ("岳池县城乡社区", ["岳池县 511621"]),
    ("宜兴市湖㳇镇", ["宜兴市 320282"]),
    ("昆山市玉山镇、周庄镇均已建站，周庄镇党委牵头", [
        "昆山市玉山镇 320583 玉山镇", "周庄镇 320583 周庄镇", "周庄镇 320583 周庄镇",
    ]),
    ("天河区石牌街道办事处", ["天河区石牌街道 440106 石牌街道"]),
    ("双流区全镇动员", ["双流区 510116"]),
    ("平阳县向阳街道共有社工5名", ["平阳县向阳街道 330326 向阳街道"]),
]  # fmt: skip

TRAPS = [
    ("早餐是三明治。", []),
    ("为社会长治久安贡献力量", []),
    ("一、二、三明确职责", []),
    ("搭建四平台、六机制", []),
    ("绿色通道已开通，合作单位达20家", []),
    ("全面开放，振兴乡村，平安建设，光明前景", []),
    ("和平、发展、合作、共赢", []),
    ("打造美丽水乡", []),
    ("创新乡村治理方式", []),
    ("运用大理念、大格局", []),
    ("强大理由支撑", []),
    ("日照时间长，大理石铺地", []),
    ("隆重庆祝国际社工日", []),
    ("在重大庆典活动上", []),
    ("建成县级社工总站13个", []),
    ("推动市和县（市、区）两级联动", []),
    ("省、市和县都出台了办法", []),
    ("成立示范县、示范区、示范街道", []),
    ("县级、市级、省级、旗县、地区、全区、城区", []),
    ("经费县级配套，提高县级标准", []),
    ("传达州委精神", []),
    ("国际合作市场广阔", []),
    ("会同县民政局开展走访", []),
    ("沿海城市、临海城市的经验", []),
    ("新增城区面积", []),
    ("黄河南岸、黄河北岸", []),
    ("六盘山西麓，泰山东麓", []),
    ("以出海口为界", []),
    ("初中卫生课上", []),
    ("每个旧小区都有社工", []),
    ("长江阴雨连绵", []),
    ("公益阳光洒满社区", []),
    ("运营口碑良好", []),
    ("整合资源县乡联动", []),
    ("建成都市圈社工联盟", []),
    ("为民造福建新功", []),
    ("推广东西部协作经验", []),
    ("经济南北差异", []),
    ("站在双塔社区、长安社区门口", []),
    ("北京路、海南路、南京路步行街", []),
    ("他毕业于北京大学、安庆师范大学", []),
    ("安徽开放大学承办，《贵州日报》报道", []),
    ("新华社记者", []),
    ("（据中新网四川）", []),
    ("中华人民共和国社会工作条例", []),
    ("坚持党建引领，东西南北中一盘棋", []),
    ("孙中山故居旁的社工站", []),
    ("阿里巴巴公益基金会", []),
    ("全镇、各乡镇、每个街道、该乡", []),
    ("高新区、经开区、开发区、新区", []),
    ("名山大川，同心协力，友好往来", []),
    ("西部大开发，江南水乡，中原大地", []),
    ("走访鼓楼、钟楼、宝塔", []),
    ("比如南部、北部、中部", []),
]

NEIGHBOURS = [
    ("大家都江西来江西去", ["江西 360000", "江西 360000"]),
    ("海南通过率居首", ["海南 460000"]),
    ("河南通过培训", ["河南 410000"]),
    ("上海南站附近", ["上海 310000"]),
    ("唐山东部", ["唐山 130200"]),
    ("扩大连接范围，大连社工多", ["大连 210200"]),
    ("在河北区域内", ["河北 130000"]),
    ("贵州村级社工室", ["贵州 520000"]),
    ("湖北社区治理", ["湖北 420000"]),
    ("上海人、四川话", ["上海 310000", "四川 510000"]),
    ("《深圳市社会工作服务手册》", ["深圳市 440300"]),
    ("合肥社工，复合肥料", ["合肥 340100"]),
    ("在西安召开，东西安排妥当", ["西安 610100"]),
    ("赴义乌、昆山学习", ["义乌 330782", "昆山 320583"]),
    ("南明推行社工制度", ["南明 520102"]),
    ("林芝经验，园林芝麻", ["林芝 540400"]),
    ("达拉特的故事", ["达拉特 150621"]),
    ("西宁市与延安精神", ["西宁市 630100", "延安 610600"]),
    ("公安县公安机关", ["公安县 421022"]),
    ("平安县、资源县、比如县、南部县", ["平安县 630221", "资源县 450329", "比如县 540622", "南部县 511321"]),
]

CONTEXT = [
    ("沈阳市出台办法，和平区率先落实", None, ["沈阳市 210100", "和平区 210102"]),
    ("和平区率先落实，沈阳市跟进", None, ["和平区 210102", "沈阳市 210100"]),
    ("鼓楼区社工站", None, []),
    ("鼓楼区社工站", "350100", ["鼓楼区 350102"]),
    ("鼓楼区社工站", "320300", ["鼓楼区 320302"]),
    ("城关区民政局", "620000", ["城关区 620102"]),
    ("徐州的鼓楼区和南京的鼓楼区", None, ["徐州 320300", "鼓楼区 320302", "南京 320100", "鼓楼区 320106"]),
    ("市中区民政局", "511102", ["市中区 511102"]),
    ("吉林社工大会", None, ["吉林 220000"]),
    ("海南社工大会", None, ["海南 460000"]),
    ("河南县的牧民说，河南变了", "632324", ["河南县 632324", "河南 632324"]),
    ("朝阳市民政局表示，朝阳社工增长快", None, ["朝阳市 211300", "朝阳 211300"]),
    ("朝阳区民政局", "110000", ["朝阳区 110105"]),
    ("朝阳社工增长快", None, []),
    ("锦州、朝阳两地", None, ["锦州 210700", "朝阳 211300"]),
    ("通州区社工站", "110112", ["通州区 110112"]),
    ("会同县开办培训，会同县民政局牵头", "431225", ["会同县 431225", "会同县 431225"]),
    ("湖南省会同县举办培训。会同县民政局牵头", None, ["湖南省会同县 431225", "会同县 431225"]),
    ("青田县举办比赛。鹤城街道社工站夺冠", None, ["青田县 331121", "鹤城街道 331121 鹤城街道"]),
    ("在鹤城街道党委带动下", "331121", ["鹤城街道 331121 鹤城街道"]),
    ("在鹤城街道党委带动下", None, []),
    ("，聚焦乡镇社工站，建好街道社工站", "331121", []),
    ("鹤城的社工在齐齐哈尔市开会", None, ["齐齐哈尔市 230200"]),
    ("达旗社工协会", None, []),
    ("达拉特旗社工多，达旗社工协会", None, ["达拉特旗 150621", "达旗 150621"]),
]

BLANKS = [
    ("甘肃省定\n西市临 洮县的站", ["甘肃省定\n西市临 洮县 621124"]),
    ("位于攀\n\n枝花市", ["攀\n\n枝花市 510400"]),
    ("水平上\n海量资源", []),
    ("上海\n江苏", ["上海 310000", "江苏 320000"]),
]


def told(text: str, home: str | None = None) -> list[str]:
    return [" ".join(filter(None, (m.text, m.code, m.town))) for m in find_places(text, home=home)]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names_are_read_with_their_codes(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(("text", "expected"), NESTED)
def test_adjoining_names_are_one_place_where_they_lie_in_one_another(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(("text", "expected"), TOWNS)
def test_towns_are_read_after_their_county(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(("text", "expected"), TRAPS)
def test_ordinary_words_are_no_places(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(("text", "expected"), NEIGHBOURS)
def test_the_words_around_a_name_decide(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(("text", "home", "expected"), CONTEXT)
def test_the_text_and_home_decide_between_places_of_one_name(text: str, home: str | None, expected: list[str]) -> None:
    assert told(text, home) == expected


@pytest.mark.parametrize(("text", "expected"), BLANKS)
def test_blanks_may_stand_inside_names_and_stay_in_the_quote(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_a_mention_tells_name_code_level_town_and_body() -> None:
    text = "广西南宁市马山县民政局与贵州省民政厅、屏山县中都镇党委、九江"
    assert find_places(text) == [
        PlaceMention(0, 8, "广西南宁市马山县", "马山县", "450124", "county", None, "民政局"),
        PlaceMention(12, 15, "贵州省", "贵州省", "520000", "province", None, "民政厅"),
        PlaceMention(19, 25, "屏山县中都镇", "屏山县", "511529", "township", "中都镇", "党委"),
        PlaceMention(28, 30, "九江", "九江市", "360400", "city", None, None),
    ]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("南明区委社会工作部统筹", "区委社会工作部"),
        ("江西省委组织部印发", "省委组织部"),
        ("鹤壁市人力资源和社会保障局", "人力资源和社会保障局"),
        ("甘谷县人民政府官网", "人民政府"),
        ("宁波团委、妇联", "团委"),
        ("海盐县妇联", "妇联"),
        ("海盐县的财政收入", None),
        ("海盐县委托机构运营", None),
    ],
)
def test_the_body_is_the_organisation_that_follows(text: str, body: str | None) -> None:
    assert [mention.body for mention in find_places(text)] == [body]


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("杭州下城区社工站", 2019, ("下城区", "330103")),
        ("下城区民政局的通知", None, ("下城区", "330103")),
        ("襄樊市社工", None, ("襄樊市", "420600")),
        ("襄阳市社工", None, ("襄阳市", "420600")),
        ("公主岭市社工", None, ("公主岭市", "220184")),
        ("公主岭市社工", 2015, ("公主岭市", "220381")),
        ("米林县社工", None, ("米林县", "540422")),
        ("林芝米林社工", None, ("米林市", "540481")),
        ("毕节地区社工", 2008, ("毕节地区", "522400")),
        ("毕节地区社工", 2023, ("毕节市", "520500")),
        ("黔西县社工", 2016, ("黔西县", "520522")),
    ],
)
def test_the_year_prefers_names_then_in_force(text: str, year: int | None, expected: tuple[str, str]) -> None:
    assert [(mention.name, mention.code) for mention in find_places(text, year=year)] == [expected]


def test_a_segmenter_of_the_callers_own_is_asked_where_a_name_is_in_doubt() -> None:
    asked = []

    def split_every_two(text: str) -> list[str]:
        asked.append(text)
        return [text[:2], text[2:]]

    assert told("大同市") == ["大同市 140200"]
    assert asked == []
    assert [m.text for m in find_places("大同社工多", words=split_every_two)] == ["大同"]
    assert [m.text for m in find_places("高大同学多", words=split_every_two)] == []
    assert asked == ["大同社工多", "高大同学多"]


def test_every_current_name_is_read_in_a_text_about_that_place() -> None:
    wrong = [
        unit
        for units in units_by_code().values()
        for unit in units
        if unit.last is None and unit.name not in words_of("never")
        if [(m.text, m.code) for m in find_places(f"在{unit.name}召开会议", home=unit.code)] != [(unit.name, unit.code)]
    ]
    assert wrong == []


def test_stop_lists_name_spellings_that_exist() -> None:
    keys = ("full_if_introduced", "full_in_doubt", "words", "names", "cities_in_doubt", "well_known")
    known = {word for key in keys for word in words_of(key) if (0, -len(word)) in {hit[:2] for hit in find_forms(word)}}
    assert [word for key in keys for word in sorted(words_of(key) - known)] == []


@pytest.mark.parametrize("key", ["words", "names", "cities_in_doubt"])
def test_a_short_name_is_in_one_stop_list_alone(key: str) -> None:
    others = {"words", "names", "cities_in_doubt"} - {key}
    assert [word for other in others for word in words_of(key) & words_of(other)] == []


@pytest.mark.parametrize(
    ("code", "level", "expected"),
    [
        ("520102", "province", "520000"),
        ("520102", "city", "520100"),
        ("520102", "county", "520102"),
        ("520100", "county", None),
        ("520000", "city", None),
        ("110105", "city", "110000"),
        ("500000", "city", "500000"),
        ("419001", "city", None),
        ("659002", "province", "650000"),
        ("654201", "city", "654200"),
        ("520102", "township", None),
        ("520102", "village", None),
    ],
)
def test_ancestors(code: str, level: str, expected: str | None) -> None:
    assert ancestor(code, level) == expected


def test_levels_names_and_what_lies_in_what() -> None:
    assert [level_of(code) for code in ("650000", "654200", "654201", "429004")] == [
        "province", "city", "county", "county",
    ]  # fmt: skip
    assert [name_of(code) for code in ("420600", "330103", "710000", "999999")] == ["襄阳市", "下城区", "台湾省", None]
    assert name_of("420600", 2008) == "襄樊市"
    assert is_within("654201", "654000")
    assert is_within("110105", "110000")
    assert is_within("520102", "520102")
    assert not is_within("520100", "520102")
    assert not is_within("520102", "520200")


@pytest.mark.parametrize("code", ["52", "5201020", "52010a", ""])
def test_a_code_of_another_form_is_refused_with_the_form_asked_for(code: str) -> None:
    with pytest.raises(ValueError, match="write six digits"):
        level_of(code)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("内蒙古自治区", ("内蒙古", "区")),
        ("融水苗族自治县", ("融水", "县")),
        ("鄂温克族自治旗", ("鄂温克", "旗")),
        ("克孜勒苏柯尔克孜自治州", ("克孜勒苏", "州")),
        ("管城回族区", ("管城", "区")),
        ("井陉矿区", ("井陉", "矿区")),
        ("浦东新区", ("浦东", "新区")),
    ],
)
def test_names_split_into_stem_and_ending(name: str, expected: tuple[str, str]) -> None:
    assert split_name(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全市建成", [("全市", "city")]),
        ("我省今年和该县去年", [("我省", "province"), ("该县", "county")]),
        ("全区、全旗、全盟、全州", [("全区", "region"), ("全旗", "county"), ("全盟", "city"), ("全州", "city")]),
        ("全\n\n省已建成", [("全\n\n省", "province")]),
        ("自治区民政厅与宁夏回族自治区", [("自治区", "province")]),
        ("全自治区", [("全自治区", "province")]),
        ("该街道、本镇、全村", [("该街道", "township"), ("本镇", "township"), ("全村", "village")]),
        ("全州县、全市场、安全区、全县域、全乡镇、自我市场", []),
    ],
)
def test_places_named_by_their_level_alone(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[start:end], level) for start, end, level in find_relative_places(text)] == expected


@pytest.mark.parametrize(
    ("word", "home", "expected"),
    [
        ("全市", "520102", "520100"),
        ("全市", "320583", "320583"),
        ("全市", "110105", "110000"),
        ("全区", "520102", "520102"),
        ("全区", "450000", "450000"),
        ("全区", "450124", "450000"),
        ("全区", "520100", None),
        ("全县", "450124", "450124"),
        ("全旗", "150621", "150621"),
        ("全盟", "152501", "152500"),
        ("全州", "522601", "522600"),
        ("我省", "522601", "520000"),
        ("自治区", "450124", "450000"),
        ("全县", "450100", None),
        ("全镇", "450124", None),
    ],
)
def test_relative_words_are_resolved_by_home(word: str, home: str, expected: str | None) -> None:
    assert relative_code(word, home) == expected


PIECES = st.sampled_from(
    [
        *[
            "北京",
            "朝阳区",
            "和县",
            "大同",
            "马山县",
            "中都镇",
            "街道",
            "全市",
            "民政局",
            "、",
            "，",
            "臺灣",
            "社工",
            "江西",
            "安",
            "12",
        ],
        "\n",
        " ",
        "\ud800",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=300, deadline=None)
def test_mentions_are_quotes_in_order_without_overlaps(text: str) -> None:
    mentions = find_places(text, home="450124")
    assert [text[m.start : m.end] for m in mentions] == [m.text for m in mentions]
    assert all(before.end <= after.start for before, after in pairwise(mentions))
    assert [m.name for m in mentions] == [name_of(m.code) for m in mentions]


@given(st.lists(PIECES.filter(lambda piece: not piece.isspace()), max_size=10).map("".join))
@settings(max_examples=150, deadline=None)
def test_a_sentence_before_that_names_nothing_only_shifts_the_mentions(text: str) -> None:
    before = "社工入户走访。"
    shifted = [(m.start - len(before), m.end - len(before), m.code) for m in find_places(before + text)]
    assert shifted == [(m.start, m.end, m.code) for m in find_places(text)]
