"""Rows in an Excel workbook."""

from __future__ import annotations

import datetime
import errno
import math
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from extract.records import Row
from extract.tables import LEDGERS, Kind, OutputError, Plain, column_kinds, parse_line

if TYPE_CHECKING:
    from extract.staging import Staging


class Xlsx:
    """One workbook, `tables.xlsx`: a typed sheet a table, its header frozen; a table too long goes on in `name 2`."""

    row_limit = 1_048_576
    text_limit = 32_767
    first_day = "1900-03-01"  # Excel's calendar is wrong before it

    def __init__(self, staging: Staging, models: Mapping[str, type[Row]]) -> None:
        try:
            from openpyxl import Workbook
        except ImportError:
            raise OutputError("xlsx: openpyxl is not installed; run: pip install openpyxl") from None
        self.book = Workbook(write_only=True)
        self.staging = staging
        self.path = staging.path("tables.xlsx")
        self.kinds = {table: column_kinds(model) for table, model in models.items()}
        self.rows = dict.fromkeys(models, 0)
        self.sheets: dict[str, Any] = {}

    def add(self, table: str, row: Plain, line: str) -> None:
        """Leave the row to `close`."""

    def close(self) -> None:
        """Make the sheets from the JSON lines beside it, and save the workbook, with no clock in it."""
        try:
            self.sheets = {table: self._sheet(table, table) for table in self.kinds}
            for kind in ("records", *LEDGERS):
                with self.staging.path(f"{kind}.jsonl").open(encoding="utf-8", newline="\n") as file:
                    for row in map(parse_line, file):
                        self._append(row["table"] if kind == "records" else kind, row)
            self._save()
        except Exception as error:
            for sheet in self.book.worksheets:
                with suppress(Exception):  # what is not closed complains when it is collected
                    sheet.close()
            if isinstance(error, OSError | OutputError):
                raise
            raise OSError(errno.EIO, f"a sheet cannot be written ({error})", str(self.path)) from None

    def _sheet(self, table: str, title: str) -> Any:
        sheet = self.book.create_sheet(title)
        sheet.freeze_panes = "A2"
        sheet.append(list(self.kinds[table]))
        return sheet

    def _append(self, table: str, row: Plain) -> None:
        """Write the row; days as days, lists joined with `; `."""
        number, place = divmod(self.rows[table], self.row_limit - 1)
        if number and not place:
            self.sheets[table] = self._sheet(table, f"{table} {number + 1}")
        self.rows[table] += 1
        cells = zip(row.values(), self.kinds[table].values(), strict=True)
        self.sheets[table].append([self._cell(self.sheets[table], value, kind) for value, kind in cells])

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


class _TimelessZip(zipfile.ZipFile):
    """A zip archive whose members carry the first day that a zip can tell."""

    def open(self, name: Any, mode: Any = "r", *args: Any, **options: Any) -> Any:
        if isinstance(name, zipfile.ZipInfo) and mode == "w":
            name.date_time = (1980, 1, 1, 0, 0, 0)
        return super().open(name, mode, *args, **options)
