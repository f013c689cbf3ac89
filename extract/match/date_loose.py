"""Date words that no days can be told from: what `find_dates` leaves out unless it is asked for them."""

from __future__ import annotations

import re
from functools import cache

from .date_shapes import Expression
from .date_words import HANZI, date_words, either, not_before
from .mentions import DateMention

_CLAUSE_REACH = 14
# The name of a plan goes on behind its number: “十四五”民政事业发展规划.
_PLAN_NAME = re.compile(
    rf"[”」』\"]?(?:[{HANZI}]{{0,16}}?(?:规划|規劃|纲要|綱要)|[{HANZI}]{{0,16}}?(?:计划|計劃)(?![{HANZI}]))"
)


def is_loose(text: str, mention: DateMention, found: Expression) -> bool:
    """Whether a mention dates nothing by itself.

    Such are 现在, 近日 and 同比 without a relation word (截至日前 is an end), 当年 in a rule, and the number of a plan
    in its name (“十四五”民政事业发展规划, but not “十四五”期间).
    """
    span = found.start, found.end
    if found.right is not None or (mention.start, mention.end) != span or mention.text == text.strip():
        return False
    point = found.left
    if point.kind == "plan":
        return "plan_tail" not in point.parts and _PLAN_NAME.match(text, found.end) is not None
    if "year_word" in point.parts:
        return mention.basis == "unresolved" and states_a_rule(text, found)
    return point.kind in ("now", "vague", "compared") and point.first().word in date_words().lists["loose"]


def states_a_rule(text: str, found: Expression) -> bool:
    """Whether 当年 stands in a rule, and so is each year in turn: 可统筹安排当年筹集的资金."""
    if date_words().words[found.left.word("year_word")].anchor != "text":
        return False
    return _rule().search(text, max(found.start - _CLAUSE_REACH, 0), found.start) is not None


@cache
def _rule() -> re.Pattern[str]:
    words = date_words().rule_words
    told = "|".join(f"{either([word])}{not_before(barred)}" for word, barred in words.items())
    return re.compile(rf"(?:{told})[^，。；：！？、,;:!?\n]*+\Z")
