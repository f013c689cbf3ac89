"""What is counted: the kind of place or body, and the administrative tier that it belongs to."""

from __future__ import annotations

import re

from ..rules.apply import Finding
from ..rules.encoding import ANY_QUANTITY
from ..rules.facets import facet_words, item_after, item_before, run_head


def facility_of(finding: Finding, template: dict[str, str]) -> str | None:
    """The kind of place or body: by the noun behind the figure, by the words before it, or by what it shares."""
    if "facility" in template:
        return template["facility"] or None
    words = facet_words("facility")
    after = item_after(finding.segment, finding.index)
    word = finding.words.get("facility")
    if word and word in after and finding.segment.code.rfind(word, finding.start, finding.at) < 0:
        return (_head(after[after.index(word) :]) or ("", None))[1]
    if word and not _NOUN_AT_ONCE.match(after) and (found := words.last(_noun_before(finding, word))):
        return found[1]
    before = item_before(finding.segment, finding.index, wide=finding.via == "rule")
    if before.endswith("的") and finding.via != "rule":  # 委托机构运营的14个 are what the list counts
        before = ""
    found = _head(after) or words.last(before)
    if found is None and finding.previous is not None:
        since = finding.segment.code[finding.previous.at + 1 : finding.at]
        found = words.last(since[since.find("；") + 1 :]) if "；" in since else None
    if found is None and (origin := finding.previous or finding.whole) is not None:
        return facility_of(origin, template)
    return found[1] if found else None


_PART_OF_A_NOUN = (
    "服务|孵化|培育|培训|实训|发展|创新|指导|支持|促进|社会工作|社工|综合|示范|督导|党群|实践|见习|街道|社区|乡镇|联合"
    "|公益|慈善|志愿"
)
_KINDS = "中心|基地|平台|站|室"
_NOUN_AT_ONCE = re.compile(rf"(?:专业|民办|{_PART_OF_A_NOUN})*(?:机构|社会组织|{_KINDS})")
_LONGER_NOUN = re.compile(rf"(?:{_PART_OF_A_NOUN}){{0,3}}(?:{_KINDS}|园|联合会|协会)")


_AREA = re.compile(
    "(?P<township>乡(?!村|土)|镇|苏木)|(?P<county>[县旗区](?!域|块|级))|(?P<village>村|嘎查|(?:城乡|城市)?社区(?![社居服治矫干民营]))"
)  # 12个镇


_ITEM = re.compile(  # 其中街道9个、乡2个
    "(?:^|其中|包括|含|分别[为是])(?:(?P<township>乡|镇|苏木)|(?P<county>县区|[县旗区])|(?P<village>村|嘎查))有?$"
)


def _noun_before(finding: Finding, word: str) -> str:
    """The rule's word with what stands between it and the figure: 社会组织服务中心 before 6家."""
    code = finding.segment.code
    if "name" in finding.words:
        return word
    if (start := code.rfind(word, finding.start, finding.at)) < 0:
        return word
    return re.split("（[^）]*[、和与及]|[、和与及]", code[start : finding.at])[0]  # 社工站（室、点）1268个 are stations


def _head(text: str) -> tuple[str, str] | None:
    """The first facility word of a noun group, or the longer noun that it begins: 社会组织孵化基地 is a base."""
    words = facet_words("facility")
    found = words.first(text)
    longer = found and _LONGER_NOUN.match(text, text.index(found[0]) + len(found[0]))
    return words.last(longer[0]) if longer else found


# what ends before a figure's clause: another figure, or a cause (因乡镇合并，社工站减少至18个)
_ELSEWHERE = re.compile(f"[{ANY_QUANTITY}][，、；]|(?:合并|撤并|调整|改革)[，、]")


def tier_of(finding: Finding, template: dict[str, str]) -> str | None:
    """The tier of what is counted: by its own words, by those of its clause, or by what it shares."""
    if "tier" in template:
        return template["tier"] or None
    words = facet_words("tier")
    if "tier" in finding.dealt:
        return str(finding.dealt["tier"])
    after = item_after(finding.segment, finding.index)
    if found := words.first(after):
        return found[1]
    if lent := words.last(finding.words.get("topic", "")):
        return lent[1]
    if area := _AREA.match(after) or _ITEM.search(item_before(finding.segment, finding.index)):
        return area.lastgroup
    before = item_before(finding.segment, run_head(finding.segment, finding.index))
    if finding.via == "rule" and not words.last(before):
        before = finding.segment.code[finding.start : finding.at]
    found = words.last(before)
    if found is None and finding.via == "rule":
        lead = finding.segment.code[max(0, finding.start - 8) : finding.start]
        lead = _ELSEWHERE.split(lead)[-1]
        found = words.last(lead + finding.segment.code[finding.start : finding.start + 3])
    origin = finding.whole or finding.previous
    if found is None and origin is not None and not facet_words("facility").last(before):
        return tier_of(origin, template)
    return found[1] if found else None
