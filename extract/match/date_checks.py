"""What looks like a date and is none: durations, addresses, rates, document numbers, parts of longer words.

Each check looks a few characters to either side of a point; it answers whether the point stands, and marks as weak what
is a date only where it is the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .date_pieces import DASH
from .date_shapes import Point
from .date_words import GAP, HANZI

_REACH = 8
_SURELY_LAST_CENTURY = 50  # 50年 to 99年 as a whole text; 20年 is a duration
_HANZI = re.compile(f"[{HANZI}]")
_BRACKETS = {"〔": "〕", "[": "]", "［": "］", "【": "】"}
_DECIMAL_AHEAD = re.compile(r"[0-9０-９][.．]\Z|[百千万亿萬億]\Z")
_NO_DECIMALS = {
    *("left_month", "left_day", "backward", "elapsed", "about_elapsed", "within", "month", "day", "quarter"),
    *("left_quarter", "bare_year", "lone_year", "decade"),
}
_WRITTEN_IN_FIGURES = {"iso", "compact", "dotted", "spaced_iso"}
# A two-figure year needs one of these below it: 15年 is a duration, 15年3月 is not.
_BELOW_YEAR = frozenset(
    {
        "month",
        "left_month",
        "quarter",
        "left_quarter",
        "quarters",
        "months",
        "nth_month",
        "half",
        "holiday",
        "nth_week",
        "q",
    }
)
# 15日内, 12号楼, 3日龄.
_NO_DAY_BEFORE = re.compile(
    f"{GAP}(?:[内內游遊龄齡间間均常托楼樓线線文机機台院店馆館门門桌床车車仓倉街路公池井坑库庫房厂廠区區室令件信厅廳棚]"
    "|元(?![旦宵])|[圆圓]|本[钱錢銭]|站台|城|[之以][内內]|以[上下]|为限)"
)
_NO_NEAR_AHEAD = re.compile(r"(?:历时|用时|耗时|长达|达|历经|经过|花|时|已|有|约|附|将|最|临|接|靠|了|超|共|每|隔)\Z")
_NO_NEAR_BEHIND = re.compile(f"{GAP}(?:时间|的?努力|的?历史|的?历程|之久|的时间|岁)")
_NO_YEAR_BEHIND = re.compile("的?(?:历史|歷史)|多?来的?历史")
_NO_MONTH_AHEAD = re.compile(r"(?:每年[^，。；,;]{0,6}|每|隔|近|(?<![目日以])前|满|逾|年|另|多|几|第)\Z")
_TO_A_BRACKET = re.compile(f"{GAP}(?:{DASH}|至){GAP}20[0-9]{{2}}{GAP}[）)]")
_NO_DAY_AHEAD = re.compile(r"[年月每第隔近满前逾超达共余个〕\]］）)】\d]\Z")


def acceptable(text: str, point: Point, right: bool) -> bool:
    """Whether the point is a date where it stands; the right side of a range is, for the left side vouches for it."""
    kind = point.kind
    if not right and _inside_number(text, point, kind):
        return False
    if right:
        point.weak = kind in ("lone_year", "weekday", "spaced_iso")
        return True
    check = _CHECKS.get(kind)
    return check is None or check(text, point, text[max(point.start - _REACH, 0) : point.start].rstrip())


def day_is_a_number(text: str, point: Point) -> bool:
    """Whether what follows a day's number makes a duration or an address of it."""
    return bool(_NO_DAY_BEFORE.match(text, point.end)) or (
        point.word("day").endswith("号") and "month" not in point.parts and bool(_HANZI.match(text, point.end))
    )


def _inside_number(text: str, point: Point, kind: str) -> bool:
    """Whether it is the tail of a longer number, or the year in the brackets of a document number."""
    ahead = text[max(point.start - 2, 0) : point.start]
    if kind in ("year", "left_year"):
        return ahead[-1:] in _BRACKETS and text[point.end : point.end + 1] == _BRACKETS[ahead[-1:]]
    if kind in _WRITTEN_IN_FIGURES:
        return bool(re.search(r"[0-9A-Za-z][-./]?\Z", ahead))
    return kind in _NO_DECIMALS and bool(_DECIMAL_AHEAD.search(ahead))


def _after_hanzi(before: str, save: str = "") -> bool:
    """Whether a Chinese character stands before the point, other than those of `save`."""
    return bool(_HANZI.match(before[-1:])) and before[-1:] not in save


def _check_year(text: str, point: Point, before: str) -> bool:
    token = point.parts["year"]
    if "千" in token.word:
        return "month" in point.parts
    if token.number >= 1000:
        return 1800 <= token.number <= 2199 and not _NO_YEAR_BEHIND.match(text, point.end)
    figures = token.word.rstrip("年度份")
    if len(figures) == 3 and token.number >= 100:
        return "month" in point.parts and "day" in point.parts
    if len(figures) != 2 or token.number < 0:
        return False
    if point.has(_BELOW_YEAR):
        return before[-1:] not in tuple("第每近满达共")
    point.weak = figures[0] not in "零〇"
    return not figures[0].isdecimal() or token.number >= _SURELY_LAST_CENTURY or token.number < 10  # 98年, 08年


def _check_month(text: str, point: Point, before: str) -> bool:
    """March, but not 一月一次, 每年3月 or 上一月."""
    if _NO_MONTH_AHEAD.search(before):
        return False
    if point.first().word != "一月" or len(point.parts) > 1:
        return True
    return before[-1:] not in tuple("上下后这那某") and not re.match(f"{GAP}一", text[point.end : point.end + 4])


def _check_day(text: str, point: Point, before: str) -> bool:
    """A day without its month: 15日; 12号 and 三日 only where nothing else can be meant."""
    token = point.first()
    if _NO_DAY_BEFORE.match(text, point.end) or _NO_DAY_AHEAD.search(before):
        return False
    if token.kind == "left_day":
        return True
    if token.word.endswith("日") and (token.word[0].isdecimal() or token.number > 10):
        return True
    spelled_out = not token.word[0].isdecimal()
    point.weak = spelled_out or _after_hanzi(before, "于在至到和与及") or bool(_HANZI.match(text, point.end))
    return True


def _check_weekday(text: str, point: Point, before: str) -> bool:
    """周三, but not 每周三 or 两周一次; 周一至周五 is a timetable."""
    if re.search(r"[每个個隔单双两一二三四五六七八九十\d]\Z|[周期拜][一二三四五六日天][至到、-]\Z", before):
        return False
    rate = re.match(f"{GAP}[次会期名个小主度报讲场人学练测课评研至到、一-]", text[point.end : point.end + 3])
    point.weak = bool(rate) or _after_hanzi(before, "在于至到了和从自定的本")
    return True


def _check_elapsed(text: str, point: Point, before: str) -> bool:
    """Three years later, where the clause begins with it; after a verb it is counted from that event."""
    point.weak = _after_hanzi(before, "在到于")
    return not re.search(r"[第每\d]\Z", before)


def _check_near(text: str, point: Point, before: str) -> bool:
    if point.word("near").endswith("来"):
        return before[-1:] not in tuple("附临")
    return not (_NO_NEAR_AHEAD.search(before) or _NO_NEAR_BEHIND.match(text, point.end))


def _check_lone_span(text: str, point: Point, before: str) -> bool:
    """十几年前, 三年内: durations but as a whole text."""
    point.weak = True
    return True


def _check_backward(text: str, point: Point, before: str) -> bool:
    return before[-1:] not in tuple("第每几数")


def _check_plan(text: str, point: Point, before: str) -> bool:
    """“十四五” in quotation marks or where no count can be meant; “十五” only with 规划 or the like after it."""
    quoted = text[point.start] != point.word("plan")[0]
    if len(point.word("plan")) == 2:
        return quoted and ("plan_tail" in point.parts or text.startswith(("规划", "计划", "以来"), point.end))
    return quoted or not re.match("[岁个年名人天度多几余万千百亿]", text[point.end : point.end + 1])


def _check_holiday(text: str, point: Point, before: str) -> bool:
    """A named day without its year is mostly the name of an activity."""
    quoted = text[point.start] != point.word("holiday")[0]
    follows = re.match(f"{GAP}[前后]", text[point.end : point.end + 3])
    point.weak = "holiday_tail" not in point.parts and not (quoted and follows)
    return not before.endswith("每年") and not (point.word("holiday") == "十一" and not quoted and _after_hanzi(before))


def _check_year_edge(text: str, point: Point, before: str) -> bool:
    """年底 on its own; 少年 and 每年 make other words, and 年中 stands after few characters."""
    if point.word("year_edge") == "年中":
        return not _after_hanzi(before, "到在至于前自从较比")
    return not re.search(r"[少青老童成壮每学新周往历多几百千万全常频同\d一二三四五六七八九十]\Z", before)


def _check_month_edge(text: str, point: Point, before: str) -> bool:
    return not _after_hanzi(before, "到在至于前自从")


def _check_quarter(text: str, point: Point, before: str) -> bool:
    return before[-1:] not in tuple("续每近隔个過过")


def _check_first_months(text: str, point: Point, before: str) -> bool:
    """前9个月, only where a clause begins; after a verb it is a duration."""
    return not _after_hanzi(before)


def _check_bare_year(text: str, point: Point, before: str) -> bool:
    return not re.search(r"[第共达为约近超有号A-Za-z〔\[［〕%/-]\Z", before)


def _check_compact(text: str, point: Point, before: str) -> bool:
    """Eight figures, unless they count something or are a telephone or record number."""
    unit = re.match("[元人名个個次户戶万千亿位號号家項项場场A-Za-z-]", text[point.end : point.end + 1])
    return not unit and not re.search("[号码话號碼話:：A-Za-z-]\\Z", before)


def _check_decade(text: str, point: Point, before: str) -> bool:
    token = point.parts["decade"]
    years = token.numbers[-1]
    return years % 10 == 0 and ("世纪" in token.word or 30 <= years < 100 or 1800 <= years < 2200)


def _check_century(text: str, point: Point, before: str) -> bool:
    point.weak = point.word("century").endswith("世纪")
    return True


def _check_lone(text: str, point: Point, before: str) -> bool:
    """Figures that are a date only alone; a range of years also in brackets: （2021-2023）."""
    bracketed = point.kind == "lone_year" and before[-1:] in tuple("（(")
    point.weak = not (
        bracketed and re.match(f"{GAP}[-–—~～至]{{1,2}}{GAP}20[0-9]{{2}}{GAP}[）)]", text[point.end : point.end + 14])
    )
    return True


def _check_lunar_head(text: str, point: Point, before: str) -> bool:
    point.weak = "lunar_day" not in point.parts and not re.match("[，。、；]|期间|里", text[point.end : point.end + 2])
    return not _after_hanzi(before, "到在至于前自从年历")


_CHECKS: dict[str, Callable[[str, Point, str], bool]] = {
    "year": _check_year,
    "month": _check_month,
    "left_month": _check_month,
    "day": _check_day,
    "left_day": _check_day,
    "weekday": _check_weekday,
    "elapsed": _check_elapsed,
    "near": _check_near,
    "backward": _check_backward,
    "about_elapsed": _check_lone_span,
    "within": _check_lone_span,
    "plan": _check_plan,
    "holiday": _check_holiday,
    "year_edge": _check_year_edge,
    "month_edge": _check_month_edge,
    "quarter": _check_quarter,
    "left_quarter": _check_quarter,
    "months": _check_first_months,
    "bare_year": _check_bare_year,
    "compact": _check_compact,
    "decade": _check_decade,
    "century": _check_century,
    "season": _check_lone,
    "spaced_iso": _check_lone,
    "lone_year": _check_lone,
    "new_year_day": _check_lone,
    "lunar_head": _check_lunar_head,
}
