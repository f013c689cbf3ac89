"""The usual pictures of a run, drawn with matplotlib; needs `pip install 'jianbao[notebook]'`."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from extract import charts
from extract.tables import Plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CHINESE_FONTS = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC",
    "Microsoft YaHei", "SimHei", "Hiragino Sans GB", "Heiti SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "SimSun",
)  # fmt: skip
SHOWN_PLACES = 12


def chinese_font() -> str | None:
    """The first font with Chinese characters that this machine has."""
    from matplotlib import font_manager

    known = {entry.name for entry in font_manager.fontManager.ttflist}
    return next((name for name in CHINESE_FONTS if name in known), None)


def plot(records: Sequence[Plain], numbers: Sequence[Plain], articles: Sequence[Plain]) -> Figure:
    """Four pictures: stations and certified workers by place and year, funds by purpose, unexplained share by year.

    No figure is a sum: a dot is the largest total that a text states for a place and year, or one figure of money.
    Warns, with the remedy, where no font has Chinese characters. Raises ImportError where matplotlib is not installed.
    """
    try:
        from matplotlib import pyplot
        from matplotlib.text import Text
    except ImportError:
        raise ImportError("matplotlib is not installed; run: pip install 'jianbao[notebook]'") from None
    figure = pyplot.figure(figsize=(13, 9), layout="constrained")  # by pyplot, which makes notebooks show figures
    pyplot.close(figure)
    grid = figure.subplots(2, 2)
    _places(grid[0, 0], charts.stations(records), "社工站 stations")
    _places(grid[0, 1], charts.certified(records), "持证社工 certified workers")
    _funds(grid[1, 0], records)
    _unexplained(grid[1, 1], numbers, articles)
    if font := chinese_font():
        for text in figure.findobj(Text):
            text.set_fontfamily([font, "sans-serif"])
    else:
        warnings.warn("no font here has Chinese characters; install one, such as Noto Sans CJK SC", stacklevel=3)
    return figure


def _places(axes: Axes, points: Sequence[charts.Point], title: str) -> None:
    """A row a place, the largest latest figure on top; a dot a year, coloured by it, on a scale of magnitudes."""
    latest = {point.place_code: point for point in points}  # points are in the order of years
    shown = sorted(latest.values(), key=lambda point: point.value)[-SHOWN_PLACES:]
    height = {point.place_code: index for index, point in enumerate(shown)}
    for year in sorted({point.year for point in points if point.place_code in height}):
        of_year = [point for point in points if point.year == year and point.place_code in height]
        rows = [height[point.place_code] for point in of_year]
        axes.plot([point.value for point in of_year], rows, "o", label=str(year), alpha=0.8)
    axes.set_yticks(range(len(shown)), [point.place for point in shown])
    axes.set_title(title)
    axes.grid(axis="y", alpha=0.3)
    if shown:
        axes.set_xscale("log")
        axes.legend(fontsize="small")


def _funds(axes: Axes, records: Sequence[Plain]) -> None:
    """A dot a figure, by purpose, on a scale of magnitudes."""
    purposes = charts.purposes(records)
    for index, purpose in enumerate(purposes):
        rows = [records[row] for column in purpose.rows for row in column]
        amounts = [next(row[name] for name in ("value", "high", "low") if row[name] is not None) for row in rows]
        axes.plot(amounts, [index] * len(amounts), "o", alpha=0.4, markersize=5)
    names = [f"{purpose.measure} a {purpose.per}" if purpose.per else purpose.measure for purpose in purposes]
    axes.set_yticks(range(len(purposes)), names)
    axes.set_title("资金 funds, CNY")
    if purposes:
        axes.set_xscale("log")


def _unexplained(axes: Axes, numbers: Sequence[Plain], articles: Sequence[Plain]) -> None:
    """The share of unexplained numbers, by the year of the article."""
    years = {article["article_id"]: (article["published"] or "")[:4] or "?" for article in articles}
    all_of: Counter[str] = Counter(years[number["article_id"]] for number in numbers)
    open_of = Counter(years[number["article_id"]] for number in numbers if number["class"] == "unexplained")
    shown = sorted(all_of)
    bars: Any = axes.bar(shown, [100 * open_of[year] / all_of[year] for year in shown], color="#c62828")
    axes.bar_label(bars, [f"{open_of[year]} / {all_of[year]}" for year in shown], fontsize="small")
    axes.set_title("未解释的数字 unexplained numbers, %")
