"""Web pages: the words of the main content, block elements as lines, tables as lines of cells."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFile
from corpus.readers import text as plain_text
from corpus.readers.fonts import Run, printed
from corpus.readers.html_main import main_content, prune
from corpus.readers.kind import Kind
from corpus.readers.tables import Cell, grid, lines
from corpus.reading import Reading

__all__ = ["markup", "page", "read"]

# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li",
    "main", "menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul",
))
# fmt: on
# fmt: off
_DROPPED = frozenset((
    "script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "embed", "select", "option",
    "button", "input", "textarea", "head", "title", "link", "meta", "audio", "video", "map", "img",
))
# fmt: on
_MAX_DEPTH = 200
_ERROR_PAGE = re.compile(
    r"\b(?:40[0-9]|50[0-4])\b.{0,40}(?:not found|forbidden|error|unavailable|denied|không tìm thấy|lỗi)|"
    r"(?:page|file|document)[^.]{0,30}not found|access denied|không tìm thấy trang",
    re.I | re.S,
)


def read(path: Path) -> Reading:
    """The text of the web page at `path`.

    Raises:
        UnreadableFile: the encoding cannot be told, there is no text, or the page is a server's error message.
    """
    return page(path.read_bytes(), path.name)


def page(data: bytes, name: str) -> Reading:
    """The text of the page whose bytes are `data`; `name` is the file's, for messages."""
    source, notes = markup(data, name)
    root = _parsed(source, name)
    title = " ".join((root.findtext(".//title") or "").split())
    prune(root)
    remarks = dict.fromkeys(notes)
    text = _Page(remarks).text(main_content(root))
    if len(text) < 3000 and (found := _ERROR_PAGE.search(f"{title}\n{text}")):
        words = " ".join(found.group().split())
        raise UnreadableFile(name, f'trang báo lỗi của máy chủ ("{words[:60]}"), không phải văn bản; hãy tải lại')
    if not text.strip():
        raise UnreadableFile(name, "trang web không có chữ nào (có thể cần JavaScript); hãy lưu lại trang đã hiện đủ")
    return Reading(text, Kind.HTML, tuple(remarks))


def markup(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The source of a page: UTF-8 where its bytes are, else as it declares, else as any text.

    Raises:
        UnreadableFile: the bytes are no text in an encoding that can be told.
    """
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-8").replace("\0", ""), ()
        except UnicodeDecodeError:
            pass
        declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", data[:4096])
        encoding = declared[1].decode("ascii", "replace").lower() if declared else ""
        try:
            if encoding in ("utf-8", "utf8"):
                return data.decode("utf-8", "replace").replace("\0", ""), ("Trang có ký tự hỏng, đã thay bằng dấu �.",)
            if encoding and encoding not in ("iso-8859-1", "windows-1252", "us-ascii", "x-user-defined"):
                return data.decode(encoding).replace("\0", ""), ()
        except (LookupError, UnicodeDecodeError):
            pass
    return plain_text.decode(data, name)


def _parsed(source: str, name: str) -> Any:
    from lxml import etree, html

    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        return html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise UnreadableFile(name, "trang web rỗng hoặc bị hỏng") from None


@dataclass(slots=True)
class _Flow:
    """Lines under way: finished ones, and the runs of the one being written."""

    lines: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    mark: str = ""


class _Page:
    """One pass over a page."""

    def __init__(self, remarks: dict[str, None]) -> None:
        self._remarks = remarks

    def text(self, root: Any) -> str:
        flow = _Flow()
        self._walk(root, flow, "", 0, False)
        self._end(flow)
        return "\n".join(flow.lines)

    def _walk(self, element: Any, flow: _Flow, font: str, depth: int, kept: bool) -> None:
        """Writes the content of `element`; `kept` keeps its line breaks, as in `pre`."""
        font = _font(element, font)
        self._words(element.text, flow, font, kept)
        for position, child in enumerate(element):
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag == "br":
                self._end(flow)
            elif tag == "table":
                self._end(flow)
                flow.lines += lines(grid(self._rows(child, font, depth)))
            elif tag and tag not in _DROPPED and depth < _MAX_DEPTH:
                block = tag in _BLOCKS
                if block:
                    self._end(flow)
                if tag == "li":
                    flow.mark = _item_mark(child, position)
                self._walk(child, flow, font, depth + 1, kept or tag == "pre")
                if block:
                    self._end(flow)
                    flow.mark = ""
            self._words(child.tail, flow, font, kept)

    def _words(self, words: str | None, flow: _Flow, font: str, kept: bool) -> None:
        if not words:
            return
        if kept:
            first, *rest = words.split("\n")
            flow.runs.append(Run(first, font))
            for line in rest:
                self._end(flow)
                flow.runs.append(Run(line, font))
        else:
            flow.runs.append(Run(words, font))

    def _end(self, flow: _Flow) -> None:
        """Finishes the line under way."""
        if not flow.runs:
            return
        line = " ".join(printed(flow.runs, self._remarks).split())
        flow.runs.clear()
        if line:
            own = re.match(r"[-+•–*]|\(?\w{1,3}[.)]", line)
            flow.lines.append(line if own or not flow.mark else f"{flow.mark} {line}")
            flow.mark = ""

    def _rows(self, table: Any, font: str, depth: int) -> Iterator[list[Cell]]:
        font = _font(table, font)
        for row in _table_rows(table):
            cells = []
            for cell in row:
                if cell.tag in ("td", "th") and depth < _MAX_DEPTH:
                    flow = _Flow()
                    self._walk(cell, flow, font, depth + 3, False)
                    self._end(flow)
                    cells.append(Cell(flow.lines, _span(cell, "colspan"), _span(cell, "rowspan")))
            yield cells


def _table_rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in child if row.tag == "tr")
        elif child.tag == "caption":
            wrapped = child.makeelement("tr")
            cell = child.makeelement("td")
            cell.text = _CONTROLS.sub("", " ".join(child.text_content().split()))
            wrapped.append(cell)
            yield wrapped


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return int(value) if re.fullmatch(r"\d{1,4}", value) else 1


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FAMILY = re.compile(r"font-family\s*:\s*([^;]+)", re.I)


def _font(element: Any, inherited: str) -> str:
    stated = element.get("face") if element.tag == "font" else None
    if not stated and (style := element.get("style")):
        family = _FAMILY.search(style)
        stated = family[1] if family else None
    return stated.split(",")[0].strip(" \"'") if stated else inherited


def _item_mark(item: Any, position: int) -> str:
    """The mark that a browser prints before a list item: its number in an ordered list, else a dash."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "-"
    if "none" in (parent.get("style") or ""):
        return ""
    start = parent.get("start") or "1"
    number = int(start) if re.fullmatch(r"\d{1,4}", start) else 1
    number += sum(1 for other in parent[:position] if other.tag == "li")
    if parent.get("type") in ("a", "A") and number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter if parent.get('type') == 'a' else letter.upper()}."
    return f"{number}."
