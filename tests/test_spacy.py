"""Records in spaCy: as extensions, as spans over whatever tokens there are, through bytes and through settings."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import extract_text, run

spacy = pytest.importorskip("spacy", reason="spacy is not installed; pip install '.[spacy]'")

from extract.spacy_component import with_records  # noqa: E402
from extract.views import DISPLACY  # noqa: E402

TEXT = "截至2023年底，定西市安定区已建成 社工站\n21 个，持证社工达186人。今年投入资金300万元。😀 另招聘社工9名。"


@pytest.fixture(scope="module")
def nlp() -> Any:
    made = spacy.blank("zh")
    made.add_pipe("jianbao")
    return made


def test_a_pipeline_reads_records(nlp: Any) -> None:
    doc = nlp(TEXT)
    assert doc._.records == extract_text(TEXT).records
    assert [(span.text, span.label_, span._.record) for span in doc.spans["jianbao"]] == [
        (record.quote, record.table, record) for record in doc._.records
    ]
    assert [span.text for span in doc.spans["jianbao"]] == ["21 个", "186人", "300万元", "9名"]


def test_a_document_without_records_has_none(nlp: Any) -> None:
    assert nlp("没有数字。")._.records == ()
    assert nlp("")._.records == ()
    assert spacy.blank("zh")("持证社工186人")._.records == ()


def test_a_document_keeps_its_records_through_bytes(nlp: Any) -> None:
    doc = nlp(TEXT)
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.records == doc._.records
    assert [(s.start, s.end, s.id_) for s in again.spans["jianbao"]] == [
        (s.start, s.end, s.id_) for s in doc.spans["jianbao"]
    ]


def test_the_day_of_publication_is_a_setting_or_the_document_s() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("jianbao", config={"published": "2023-11-20"})
    doc = nlp("今年投入资金300万元。")
    assert doc._.records[0].period_start.isoformat() == "2023-01-01"
    dated = nlp.make_doc("今年投入资金300万元。")
    dated.user_data["published"] = "2021-05-01"
    assert nlp(dated)._.records[0].period_start.isoformat() == "2021-01-01"


def test_a_pipeline_on_disk_keeps_its_settings(nlp: Any, tmp_path: Path) -> None:
    made = spacy.blank("zh")
    made.add_pipe("jianbao", config={"published": "2023-11-20"})
    made.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again.get_pipe("jianbao").published == "2023-11-20"
    assert again(TEXT)._.records == made(TEXT)._.records


def test_rules_of_one_s_own_are_a_setting(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        """
- id: stations.built.took-root
  match: "{count} {facility} 落地生根"
  record: {table: stations, measure: built}
  examples: [{text: 9个社工站在村里落地生根, gives: [{value: 9, measure: built}]}]
""",
        encoding="utf-8",
    )
    nlp = spacy.blank("zh")
    nlp.add_pipe("jianbao", config={"rules": [str(tmp_path)]})
    assert [record.rule for record in nlp("9个社工站在村里落地生根")._.records] == ["stations.built.took-root"]


def test_spans_touch_the_tokens_of_another_tokenizer() -> None:
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "char"}}})
    words = ["持证社", "工达18", "6人", "。"]
    doc = spacy.tokens.Doc(nlp.vocab, words=words, spaces=[False] * len(words))
    record = extract_text(doc.text).records[0]
    with_records(doc, [record])
    assert [(span.start, span.end, span._.record) for span in doc.spans["jianbao"]] == [(1, 3, record)]


def test_a_record_beyond_the_text_is_kept_without_a_span() -> None:
    records = extract_text(TEXT).records
    doc = with_records(spacy.blank("zh")("持证"), records)
    assert (doc._.records, len(doc.spans["jianbao"])) == (records, 0)


@settings(max_examples=40)
@given(st.text(alphabet="持证社工达186人个站 \n\t　😀a.", max_size=40))
def test_every_quote_lies_in_its_span(nlp: Any, text: str) -> None:
    doc = nlp(text)
    assert doc._.records == extract_text(text).records
    for span in doc.spans["jianbao"]:
        assert span._.record.quote in span.text


def test_the_entry_point_leads_to_the_component() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (name, value), *others = project["entry-points"]["spacy_factories"].items()
    assert (name, others) == ("jianbao", [])
    from extract.spacy_component import make_jianbao

    assert EntryPoint(name, value, "spacy_factories").load() is make_jianbao


@pytest.mark.skipif(
    not entry_points(group="spacy_factories", name="jianbao"),
    reason="the project is not installed with its entry points; pip install -e .",
)
def test_a_pipeline_knows_the_component_unasked() -> None:
    code = "import spacy; n = spacy.blank('zh'); n.add_pipe('jianbao'); print(n('持证社工186人')._.records[0].value)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "186\n"


def test_nothing_imports_spacy_unasked() -> None:
    code = "import extract, sys; extract.extract_text('持证社工186人'); print('spacy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"


# views


def test_an_article_becomes_a_document() -> None:
    made = run({"a": "题\n\n" + TEXT})
    view = made.article("a#1")
    doc = view.doc()
    assert [span.text for span in doc.spans["jianbao"]] == ["21 个", "186人", "300万元", "9名"]
    assert doc._.records == view.records


def test_displacy_shows_an_article() -> None:
    from spacy import displacy

    shown = run({"a": TEXT}).article("a#1").displacy()
    assert [shown["text"][ent["start"] : ent["end"]] for ent in shown["ents"]] == ["21 个", "186人", "300万元", "9名"]
    html = displacy.render(shown, style="ent", manual=True, options=DISPLACY, jupyter=False)
    assert html.count("<mark") == 4
    assert DISPLACY["colors"]["stations"] in html
