"""Word documents: paragraphs and tables in the order of the body, automatic numbers printed, notes at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFile
from corpus.readers.docx_numbering import Numbering
from corpus.readers.docx_styles import Look, Styles, W, look, numbering
from corpus.readers.fonts import Run, printed
from corpus.readers.kind import Kind
from corpus.readers.package import Package
from corpus.readers.tables import Cell, grid, lines
from corpus.reading import Reading

__all__ = ["read"]

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_THROUGH = frozenset(
    [W + name for name in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml")]
    + [W + "dir", W + "bdo", f"{_MC}Choice"]
)
_BREAKS = frozenset({f"{W}br", f"{W}cr"})
# The byte of the soft hyphen is the letter "ư" of TCVN3: it stays until the font is known.
_SIGNS = {f"{W}noBreakHyphen": "-", f"{W}softHyphen": "\u00ad", f"{W}tab": " ", f"{W}ptab": " "}
_MAX_DEPTH = 60


def read(path: Path) -> Reading:
    """The text of the .docx at `path`; headers and footers are left out, deleted text is, inserted text is not.

    Raises:
        UnreadableFile: encrypted, damaged, or unpacking to more than the bounds allow.
    """
    package = Package(path)
    name = _main_part(package)
    root = package.xml(name) if name else None
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise UnreadableFile(path.name, "tệp Word không có phần thân; tệp bị hỏng")
    folder = name.rsplit("/", 1)[0]
    word = _Word(
        Styles(package.xml(f"{folder}/styles.xml")),
        Numbering(package.xml(f"{folder}/numbering.xml")),
        {kind: _notes(package.xml(f"{folder}/{kind}s.xml"), kind) for kind in ("footnote", "endnote")},
    )
    text = [*word.blocks(body), *word.closing_notes()]
    return Reading("\n".join(text), Kind.DOCX, tuple(word.remarks))


def _main_part(package: Package) -> str:
    names = [n for n in package.names if n.startswith("word/document") and n.endswith(".xml")]
    return min(names, key=len, default="")


def _notes(root: Any, kind: str) -> dict[str, Any]:
    if root is None:
        return {}
    return {note.get(f"{W}id"): note for note in root.iterfind(W + kind) if not note.get(f"{W}type")}


class _Word:
    """One pass over a document; lists count and notes collect as the pass goes on."""

    def __init__(self, styles: Styles, lists: Numbering, notes: dict[str, dict[str, Any]]) -> None:
        self._styles = styles
        self._lists = lists
        self._notes = notes
        self._cited: list[Any] = []
        self.remarks: dict[str, None] = {}

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[str]:
        """The lines of the paragraphs and tables under `parent`."""
        if depth > _MAX_DEPTH:
            return
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                yield from lines(grid(self._rows(child, depth)))
            elif child.tag in _THROUGH or child.tag == f"{_MC}AlternateContent":
                yield from self.blocks(child, depth + 1)

    def closing_notes(self) -> Iterator[str]:
        """The footnotes and endnotes that the body refers to, in that order."""
        for at, note in enumerate(self._cited, start=1):
            words = " ".join(" ".join(self.blocks(note)).split())
            if words:
                yield f"[{at}] {words}"

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[str]:
        properties = paragraph.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        name = style.get(f"{W}val", "") if style is not None else self._styles.default_paragraph
        boxes: list[Any] = []
        text = printed(list(self._runs(paragraph, self._styles.look(name), boxes, 0)), self.remarks)
        number, level = numbering(properties) or self._styles.number(name) or ("0", 0)
        if not number:
            number = (self._styles.number(name) or ("0", 0))[0]
        label = self._lists.label(number, level) if text.strip() else ""
        words = "\n".join(line for line in (" ".join(s.split()) for s in text.split("\n")) if line)
        yield f"{label} {words}" if label and words else words
        for box in boxes:
            yield from self.blocks(box, depth + 1)

    def _runs(self, parent: Any, base: Look, boxes: list[Any], depth: int) -> Iterator[Run]:
        for child in parent if depth < _MAX_DEPTH else ():
            if child.tag == f"{W}r":
                yield from self._run(child, base, boxes)
            elif child.tag in _THROUGH or child.tag == f"{_MC}AlternateContent":
                yield from self._runs(child, base, boxes, depth + 1)
            elif child.tag.endswith("}oMath") or child.tag.endswith("}oMathPara"):
                yield Run("".join(t.text or "" for t in child.iter(_MATH_TEXT)), "")

    def _run(self, run: Any, base: Look, boxes: list[Any]) -> Iterator[Run]:
        properties = run.find(f"{W}rPr")
        if properties is not None:
            style = properties.find(f"{W}rStyle")
            if style is not None:
                base = self._character(style.get(f"{W}val", ""), base)
            base = look(base, properties)
        if base.hidden:
            return
        text = "".join(self._piece(child, boxes) for child in run)
        if text:
            yield Run(text.upper() if base.caps else text, base.font)

    def _character(self, name: str, base: Look) -> Look:
        """The look of character style `name`, which states only what differs from the paragraph's."""
        own, plain = self._styles.look(name), self._styles.look("")
        font = own.font if own.font != plain.font else base.font
        return Look(font, own.caps or base.caps, own.hidden or base.hidden)

    def _piece(self, child: Any, boxes: list[Any]) -> str:
        tag = child.tag
        if tag == f"{W}t":
            return child.text or ""
        if tag in _BREAKS:
            return "\n"
        if tag in _SIGNS:
            return _SIGNS[tag]
        if tag == f"{W}sym":
            code = child.get(f"{W}char", "")
            return chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{4}", code) else ""
        if tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            return self._note(tag.removeprefix(W).removesuffix("Reference"), child.get(f"{W}id"))
        boxes += _boxes(child)
        return ""

    def _note(self, kind: str, key: str | None) -> str:
        note = self._notes[kind].get(key or "")
        if note is None:
            return ""
        self._cited.append(note)
        return f"[{len(self._cited)}]"

    def _rows(self, table: Any, depth: int) -> Iterator[list[Cell]]:
        for row in _through(table, "tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                continue
            skipped = _value(properties, "gridBefore")
            cells = [Cell(columns=skipped)] if skipped else []
            cells += [self._cell(cell, depth) for cell in _through(row, "tc")]
            yield cells

    def _cell(self, cell: Any, depth: int) -> Cell:
        properties = cell.find(f"{W}tcPr")
        merge = properties.find(f"{W}vMerge") if properties is not None else None
        columns = _value(properties, "gridSpan") or 1
        if merge is not None and merge.get(f"{W}val", "continue") == "continue":
            return Cell([], columns)
        text = [line for block in self.blocks(cell, depth + 1) for line in block.split("\n") if line.strip()]
        return Cell(text, columns)


def _through(parent: Any, name: str) -> Iterator[Any]:
    """The children `name` of `parent`, also those inside content controls and tracked insertions."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in _THROUGH:
            yield from _through(child, name)


def _value(properties: Any, name: str) -> int:
    element = properties.find(W + name) if properties is not None else None
    value = element.get(f"{W}val", "") if element is not None else ""
    return min(int(value), 200) if value.isdecimal() and len(value) < 6 else 0


def _boxes(child: Any) -> list[Any]:
    """The outermost text boxes in a drawing; of a drawing and its old form, the first."""
    found = [b for b in child.iter(f"{W}txbxContent") if not any(a.tag == f"{_MC}Fallback" for a in b.iterancestors())]
    return [b for b in found if not any(a.tag == f"{W}txbxContent" for a in b.iterancestors())]
