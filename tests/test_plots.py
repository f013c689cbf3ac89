"""The pictures of a run: what is drawn, and that Chinese is shown."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest

from extract import run

matplotlib = pytest.importorskip("matplotlib", reason="matplotlib is not installed; pip install '.[notebook]'")

from extract import plots  # noqa: E402

TEXTS = {
    "a": "2024年1月5日\n截至2023年底，定西市安定区已建成社工站21个，持证社工达186人，投入资金300万元。良种鸡77羽。",
    "b": "2023年1月5日\n截至2022年底，定西市安定区已建成社工站13个，持证社工达158人，每人每月补贴200元。",
}


def dots(axes: Any) -> list[float]:
    """Where the dots of a picture lie, from left to right."""
    return sorted(float(x) for line in axes.lines for x in line.get_xdata())


def test_the_pictures_hold_figures_of_the_texts() -> None:
    figure = run(TEXTS).plot()
    stations, workers, funds, unexplained = figure.axes
    assert dots(stations) == [13, 21]
    assert dots(workers) == [158, 186]
    assert [label.get_text() for label in stations.get_yticklabels()] == ["安定区"]
    assert [text.get_text() for text in stations.get_legend().get_texts()] == ["2022", "2023"]
    assert dots(funds) == [200, 3_000_000]
    assert [label.get_text() for label in unexplained.get_xticklabels()] == ["2023", "2024"]
    assert [text.get_text() for text in unexplained.texts] == ["0 / 5", "1 / 6"]


def test_a_run_without_figures_has_empty_pictures(tmp_path: Path) -> None:
    run(texts=["没有数字。"]).plot().savefig(tmp_path / "empty.png")


@pytest.mark.skipif(plots.chinese_font() is None, reason="no font here has Chinese characters")
def test_chinese_is_shown(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run(TEXTS).plot().savefig(tmp_path / "plot.png")


def test_a_machine_without_a_chinese_font_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots, "CHINESE_FONTS", ())
    with pytest.warns(UserWarning, match="no font here has Chinese characters; install one"):
        run(TEXTS).plot()
