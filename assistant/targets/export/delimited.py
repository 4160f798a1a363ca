"""Targets as csv that opens right by a double click in Excel.

Excel takes a file for UTF-8 only when it begins with the byte order mark, and cuts it at the list separator of
Windows: `;` where the decimal sign is a comma (Vietnamese settings), `,` otherwise. A `sep=` line would override
that, but makes Excel ignore the byte order mark.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import BinaryIO

from assistant.targets.export.columns import COLUMNS, Cell
from assistant.targets.target import Target

__all__ = ["neutral", "write_csv"]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")


def write_csv(targets: Iterable[Target], out: BinaryIO, *, decimal_comma: bool = False) -> None:
    """One row a target under Vietnamese headings, in UTF-8 with a byte order mark, lines ending in CR LF.

    Dates are ISO 8601, which Excel reads under any regional setting.
    """
    out.write(b"\xef\xbb\xbf")
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=";" if decimal_comma else ",", lineterminator="\r\n")
    writer.writerow(column.heading for column in COLUMNS)
    for target in targets:
        writer.writerow(_text(column.cell(target), decimal_comma) for column in COLUMNS)
        out.write(line.getvalue().encode())
        line.seek(0)
        line.truncate()
    out.write(line.getvalue().encode())


def neutral(text: str) -> str:
    """`text` as a cell that no spreadsheet runs as a formula: a leading apostrophe, where one is needed.

    Quotes that begin with a dash are common in decisions. A text that itself begins with an apostrophe gets one
    more, so that dropping the first apostrophe always gives the text back.
    """
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def _text(cell: Cell, decimal_comma: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return neutral(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return repr(cell).replace(".", ",") if decimal_comma else repr(cell)
