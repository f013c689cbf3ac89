"""The rule language: what each construct of a pattern matches, and how a malformed one is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.rules import language
from extract.rules.encoding import (
    KIND,
    MENTION_SLOTS,
    PRIVATE,
    QUANTITY_SLOTS,
    mention_char,
    mention_index,
    mention_kind,
)
from extract.rules.language import GAP, LONG_GAP, PatternError, Vocabulary, WordClass, compile_pattern
from extract.rules.sources import CONDITIONS

KINDS = {**KIND, **MENTION_SLOTS}
NAMES = {kind: name for name, kind in KINDS.items()}
PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
VOCABULARY = Vocabulary(
    classes={
        "facility": WordClass("facility", (("站", ("网", "车")), ("社工站", ()), ("站点", ()))),
        "exam": WordClass("exam", (("考试", ()), ("统考", ()))),
    },
    phrases={
        "a": "[已|共]",
        "stations": "{facility}{count}|{count}{facility}",
        "loop": "{loop}站",
        "ring": "{gnir}",
        "gnir": "{ring}",
        "broken": "站{",
    },
    gap_stops=("举办", "投入"),
)


def code(sentence: str) -> str:
    """A sentence with each mention, written <count>, as the character that stands for it."""
    numbers = iter(range(256))
    return re.sub(r"<(\w+)>", lambda m: mention_char(KINDS[m[1]], next(numbers)), sentence)


def spelled(text: str) -> str:
    """The inverse of `code`."""
    return re.sub(f"[{PRIVATE}]", lambda m: f"<{NAMES[mention_kind(m[0])]}>", text)


def matches(pattern: str, sentence: str) -> list[str]:
    """Every stretch of a sentence that a pattern matches."""
    return [spelled(m[0]) for m in compile_pattern(pattern, VOCABULARY).expression.finditer(code(sentence))]


def slots(pattern: str, sentence: str) -> dict[str, list[str]]:
    """What the slots of a pattern hold in its first match."""
    match = compile_pattern(pattern, VOCABULARY).expression.search(code(sentence))
    assert match
    return {name: list(map(spelled, texts)) for name, texts in match.capturesdict().items() if texts}


# mentions


@pytest.mark.parametrize("kind", KINDS.values())
@pytest.mark.parametrize("index", [0, 1, 255])
def test_a_mention_character_keeps_its_kind_and_index(kind: int, index: int) -> None:
    char = mention_char(kind, index)
    assert (mention_kind(char), mention_index(char)) == (kind, index)
    assert re.fullmatch(f"[{PRIVATE}]", char)


def test_no_two_mentions_share_a_character() -> None:
    chars = [mention_char(kind, index) for kind in KINDS.values() for index in range(256)]
    assert len(set(chars)) == len(chars)


# literals, groups and options


def test_a_literal_stands_for_itself() -> None:
    assert matches("建成{count}", "共建成<count>，建<count>") == ["建成<count>"]


def test_signs_of_regular_expressions_are_literals() -> None:
    assert matches("建.成+*?\\{count}", "建.成+*?\\<count>") == ["建.成+*?\\<count>"]
    assert matches("建.成{count}", "建设成<count>") == []


def test_brackets_may_be_left_out() -> None:
    assert matches("[已]建成{count}", "已建成<count>，建成<count>") == ["已建成<count>", "建成<count>"]


def test_a_bar_is_either() -> None:
    assert matches("(建成|设立){count}", "建成<count>、设立<count>、撤销<count>") == ["建成<count>", "设立<count>"]
    assert matches("[已|共]建成{count}", "已建成<count>共建成<count>") == ["已建成<count>", "共建成<count>"]


def test_a_bar_parts_a_whole_pattern() -> None:
    assert matches("建成{count}|{count}建成", "建成<count>，<count>建成") == ["建成<count>", "<count>建成"]


def test_groups_stand_in_groups() -> None:
    pattern = "(新(建|设)|增[设])[了]{count}"
    assert matches(pattern, "新建<count>新设了<count>增<count>增设<count>新<count>") == [
        "新建<count>",
        "新设了<count>",
        "增<count>",
        "增设<count>",
    ]


# the beginning of a clause


@pytest.mark.parametrize("before", ["", "，", "：", "；", "。", "“", "、", "（"])
def test_a_caret_is_the_beginning_of_a_clause(before: str) -> None:
    assert matches("^共{count}", f"{before}共<count>") == ["共<count>"]


@pytest.mark.parametrize("before", ["总", "<count>", "）", "”"])
def test_a_caret_is_not_in_a_clause(before: str) -> None:
    assert matches("^共{count}", f"{before}共<count>") == []


# gaps


def test_a_blank_is_a_short_gap() -> None:
    assert matches("建成 {count}", "建成<count>") == ["建成<count>"]
    assert matches("建成 {count}", "建成各类社工站<count>") == ["建成各类社工站<count>"]


def test_gaps_are_as_long_as_the_grammar_and_the_page_say() -> None:
    assert language.__doc__
    for text in (language.__doc__, PAGE.read_text(encoding="utf-8")):
        assert re.findall(r"at most (\d+) characters", text) == [str(GAP), str(LONG_GAP)]


def test_a_blank_is_bounded() -> None:
    assert matches("建成 {count}", f"建成{'甲' * GAP}<count>") == [f"建成{'甲' * GAP}<count>"]
    assert matches("建成 {count}", f"建成{'甲' * (GAP + 1)}<count>") == []


@pytest.mark.parametrize("mark", ["，", "。", "；", "：", "！", "？", ",", ";", "\n"])
def test_a_blank_does_not_leave_the_clause(mark: str) -> None:
    assert matches("建成 {count}", f"建成甲{mark}乙<count>") == []


@pytest.mark.parametrize("kind", [kind for kind in KIND if kind != "other"])
def test_a_blank_does_not_cross_another_figure(kind: str) -> None:
    assert matches("建成 {count}", f"建成<{kind}>后<count>") == (["建成<count>"] if kind == "count" else [])


def test_a_blank_crosses_durations_and_measures() -> None:
    assert matches("建成 {count}", "建成<other>后<count>") == ["建成<other>后<count>"]


@pytest.mark.parametrize("mention", ["<date>", "<place>"])
def test_a_blank_crosses_dates_and_places(mention: str) -> None:
    assert matches("建成 {count}", f"建成{mention}站<count>") == [f"建成{mention}站<count>"]


def test_a_blank_does_not_cross_a_verb_of_its_own() -> None:
    assert matches("社工站 {count}", "社工站共<count>，社工站举办活动<count>，社工站投入<count>") == ["社工站共<count>"]


def test_a_blank_ends_where_the_next_word_is_a_verb_of_its_own() -> None:
    assert matches("社工站 举办{count}", "社工站先后举办<count>") == ["社工站先后举办<count>"]


def test_a_blank_takes_no_more_than_it_needs() -> None:
    assert slots("建成 站{count}", "建成社工站站<count>")["gap"] == ["社工站"]
    assert slots("[已] 建成{count}", "已经建成<count>")["gap"] == ["经"]


def test_dots_are_a_long_gap() -> None:
    sentence = "持证社工<persons>，其中高级<persons>：新增投入<money>"
    assert matches("持证…投入{money}", sentence) == [sentence]


def test_dots_are_bounded() -> None:
    longest = "，甲乙丙" * (LONG_GAP // 4)
    assert matches("建成…{count}", f"建成{longest}<count>") == [f"建成{longest}<count>"]
    assert matches("建成…{count}", f"建成{longest}丁<count>") == []


@pytest.mark.parametrize("mark", ["。", "！", "？", "\n"])
def test_dots_do_not_leave_the_sentence(mark: str) -> None:
    assert matches("建成…{count}", f"建成甲{mark}乙<count>") == []


# slots


@pytest.mark.parametrize("name", QUANTITY_SLOTS)
def test_a_quantity_slot_reads_its_own_kinds_only(name: str) -> None:
    sentence = "".join(f"共<{kind}>" for kind in KINDS)
    assert matches(f"共{{{name}}}", sentence) == [f"共<{NAMES[kind]}>" for kind in sorted(QUANTITY_SLOTS[name])]


def test_every_kind_of_figure_has_a_slot() -> None:
    assert {kind for kinds in QUANTITY_SLOTS.values() for kind in kinds} == set(KIND.values())


def test_the_page_names_every_slot_and_condition() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in (*QUANTITY_SLOTS, *MENTION_SLOTS) if f"{{{name}}}" not in page] == []
    assert [name for name in CONDITIONS if f"`{name}`" not in page] == []


@pytest.mark.parametrize("name", MENTION_SLOTS)
def test_dates_and_places_have_slots(name: str) -> None:
    assert matches(f"{{{name}}}共{{count}}", f"<{name}>共<count>") == [f"<{name}>共<count>"]


def test_a_quantity_slot_makes_records_and_an_underlined_one_does_not() -> None:
    assert slots("由{_count}增至{count}和{count}", "由<count>增至<count>和<count>") == {
        "x": ["<count>"],
        "q": ["<count>", "<count>"],
    }


def test_a_word_class_is_one_of_its_words() -> None:
    assert slots("{facility}{count}", "社工站<count>") == {"facility": ["社工站"], "q": ["<count>"]}
    assert matches("{facility}{count}", "站点<count>、站<count>、室<count>") == ["站点<count>", "站<count>"]


def test_a_word_is_barred_behind_others() -> None:
    assert matches("{facility}{count}", "网站<count>、车站<count>、总站<count>") == ["站<count>"]


def test_a_phrase_is_a_pattern_of_its_own() -> None:
    assert matches("建有{stations}", "建有站点<count>，建有<count>社工站") == ["建有站点<count>", "建有<count>社工站"]
    assert matches("{a}建成{count}", "已建成<count>共建成<count>") == ["已建成<count>", "共建成<count>"]


def test_the_slots_of_a_pattern_are_told_in_order() -> None:
    pattern = compile_pattern("{date}{a}建有{stations}，由{_people}投入{money}", VOCABULARY)
    assert pattern.slots == ("date", "facility", "count", "count", "facility", "_people", "money")


# faults


@pytest.mark.parametrize(
    ("pattern", "column", "says"),
    [
        ("建成社工站", 1, "no quantity slot"),
        ("由{_count}建成", 1, "no quantity slot"),
        ("建成{date}", 1, "no quantity slot"),
        ("", 1, "no quantity slot"),
        ("{count}", 1, "no word that every match must hold"),
        ("[建成] {count}", 1, "no word that every match must hold"),
        ("{a}{count}", 1, "no word that every match must hold"),
        ("(建成|){count}", 1, "no word that every match must hold"),
        ("建成|{count}", 1, "no word that every match must hold"),
        ("建成(站{count}", 3, "'(' is not closed by ')'"),
        ("建成[站{count}", 3, "'[' is not closed by ']'"),
        ("建成(站]{count}", 3, "'(' is not closed by ')'"),
        ("建成){count}", 3, "unexpected ')'"),
        ("建成]{count}", 3, "unexpected ']'"),
        ("建成{count", 3, "'{' is not closed by '}'"),
        ("建成}{count}", 3, "'}' without '{'"),
        ("建成{coutn}", 3, "unknown slot {coutn}"),
        ("建成{}", 3, "unknown slot {}"),
        ("建成{_facility}{count}", 3, "unknown slot {_facility}"),
        ("建成{_date}{count}", 3, "unknown slot {_date}"),
        ("建成社工站12个", 6, "a digit in a pattern never matches"),
        ("建成１{count}", 3, "a digit in a pattern never matches"),
        ("共{loop}{count}", 2, "phrase {loop} holds itself"),
        ("共{ring}{count}", 2, "phrase {ring} holds itself"),
        ("共{broken}{count}", 2, "in phrase {broken}, column 2: '{' is not closed by '}'"),
    ],
)
def test_a_malformed_pattern_is_told_with_its_column(pattern: str, column: int, says: str) -> None:
    with pytest.raises(PatternError) as fault:
        compile_pattern(pattern, VOCABULARY)
    assert fault.value.column == column
    assert says in str(fault.value)


def test_an_unknown_slot_is_told_with_those_that_are_known() -> None:
    with pytest.raises(PatternError) as fault:
        compile_pattern("建成{coutn}", VOCABULARY)
    assert all(f"{{{name}}}" in str(fault.value) for name in (*QUANTITY_SLOTS, "date", "place", "facility", "a"))


def test_a_missing_slot_is_told_with_those_that_would_do() -> None:
    with pytest.raises(PatternError) as fault:
        compile_pattern("建成", VOCABULARY)
    assert all(f"{{{name}}}" in str(fault.value) for name in QUANTITY_SLOTS)


# triggers


@pytest.mark.parametrize(
    ("pattern", "triggers"),
    [
        ("建成{count}", [{"建成"}]),
        ("[已]建成{count}", [{"建成"}]),
        ("建成 社工站{count}", [{"建成"}, {"社工站"}]),
        ("(建成|设立){count}", [{"建成", "设立"}]),
        ("建成{count}|{count}揭牌", [{"建成", "揭牌"}]),
        ("共{exam}{people}", [{"共"}, {"考试", "统考"}]),
        ("站(开|办){count}", [{"站"}, {"开", "办"}]),
        ("建有{stations}", [{"建有"}, {"站", "社工站", "站点"}]),
        ("(已|共[建成]){count}", [{"已", "共"}]),
    ],
)
def test_every_match_holds_a_word_of_each_set_of_trigger_words(pattern: str, triggers: list[set[str]]) -> None:
    told = compile_pattern(pattern, VOCABULARY).triggers
    assert sorted(map(sorted, told)) == sorted(map(sorted, triggers))


# laws: patterns as trees, each with its text and a sentence that it must match

WORDS = ["建成", "社工", "站", "已", "共", "考试"]
FILLERS = "甲乙丙"
Drawn = tuple[str, str]

literal = st.sampled_from(WORDS).map(lambda word: (word, word))
quantity = st.sampled_from(
    [
        (f"{{{mark}{slot}}}", f"<{NAMES[kind]}>")
        for slot in QUANTITY_SLOTS
        for kind in QUANTITY_SLOTS[slot]
        for mark in ("", "_")
    ]
)
mention = st.sampled_from(sorted(MENTION_SLOTS)).map(lambda name: (f"{{{name}}}", f"<{name}>"))
word_slot = st.sampled_from(
    [("{facility}", "社工站"), ("{facility}", "站"), ("{exam}", "统考"), ("{a}", "已"), ("{a}", "")]
)
phrase = st.sampled_from([("{stations}", "站点<count>"), ("{stations}", "<count>站")])
gap = st.text(FILLERS, max_size=GAP).map(lambda filler: (" ", filler))
long_gap = st.text(FILLERS + "，：", max_size=LONG_GAP).map(lambda filler: ("…", filler))


def in_order(items: Sequence[Drawn]) -> Drawn:
    return "".join(pattern for pattern, _ in items), "".join(sentence for _, sentence in items)


def either(items: Sequence[Drawn]) -> Drawn:
    return f"({'|'.join(pattern for pattern, _ in items)})", items[-1][1]


def grown(inner: st.SearchStrategy[Drawn]) -> st.SearchStrategy[Drawn]:
    return st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(in_order),
        st.lists(inner, min_size=1, max_size=3).map(either),
        inner.map(lambda item: (f"[{item[0]}]", item[1])),
        inner.map(lambda item: (f"[{item[0]}]", "")),
    )


leaf = st.one_of(literal, quantity, mention, word_slot, phrase, gap, long_gap)
pieces = st.lists(st.recursive(leaf, grown, max_leaves=6), max_size=3).map(in_order)
anchor = st.one_of(literal, st.just(("(建成|{exam})", "考试")), st.just(("{stations}", "站<count>")))
drawn_patterns = st.tuples(pieces, anchor, pieces, st.just(("{count}", "<count>")), pieces).map(in_order)
anything = [*WORDS, *(f"<{name}>" for name in KINDS), "，", "。", "甲", "网", "社工站", "统考", "举办"]
sentences = st.lists(st.sampled_from(anything), max_size=24).map("".join)


@given(drawn_patterns)
def test_a_pattern_matches_the_sentences_that_it_looks_like(drawn: Drawn) -> None:
    pattern, sentence = drawn
    assert compile_pattern(pattern, VOCABULARY).expression.fullmatch(code(sentence))


@given(drawn_patterns, sentences)
def test_no_pattern_matches_a_sentence_without_its_trigger_words(drawn: Drawn, sentence: str) -> None:
    pattern = compile_pattern(drawn[0], VOCABULARY)
    for text in (sentence, drawn[1]):
        for match in pattern.expression.finditer(code(text), overlapped=True):
            assert all(any(word in match[0] for word in words) for words in pattern.triggers)


@given(drawn_patterns, sentences)
def test_gaps_are_bounded_and_slots_hold_figures_whatever_a_pattern_says(drawn: Drawn, sentence: str) -> None:
    pattern = compile_pattern(drawn[0], VOCABULARY)
    for text in (sentence, drawn[1]):
        for match in pattern.expression.finditer(code(text), overlapped=True):
            held = match.capturesdict()
            assert held["q"]
            assert all(len(gap) <= LONG_GAP for gap in held.get("gap", ()))
            assert all(mention_kind(q) in KIND.values() for q in (*held["q"], *held.get("x", ())))


@given(drawn_patterns, sentences)
def test_the_quick_look_finds_what_the_pattern_finds(drawn: Drawn, sentence: str) -> None:
    pattern = compile_pattern(drawn[0], VOCABULARY)
    for text in (code(sentence), code(drawn[1])):
        assert bool(pattern.probe.search(text)) is bool(pattern.expression.search(text))


def column_of_fault(pattern: str) -> int | None:
    try:
        compile_pattern(pattern, VOCABULARY)
    except PatternError as fault:
        return fault.column
    return None


@given(st.text("建站{}[]()|… ^{count}_1、", max_size=20))
def test_any_text_is_a_pattern_or_has_a_fault_in_one_of_its_columns(text: str) -> None:
    column = column_of_fault(text)
    assert column is None or 1 <= column <= max(1, len(text))
