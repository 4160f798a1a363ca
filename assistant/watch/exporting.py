"""Records of a range of days as a file to hand over: csv, jsonl or xlsx."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Literal

from assistant.watch.ledger import segments

__all__ = ["COLUMNS", "Format", "records", "write"]

Format = Literal["csv", "jsonl", "xlsx"]

COLUMNS = {
    "n": "Số",
    "at": "Lúc (UTC)",
    "who": "Ai",
    "id": "Mã người",
    "from": "Từ",
    "action": "Việc",
    "subject": "Đối tượng",
    "outcome": "Kết quả",
    "text": "Câu hỏi",
    "request": "Mã yêu cầu",
    "previous": "Mã băm bản ghi trước",
}


def records(
    home: Path, since: str = "", until: str = "", texts: Mapping[str, str] | None = None
) -> Iterator[dict[str, Any]]:
    """The records from the ISO date `since` to the end of the day `until`, both UTC, in their order.

    With `texts`, questions by hash, each record of a question has its words as `text`, as long as they are kept.
    """
    for path in segments(home):
        with path.open("rb") as lines:
            for line in lines:
                try:
                    record = json.loads(line)
                except ValueError:
                    continue
                day = str(record.get("at", ""))[:10]
                if (not since or day >= since) and (not until or day <= until):
                    known = (texts or {}).get(str(record.get("question", "")))
                    yield record | {"text": known} if known else record


def write(rows: Iterable[Mapping[str, Any]], format: Format, out: BinaryIO) -> None:
    """Writes `rows`; no cell is a formula, whatever stands in it."""
    {"csv": _csv, "jsonl": _jsonl, "xlsx": _xlsx}[format](rows, out)


def _jsonl(rows: Iterable[Mapping[str, Any]], out: BinaryIO) -> None:
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")


def _csv(rows: Iterable[Mapping[str, Any]], out: BinaryIO) -> None:
    """In UTF-8 with a byte order mark, lines ending in CR LF, as Excel opens it by a double click."""
    from assistant.targets.export.delimited import neutral

    text = io.TextIOWrapper(out, "utf-8-sig", newline="", errors="backslashreplace", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS.values())
    for row in rows:
        writer.writerow([neutral(str(row.get(name, ""))) for name in COLUMNS])
    text.detach()


def _xlsx(rows: Iterable[Mapping[str, Any]], out: BinaryIO) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Nhật ký")
    sheet.freeze_panes = "A2"
    sheet.append(list(COLUMNS.values()))
    for row in rows:
        cells = []
        for name in COLUMNS:
            value = row.get(name, "")
            cell = WriteOnlyCell(sheet, value if name == "n" else ILLEGAL_CHARACTERS_RE.sub("", str(value))[:32_000])
            if name != "n":
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    book.save(out)
