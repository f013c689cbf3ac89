"""Rules seen on a corpus: hits, silence, overlaps, triggers that are too common; and its open numbers by phrasing."""

from __future__ import annotations

from extract.authoring import Book
from extract.authoring.auditing import hits
from extract.authoring.corpus import Corpus

RULE = """
- id: {id}
  match: "{match}"
  priority: {priority}
  record: {{table: {table}, measure: existing}}
  examples: [{{text: 全县灯塔站8座, gives: [{{value: 8}}]}}]
"""


def mine(id: str, match: str, priority: int = 50, table: str = "stations") -> str:
    return RULE.format(id=id, match=match, priority=priority, table=table)


def test_the_records_of_each_rule_are_counted(book: Book, corpus: Corpus) -> None:
    found = hits(corpus, book)
    assert list(found) == [rule.id for rule in book.rules]
    assert sum(found.values()) == len([*corpus.records()])
    assert found["funds.invested"] == 1


def test_rules_that_never_fire_are_told(book: Book, corpus: Corpus) -> None:
    changed, _ = book.with_drafts(mine("stations.existing.never", "灯塔{count}"))
    audit = changed.audit(corpus)
    assert "stations.existing.never" in audit.silent
    assert {rule for rule, count in audit.hits.items() if count} & {*audit.silent} == set()


def test_two_rules_that_make_different_records_of_one_figure_are_told(book: Book, corpus: Corpus) -> None:
    tied = mine("stations.existing.mine", "全县 持证社工{persons}", 31)
    rival = mine("stations.existing.rival", "全县 持证社工{persons}", 31).replace("existing}", "involved}")
    changed, _ = book.with_drafts(tied + rival)
    overlaps = {(o.winner, o.loser): o for o in changed.audit(corpus).overlaps}
    assert overlaps["stations.existing.mine", "stations.existing.rival"].tied
    other = next(o for o in overlaps.values() if o.loser == "stations.existing.mine")
    assert (other.tied, other.count, other.sentence) == (False, 1, "全县持证社工186人，其中中级42人。")


def test_shipped_rules_of_different_priorities_are_told_on_demand(book: Book, corpus: Corpus) -> None:
    assert [o for o in book.audit(corpus).overlaps if not o.tied] == []
    assert [o for o in book.audit(corpus, all_overlaps=True).overlaps if not o.tied]


def test_a_trigger_that_is_too_common_is_told(book: Book) -> None:
    corpus = Corpus.of({f"{n}.txt": f"全县社工站{n}个，社工{n}人在岗。" for n in range(2, 60)})
    changed, _ = book.with_drafts(mine("stations.existing.vain", "社工{count}亮灯|社工亮灯{count}"))
    assert changed.audit(corpus).common["stations.existing.vain"] == (58, 0)
    assert "trigger too common: stations.existing.vain is tried in 58 sentences" in str(changed.audit(corpus))


def test_open_numbers_are_grouped_by_phrasing_the_most_frequent_first(book: Book) -> None:
    texts = {f"{n}.txt": f"去年，驻站社工的荷包月月厚了{n}00元。" for n in (5, 6, 7)}
    found = book.unexplained(Corpus.of({**texts, "b.txt": "全镇社工赶集，走进了88名山民心里。"}))
    assert [(p.words, p.count, p.files) for p in found] == [("厚 {money}", 3, 3), ("走进 {persons}", 1, 1)]
    assert found[0].sentence == "去年，驻站社工的荷包月月厚了【500元】。"
    assert found.frame()["count"].tolist() == [3, 1]
    assert str(found).splitlines()[0] == "4 open numbers, 4 of them in these 2 phrasings"
    assert "【500元】" in found._repr_html_()


def test_what_is_unexplained_can_be_taught_as_it_is_shown(book: Book) -> None:
    corpus = Corpus.of({f"{n}.txt": f"去年，驻站社工的荷包月月厚了{n}00元。" for n in (5, 6, 7)})
    (phrasing,) = book.unexplained(corpus)
    found = book.suggest(phrasing.sentence, "funds", "allowance", corpus=corpus)
    assert len(found[0].trial.gained) == 3
    assert len(book.add(found[0].yaml).unexplained(corpus)) == 0
