"""Targets as a table in a Word document, laid out as Decree 30/2020/NĐ-CP asks of official papers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO

from assistant.targets.target import Target
from assistant.targets.wording import STATUSES, deadline, figure

__all__ = ["HEADINGS", "write_docx"]

TITLE = "BẢNG TỔNG HỢP CHỈ TIÊU"
HEADINGS = ("TT", "Chỉ tiêu", "Mức", "Thời hạn", "Đối tượng", "Căn cứ", "Trích nguyên văn")
WIDTHS = (10, 60, 27, 24, 34, 36, 56)
"""Of the columns, in mm: what A4 across leaves between the margins."""
FONT = "Times New Roman"
_MADE = datetime(2000, 1, 1)
_ZIPPED = (1980, 1, 1, 0, 0, 0)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_docx(targets: Iterable[Target], out: BinaryIO) -> None:
    """A title, the documents that the targets were taken from, and one row a target; 14 point, the table 13."""
    from docx import Document as Paper

    rows = list(targets)
    paper = Paper()
    _page(paper)
    _line(paper, TITLE, bold=True)
    works = list(dict.fromkeys(t.citation.number or t.citation.document for t in rows))
    if works:
        _line(paper, f"(Trích từ: {', '.join(works[:10])}{'...' if len(works) > 10 else ''})", italic=True)
    _table(paper, rows)
    made = BytesIO()
    paper.save(made)
    _repack(made, out)


def _page(paper: Any) -> None:
    """A4 across; margins and type of the decree's annex I."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    paper.core_properties.created = paper.core_properties.modified = _MADE
    paper.core_properties.author, paper.core_properties.title = "chitieu", TITLE
    paper.core_properties.language = "vi-VN"


def _line(paper: Any, words: str, bold: bool = False, italic: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = paper.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(_clean(words))
    run.bold, run.italic = bold, italic


def _table(paper: Any, rows: list[Target]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    table = paper.add_table(rows=1, cols=len(HEADINGS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = _mm(width)
    for place, heading in enumerate(HEADINGS):
        _fill(table.rows[0].cells[place], heading, place, bold=True)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for number, target in enumerate(rows, 1):
        cells = table.add_row().cells
        for place, words in enumerate(_words(number, target)):
            _fill(cells[place], words, place)


def _words(number: int, target: Target) -> tuple[str, ...]:
    at = target.citation
    what = target.indicator if target.status == "target" else f"{target.indicator} ({STATUSES[target.status]})"
    place = ", ".join(part for part in (at.path, at.number or at.document) if part)
    return (str(number), what, figure(target), deadline(target), target.scope or "", place, at.quote)


def _fill(cell: Any, words: str, place: int, bold: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    cell.width = _mm(WIDTHS[place])
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if bold or place == 0 else WD_ALIGN_PARAGRAPH.LEFT
    run = paragraph.add_run(_clean(words))
    run.font.size, run.bold = Pt(13), bold


def _mm(width: int) -> Any:
    from docx.shared import Mm

    return Mm(width)


def _clean(words: str) -> str:
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", words)


def _repack(made: BytesIO, out: BinaryIO) -> None:
    """Writes the package without the time of writing, so that the same targets give the same bytes."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _ZIPPED), old.read(name), zipfile.ZIP_DEFLATED)
