"""A run to make a page of: two bulletins, one of which holds markup, one input set aside, and a check that fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from extract import run

HARM = '😀<img src=x onerror="window.harmed=1"></script><script>window.harmed=1</script>'
BULLETINS = {
    "安定.txt": (
        "安定区社工站建设简报\n（2024年1月5日）\n"
        "截至2023年底，定西市安定区已建成乡镇（街道）社工站21个，持证社工达186人，其中中级42人。\n"
        f"{HARM}\n2023年全区投入资金300万元，另有77羽良种鸡。全年新招9人，开展活动12场次。\n"
    ),
    "马山/通讯.txt": "马山县召开推进会\n截至2022年底，南宁市马山县建成社工站13个，持证社工58人，投入资金120万元。\n",
    "空.txt": " ",
}


def rows_of(out: Path, kind: str) -> list[dict[str, Any]]:
    """The rows of one of a run's files of JSON lines."""
    return [json.loads(line) for line in (out / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()]


def made_run(folder: Path) -> tuple[Path, Path]:
    """The folder of bulletins and the folder of results, both below `folder`."""
    bulletins, out = folder / "bulletins", folder / "out"
    for name, text in BULLETINS.items():
        (bulletins / name).parent.mkdir(parents=True, exist_ok=True)
        (bulletins / name).write_text(text, encoding="utf-8", newline="")
    run(bulletins, out=out)
    certified = [row for row in rows_of(out, "records") if row["measure"] == "certified"]
    fowl = next(row for row in rows_of(out, "numbers") if row["class"] == "unexplained")
    check = {
        "article_id": certified[0]["article_id"], "kind": "sum", "computed": 187, "stated": 186, "verdict": "fails",
        "terms": [row["record_id"] for row in certified[:2]] + [f"n{fowl['start']}"], "chance": 0.002,
        "text": "sum 42+77=119", "chosen": None,
    }  # fmt: skip
    (out / "checks.jsonl").write_text(json.dumps(check) + "\n", encoding="utf-8")
    return bulletins, out
