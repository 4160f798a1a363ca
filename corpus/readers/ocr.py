"""Pages that are pictures: rendered at 300 dpi, read line by line with boxes by tesseract's Vietnamese model."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFile
from corpus.readers.kind import Kind
from corpus.readers.ocr_columns import parts
from corpus.readers.pdf_lines import Line
from corpus.reading import Reading

__all__ = ["MISSING", "available", "lines_from", "read"]

MISSING = "cần tesseract và bộ chữ tiếng Việt; hãy cài gói Debian tesseract-ocr-vie rồi thêm lại"
DPI = 300
POOR = 60.0
"""Mean confidence, in percent, below which other turns of the page are tried and a person is asked to look."""
_MAX_PIXELS = 40_000_000
_SECONDS = 100
_GAP = 1.6
"""Line heights of empty space between two words that part the sides of a head or a foot."""


@lru_cache(maxsize=1)
def available() -> bool:
    """Whether tesseract and its Vietnamese model are installed."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    return "vie" in listed.stdout.split()


def read(path: Path, page: int = 0) -> Reading:
    """Page `page` (from 0) of the PDF or picture at `path`: JSON `{"confidence", "height", "lines"}`.

    Lines are those of `corpus.readers.pdf_lines.Line`, in points from the top left; see `lines_from`.

    Raises:
        UnreadableFile: the page cannot be rendered, or tesseract failed.
    """
    best: tuple[float, list[Line], float] = (-1.0, [], 0.0)
    for turn in (0, 90, 270, 180):
        lines, confidence, height = _page(_picture(path, page, turn), path.name)
        if confidence > best[0]:
            best = (confidence, lines, height)
        if best[0] >= POOR or not best[1]:
            break
    confidence, lines, height = best
    found = {"confidence": confidence, "height": height, "lines": [asdict(line) for line in lines]}
    return Reading(json.dumps(found), Kind.IMAGE)


def lines_from(text: str) -> tuple[list[Line], float, float]:
    """The lines, the page height in points and the mean confidence in percent that `read` gave as `text`."""
    found = json.loads(text)
    return [Line(**line) for line in found["lines"]], float(found["height"]), float(found["confidence"])


def _picture(path: Path, number: int, turn: int) -> Any:
    """The page as an (rows, columns) uint8 array at `DPI`: its red channel, in which red seals fade."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path)
    page: Any = document[number]
    width, height = page.get_size()
    scale = min(DPI / 72, (_MAX_PIXELS / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale, rotation=turn, rev_byteorder=True, prefer_bgrx=False)
    return bitmap.to_numpy()[:, :, 0]


def _page(picture: Any, name: str) -> tuple[list[Line], float, float]:
    """The lines of a page, the mean confidence, and its height in points; columns are stacked one under the other."""
    lines: list[Line] = []
    height = trust = letters = 0.0
    for part in parts(picture):
        rows, columns = part.shape
        found, confidence = _recognised(b"P5 %d %d 255\n" % (columns, rows) + part.tobytes(), name)
        for line in found:
            line.y0 += height
            line.y1 += height
        lines += found
        height += rows * 72 / DPI
        size = sum(len(line.text) for line in found)
        trust, letters = trust + confidence * size, letters + size
    return lines, trust / max(letters, 1), height


def _recognised(image: bytes, name: str) -> tuple[list[Line], float]:
    """The lines that tesseract reads in `image`, and the mean confidence of their letters."""
    command = [shutil.which("tesseract") or "tesseract", "stdin", "stdout", "-l", "vie", "--psm", "6"]
    command += ["--dpi", str(DPI), "tsv"]
    try:
        done = subprocess.run(command, input=image, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise UnreadableFile(name, f"nhận dạng một trang quá {_SECONDS} giây, đã dừng") from None
    if done.returncode:
        raise UnreadableFile(name, "tesseract không nhận dạng được trang ảnh")
    rows = [row.split("\t") for row in done.stdout.decode("utf-8", "replace").split("\n")[1:]]
    words = [row for row in rows if len(row) == 12 and row[0] == "5" and _real(row)]
    letters = sum(len(row[11]) for row in words)
    confidence = sum(float(row[10]) * len(row[11]) for row in words) / max(letters, 1)
    return list(_lines(words)), confidence


_SPECKS = frozenset("| _ / \\ = ~ — ⁄ ¦ ˆ `".split())  # noqa: SIM905
"""Marks that alone are the edges of the paper, rules and dirt."""


def _real(row: list[str]) -> bool:
    """Whether a word is more than a speck: not blank, and not a doubtful mark without a letter or figure."""
    word, confidence = row[11].strip(), float(row[10])
    if word in _SPECKS:
        return False
    return bool(word) and (confidence > 30 or any(c.isalnum() for c in word)) and confidence > 5


def _lines(words: list[list[str]]) -> Iterator[Line]:
    """Words of one line that stand close together, as lines in points."""
    part: list[list[str]] = []
    for at, row in enumerate(words):
        if part and (row[1:5] != part[-1][1:5] or _apart(part, row) or _MOTTO.match(_text(words[at : at + 3]))):
            yield _line(part)
            part = []
        part.append(row)
    if part:
        yield _line(part)


_MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) X|Độc lập [-–]")
"""What starts the right side of a head, however close a speck brings it to the left."""


def _text(words: list[list[str]]) -> str:
    return " ".join(unicodedata.normalize("NFC", word[11].strip()) for word in words)


def _apart(part: list[list[str]], row: list[str]) -> bool:
    last = part[-1]
    height = sorted(int(w[9]) for w in part)[len(part) // 2]
    return int(row[6]) - int(last[6]) - int(last[8]) > _GAP * max(height, DPI // 10)


def _line(part: list[list[str]]) -> Line:
    unit = 72 / DPI
    boxes = [(int(w[6]), int(w[7]), int(w[6]) + int(w[8]), int(w[7]) + int(w[9])) for w in part]
    text_at = boxes[1][0] if len(part) > 1 and len(part[0][11]) <= 3 else boxes[0][0]
    return Line(
        text=_text(part),
        x0=boxes[0][0] * unit,
        y0=min(b[1] for b in boxes) * unit,
        x1=boxes[-1][2] * unit,
        y1=max(b[3] for b in boxes) * unit,
        size=sorted(b[3] - b[1] for b in boxes)[len(boxes) // 2] * unit,
        bold=False,
        first_word=(boxes[0][2] - boxes[0][0]) * unit,
        text_at=text_at * unit,
    )
