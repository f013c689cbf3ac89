"""Numerals: every spelling of a number has its exact value, and what is no number has none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.match.numerals import NUMERAL, Amount, fold, parse_amount, parse_numeral, step
from extract.match.quantities import find_quantities

PLAIN = "零一二三四五六七八九"
FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
TRADITIONAL = str.maketrans("万亿零", "萬億零")
WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def in_han(number: int) -> str:
    """The standard Chinese numeral of a whole number below 10^16."""
    if number < 10:
        return PLAIN[number]
    for power, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= power:
            head, rest = divmod(number, power)
            gap = "零" if 0 < rest < power // 10 else ""
            return in_han(head) + name + (gap + in_han(rest) if rest else "")
    raise AssertionError(number)


def decimal_in_han(number: Decimal) -> str:
    whole, _, fraction = f"{number:f}".partition(".")
    return in_han(int(whole)) + ("点" + "".join(PLAIN[int(d)] for d in fraction) if fraction else "")


def mixed(number: int) -> str:
    """12034500 as 1203万4500."""
    high, rest = divmod(number, 10**8)
    middle, low = divmod(rest, 10**4)
    head = (f"{high}亿" if high else "") + (f"{middle}万" if middle else "")
    return (head + (f"零{low}" if low < 1000 else str(low)) if low else head) if head else str(number)


WHOLE = st.one_of(st.integers(0, 10**12), st.integers(0, 9).map(lambda power: 10**power), st.integers(0, 10**5))
DECIMALS = st.decimals(0, 10**8, places=4, allow_nan=False, allow_infinity=False)


@given(WHOLE)
def test_every_style_of_a_whole_number_reads_back(number: int) -> None:
    han = in_han(number)
    styles = [
        str(number), f"{number:,}", str(number).translate(WIDE), f"{number:,}".translate(WIDE),
        han, han.translate(FORMAL), han.translate(TRADITIONAL), mixed(number),
    ]  # fmt: skip
    assert [parse_numeral(style) for style in styles] == [Decimal(number)] * len(styles)


@given(WHOLE)
def test_a_numeral_is_found_whole_in_every_style(number: int) -> None:
    han = in_han(number)
    for style in (str(number), f"{number:,}", han, mixed(number), han.translate(TRADITIONAL)):
        found = NUMERAL.match(style + "名")
        assert found
        assert found[0] == style


@given(WHOLE, st.sampled_from(["名", "人次", "户"]), st.data())
def test_every_style_reads_back_in_a_sentence_line_breaks_or_not(number: int, unit: str, data: st.DataObject) -> None:
    han, grouped = in_han(number), f"{number:,}"
    styles = [str(number), grouped, grouped.translate(WIDE), han, han.translate(TRADITIONAL), mixed(number)]
    if number >= 10:
        styles.append(han.translate(FORMAL))  # alone, 伍 and 陆 are parts of words
    for style in styles:
        at = data.draw(st.integers(0, len(style)))
        for text in (f"共计{style}{unit}，其余", f"共计{style[:at]}\n{style[at:]}{unit}，其余"):
            (found,) = find_quantities(text)
            assert (found.value, found.bound, found.unit_text) == (number, "exact", unit)


@given(DECIMALS)
def test_every_style_of_a_decimal_reads_back(number: Decimal) -> None:
    styles = [f"{number:f}", f"{number:,f}", f"{number:f}".translate(WIDE), decimal_in_han(number)]
    assert [parse_numeral(style) for style in styles] == [number] * len(styles)


@given(st.integers(1, 10**6).map(lambda n: Decimal(n) / 1000), st.sampled_from([("万", 10**4), ("亿", 10**8)]))
def test_a_power_multiplies_exactly(number: Decimal, power: tuple[str, int]) -> None:
    value = parse_numeral(f"{number:f}{power[0]}")
    assert value == number * power[1]
    assert value == parse_numeral(f"-{number:f}{power[0]}").copy_abs()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两", 2), ("〇", 0), ("廿六", 26), ("卅", 30), ("十", 10), ("二十", 20), ("一百零八", 108), ("一百十五", 115),
        ("二百六", 260), ("三千八", 3800), ("五万二", 52000), ("三千零八", 3008), ("八万零三十", 80030), ("百", 100),
        ("万", 10000), ("千二", 1200), ("二〇一九", 2019), ("一九", 19), ("两万三千", 23000), ("七亿零九", 700000009),
        ("三万亿", 3 * 10**12), ("六十万亿", 6 * 10**13), ("两千二百亿", 2200 * 10**8), ("九兆", 9 * 10**12),
        ("2万6千", 26000), ("7万2", 72000), ("3千零5", 3005), ("6万4800", 64800), ("4,200万", 42000000),
        ("两个亿", 2 * 10**8), ("1.5个亿", 150000000), ("半百", 50), ("负六", -6), ("-3.5万", -35000),
        ("叁仟伍佰", 3500), ("貳拾萬", 200000), ("參佰", 300), ("12k", 12000), ("3w", 30000), ("2e3", 2000),
        ("３．５万", 35000), ("2^10", 1024),
    ],
)  # fmt: skip
def test_numerals_have_their_value(text: str, value: int) -> None:
    assert parse_numeral(text) == Decimal(value)


@pytest.mark.parametrize(("text", "value"), [
    ("3.50", "3.5"), ("0.08", "0.08"), ("一点零五", "1.05"), ("三点二万", "32000"), ("六千点五", "6000.5"),
])  # fmt: skip
def test_fractions_are_exact(text: str, value: str) -> None:
    assert parse_numeral(text) == Decimal(value)


@pytest.mark.parametrize("text", ["3.5万", "1.20亿", "35000.0", "三点五万", "6.0"])
def test_whole_values_have_no_needless_digits(text: str) -> None:
    value = parse_numeral(text)
    assert value is not None
    assert value.as_tuple().exponent == 0


@pytest.mark.parametrize(
    "text", ["", "十百", "千百", "百千", "万千", "三四五百", "五十六七八千九百", "人", "点五", "1.2.3", "余", "几"]
)
def test_what_is_no_numeral_has_no_value(text: str) -> None:
    assert parse_numeral(text) is None


def test_a_run_of_digits_too_long_for_a_count_has_no_value() -> None:
    assert parse_numeral("9" * 28) == Decimal("9" * 28)
    assert [parse_numeral(text) for text in ("9" * 29, "一" * 29, "9" * 10**6, "万" * 10**6)] == [None] * 4


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("6", Amount(Decimal(6), None, "exact")),
        ("十几", Amount(Decimal(10), Decimal(20), "over")),
        ("百余", Amount(Decimal(100), Decimal(200), "over")),
        ("1.8万余", Amount(Decimal(18000), Decimal(19000), "over")),
        ("40多万", Amount(Decimal(400000), Decimal(500000), "over")),
        ("一百零几", Amount(Decimal(100), Decimal(110), "over")),
        ("数十", Amount(Decimal(10), Decimal(100), "over")),
        ("幾百萬", Amount(Decimal(1000000), Decimal(10000000), "over")),
        ("二十来", Amount(Decimal(20), Decimal(30), "about")),
        ("三四", Amount(Decimal(3), Decimal(4), "range")),
        ("两三百", Amount(Decimal(200), Decimal(300), "range")),
        ("十七八", Amount(Decimal(17), Decimal(18), "range")),
        ("三五千", Amount(Decimal(3000), Decimal(5000), "range")),
        ("二三十万", Amount(Decimal(200000), Decimal(300000), "range")),
        ("二七", Amount(Decimal(27), None, "exact")),
    ],
)
def test_amounts_leave_open_what_the_words_leave_open(text: str, amount: Amount) -> None:
    assert parse_amount(text) == amount


@pytest.mark.parametrize(
    ("value", "expected"), [("3000", "1000"), ("12000", "1000"), ("1.2", "0.1"), ("305", "1"), ("0", "1")]
)
def test_a_step_is_one_unit_of_the_last_digit(value: str, expected: str) -> None:
    assert step(Decimal(value)) == Decimal(expected)


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@given(st.text(alphabet="零一二两三十百千万亿兆半几数余多来点.,，0123456789-负ekw^个廿壹拾 "))
def test_any_characters_of_numerals_parse_or_do_not(text: str) -> None:
    amount = parse_amount(text)
    assert amount is None or amount.top is None or amount.top > amount.value
