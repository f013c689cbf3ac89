"""The shipped patterns: every file loads, every rule keeps its word, and none can be made to run away."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re._constants import MAX_REPEAT, MAXREPEAT, MIN_REPEAT, POSSESSIVE_REPEAT  # type: ignore[import-not-found]
from re._parser import SubPattern, parse  # type: ignore[import-not-found]
from typing import Any

import pytest
import yaml

from extract.authoring import rule_faults
from extract.paths import patterns_dir, read_pattern_file
from extract.rules import RuleBook, read_rules
from extract.rules.book import Rule
from extract.rules.encoding import KIND, mention_char
from extract.rules.language import LONG_GAP, Pattern

PATTERNS = Path(__file__).parents[1] / "patterns"
FILES = sorted(str(path.relative_to(PATTERNS)) for path in PATTERNS.rglob("*") if path.is_file())


@cache
def book() -> RuleBook:
    return read_rules()


RULES = [pytest.param(rule, id=rule.id) for rule in book().rules]

# files


def test_the_patterns_are_those_of_the_source_tree() -> None:
    assert patterns_dir() == PATTERNS


def test_there_are_only_data_files() -> None:
    assert [name for name in FILES if not name.endswith((".yaml", ".tsv"))] == []


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".yaml")])
def test_every_file_of_yaml_loads(name: str) -> None:
    assert read_pattern_file(name)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".yaml")])
def test_no_key_stands_twice(name: str) -> None:
    def keys(node: yaml.Node | None) -> list[str]:
        if isinstance(node, yaml.MappingNode):
            own = [key.value for key, _ in node.value]
            twice = [
                f"{key.value}, line {key.start_mark.line + 1}" for key, _ in node.value if own.count(key.value) > 1
            ]
            return twice + [fault for _, value in node.value for fault in keys(value)]
        return [fault for item in node.value for fault in keys(item)] if isinstance(node, yaml.SequenceNode) else []

    assert keys(yaml.compose((PATTERNS / name).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_plain_text(name: str) -> None:
    data = (PATTERNS / name).read_bytes()
    assert data.endswith(b"\n")
    assert not re.search(rb"\r|\xef\xbb\xbf|\t(?!.*\.tsv)" if name.endswith(".yaml") else rb"\r|\xef\xbb\xbf", data)
    assert data.decode("utf-8")


# rules


def test_there_are_rules_for_every_table() -> None:
    assert (
        {rule.table for rule in book().rules}
        == {"stations", "workers", "funds", "services", "rates"}
        == set(book().tables)
    )


def test_every_measure_is_read_by_some_rule() -> None:
    read = {(rule.table, rule.source.record.measure) for rule in book().rules}
    assert {(table, measure) for table, measures in book().tables.items() for measure in measures} - read == set()


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_gives_what_its_examples_say_and_nothing_of_its_rejects(rule: Rule) -> None:
    assert list(rule_faults(book(), rule)) == []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_an_example_that_gives_something_and_a_reject(rule: Rule) -> None:
    assert any(example.gives for example in rule.examples)
    assert rule.rejects


@pytest.mark.parametrize("rule", RULES)
def test_a_rules_id_begins_with_its_table(rule: Rule) -> None:
    assert rule.id.split(".")[0] == rule.table


def test_every_class_and_phrase_is_used() -> None:
    written = [
        *(
            text
            for rule in book().rules
            for text in ([rule.source.match] if isinstance(rule.source.match, str) else rule.source.match)
        ),
        *book().vocabulary.phrases.values(),
    ]
    names = [*book().vocabulary.classes, *book().vocabulary.phrases]
    assert [name for name in names if not any(f"{{{name}}}" in text for text in written)] == []


def test_no_word_stands_twice_in_its_class() -> None:
    for name, words in book().vocabulary.classes.items():
        spelled = [word for word, _ in words.words]
        assert sorted(spelled) == sorted(set(spelled)), name


# hostile sentences

LENGTH = 6_000
SECONDS = 5  # all of them together take a few; the limit is there so that a pattern that runs away ends


def hostile(pattern: Pattern) -> str:
    """What a pattern is slowest on: its own words and figures, over and over, without what would complete it."""
    words = [min(group) for group in pattern.triggers]
    figures = [mention_char(kind, 0) for kind in KIND.values() if pattern.kinds >> kind & 1]
    chance = random.Random(0)
    tangled = [chance.choice([*words, *figures, "的", "，"]) for _ in range(LENGTH)]
    return ("".join(words) * LENGTH)[: LENGTH // 2] + "".join(tangled)[: LENGTH // 2]


@pytest.mark.parametrize("rule", RULES)
def test_no_pattern_runs_away(rule: Rule) -> None:
    for pattern in rule.patterns:
        for _ in pattern.expression.finditer(hostile(pattern), overlapped=True, timeout=SECONDS):
            pass


def repetitions(parsed: Any) -> Iterator[int]:
    """How often each repeated part of a parsed expression may occur at most."""
    for operator, given in parsed:
        if operator in (MAX_REPEAT, MIN_REPEAT, POSSESSIVE_REPEAT):
            yield given[1]
        for part in given if isinstance(given, tuple | list) else ():
            inner = part if isinstance(part, list) else [part]
            yield from (most for sub in inner if isinstance(sub, SubPattern) for most in repetitions(sub))


@pytest.mark.parametrize("rule", RULES)
def test_every_repetition_is_bounded_so_that_time_is_linear_in_the_sentence(rule: Rule) -> None:
    """From each place of a sentence a match looks no further than its pattern is long, however long the sentence."""
    for pattern in rule.patterns:
        assert max(repetitions(parse(pattern.probe.pattern)), default=0) <= LONG_GAP


def test_a_repetition_without_bound_would_be_told() -> None:
    assert max(repetitions(parse("(?:甲(?P<gap>(?!乙)[^，]{0,22}?)|(丙*丁))?"))) == MAXREPEAT
