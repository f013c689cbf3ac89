"""How the matchers and the road compare with peers, in one process and one run.

    pip install -r benchmarks/requirements-peers.txt
    python benchmarks/peers.py [--cases ../shared/cases] [--bulletins ../shared/bulletins] [--rounds 7]

Prints two Markdown tables. The first: cases passed of each file of cases, by the functions of score_cases.py beside
that folder, by ours and by each peer that does that job. The second: characters a second of CPU time on the articles
of the bulletins, the median of the rounds, all measured in turn so that a busy machine slows all alike.
A peer that cannot be imported is shown with its reason, and one that raises on a case has failed that case.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import decimal
import importlib.util
import json
import logging
import statistics
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from extract import find_dates, find_places, find_programmes, find_quantities
from extract.articles import split_articles
from extract.pipeline import extract_bulletin
from extract.read import find_sources, read_bulletin
from extract.rules import read_rules
from extract.sentences import sentence_ends

Case = dict[str, Any]
Find = Callable[[Case], list["Found"]]
Work = Callable[[str], object]

MONEY_ALONE = "find_quantities, money alone"


@dataclass
class Found:
    """What a peer found, under the names that the scorer reads."""

    start: int
    end: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    period_start: str | None = None
    period_end: str | None = None


@dataclass
class Peer:
    """A library with what it can do: the cases of a kind, and the jobs that are timed."""

    name: str
    package: str
    finders: dict[str, Find] = field(default_factory=dict)
    jobs: dict[str, tuple[Work, str]] = field(default_factory=dict)
    whole_only: bool = False
    fault: str = ""


def reference_of(case: Case) -> datetime.date | None:
    return datetime.date.fromisoformat(case["reference"]) if case["reference"] else None


# --- Recognizers-Text: ends are inclusive, results are strings, the end of a period is the day after it


def recognizers() -> Peer:
    from recognizers_date_time import DateTimeRecognizer
    from recognizers_number import NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer

    culture = "zh-cn"
    number = NumberRecognizer(culture).get_number_model()
    percentage = NumberRecognizer(culture).get_percentage_model()
    currency = NumberWithUnitRecognizer(culture).get_currency_model()
    dates = DateTimeRecognizer(culture).get_datetime_model()

    def date_cases(case: Case) -> list[Found]:
        day = reference_of(case)
        moment = datetime.datetime.combine(day, datetime.time()) if day else None
        results = [r for r in dates.parse(case["text"], moment) if "date" in r.type_name.rpartition(".")[2]]
        return [recognized_date(r) for r in results]

    return Peer(
        "Recognizers-Text",
        "recognizers-text-number",
        {
            "number": lambda case: [recognized_number(r) for r in number.parse(case["text"])],
            "percent": lambda case: [recognized_number(r) for r in percentage.parse(case["text"])],
            "money": lambda case: outermost([recognized_number(r) for r in currency.parse(case["text"])]),
            "date": date_cases,
        },
        {
            "number": (number.parse, "find_quantities"),
            "currency": (currency.parse, MONEY_ALONE),
            "date-time": (dates.parse, "find_dates"),
        },
    )


def recognized_number(result: Any) -> Found:
    resolution = result.resolution or {}
    text = resolution.get("value")
    value = float(text.rstrip("%")) if text else None
    return Found(result.start, result.end + 1, value, value, value, resolution.get("isoCurrency"))


def outermost(found: list[Found]) -> list[Found]:
    """Without a unit that has no number, and what lies inside another: the currency model gives both besides."""
    found = [f for f in found if f.value is not None]
    return [f for f in found if not any(o is not f and o.start <= f.start and f.end <= o.end for o in found)]


def recognized_date(result: Any) -> Found:
    values = (result.resolution or {}).get("values") or [{}]
    reading = values[0]
    if "value" in reading:
        first = last = reading["value"][:10]
    else:
        first, last = reading.get("start"), reading.get("end")
        first = first and first[:10]
        if last:
            after = datetime.date.fromisoformat(last[:10])
            last = (after - datetime.timedelta(days=len(last) <= 10)).isoformat()
    return Found(result.start, result.end + 1, period_start=first, period_end=last)


# --- JioNLP: parse_… reads a whole expression, extract_… finds them in a text

JIO_CURRENCIES = {
    "元": "CNY", "美元": "USD", "港元": "HKD", "日元": "JPY", "欧元": "EUR", "英镑": "GBP", "新台币": "TWD",
    "韩元": "KRW", "澳元": "AUD", "泰铢": "THB", "卢布": "RUB", "加元": "CAD", "瑞士法郎": "CHF", "新加坡元": "SGD",
    "澳门元": "MOP",
}  # fmt: skip


def jionlp() -> Peer:
    with contextlib.redirect_stdout(sys.stderr):
        import jionlp as jio

    def money_cases(case: Case) -> list[Found]:
        text = case["text"]
        if case["whole"]:
            return [jio_money(jio.parse_money(text), 0, len(text))]
        return [jio_money(f["detail"], *f["offset"]) for f in jio.ner.extract_money(text, with_parsing=True)]

    def date_cases(case: Case) -> list[Found]:
        text, day = case["text"], reference_of(case)
        base = {"year": day.year, "month": day.month, "day": day.day} if day else time.time()
        if case["whole"]:
            return [jio_date(jio.parse_time(text, time_base=base), 0, len(text))]
        results = jio.ner.extract_time(text, time_base=base, with_parsing=True)
        return [jio_date(f["detail"], *f["offset"]) for f in results if f["type"] in ("time_point", "time_span")]

    def locations(text: str) -> object:
        ends = [*sentence_ends(text), len(text)]
        stretches = [text[start:end] for start, end in pairwise([0, *ends])]
        return [jio.parse_location(stretch) for stretch in stretches if stretch.strip()]

    base = {"year": 2024, "month": 1, "day": 1}
    return Peer(
        "JioNLP",
        "jionlp",
        {"money": money_cases, "date": date_cases},
        {
            "extract_money": (lambda text: jio.ner.extract_money(text, with_parsing=True), MONEY_ALONE),
            "extract_time": (lambda text: jio.ner.extract_time(text, time_base=base), "find_dates"),
            "parse_location, a call a sentence": (locations, "find_places"),
        },
    )


def jio_money(detail: dict[str, Any], start: int, end: int) -> Found:
    number = detail["num"]
    low, high = map(float, number if isinstance(number, list) else (number, number))
    return Found(start, end, low if low == high else None, low, high, JIO_CURRENCIES.get(detail["case"]))


def jio_date(detail: dict[str, Any], start: int, end: int) -> Found:
    first, last = detail["time"]
    return Found(start, end, period_start=first[:10], period_end=last[:10])


# --- cn2an: a numeral alone to a number, or the numerals of a text to digits in place


def cn2an() -> Peer:
    import cn2an as library

    def number_cases(case: Case) -> list[Found]:
        value = float(library.cn2an(case["text"], "smart"))
        return [Found(0, len(case["text"]), value, value, value)]

    return Peer(
        "cn2an",
        "cn2an",
        {"number": number_cases},
        {"transform": (lambda text: library.transform(text, "cn2an"), "find_quantities")},
        whole_only=True,
    )


PEERS: dict[str, Callable[[], Peer]] = {"Recognizers-Text": recognizers, "JioNLP": jionlp, "cn2an": cn2an}


def load_peers() -> Iterator[Peer]:
    for name, load in PEERS.items():
        try:
            peer = load()
        except Exception as error:
            yield Peer(name, "", fault=f"{type(error).__name__}: {error}")
            continue
        with contextlib.suppress(PackageNotFoundError):
            peer.name += " " + version(peer.package)
        yield peer


# --- the tables


def load_scorer(cases: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_cases", cases.resolve().parent / "score_cases.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(cases: list[Case], find: Callable[[Case], list[Any]], right: Callable[[Any, Any], bool]) -> tuple[int, int]:
    """Cases passed, and cases on which `find` raised."""
    passed = raised = 0
    for case in cases:
        try:
            found = find(case)
            passed += len(found) == len(case["expect"]) and all(map(right, case["expect"], found))
        except Exception:
            raised += 1
    return passed, raised


def cell(cases: list[Case], peer: Peer, right: Callable[[Any, Any], bool]) -> str:
    kind = cases[0]["kind"]
    judged = [case for case in cases if case["whole"] or not peer.whole_only]
    if peer.fault:
        return "not run"
    if kind not in peer.finders or not judged:
        return "–"
    passed, raised = score(judged, peer.finders[kind], right)
    return f"{passed} of {len(judged)}" + (f" ({raised} raised)" if raised else "")


def print_cases(folder: Path, peers: list[Peer]) -> None:
    scorer = load_scorer(folder)

    def mentions(case: Case) -> list[Any]:
        # Recognizers-Text lowers the decimal precision of the whole process to 15 when it is imported
        with decimal.localcontext(decimal.DefaultContext):
            return list(scorer.mentions(case))

    ours = Peer("jianbao", "jianbao", dict.fromkeys(("number", "percent", "money", "date"), mentions))
    columns = [ours, *peers]
    print("| cases | suite | " + " | ".join(peer.name for peer in columns) + " |")
    print("| --- | --- |" + " ---: |" * len(columns))
    for kind in ours.finders:
        lines = (folder / f"{kind}.jsonl").read_text(encoding="utf8").splitlines()
        cases = [json.loads(line) for line in lines]
        suites = Counter(case["suite"] for case in cases)
        parts = {suite: [case for case in cases if case["suite"] == suite] for suite in sorted(suites)}
        for suite, part in {"all": cases, **(parts if len(parts) > 1 else {})}.items():
            print(f"| {kind} | {suite} | " + " | ".join(cell(part, peer, scorer.right) for peer in columns) + " |")
    for peer in peers:
        if peer.fault:
            print(f"\n{peer.name} was not run: {peer.fault}")


def measure(work: dict[str, Callable[[], object]], rounds: int) -> dict[str, float | str]:
    """Median seconds of CPU time, or the reason why there is none."""
    taken: dict[str, list[float]] = {name: [] for name in work}
    faults: dict[str, str] = {}
    for turn in range(rounds + 1):
        for name, function in work.items():
            if name in faults:
                continue
            start = time.process_time()
            try:
                function()
            except Exception as error:
                faults[name] = f"raised {type(error).__name__}"
            if turn:  # the first turn loads dictionaries and fills caches
                taken[name].append(time.process_time() - start)
    return {name: faults.get(name) or statistics.median(taken[name]) for name in work}


def print_speed(folder: Path, peers: list[Peer], rounds: int) -> None:
    import jieba

    jieba.setLogLevel("ERROR")
    book = read_rules()
    bulletins = [read_bulletin(s.path, s.file) for s in find_sources([folder])]
    texts = [article.text for bulletin in bulletins for article in split_articles(bulletin)]
    characters = sum(map(len, texts))

    def each(function: Work) -> Callable[[], object]:
        return lambda: [function(text) for text in texts]

    road = "the whole road (extract_bulletin)"
    jobs: dict[str, tuple[Work, str]] = {
        "jieba.lcut": (jieba.lcut, ""),
        "find_quantities": (find_quantities, ""),
        MONEY_ALONE: (lambda text: find_quantities(text, {"money"}), ""),
        "find_dates": (find_dates, ""),
        "find_places": (find_places, ""),
        "find_programmes": (find_programmes, ""),
    }
    for peer in peers:
        jobs.update({f"{peer.name} {name}": job for name, job in peer.jobs.items()})
    work = {name: each(function) for name, (function, _) in jobs.items()}
    work[road] = lambda: [extract_bulletin(bulletin, book) for bulletin in bulletins]
    taken = measure(work, rounds)

    def ratio(name: str, base: str) -> str:
        mine, other = taken[name], taken.get(base)
        if isinstance(mine, str) or other is None or isinstance(other, str):
            return "–"
        return f"{other / mine:.3g}"

    print(f"\n{len(texts)} articles, {characters:,} characters, {rounds} rounds\n")
    print("| function | characters a second | × jieba.lcut | ours for the job | ours is faster by |")
    print("| --- | ---: | ---: | --- | ---: |")
    for name in ["jieba.lcut", road, *list(jobs)[1:]]:
        seconds, job = taken[name], jobs.get(name, (None, ""))[1]
        rate = seconds if isinstance(seconds, str) else f"{float(f'{characters / seconds:.3g}'):,.0f}"
        faster = ratio(job, name) if job else ""
        print(f"| {name} | {rate} | {ratio(name, 'jieba.lcut')} | {job} | {faster} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", default="../shared/cases", type=Path)
    parser.add_argument("--bulletins", default="../shared/bulletins", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    peers = list(load_peers())
    print_cases(args.cases, peers)
    print_speed(args.bulletins, peers, args.rounds)


if __name__ == "__main__":
    main()
