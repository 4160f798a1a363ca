"""PDF files: the text layer page by page; pages without one are read by OCR where it is installed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFile
from corpus.readers.kind import Kind
from corpus.readers.mend import mended
from corpus.readers.ocr import lines_from
from corpus.readers.pdf_continued import append, runs_on
from corpus.readers.pdf_lines import Line, lines_of, reading_order
from corpus.readers.pdf_page import Char, Page, page_of
from corpus.readers.pdf_paragraphs import Block, footnotes_apart, glued, paragraphs, without_running_heads
from corpus.readers.pdf_tables import Ruled, inside, ruled_tables
from corpus.readers.tables import lines as table_lines
from corpus.readers.tones import corrected
from corpus.reading import Reading

__all__ = ["page_list", "page_text", "read"]

MAX_PAGES = 5000


def read(path: Path, recognised: Sequence[tuple[int, str]] = (), whole: bool = False) -> Reading:
    """The text of the PDF at `path`; a page break leaves no mark.

    `recognised` gives, for pages that are pictures, what `corpus.readers.ocr.read` read in them; pictures without
    it are listed in `Reading.unread`. `whole` keeps running heads, page numbers, stamps and the repeated heads of
    tables, for comparing with other extractors.

    Raises:
        UnreadableFile: encrypted, damaged or without pages.
    """
    seen = dict(recognised)
    pages: list[list[Block]] = []
    heights: list[float] = []
    unread: list[int] = []
    damaged: list[int] = []
    for number, page in enumerate(_pages(path)):
        if page is None:
            damaged.append(number)
            pages.append([])
            heights.append(842.0)
            continue
        if number in seen:
            lines, height, _ = lines_from(seen[number])
            pages.append(_recognised(lines))
            heights.append(height)
            continue
        if _is_picture(page):
            unread.append(number)
        pages.append(_blocks(page))
        heights.append(page.height)
    body, footnotes = footnotes_apart(pages if whole else without_running_heads(pages, heights))
    text = mended("\n".join([*_text(body, whole), *_notes(footnotes)]))
    if len(damaged) == len(pages):
        raise UnreadableFile(path.name, "tệp PDF bị hỏng, không mở được trang nào")
    notes = (f"Bỏ qua {page_list(damaged)} bị hỏng.",) if damaged else ()
    return Reading(text, Kind.PDF, notes, tuple(unread))


def _recognised(lines: list[Line]) -> list[Block]:
    """The lines of a page that OCR read, in reading order, the marks of their words put right."""
    ordered = reading_order(lines)
    for line, words in zip(ordered, corrected([line.text for line in ordered]), strict=True):
        line.text = words
    return [Block(line.y0, line) for line in ordered]


def page_text(path: Path, number: int) -> str:
    """The lines of page `number` (from 0) as printed, tables line by line, nothing taken away."""
    page = next(page for at, page in enumerate(_pages(path)) if at == number)
    return "\n".join(line.text for line in reading_order(lines_of(page.chars))) if page else ""


def page_list(pages: Sequence[int]) -> str:
    """`pages` (from 0) as a person counts them: "trang 1-3, 7"."""
    spans: list[list[int]] = []
    for page in sorted(pages):
        if spans and page == spans[-1][1] + 1:
            spans[-1][1] = page
        else:
            spans.append([page, page])
    return "trang " + ", ".join(f"{a + 1}" if a == b else f"{a + 1}-{b + 1}" for a, b in spans)


def _notes(lines: list[Line]) -> Iterator[str]:
    """Footnotes, each a line that begins with its number in brackets, as in other formats."""
    note = ""
    for line in lines:
        marked = re.match(r"\[?\(?(\d{1,3}|\*{1,3})[\])]?\s*(?=[^\W\d_])", line.text)
        if marked:
            if note:
                yield note
            note = f"[{marked[1]}] {line.text[marked.end() :]}"
        else:
            note = glued(note, line.text)
    if note:
        yield note


def _is_picture(page: Page) -> bool:
    """Whether what `page` says stands in an image: a large image and hardly a word beside the running head."""
    words = "".join(c.c for c in page.chars if not c.c.isspace())
    return page.pictures > 0.05 and len(words) < 150


def _pages(path: Path) -> Iterator[Page | None]:
    """The pages of the PDF at `path`; None for one that cannot be opened."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile(path.name, "tệp PDF được đặt mật khẩu; hãy bỏ mật khẩu rồi thêm lại") from None
        raise UnreadableFile(path.name, "tệp PDF bị hỏng hoặc bị cắt cụt") from None
    if not len(document):
        raise UnreadableFile(path.name, "tệp PDF không có trang nào")
    if len(document) > MAX_PAGES:
        raise UnreadableFile(path.name, f"tệp PDF có {len(document)} trang, quá {MAX_PAGES}; hãy chia nhỏ")
    for number in range(len(document)):
        try:
            page: Any = document[number]
            yield page_of(page)
            page.close()
        except pdfium.PdfiumError:
            yield None


def _blocks(page: Page) -> list[Block]:
    """The lines and tables of `page` from the top down."""
    tables = ruled_tables(page.level, page.upright) if page.level and page.upright else []
    cells: list[dict[tuple[int, int], list[Char]]] = [{} for _ in tables]
    free: list[Char] = []
    for char in page.chars:
        for table, content in zip(tables, cells, strict=True):
            place = inside(table, char)
            if place is not None:
                content.setdefault(place, []).append(char)
                break
        else:
            free.append(char)
    blocks = [Block(line.y0, line) for line in reading_order(lines_of(free))]
    for table, content in zip(tables, cells, strict=True):
        if content:
            at = next((i for i, b in enumerate(blocks) if b.top > table.ys[0]), len(blocks))
            blocks.insert(at, Block(table.ys[0], None, _rows(table, content), tuple(table.xs)))
    return blocks


def _rows(table: Ruled, content: dict[tuple[int, int], list[Char]]) -> list[list[list[str] | None]]:
    """The rows of a ruled table: the lines of each cell at its first place, None under merged cells."""
    rows: list[list[list[str] | None]] = []
    for r, owners in enumerate(table.owner):
        row: list[list[str] | None] = []
        for c, place in enumerate(owners):
            own = place == (r, c)
            row.append(_cell(content.get(place, [])) if own else None)
        rows.append(row)
    return rows


def _cell(chars: list[Char]) -> list[str]:
    """The words of a cell as one line."""
    text = ""
    for line in reading_order(lines_of(chars)):
        text = glued(text, line.text) if text else line.text
    return [text] if text else []


def _text(pages: list[list[Block]], whole: bool) -> Iterator[str]:
    """The paragraphs and table rows of all pages; a table that runs on to the next page is one table."""
    left, right = _margins(pages)
    waiting: list[tuple[Line, bool]] = []
    table: Block | None = None
    for number, page in enumerate(pages):
        shift = left[number]
        for position, block in enumerate(page):
            if block.line is not None:
                if table is not None:
                    yield from table_lines(table.rows)
                    table = None
                waiting.append((block.line, position == 0))
                continue
            yield from paragraphs(waiting, shift, right[number])
            waiting = []
            if table is not None and not whole and runs_on(table, block, position):
                append(table, block)
            else:
                if table is not None:
                    yield from table_lines(table.rows)
                table = block
        if waiting and number + 1 < len(pages) and (left[number + 1], right[number + 1]) != (shift, right[number]):
            moved = left[number + 1] - shift
            waiting = [(_moved(line, moved), turned) for line, turned in waiting]
    if table is not None:
        yield from table_lines(table.rows)
    if waiting:
        yield from paragraphs(waiting, left[-1], right[-1])


def _moved(line: Line, by: float) -> Line:
    line.x0 += by
    line.x1 += by
    line.text_at += by
    return line


def _margins(pages: list[list[Block]]) -> tuple[list[float], list[float]]:
    """For each page, where body text starts and ends; of the whole document where a page has too few lines."""
    everything = [b.line for page in pages for b in page if b.line]
    left, right = _edges_of(everything)
    lefts, rights = [], []
    for page in pages:
        lines = [b.line for b in page if b.line]
        own = _edges_of(lines) if len(lines) >= 12 else (left, right)
        # A page of short lines says nothing about the right margin.
        width = own[1] - own[0]
        good = abs(width - (right - left)) < 25
        lefts.append(own[0] if good else left)
        rights.append(own[1] if good else right)
    return lefts, rights


def _edges_of(lines: list[Line]) -> tuple[float, float]:
    """Where `lines` commonly start and end; justified text ends at one place, ragged text nearly at its widest."""
    if not lines:
        return 0.0, 600.0
    often = max(2, 0.08 * len(lines))
    starts = Counter(round(line.x0 / 3) * 3 for line in lines)
    left = min((x for x, n in starts.items() if n >= often), default=min(starts))
    ends = Counter(round(line.x1 / 3) * 3 for line in lines if line.x1 - left > 150)
    common = [x for x, n in ends.items() if n >= 2 * often]
    widest = sorted(line.x1 for line in lines)[int(0.95 * (len(lines) - 1))]
    # A page of few short lines does not show its right margin; no text block is this narrow.
    return float(left), max(float(max(common, default=widest)), left + 250.0)
