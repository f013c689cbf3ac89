"""Books of rules: what is read, what is refused and how, and what a user's folder changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.rules import RuleBook, RuleError, read_rules
from extract.rules.plain_yaml import read_yaml
from extract.rules.sources import CONDITIONS, RuleSource

Own = Callable[..., Path]

RULE = """
- id: {id}
  match: "{match}"
  record: {{table: {table}, measure: {measure}}}
  examples:
    - text: 镇上挂牌社工站3个
      gives: [{{value: 3}}]
"""


def rule(
    id: str = "stations.built.opened",
    match: str = "挂牌 {facility} {count}",
    table: str = "stations",
    measure: str = "built",
) -> str:
    """The YAML of a rule without a fault, but for what is given."""
    return RULE.format(id=id, match=match, table=table, measure=measure)


def faults(*folders: Path) -> list[str]:
    """The faults that a load tells."""
    with pytest.raises(RuleError) as refused:
        read_rules(*folders)
    assert str(refused.value) == "\n".join(refused.value.faults)
    return refused.value.faults


def ids(book: RuleBook) -> list[str]:
    return [r.id for r in book.rules]


# what is read


def test_a_book_holds_its_rules_words_and_tables(shipped: Path) -> None:
    book = read_rules()
    assert ids(book) == ["stations.existing.stands", "workers.certified.holds"]
    assert book.tables == {
        "stations": {"existing": {"nature": "stock", "unit": "site"}, "built": {"nature": "flow", "unit": "site"}},
        "workers": {"certified": {"nature": "stock", "unit": "person"}},
    }
    assert book.vocabulary.classes["facility"].words == (("社工站", ()), ("站点", ()), ("站", ("网", "车")))
    assert (book.vocabulary.phrases, book.vocabulary.gap_stops) == ({"a": "[已|共]"}, ("举办",))


def test_a_rule_says_what_its_author_wrote(shipped: Path) -> None:
    first = read_rules().rules[0]
    assert (first.id, first.file, first.order, first.table) == (
        "stations.existing.stands",
        "stations.yaml",
        0,
        "stations",
    )
    assert first.source == RuleSource.model_validate(
        {
            "id": "stations.existing.stands",
            "match": "建成 {facility} {count}",
            "list": True,
            "priority": 50,
            "record": {"table": "stations", "measure": "existing"},
            "examples": [{"text": "全县建成社工站19个", "gives": [{"value": "19", "measure": "existing"}]}],
        }
    )


def test_a_file_may_hold_words_phrases_and_tables_of_its_own(shipped: Path, own: Own) -> None:
    folder = own(
        """
tables: {kitchens: {existing: {nature: stock, unit: site}}}
words: {kitchen: [食堂, {word: 餐厅, not_after: [西]}]}
phrases: {fed: "{kitchen} {count}"}
gap_stops: [出餐]
rules:
  - id: kitchens.existing.stands
    match: "开设 {fed}"
    record: {table: kitchens, measure: existing}
    examples: [{text: 开设食堂3个, gives: [{value: 3}]}]
"""
    )
    book = read_rules(folder)
    assert ids(book)[-1] == "kitchens.existing.stands"
    assert book.tables["kitchens"] == {"existing": {"nature": "stock", "unit": "site"}}
    assert book.vocabulary.classes["kitchen"].words == (("食堂", ()), ("餐厅", ("西",)))
    assert book.vocabulary.gap_stops == ("举办", "出餐")


def test_the_files_of_a_folder_are_read_in_the_order_of_their_names(shipped: Path, own: Own) -> None:
    folder = own(b=rule("stations.built.b"), a=rule("stations.built.a"), c=rule("stations.built.c"))
    assert ids(read_rules(folder))[2:] == ["stations.built.a", "stations.built.b", "stations.built.c"]


def test_words_may_stand_in_a_file_behind_the_rule_that_uses_them(shipped: Path, own: Own) -> None:
    folder = own(a=rule(match="挂牌 {kitchen} {count}"), b="words: {kitchen: [食堂]}")
    assert "kitchen" in read_rules(folder).vocabulary.classes


def test_scalars_are_the_text_that_they_look_like() -> None:
    assert read_yaml("[no, on, 12:30, 2023-11-12, 0x1f, 1e3, 007, 1.50, true]") == [
        "no", "on", "12:30", "2023-11-12", "0x1f", "1e3", "007", "1.50", "true",
    ]  # fmt: skip
    assert read_yaml("{a: '', b: {c: ['null']}}") == {"a": "", "b": {"c": ["null"]}}


def test_null_and_nothing_are_none() -> None:
    assert read_yaml("[null, ~]") == [None, None]
    assert read_yaml("{a: }") == {"a": None}


def test_an_empty_file_is_none() -> None:
    assert read_yaml("") is None


# what is refused


def test_an_id_that_occurs_twice_is_refused(shipped: Path, own: Own) -> None:
    folder = own(a=rule("stations.built.x"), b=rule("stations.built.x") + rule("stations.built.y"))
    (fault,) = faults(folder)
    assert "b.yaml, id 'stations.built.x': stands in a.yaml too; give one of them another id" in fault
    assert len(faults(own(rule("stations.built.z") * 2, folder="again"))) == 1


@pytest.mark.parametrize("name", ["Stations.built", "stations", "stations.", ".built", "stations built.x", "站.建"])
def test_a_malformed_id_is_refused(shipped: Path, own: Own, name: str) -> None:
    (fault,) = faults(own(rule(name)))
    assert f"id '{name}': id: " in fault


def test_an_unknown_key_is_refused(shipped: Path, own: Own) -> None:
    (fault,) = faults(own(rule() + "  natur: stock\n"))
    assert "id 'stations.built.opened': natur: there is no such key" in fault


EXAMPLE = "examples: [{text: 挂牌站3个, gives: [{value: 3}]}]"
SHAPES = {
    "words that are a list": "words: [站]",
    "words that are no list": "words: {kitchen: 食堂}",
    "a word without its word": "words: {kitchen: [{wort: 食堂}]}",
    "a word that is none": "words: {kitchen: [null]}",
    "a name that no slot can have": f"""
words: {{my-kitchen: [食堂]}}
rules: [{{id: a.b, match: "{{my-kitchen}}{{count}}", record: {{table: stations, measure: built}}, {EXAMPLE}}}]
""",
    "a name that hides a slot of figures": "words: {count: [食堂]}",
    "a name that the expressions use themselves": "words: {q: [食堂]}",
    "phrases that are a list": "phrases: [站]",
    "a phrase that is no text": "phrases: {fed: [站]}",
    "a malformed phrase that no rule uses": "phrases: {fed: '站('}",
    "gap stops that are no list": "gap_stops: 举办",
    "tables that are a list": "tables: [kitchens]",
    "measures that are a list": "tables: {kitchens: [existing]}",
    "a table without measures": "tables: {kitchens: }",
    "a key that no file has": "rule: []",
    "a text for a file": "rules",
    "rules that are no list": "rules: {id: a.b}",
    "no pattern": f"- {{id: a.b, match: [], record: {{table: stations, measure: built}}, {EXAMPLE}}}",
    "a field that no record has": (
        f"- {{id: a.b, match: '站{{count}}', record: {{table: stations, measure: built, natur: stock}}, {EXAMPLE}}}"
    ),
    "a value that a field cannot have": (
        f"- {{id: a.b, match: '站{{count}}', record: {{table: stations, measure: built, nature: stok}}, {EXAMPLE}}}"
    ),
    "a reading that there is not": (
        f"- {{id: a.b, match: '站{{count}}', record: {{table: stations, measure: built, reading: up}}, {EXAMPLE}}}"
    ),
    "an example of a field that no record has": (
        "- {id: a.b, match: '站{count}', record: {table: stations, measure: built}, "
        "examples: [{text: 站3个, gives: [{valu: 3}]}]}"
    ),
    "examples that give nothing": (
        "- {id: a.b, match: '站{count}', record: {table: stations, measure: built}, examples: [{text: 三, gives: []}]}"
    ),
    "a key that is a list": "? [a]\n: b",
    "brackets without end": "[" * 3000 + "]" * 3000,
}


@pytest.mark.parametrize("name", SHAPES)
def test_content_of_the_wrong_shape_is_refused(shipped: Path, own: Own, name: str) -> None:
    assert faults(own(SHAPES[name]))


@pytest.mark.parametrize("key", ["id", "match"])
def test_a_missing_key_is_refused(shipped: Path, own: Own, key: str) -> None:
    text = rule().replace(f"{key}: ", "because: ", 1)
    assert any(f": {key}: missing; write it" in fault for fault in faults(own(text)))


def test_an_unknown_table_is_told_with_those_that_are_known(shipped: Path, own: Own) -> None:
    (fault,) = faults(own(rule(table="station")))
    assert fault.endswith("record.table 'station' is unknown; write one of stations, workers, or add it under 'tables'")


def test_an_unknown_measure_is_told_with_those_of_the_table(shipped: Path, own: Own) -> None:
    (fault,) = faults(own(rule(measure="certified")))
    assert fault.endswith("record.measure 'certified' is not of table stations; write one of existing, built")


def test_an_unknown_slot_is_told_with_its_column(shipped: Path, own: Own) -> None:
    (fault,) = faults(own(rule(match="挂牌 {facilty} {count}")))
    assert "id 'stations.built.opened': match, column 4: unknown slot {facilty}; known are {count}" in fault


def test_an_unknown_condition_is_told_with_those_that_are_known(shipped: Path, own: Own) -> None:
    (fault,) = faults(own(rule() + "  when: [in-period, yesterday]\n"))
    assert fault.endswith(f"when: 'yesterday' is unknown; write one of {', '.join(CONDITIONS)}")


def test_a_rule_without_an_example_is_refused(shipped: Path, own: Own) -> None:
    (fault,) = faults(own(rule().partition("  examples")[0]))
    assert fault.endswith("id 'stations.built.opened': no example; give one text and the records that it gives")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- id: [stations.built.x\n", "mend the YAML there"),
        ("- id: a.b\n\tmatch: x\n", "mend the YAML there"),
        ("- id: a.b\n  id: a.c\n", "the key 'id' stands twice"),
        ("rules: []\nwords: {a: [站], a: [室]}\n", "the key 'a' stands twice"),
        ("- &rule {id: a.b}\n- *rule\n", "an alias is used; write the value out"),
        ("- !python/object/apply:os.getcwd []\n", "the tag !python/object/apply:os.getcwd is refused"),
        ("- id: !rule a.b\n", "the tag !rule is refused"),
        ("- id: a.b\n---\n- id: a.c\n", "expected a single document"),
        ("- id: \x01\n", "mend the YAML there"),
    ],
)
def test_yaml_that_is_no_plain_data_is_refused(shipped: Path, own: Own, text: str, says: str) -> None:
    (fault,) = faults(own(text))
    assert "rules.yaml: " in fault
    assert says in fault


def test_a_fault_in_yaml_is_told_with_its_line(shipped: Path, own: Own) -> None:
    (fault,) = faults(own("- id: a.b\n  match: x\n  match: y\n"))
    assert "line 3" in fault


def test_a_file_in_another_encoding_is_refused(shipped: Path, own: Own) -> None:
    folder = own(rule())
    (folder / "rules.yaml").write_bytes(rule().encode("gb18030"))
    (fault,) = faults(folder)
    assert fault.endswith("save it as UTF-8 text")


def test_a_folder_without_rules_is_refused(shipped: Path, tmp_path: Path) -> None:
    (fault,) = faults(tmp_path / "nowhere")
    assert "nowhere: no .yaml file with rules" in fault


def test_a_shipped_folder_without_rules_is_refused(shipped: Path) -> None:
    (shipped / "rules/stations.yaml").write_text("", encoding="utf-8")
    assert any("no rules at all" in fault for fault in faults())


def test_all_faults_of_a_load_are_told_at_once(shipped: Path, own: Own) -> None:
    folder = own(
        a=rule("stations.built.a", table="nothing") + rule("stations.built.d", match="挂牌{coutn}"),
        b="- id: [",
        c=rule("stations.built.c").partition("  examples")[0] + "  when: [never]\n",
        d=rule("stations.built.b") + rule("stations.built.b") + rule("Wrong"),
    )
    told = faults(folder)
    for part in (
        "record.table 'nothing'",
        "unknown slot {coutn}",
        "b.yaml: ",
        "'stations.built.c': no example",
        "'never'",
        "stands in d.yaml too",
        "id 'Wrong'",
    ):
        assert any(part in fault for fault in told), part


def test_every_fault_names_its_file(shipped: Path, own: Own) -> None:
    folder = own(mine=rule(table="nothing") + rule("x.y", match="站{") + "- id: no.match\n" + "- 12\n")
    assert len(faults(folder)) >= 4
    assert all("mine.yaml" in fault for fault in faults(folder))


# a user's folder


def test_a_users_rule_takes_the_place_of_the_shipped_one(shipped: Path, own: Own) -> None:
    book = read_rules(own(rule("stations.existing.stands", match="落成 {facility} {count}")))
    changed = next(r for r in book.rules if r.id == "stations.existing.stands")
    assert (changed.source.match, changed.file) == ("落成 {facility} {count}", "rules.yaml")
    assert sorted(ids(book)) == ["stations.existing.stands", "workers.certified.holds"]


def test_a_users_folder_switches_a_shipped_rule_off(shipped: Path, own: Own) -> None:
    book = read_rules(own("- {id: stations.existing.stands, match: '', off: true}"))
    assert ids(book) == ["workers.certified.holds"]


def test_a_later_folder_has_the_last_word(shipped: Path, own: Own) -> None:
    first = own("- {id: stations.existing.stands, match: '', off: true}", folder="first")
    second = own(rule("stations.existing.stands"), folder="second")
    assert "stations.existing.stands" in ids(read_rules(first, second))
    assert "stations.existing.stands" not in ids(read_rules(second, first))


def test_a_rule_that_is_off_is_not_compiled(shipped: Path, own: Own) -> None:
    assert len(read_rules(own("- {id: a.b, match: '站{', off: true}")).rules) == 2


def test_a_users_tables_and_measures_come_on_top(shipped: Path, own: Own) -> None:
    folder = own("tables: {stations: {closed: {nature: flow}}}\nrules:" + rule(measure="closed").replace("\n", "\n  "))
    assert list(read_rules(folder).tables["stations"]) == ["existing", "built", "closed"]


def test_folders_may_be_given_as_text(shipped: Path, own: Own) -> None:
    assert ids(read_rules(str(own(rule())))) == ids(read_rules(own(rule())))


# versions


def test_the_version_is_that_of_the_content(shipped: Path, own: Own) -> None:
    shipped_version = read_rules().version
    assert read_rules().version == shipped_version
    mine = own(rule())
    versions = {shipped_version, read_rules(mine).version}
    (mine / "rules.yaml").write_text(rule(match="挂牌 {count}"), encoding="utf-8")
    versions.add(read_rules(mine).version)
    (shipped / "words.yaml").write_text("words: {facility: [社工站]}", encoding="utf-8")
    versions.add(read_rules().version)
    (shipped / "tables.yaml").write_text("stations: {existing: {}}\nworkers: {certified: {}}", encoding="utf-8")
    versions.add(read_rules().version)
    assert len(versions) == 5


def test_the_version_does_not_depend_on_where_the_folder_lies(shipped: Path, own: Own) -> None:
    assert read_rules(own(rule(), folder="here")).version == read_rules(own(rule(), folder="there")).version


# whatever is in a file, it is read or refused


@given(st.text("-{}[]: \n'\"&*!|>#%@`ab1，站?", max_size=40))
def test_any_text_is_yaml_data_or_refused(text: str) -> None:
    import yaml

    try:
        data = read_yaml(text)
    except yaml.YAMLError:
        return
    assert data is None or isinstance(data, str | list | dict)


# versions, packs and order


@pytest.mark.parametrize("name", ["words.yaml", "facets.yaml", "units.yaml", "rules/stations.yaml"])
def test_the_version_covers_every_file_that_a_record_depends_on(shipped: Path, name: str) -> None:
    (shipped / "facets.yaml").write_text("grade: {}\n", encoding="utf-8")
    (shipped / "units.yaml").write_text("units: {}\n", encoding="utf-8")
    before = read_rules().version
    assert read_rules().version == before
    path = shipped / name
    path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert read_rules().version != before


def test_a_rule_that_takes_anothers_place_wins_ties_as_the_last_rule_does(shipped: Path, own: Own) -> None:
    book = read_rules(own(rule("stations.existing.stands", measure="existing")))
    assert ids(book) == ["workers.certified.holds", "stations.existing.stands"]
    assert [r.order for r in book.rules] == [0, 1]


def test_a_pack_tells_its_version(shipped: Path, own: Own) -> None:
    mine = own(a='pack: {name: mine, version: "1.2"}\nrules: []', b="gap_stops: [举行]\nrules: []")
    assert read_rules(mine).packs == {"mine": "1.2"}
    assert read_rules().packs == {}


def test_a_pack_has_one_version(shipped: Path, own: Own) -> None:
    mine = own(a='pack: {name: mine, version: "1"}\nrules: []', b='pack: {name: mine, version: "2"}\nrules: []')
    (told,) = faults(mine)
    assert told.endswith("b.yaml: pack 'mine' has version 1 elsewhere; give it one version")


@pytest.mark.parametrize("pack", ["{name: mine}", "{name: My Rules, version: '1'}", "mine"])
def test_a_pack_without_name_or_version_is_told(shipped: Path, own: Own, pack: str) -> None:
    assert faults(own(f"pack: {pack}\nrules: []"))
