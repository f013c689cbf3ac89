"""The pieces that dates are built of, and which of them may follow which.

The grammar, pieces in braces, each with room for a line break before it:

    date  = {lunar}? {year}|{year_word} below? | below | {day_word} | {week_word} {weekday}? | {plan} {plan_tail}?
    below = {month}|{month_word} ({day} {day_part}? | {third} | {edge} | {nth_week} | {nth_weekday})?
          | {quarter} {edge}? | {quarters} | {months} | {half} | {year_edge} | {season} | {holiday}
    range = date connector date, the left one with or without its own unit: 2021-2023年, 3月15日至17日
"""

from __future__ import annotations

import re
from functools import cache

from .date_lunar import TERMS
from .date_numbers import DIGITS, NUMBER, NUMERALS, SHORT_NUMBER
from .date_words import GAP, HANZI, date_words, either, guarded, not_before, spaced

DASH = "[-–—―~～－]{1,2}"
CONNECTOR = re.compile(f"{GAP}(?:(?:起|开始|開始)?{GAP}(?:至|到)|{DASH}){GAP}")
SLASH = re.compile(f"{GAP}[/／]{GAP}")
FIGURE = "0"
_FIGURES = FIGURE + NUMERALS
_WEEKDAY = "[一二三四五六日天]"
_WEEK = "(?:周|週|星期|礼拜|禮拜)"
_MEASURE = "[个個]?"
_CENTURY = f"(?:{NUMBER}|上[个個]?|本){GAP}世[纪紀]"
_NEIGHBOURS = "(?:一[两兩]|[两兩]三|二三|三四|三五|四五|五六|六七|七八|八九)"
_HITHER = "[来來](?![自到看说說访訪源临臨华華的了电電往])"
_LUNAR_TENS = "[二三]?十[一二三四五六七八九]?(?![个個名人次天日号號])"
_LUNAR_INITIAL = f"初{GAP}[一二三四五六七八九十]|廿[一二三四五六七八九]?"
_QUARTER = "[QＱ][1-4](?![0-9A-Za-z])"
_END = "[，。、；,;）)]"

# What may begin a date, in the order in which it is tried, and the characters that it may begin with; 0 stands for all
# digits, and an empty string for whatever its words begin with.
HEADS = {
    "word": "",
    "iso": FIGURE,
    "us_date": FIGURE,
    "compact": FIGURE,
    "dotted": FIGURE,
    "left_year": FIGURE,
    "left_month": _FIGURES,
    "left_day": _FIGURES,
    "left_quarter": _FIGURES + "第",
    "listed_month": _FIGURES,
    "listed_quarter": _FIGURES + "第",
    "bare_year": FIGURE,
    "decade": _FIGURES + "上本",
    "century": _FIGURES + "上本",
    "open_span": _FIGURES + "几幾数數半近过過最",
    "backward": _FIGURES + "半",
    "about_elapsed": _FIGURES + "几幾数數",
    "elapsed": _FIGURES + "半",
    "within": _FIGURES + "半",
    "pair": "去今昨明",
    "near": "最近过過未今",
    "quarters": "前头頭",
    "months": "前头頭",
    "lunar_head": "闰閏正腊臘",
    "year": _FIGURES,
    "month": _FIGURES,
    "day": _FIGURES,
    "quarter": _FIGURES + "第",
    "half": "上下",
    "year_edge": "年岁歲",
    "month_edge": "月",
    "weekday": "周週星礼禮",
    "new_year_day": "大",
    "season": "春夏秋冬",
    "plan": "",
    "holiday": "",
    "lunar": "农農阴陰夏",
    "spaced_iso": FIGURE,
    "lone_year": FIGURE + "一二",
}
# The same for what only goes on from another piece, blanks and 的 aside.
TAILS = {
    "nth_month": "第",
    "q": "QＱ",
    "edge": "初底末终終中尾",
    "nth_week": "第",
    "whole": "全同",
    "listed_day": _FIGURES,
    "lunar_day_only": "初廿",
    "third": "上中下",
    "nth_weekday": "第",
    "final": "最",
    "bare_day": _FIGURES,
    "lunar_month": _FIGURES + "闰閏正冬腊臘",
    "lunar_day": _FIGURES + "初廿",
    "day_part": "（(上下中凌清早晚傍当當",
    "day_weekday": "，,（(周週星礼禮",
    "week_weekday": "一二三四五六日天末",
    "plan_tail": "规規时時期末初开開收",
    "holiday_tail": "期前当當假黄黃长長来來到将將",
}
_AFTER_YEAR = (
    *("months", "quarters", "nth_month", "half", "left_quarter", "listed_quarter", "quarter", "q", "left_month"),
    *("listed_month", "lunar_head", "month", "year_edge"),
    *("edge", "season", "nth_week", "final", "holiday", "lunar", "whole"),
)
_AFTER_MONTH = (
    *("left_day", "listed_day", "lunar_day_only", "day", "third", "nth_weekday", "nth_week", "final", "edge"),
    *("bare_day", "whole"),
)
AFTER: dict[str, tuple[str, ...]] = {
    "year": _AFTER_YEAR,
    "year_word": _AFTER_YEAR,
    "bare_year": ("half", "quarter", "q", "holiday", "whole"),
    "month": _AFTER_MONTH,
    "month_word": (*_AFTER_MONTH, "month_edge"),
    "lunar": ("year", "lunar_month"),
    "lunar_month": ("lunar_day",),
    "lunar_head": ("lunar_day",),
    "quarter": ("edge", "whole"),
    "q": ("whole",),
    "quarters": ("whole",),
    "months": ("whole",),
    "half": ("edge", "whole"),
    "day": ("day_part", "day_weekday"),
    "iso": ("day_part", "day_weekday"),
    "day_word": ("day_part",),
    "day_weekday": ("day_part",),
    "week_word": ("week_weekday",),
    "weekday": ("day_part",),
    "week_weekday": ("day_part",),
    "plan": ("plan_tail",),
    "holiday": ("holiday_tail",),
}
# 的 may stand before these: 2023年的3月, 八月份的第一个周二.
AFTER_DE = {
    *("months", "quarters", "nth_month", "half", "quarter", "month", "nth_week", "nth_weekday", "season", "holiday"),
    *("third", "final"),
}


@cache
def words_by_kind() -> dict[str, list[str]]:
    """The words of the kinds that are made of words."""
    words = date_words()
    return {"word": list(words.words), "plan": list(words.plans), "holiday": [*words.holidays, *TERMS, "清明节"]}


def pieces(only: dict[str, list[str]]) -> dict[str, str]:
    """The pattern of each kind of piece; `only` holds the words of the kinds that are made of words."""
    return {**_word_pieces(only), **_stated_pieces(), **_year_pieces(), **_month_pieces(), **_counted_pieces()}


def _word_pieces(only: dict[str, list[str]]) -> dict[str, str]:
    lists = date_words().lists
    return {
        "word": "|".join(guarded(word) for word in sorted(only["word"], key=len, reverse=True)),
        "plan": either(only["plan"]),
        "plan_tail": "(?:规划|規劃)?(?:[时時]?期?末|期[间間内內]|[时時]期|初期?|[开開]局之年|收官之年)",
        "holiday": either(only["holiday"]) + not_before(lists["holiday_not_before"]),
        "holiday_tail": either(lists["holiday_before"]),
        "lunar": f"[农農阴陰夏][历曆](?={GAP}(?:{NUMBER}年)?{GAP}[闰閏]?(?:正|冬|腊|臘|{NUMBER})月)",
    }


def _stated_pieces() -> dict[str, str]:
    """Dates in figures, and years without 年."""
    bare = either(date_words().lists["bare_year_before"])
    month_of_year = "[12][0-9]{3}[-/](?:0[1-9]|1[0-2])(?![-/.0-9])"
    return {
        "iso": f"[12][0-9]{{3}}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}(?![0-9])|{month_of_year}",
        "us_date": "[01][0-9]/[0-3][0-9]/(?:[12][0-9]{3}|[0-9]{2})(?![0-9/.])",
        "compact": "(?:19|20)[0-9]{6}(?![0-9.,%])",
        "dotted": f"[12][0-9]{{3}}\\.[0-9]{{1,2}}(?={DASH}[12][0-9]{{3}}\\.[0-9]{{1,2}}(?![.0-9]))",
        "dotted_right": "[12][0-9]{3}\\.[0-9]{1,2}(?![.0-9])",
        "bare_year": f"(?:19|20)[0-9]{{2}}(?={GAP}{bare}|{GAP}{_QUARTER}|度[{HANZI}]|[、和](?:19|20)[0-9]{{2}}{GAP}年)",
        "spaced_iso": "(?:19|20)[0-9]{2}(?: [01]?[0-9] [0-3]?[0-9](?![0-9])|[.](?:0?[1-9]|1[0-2])(?![.0-9]))",
        "lone_year": f"(?:19|20)[0-9]{{2}}(?![0-9])|(?:一九|二[〇零○])[〇零○一二三四五六七八九]{{2}}(?![{NUMERALS}])",
    }


def _listed(unit: str) -> str:
    """A number in a list whose unit stands once behind the last: 七、八月; 1、2月 at the head of a line is an item."""
    return f"(?<=[^\\s。；;：:！？!?）)]){NUMBER}(?=(?:、{NUMBER}){{1,4}}{unit})"


def _to_the_right(unit: str) -> str:
    """A lookahead for the other side of a range, whose unit is meant on this side too: 2021-2023年."""
    return f"(?={GAP}(?:至|到|{DASH}){GAP}第?{NUMBER}{GAP}{unit})"


def _year_pieces() -> dict[str, str]:
    """Years, their parts, decades and centuries."""
    year = f"(?:{NUMBER}|[二两兩]千(?:[零〇][一二三四五六七八九])?)"
    edges = "|".join(spaced(edge) + not_before(guard) for edge, guard in date_words().edges.items())
    return {
        "left_year": f"[{DIGITS}]{{4}}(?:(?={GAP}[/／]{GAP}[{DIGITS}]{{4}}{GAP}年)|{_to_the_right('年(?!代)')})",
        "year": f"{year}{GAP}年(?:度(?!假)|份)?(?![级級龄齡轮輪])",
        "year_edge": f"年{GAP}(?:初|底|末|终|終|尾|中(?![{HANZI}]))(?!级|級)|[岁歲]末",
        "edge": f"{edges}|[中尾](?![{HANZI}])",
        "whole": "全年度?|同期",
        "half": "[上下]半年",
        "left_quarter": f"第?{GAP}{NUMBER}{_to_the_right('季度')}",
        "listed_quarter": "第?" + _listed("季度"),
        "quarter": f"第?{GAP}{NUMBER}{GAP}季度",
        "q": _QUARTER,
        "quarters": f"[前头頭]{GAP}{NUMBER}{GAP}{_MEASURE}{GAP}季度",
        "months": f"[前头頭]{GAP}{NUMBER}{GAP}{_MEASURE}{GAP}月(?!{GAP}[份{DIGITS}{NUMERALS}])",
        "nth_month": f"第{GAP}{NUMBER}{GAP}[个個]月",
        "season": f"[春夏秋冬](?:[季天]|(?![{HANZI}]))",
        "decade": f"(?:{_CENTURY}{GAP})?{NUMBER}{GAP}年代(?:[初中末]期?|[前后後]期)?",
        "century": f"{_CENTURY}(?:{GAP}(?:初期?|末期?|中[叶葉期]|[前后後]期))?",
    }


def _month_pieces() -> dict[str, str]:
    """Months, days and weeks."""
    return {
        "left_month": NUMBER + _to_the_right("月"),
        "listed_month": _listed("月(?!龄|齡)"),
        "month": f"{NUMBER}{GAP}月(?:份|(?![龄齡嫂饼餅球亮]))",
        "month_edge": f"月{GAP}(?:初|底|末|中(?![{HANZI}]))(?!级|級)",
        "third": "(?:上中|中下|[上中下])旬",
        "left_day": NUMBER + _to_the_right("[日号號]"),
        "listed_day": _listed("[日号號]"),
        "day": f"{NUMBER}{GAP}[日号號]",
        "bare_day": f"{NUMBER}(?={GAP}(?:{_END}|[~～—–-]|至|到|\\Z))",
        "day_part": f"[（(]?(?:上午|下午|中午|凌晨|清晨|早上|早晨|晚上|傍晚|晚[间間]|[当當]晚|晚(?![{HANZI}]))[）)]?",
        "day_weekday": f"[，,（(]?{GAP}{_WEEK}{_WEEKDAY}[）)]?",
        "weekday": f"{_WEEK}{_WEEKDAY}",
        "week_weekday": "[二三四五六末]|一(?![共些直起个個次场場系批律般周期项項名位天日是])|[日天](?![常均])",
        "nth_week": f"第{GAP}{NUMBER}{GAP}{_MEASURE}{_WEEK}(?!{_WEEKDAY})",
        "final": f"最[后後]一{_MEASURE}(?:天|日|月|季度|{_WEEK}{_WEEKDAY}?)",
        "nth_weekday": f"第{GAP}{NUMBER}{GAP}[个個]{_WEEK}{_WEEKDAY}",
        "lunar_month": f"[闰閏]?(?:正|冬|腊|臘|{NUMBER})月",
        "lunar_head": f"(?:[闰閏]{NUMBER}|正|腊|臘)月",
        "lunar_day": f"{_LUNAR_INITIAL}|{_LUNAR_TENS}|{NUMBER}(?:[日号號]|(?={_END}|\\Z))",
        "lunar_day_only": _LUNAR_INITIAL,
        "new_year_day": "大年初[一二三四五六七八九十]|大年三十",
    }


def _counted_pieces() -> dict[str, str]:
    """What is counted from the day of publication: 近三年, 五年来, 三个月后."""
    unit = f"(?:年|(?<=[个個])月|{_WEEK}|天)"
    half_unit = f"(?:年|(?<=[个個半])月|{_WEEK}|天)"
    count = f"{SHORT_NUMBER}{GAP}{_MEASURE}{GAP}"
    after = "[后後](?![勤续續期备備台方来來])"
    before = f"前(?![{NUMERALS}{DIGITS}半往来來后後期])"
    recent = f"(?:最近|近|[过過]去|未[来來]|今[后後]){GAP}[的这這]?{GAP}"
    some = f"(?:{NUMBER}[多余餘几幾]|[几幾数數]十?[多余餘]?|{_NEIGHBOURS})"
    some_number = (
        f"{some}{GAP}{_MEASURE}{GAP}{unit}|(?:{NUMBER}|半){GAP}{_MEASURE}{GAP}{unit}{GAP}[多余餘]"
        f"|{NUMBER}{GAP}[个個]{GAP}[多余餘]{GAP}(?:月|星期)"
    )
    some_time = f"(?:{some_number}){GAP}"
    few = f"(?:(?![0０〇零○])(?:[{DIGITS}]{{1,2}}+|[{NUMERALS}]{{1,3}}+))"
    return {
        "open_span": f"{some_time}以?{_HITHER}|(?:最?近|[过過]去){GAP}的?{some_time}(?:以?{_HITHER}|[间間里])?",
        "backward": f"(?:{count}|半{GAP}{_MEASURE}{GAP})半?{GAP}{half_unit}{GAP}半?{GAP}以?{_HITHER}",
        "about_elapsed": f"(?:{some_number}){GAP}[之以]?(?:{after}|{before})",
        "within": f"(?:{few}{GAP}{_MEASURE}{GAP}|半{GAP}{_MEASURE}{GAP})半?{GAP}{half_unit}{GAP}半?[之以]?[内內]",
        "pair": "(?:去今|今明|明[后後])[两兩]年|(?:昨今|今明|明[后後])[两兩]?[天日]",
        "elapsed": f"(?:{count}|半{GAP}{_MEASURE}{GAP})半?{GAP}{half_unit}{GAP}半?[之以]?(?:{after}|{before})",
        "near": f"{recent}(?:{count}(?:季度|{unit}|日)|半{GAP}(?:年|[个個]月))(?:{GAP}(?:以?[来來]|[间間里]))?",
    }
