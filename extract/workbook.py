"""Rows in an Excel workbook."""

from __future__ import annotations

import datetime
import errno
import math
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from extract.records import Record, Row
from extract.tables import LEDGERS, Kind, OutputError, Plain, column_kinds, parse_line

if TYPE_CHECKING:
    from extract.staging import Staging


SENTENCES = "sentences"
SENTENCE_COLUMNS: Mapping[str, Kind] = {"article_id": "text", "file": "text", "sentence": "text"}
WIDTHS = {"sentence": 60, "quote": 14, "title": 40, "text": 40, "file": 20, "rule": 24}  # in characters


class Xlsx:
    """One workbook, `tables.xlsx`: a typed sheet a table, its header frozen; a table too long goes on in `name 2`.

    The sheet `sentences` has every sentence with a record once; the sentence of a record leads to it.
    """

    row_limit = 1_048_576
    text_limit = 32_767
    link_limit = 65_530  # a sheet; Excel drops what goes beyond
    first_day = "1900-03-01"  # Excel's calendar is wrong before it

    def __init__(self, staging: Staging, models: Mapping[str, type[Row]]) -> None:
        try:
            from openpyxl import Workbook
        except ImportError:
            raise OutputError("xlsx: openpyxl is not installed; run: pip install openpyxl") from None
        self.book = Workbook(write_only=True)
        self.staging = staging
        self.path = staging.path("tables.xlsx")
        self.kinds: dict[str, Mapping[str, Kind]] = {table: column_kinds(model) for table, model in models.items()}
        self.kinds[SENTENCES] = SENTENCE_COLUMNS
        self.at = list(column_kinds(Record)).index("sentence")
        self.rows = dict.fromkeys(self.kinds, 0)
        self.sentences = _Sentences()
        self.sheets: dict[str, Any] = {}

    def close(self) -> None:
        """Make the sheets from the JSON lines beside it, and save the workbook, with no clock in it."""
        try:
            self.sheets = {table: self._sheet(table, table) for table in self.kinds}
            for kind in ("records", *LEDGERS):
                with self.staging.path(f"{kind}.jsonl").open(encoding="utf-8", newline="\n") as file:
                    for row in map(parse_line, file):
                        if kind == "records":
                            self._append(row["table"], row, self._link(row))
                        else:
                            self._append(kind, row)
            self._save()
        except Exception as error:
            for sheet in self.book.worksheets:
                with suppress(Exception):  # what is not closed complains when it is collected
                    sheet.close()
            if isinstance(error, OSError | OutputError):
                raise
            raise OSError(errno.EIO, f"a sheet cannot be written ({error})", str(self.path)) from None

    def _sheet(self, table: str, title: str) -> Any:
        from openpyxl.utils import get_column_letter

        sheet = self.book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for number, name in enumerate(self.kinds[table], 1):
            sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(name, 12)
        sheet.append(list(self.kinds[table]))
        return sheet

    def _append(self, table: str, row: Plain, link: str | None = None) -> None:
        """Write the row; days as days, lists joined with `; `, the sentence with a link."""
        number, place = divmod(self.rows[table], self.row_limit - 1)
        if number and not place:
            self.sheets[table] = self._sheet(table, _title(table, number))
        self.rows[table] += 1
        sheet = self.sheets[table]
        cells = [self._cell(sheet, row[name], kind) for name, kind in self.kinds[table].items()]
        if link and place < self.link_limit:
            cells[self.at] = _linked(sheet, cells[self.at], link)
        sheet.append(cells)

    def _link(self, row: Plain) -> str:
        """Where the record's sentence stands; it is written where it is new."""
        number, new = self.sentences.number(row)
        if new:
            self._append(SENTENCES, row)
        sheets, place = divmod(number - 1, self.row_limit - 1)
        return f"'{_title(SENTENCES, sheets)}'!C{place + 2}"

    def _cell(self, sheet: Any, value: Any, kind: Kind) -> object:
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell

        if kind == "date" and value and value >= self.first_day:
            return datetime.date.fromisoformat(value)
        if isinstance(value, float) and math.isinf(value):
            return str(value)
        if isinstance(value, list):
            value = "; ".join(value)
        if isinstance(value, str):
            value = ILLEGAL_CHARACTERS_RE.sub("", value)[: self.text_limit]
            if value.startswith("="):
                cell = WriteOnlyCell(sheet, value)
                cell.data_type = "s"
                return cell
        return value

    def _save(self) -> None:
        from openpyxl.writer.excel import ExcelWriter

        self.book.properties.created = self.book.properties.modified = datetime.datetime(1980, 1, 1)
        ExcelWriter(self.book, _TimelessZip(self.path, "w", zipfile.ZIP_DEFLATED, allowZip64=True)).save()


class _Sentences:
    """A count of the sentences of rows that come by bulletin, each once an article; it holds one bulletin's."""

    def __init__(self) -> None:
        self.count = 0
        self._file: str | None = None
        self._numbers: dict[tuple[str, str], int] = {}

    def number(self, row: Plain) -> tuple[int, bool]:
        """The number of the row's sentence, from 1, and whether it is new."""
        if row["file"] != self._file:
            self._file, self._numbers = row["file"], {}
        key = row["article_id"], row["sentence"]
        if known := self._numbers.get(key):
            return known, False
        self.count += 1
        self._numbers[key] = self.count
        return self.count, True


def _linked(sheet: Any, value: Any, link: str) -> Any:
    from openpyxl.cell.cell import Cell, WriteOnlyCell
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell = value if isinstance(value, Cell) else WriteOnlyCell(sheet, value)
    cell.hyperlink = Hyperlink(ref="", location=link)
    return cell


def _title(table: str, number: int) -> str:
    """The name of the sheet that a table goes on in, from 0."""
    return f"{table} {number + 1}" if number else table


class _TimelessZip(zipfile.ZipFile):
    """A zip archive whose members carry the first day that a zip can tell."""

    def open(self, name: Any, mode: Any = "r", *args: Any, **options: Any) -> Any:
        if isinstance(name, zipfile.ZipInfo) and mode == "w":
            name.date_time = (1980, 1, 1, 0, 0, 0)
        return super().open(name, mode, *args, **options)
