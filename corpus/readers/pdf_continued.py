"""Tables of a PDF that go on on the next page."""

from __future__ import annotations

import re

from corpus.readers.pdf_paragraphs import Block

__all__ = ["append", "runs_on"]


def runs_on(table: Block, block: Block, position: int) -> bool:
    """Whether `block`, first on its page, has the columns of the table that ended the page before."""
    return position == 0 and len(table.borders) == len(block.borders)


def append(table: Block, block: Block) -> None:
    """Adds the rows of a continued table: its repeated head dropped, a row cut by the page break mended."""
    rows = block.rows
    for head in (3, 2, 1):
        if len(rows) > head and _words(rows[:head]) == _words(table.rows[:head]):
            rows = rows[head:]
            break
    if rows and table.rows and _cut(table.rows[-1], rows[0]):
        table.rows[-1] = [
            [*(above or []), *(below or [])] if above or below else above
            for above, below in zip(table.rows[-1], rows[0], strict=True)
        ]
        rows = rows[1:]
    table.rows += rows


def _words(rows: list[list[list[str] | None]]) -> str:
    return " ".join(word for row in rows for cell in row for line in cell or [] for word in line.split())


def _cut(above: list[list[str] | None], below: list[list[str] | None]) -> bool:
    """Whether `below` goes on with the row `above`: no number of its own, and a cell that goes on in small letters."""
    if below[0] or len(above) != len(below):
        return False
    first = next((cell[0] for cell in below if cell), "")
    if re.match(r"[a-zà-ỹđ(,;]", first):
        return True
    return bool(above[0]) and not any(a and re.search(r"[.;:]$", a[-1]) for a, b in zip(above, below, strict=True) if b)
