"""Rules applied to sentences: which rule reads which figure, and what figures lend each other.

A figure is told as `quote rule` and, where it has its rule from a neighbour, `quote rule list` or `quote rule part`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.rules.apply import Finding, apply_rules, governing_date
from extract.rules.book import Candidate, RuleBook
from extract.rules.segments import Segment

Rule = Mapping[str, Any]
Read = Callable[..., list[str]]
Findings = Callable[..., list[Finding]]

STANDS: Rule = {"id": "stations.stands", "match": "建成 {facility} {count}|建成{count} {facility}", "list": True}
OPENED: Rule = {"id": "stations.opened", "match": "新建 {facility} {count}", "record": "stations.built"}
HOLDS: Rule = {"id": "workers.holds", "match": "持证 {people}", "list": True, "record": "workers.certified"}
EXAM: Rule = {"id": "workers.exam", "match": "报考 {people}", "list": True, "record": "workers.candidates"}
GIVEN: Rule = {"id": "funds.given", "match": "给予 {money}", "list": True, "record": "funds.reward"}
GREW: Rule = {"id": "rates.grew", "match": "(提升|增长)(到|至) {percent}", "record": "rates.coverage"}


def told(finding: Finding) -> str:
    via = "" if finding.via == "rule" else f" {finding.via}"
    return f"{finding.quantity.text} {finding.rule.id}{via}"


@pytest.fixture
def find(paragraph: Callable[[str], Sequence[Segment]], make_book: Callable[..., RuleBook]) -> Findings:
    """A function that gives the findings of a marked paragraph under some rules."""
    return lambda marked, *rules: apply_rules(paragraph(marked), make_book(*rules))


@pytest.fixture
def read(find: Findings) -> Read:
    """The same, each finding told in words."""
    return lambda marked, *rules: list(map(told, find(marked, *rules)))


# a rule's own figures


def test_a_rule_reads_the_figures_in_its_slots(read: Read) -> None:
    assert read("全县建成社工站【19个】，投入【38万元】。", STANDS) == ["19个 stations.stands"]


def test_a_sentence_without_a_rule_gives_nothing(read: Read) -> None:
    assert read("全县绿化【19个】山头。", STANDS, HOLDS) == []
    assert read("", STANDS) == read("全县建成社工站。", STANDS) == read("建成社工站【19个】。") == []


def test_a_figure_is_read_by_one_rule_only(read: Read) -> None:
    narrow: Rule = {"id": "stations.county", "match": "县级 {facility} {count}", "priority": 60}
    assert read("建成县级社工站【19个】。", STANDS, narrow) == ["19个 stations.county"]


def test_the_higher_priority_wins_in_whichever_order_the_rules_stand(read: Read) -> None:
    low, high = ({"id": f"rule.p{p}", "match": "建成 {facility} {count}", "priority": p} for p in (30, 31))
    assert read("建成社工站【19个】。", low, high) == read("建成社工站【19个】。", high, low) == ["19个 rule.p31"]


def test_of_equals_the_shorter_gap_wins(read: Read) -> None:
    near: Rule = {"id": "rule.near", "match": "社工站 {count}"}
    far: Rule = {"id": "rule.far", "match": "建成 {count}"}
    assert read("建成社工站【19个】。", far, near) == read("建成社工站【19个】。", near, far) == ["19个 rule.near"]


def test_of_equal_gaps_the_longer_match_wins(read: Read) -> None:
    short: Rule = {"id": "rule.short", "match": "社工站{count}"}
    long: Rule = {"id": "rule.long", "match": "建成社工站{count}"}
    assert read("建成社工站【19个】。", short, long) == read("建成社工站【19个】。", long, short) == ["19个 rule.long"]


def test_of_all_equal_the_later_rule_wins(read: Read) -> None:
    rules: list[Rule] = [{"id": f"rule.{name}", "match": "建成 {count}"} for name in ("a", "b")]
    assert read("建成【19个】。", *rules) == ["19个 rule.b"]


def test_a_match_may_begin_inside_another(read: Read) -> None:
    assert read("建成站建成站【3个】。", {"id": "rule.r", "match": "建成站[建成站]{count}"}) == ["3个 rule.r"]
    assert read("建成【3个】建成【4个】建成", {"id": "rule.r", "match": "建成{count}建成"}) == [
        "3个 rule.r",
        "4个 rule.r",
    ]


def test_a_slot_that_makes_no_record_leaves_its_figure_to_other_rules(read: Read) -> None:
    change: Rule = {"id": "rule.to", "match": "由{_count}增至{count}", "priority": 90}
    start: Rule = {"id": "rule.from", "match": "由{count}增至"}
    assert read("由【3个】增至【9个】。", change) == ["9个 rule.to"]
    assert read("由【3个】增至【9个】。", change, start) == ["3个 rule.from", "9个 rule.to"]


def test_a_rule_does_not_reach_into_another_sentence(read: Read) -> None:
    assert read("全县建成社工站。【19个】。", STANDS) == read("全县建成社工站；【19个】。", STANDS) == []


def test_one_of_a_kind_is_a_figure(read: Read) -> None:
    assert read("首个社工站揭牌。", {"id": "rule.first", "match": "{first} {facility}"}) == ["首个 rule.first"]


@pytest.mark.parametrize("text", ["建成【一个】社工站。", "建成【一家】社工站。", "建成【一处】站。"])
def test_one_that_means_a_is_no_statistic(read: Read, text: str) -> None:
    assert read(text, STANDS) == []


def test_one_person_counts_and_so_does_a_one_in_digits(read: Read) -> None:
    assert read("持证【一名】。", HOLDS) == ["一名 workers.holds"]
    assert read("建成【1个】社工站。建成【两个】社工站。", STANDS) == ["1个 stations.stands", "两个 stations.stands"]


def test_the_whole_of_a_share_is_none_of_its_part(read: Read) -> None:
    assert read("持证社工达全市人口【2760人】的【1.2%】。", HOLDS) == []
    assert read("占全省持证社工【5200人】的【6.4%】。", HOLDS) == ["5200人 workers.holds"]
    assert read("持证社工【300人】，占全县人口【2100人】的【14%】。", HOLDS) == ["300人 workers.holds"]


def test_what_is_lost_is_no_part(read: Read) -> None:
    told = ["286人 workers.holds", "200人 workers.holds part", "86人 workers.holds part"]
    assert read("持证【286人】，其中初级【200人】、中级【86人】，比上年分别减少【50人】和【14人】。", HOLDS) == told


def test_an_item_behind_a_gain_is_no_gain(read: Read) -> None:
    gained: Rule = {"id": "workers.gained", "match": "持证 增加{people}", "list": True, "priority": 60}
    assert read(
        "持证【286人】，其中初级【200人】，比上年增加【50人】；中级【86人】，增加【14人】。", HOLDS, gained
    ) == [
        "286人 workers.holds",
        "200人 workers.holds part",
        "50人 workers.gained list",
        "86人 workers.holds part",
        "14人 workers.gained list",
    ]


def test_the_noun_of_the_next_item_is_no_noun_of_this(read: Read) -> None:
    behind: Rule = {"id": "workers.behind", "match": "{people} 持证", "record": "workers.certified"}
    assert read("社区工作者【820人】、持证社工【286人】。", behind, HOLDS) == ["286人 workers.holds"]
    assert read("社区工作者【820人】，均持证。", behind, HOLDS) == []
    assert read("【820人】均持证，【286人】报考。", behind) == ["820人 workers.behind"]


def test_a_sum_of_unlike_items_is_of_neither(read: Read) -> None:
    told = ["45人 workers.holds", "320人 workers.exam"]
    assert read("持证社工【45人】、报考【320人】，合计【365人】。", HOLDS, EXAM) == told
    assert read("持证社工【45人】，报考【320人】，合计【365人】。", EXAM) == [
        "320人 workers.exam",
        "365人 workers.exam list",
    ]


def test_the_verb_behind_grades_holds_for_all_of_them(read: Read) -> None:
    graded: Rule = {
        "id": "workers.graded",
        "match": "(初级|中级) {people}",
        "record": "workers.certified",
        "priority": 33,
    }
    sat: Rule = {"id": "workers.sat", "match": "{people}报名", "record": "workers.candidates", "priority": 55}
    assert read("初级【86人】、中级【42人】报名。", graded, sat) == ["86人 workers.sat", "42人 workers.sat"]
    assert read("初级【86人】，中级【42人】报名。", graded, sat) == ["86人 workers.graded", "42人 workers.sat"]


# lists


def test_a_list_shares_its_verb(read: Read) -> None:
    assert read("建成社工站【192个】、县级总站【13个】和村级站点【78个】。", STANDS) == [
        "192个 stations.stands",
        "13个 stations.stands list",
        "78个 stations.stands list",
    ]
    assert read("建成【192个】社工站、【13个】总站。", STANDS) == ["192个 stations.stands", "13个 stations.stands list"]


def test_only_a_rule_that_says_so_has_lists(read: Read) -> None:
    assert read("新建社工站【19个】、总站【3个】。", OPENED) == ["19个 stations.opened"]


@pytest.mark.parametrize("joint", ["、", "和", "及", "与", "以及", "及其"])
def test_items_are_joined_by_marks_and_words(read: Read, joint: str) -> None:
    told = ["19个 stations.stands", "3个 stations.stands list"]
    assert read(f"建成社工站【19个】{joint}总站【3个】。", STANDS) == told


def test_a_comma_joins_items_that_have_facets(read: Read) -> None:
    assert read("建成社工站【19个】，县级总站【3个】。", STANDS) == ["19个 stations.stands", "3个 stations.stands list"]
    assert read("建成社工站【19个】，山塘【3个】。", STANDS) == ["19个 stations.stands"]


def test_another_kind_of_figure_ends_a_list(read: Read) -> None:
    assert read("建成社工站【19个】、持证社工【86人】。", STANDS) == ["19个 stations.stands"]
    assert read("建成社工站【19个】、投入【3元】、总站【3个】。", STANDS) == ["19个 stations.stands"]


def test_another_verb_ends_a_list(read: Read) -> None:
    assert read("建成社工站【19个】、举办展览【3个】。", STANDS) == ["19个 stations.stands"]


def test_a_long_way_ends_a_list(read: Read) -> None:
    assert read(f"建成社工站【19个】、{'甲' * 24}【3个】。", STANDS) == [
        "19个 stations.stands",
        "3个 stations.stands list",
    ]
    assert read(f"建成社工站【19个】、{'甲' * 25}【3个】。", STANDS) == ["19个 stations.stands"]


def test_an_item_with_a_stronger_rule_of_its_own_keeps_it(read: Read) -> None:
    strong, weak = ({"id": "rule.own", "match": "总站{count}", "priority": p} for p in (60, 40))
    text = "建成社工站【19个】、总站【3个】。"
    assert read(text, STANDS, strong) == ["19个 stations.stands", "3个 rule.own"]
    assert read(text, STANDS, weak) == ["19个 stations.stands", "3个 stations.stands list"]


def test_money_and_bare_numbers_are_one_list(read: Read) -> None:
    assert read("给予【6000】、【3000元】。", {**GIVEN, "match": "给予 ({number}|{money})"}) == [
        "6000 funds.given",
        "3000元 funds.given list",
    ]


def test_what_stands_behind_a_bare_list_holds_for_all_of_it(read: Read) -> None:
    passed: Rule = {"id": "rule.passed", "match": "{people}过关", "record": "workers.certified"}
    assert read("两科有【166人】和【92人】过关。", passed) == ["166人 rule.passed list", "92人 rule.passed"]
    assert read("有【166人】参考，【92人】过关。", passed) == ["92人 rule.passed"]


def test_what_stands_behind_a_bare_list_holds_for_items_with_a_weaker_rule_too(read: Read) -> None:
    monthly: Rule = {"id": "funds.monthly", "match": "{money}补贴", "priority": 60, "record": "funds.allowance"}
    assert read("按级别给予【100元】、【200元】、【300元】补贴。", GIVEN, monthly) == [
        "100元 funds.monthly list",
        "200元 funds.monthly list",
        "300元 funds.monthly",
    ]


# parts


@pytest.mark.parametrize("mark", ["，其中", "，包括", "，分为", "，含", "，按级别分，", "（其中"])
def test_parts_take_the_measure_of_the_whole(read: Read, mark: str) -> None:
    assert read(f"持证社工【186人】{mark}高级【2人】、中级【42人】。", HOLDS) == [
        "186人 workers.holds",
        "2人 workers.holds part",
        "42人 workers.holds part",
    ]


def test_a_part_is_of_the_kind_of_its_whole(read: Read) -> None:
    assert read("持证社工【186人】，其中站点【3个】。", HOLDS) == ["186人 workers.holds"]
    assert read("建成社工站【19个】，持证社工【186人】，其中高级【2人】，县级【3个】。", STANDS, HOLDS) == [
        "19个 stations.stands",
        "186人 workers.holds",
        "2人 workers.holds part",
        "3个 stations.stands part",
    ]


def test_a_part_knows_its_whole(find: Findings) -> None:
    whole, part = find("持证社工【186人】，其中高级【2人】。", HOLDS)
    assert part.whole is whole
    assert whole.whole is None


def test_a_part_with_a_stronger_rule_of_its_own_keeps_it(read: Read) -> None:
    strong, weak = ({**EXAM, "priority": priority} for priority in (50, 30))
    text = "持证社工【186人】，其中今年报考【42人】。"
    assert read(text, HOLDS, strong) == ["186人 workers.holds", "42人 workers.exam"]
    assert read(text, HOLDS, weak) == ["186人 workers.holds", "42人 workers.holds part"]


def test_parts_without_a_whole_are_nothing(read: Read) -> None:
    assert read("其中高级【2人】。", HOLDS) == []


def test_a_sentence_of_parts_has_its_whole_in_the_sentence_before(read: Read) -> None:
    assert read("持证社工【186人】。其中，高级【2人】、中级【42人】。", HOLDS) == [
        "186人 workers.holds",
        "2人 workers.holds part",
        "42人 workers.holds part",
    ]
    assert read("持证社工【186人】。另外，高级【2人】。", HOLDS) == ["186人 workers.holds"]


# 分别


def test_names_are_dealt_out(read: Read) -> None:
    assert read("持证社工和报考人员分别达【186人】和【42人】。", HOLDS, EXAM) == [
        "186人 workers.holds",
        "42人 workers.exam",
    ]


def test_every_分别_of_a_sentence_deals_out_names(read: Read) -> None:
    text = "持证社工和报考人员分别达【186人】和【42人】，去年报考人员和持证社工分别为【3人】和【4人】。"
    assert read(text, HOLDS, EXAM)[2:] == ["3人 workers.exam", "4人 workers.holds"]


def test_names_are_dealt_out_only_when_there_is_one_for_each(read: Read) -> None:
    told = read("持证社工和报考人员分别达【186人】、【42人】和【7人】。", HOLDS, EXAM)
    assert told == ["186人 workers.exam", "42人 workers.exam list", "7人 workers.exam list"]


def test_what_the_last_of_some_grades_says_holds_for_all(read: Read) -> None:
    monthly: Rule = {"id": "funds.monthly", "match": "每月…补贴{money}", "record": "funds.allowance", "priority": 60}
    once: Rule = {"id": "funds.once", "match": "补贴{money}", "record": "funds.reward"}
    assert read("初级、中级、高级每月分别补贴【100元】、【200元】和【300元】。", monthly, once) == [
        "100元 funds.monthly",
        "200元 funds.monthly",
        "300元 funds.monthly",
    ]


def test_what_the_first_of_some_grades_says_holds_for_all(read: Read) -> None:
    assert read("报考初级、中级的人数分别为【120人】、【34人】。", EXAM) == ["120人 workers.exam", "34人 workers.exam"]


def test_a_name_keeps_its_figure_in_a_list_of_others(read: Read) -> None:
    covered: Rule = {
        "id": "rates.covered",
        "match": "建成率 {percent}",
        "list": True,
        "record": "rates.coverage",
        "priority": 60,
    }
    held: Rule = {"id": "rates.held", "match": "持证率 {percent}", "record": "rates.share"}
    assert read("建成率、持证率分别为【60%】、【18%】。", covered, held) == ["60% rates.covered", "18% rates.held"]


def test_names_are_dealt_out_to_both_ends_of_a_change(read: Read) -> None:
    rules: list[Rule] = [
        {"id": f"rates.{name}", "match": f"{word}由{{percent}}提升到{{percent}}", "record": "rates.coverage"}
        for name, word in (("covers", "覆盖率"), ("passes", "合格率"))
    ]
    assert read("覆盖率和合格率分别由【61%】、【18%】提升到【97%】、【24%】。", *rules) == [
        "61% rates.covers",
        "18% rates.passes",
        "97% rates.covers",
        "24% rates.passes",
    ]


def dealt(findings: list[Finding]) -> list[tuple[str, dict[str, Any]]]:
    return [(f.quantity.text, {k: getattr(v, "text", v) for k, v in sorted(f.dealt.items())}) for f in findings]


def test_grades_are_dealt_out(find: Findings) -> None:
    assert dealt(find("对高级、中级分别给予【6000元】、【3000元】。", GIVEN)) == [
        ("6000元", {"grade": "senior"}),
        ("3000元", {"grade": "intermediate"}),
    ]
    assert dealt(find("持证社工初、中级为【65人】、【55人】。", HOLDS)) == [
        ("65人", {"grade": "junior"}),
        ("55人", {"grade": "intermediate"}),
    ]


def test_dates_and_places_are_dealt_out(find: Findings) -> None:
    text = "{2021年}和{2022年}，〔紫金县441621〕、〔龙川县441622〕分别建成社工站【18个】、【24个】。"
    assert dealt(find(text, STANDS)) == [
        ("18个", {"date": "2021年", "place": "紫金县"}),
        ("24个", {"date": "2022年", "place": "龙川县"}),
    ]


def test_a_bare_list_of_places_is_dealt_out_without_a_word_and_dates_are_not(find: Findings) -> None:
    text = "{2021年}和{2022年}，〔紫金县441621〕、〔龙川县441622〕建成社工站【18个】、【24个】。"
    assert dealt(find(text, STANDS)) == [("18个", {"place": "紫金县"}), ("24个", {"place": "龙川县"})]


def test_what_is_dealt_out_must_come_out_even(find: Findings) -> None:
    text = "〔紫金县441621〕、〔龙川县441622〕、〔连平县441623〕分别建成社工站【18个】、【24个】。"
    assert dealt(find(text, STANDS)) == [("18个", {}), ("24个", {})]


# conditions


def held(read: Read, condition: str, *texts: str) -> list[bool]:
    return [bool(read(text, {**STANDS, "when": [condition]})) for text in texts]


DATED = (
    "{2023年}，建成社工站【19个】。",
    "{2018年以来|since}，建成社工站【19个】。",
    "{截至2023年底|until}，建成社工站【19个】。",
    "建成社工站【19个】。",
)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("in-period", [True, True, False, False]),
        ("as-of", [False, False, True, False]),
        ("not-as-of", [True, True, False, True]),
        ("undated", [False, False, False, True]),
    ],
)
def test_a_rule_may_ask_for_a_date(read: Read, condition: str, holds: list[bool]) -> None:
    assert held(read, condition, *DATED) == holds


def test_a_rule_may_ask_for_a_fact_or_a_target(read: Read) -> None:
    texts = ("全县建成社工站【19个】。", "全县力争建成社工站【19个】。")
    assert held(read, "actual", *texts) == [True, False]
    assert held(read, "target", *texts) == [False, True]


def test_all_conditions_must_hold(read: Read) -> None:
    rule = {**STANDS, "when": ["in-period", "target"]}
    assert read("{2023年}，全县建成社工站【19个】。", rule) == []
    assert read("力争突破，{2023年}全县建成社工站【19个】。", rule) == []
    assert read("{2023年}，全县力争建成社工站【19个】。", rule) == ["19个 stations.stands"]


def test_a_weaker_rule_reads_what_a_stronger_one_leaves_for_its_conditions(read: Read) -> None:
    built = {**STANDS, "id": "stations.built", "when": ["in-period"], "priority": 60}
    assert read(DATED[0], STANDS, built) == ["19个 stations.built"]
    assert read(DATED[3], STANDS, built) == ["19个 stations.stands"]


def test_words_that_bar_a_rule(read: Read) -> None:
    rule = {**STANDS, "unless": ["拟", "筹备"]}
    assert read("全县拟建成社工站【19个】。", rule) == []
    assert read("全县建成社工站【19个】，拟建成社工站【5个】。", rule)[:1] == ["19个 stations.stands"]


def test_words_that_bar_a_rule_do_not_reach_beyond_the_figure_before(read: Read) -> None:
    rule = {**STANDS, "list": False, "unless": ["拟"]}
    assert read("拟投入【38万元】，建成社工站【19个】。", rule) == ["19个 stations.stands"]


# the date that governs


def governs(segments: Sequence[Segment]) -> str | None:
    """The date that governs the last figure of a paragraph."""
    last = segments[-1]
    date = governing_date(last, last.quantity_at[-1], segments[:-1])
    return date.text if date else None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("{2021年}，建成社工站【19个】。", "2021年"),
        ("{2021年}新建，{2022年}建成社工站【19个】。", "2022年"),
        ("建成社工站【19个】，{2022年}完工。", None),
        ("{2021年}，动工。后来完工。建成社工站【19个】。", "2021年"),
        ("{近年来|vague}，建成社工站【19个】。", None),
        ("{2021年}，增长较快，{较上年|compared}新增站点【19个】。", "2021年"),
        ("依据《{2021年}社工站规划》，建成社工站【19个】。", None),
        ("按规划（{2021年}印发），建成社工站【19个】。", "2021年"),
        ("由{2020年}的【15个】增加到【86个】。", None),
        ("{2023年}，由{2020年}的【15个】增加到【86个】。", "2023年"),
        ("{到2025年|until}，建成社工站【300个】。建成社工站【19个】。", None),
        ("{截至2022年|until}，动工。建成社工站【19个】。", "截至2022年"),
    ],
)
def test_the_date_that_governs_a_figure(
    paragraph: Callable[[str], Sequence[Segment]], text: str, date: str | None
) -> None:
    assert governs(paragraph(text)) == date


# laws

WORDS = "建成 社工站 持证 报考 给予 新建 提升到 社工 总站 分别 其中 高级 县级 每 力争 已 首个 甲乙丙 、 ， 。 ； 和 （"
FIGURES = "【3个】 【一个】 【86人】 【7名】 【50元】 【6】 【24%】 【2倍】 【5年】"
DATES_AND_PLACES = "{2021年} {截至2022年|until} {近年来|vague} 〔紫金县441621〕"
PARTS = f"{WORDS} {FIGURES} {DATES_AND_PLACES}".split()
ALL_RULES = (STANDS, OPENED, HOLDS, EXAM, GIVEN, GREW)
any_sentence = st.lists(st.sampled_from(PARTS), max_size=30).map("".join)
with_fixtures = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@with_fixtures
@given(any_sentence)
def test_every_figure_is_read_at_most_once_and_in_order(find: Findings, marked: str) -> None:
    places = [(f.segment.start, f.index) for f in find(marked, *ALL_RULES)]
    assert places == sorted(set(places))


@with_fixtures
@given(any_sentence)
def test_what_has_its_rule_from_a_neighbour_is_of_its_kind(find: Findings, marked: str) -> None:
    for finding in find(marked, *ALL_RULES):
        slots = {slot.lstrip("_") for pattern in finding.rule.patterns for slot in pattern.slots}
        wanted = {"count": "count", "people": "count", "money": "money", "percent": "ratio"}
        kinds = {wanted[slot] for slot in slots if slot in wanted}
        assert finding.quantity.kind in (kinds | {"bare"} if "money" in slots else kinds)


@with_fixtures
@given(any_sentence)
def test_no_rule_is_passed_over_for_its_trigger_words(
    paragraph: Callable[[str], Sequence[Segment]], make_book: Callable[..., RuleBook], marked: str
) -> None:
    book, segments = make_book(*ALL_RULES), paragraph(marked)
    everything = sorted(
        Candidate(-rule.source.priority, rule.order, which, rule, pattern)
        for rule in book.rules
        for which, pattern in enumerate(rule.patterns)
    )
    chosen = apply_rules(segments, book)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RuleBook, "candidates", lambda *_: everything)
        assert list(map(told, apply_rules(segments, book))) == list(map(told, chosen))
