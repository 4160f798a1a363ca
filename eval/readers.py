"""What each file of a folder gave, and how it compares with a second extractor: `python -m eval.readers DIR`.

The second extractors are pdftotext for text PDFs, antiword for .doc and python-docx for .docx; the error is the share
of letters and figures, counted without order (tables are read cell by cell here and line by line there), that only
one of the two has. For a PDF the reader keeps running heads, page numbers and repeated heads of tables in this
comparison; the share that it otherwise takes away is the column "left out".
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import time
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from corpus.errors import ChitieuError
from corpus.readers import read
from corpus.sandbox import read_apart

__all__ = ["Row", "character_error", "main", "measure"]


class Row(NamedTuple):
    """One file: its kind, characters, seconds, what the second extractor says, and notes or the refusal."""

    file: str
    media: str
    characters: int
    seconds: float
    against: str
    error: float | None
    left_out: float | None
    notes: str


def measure(path: Path) -> Row:
    """Reads the file at `path`, timed, and compares the text where a second extractor can read it too."""
    start = time.monotonic()
    try:
        reading = read(path)
    except ChitieuError as refusal:
        return Row(path.name, "", 0, time.monotonic() - start, "", None, None, str(refusal))
    seconds = time.monotonic() - start
    scanned = any("OCR" in note for note in reading.notes)
    against, second = ("", "") if scanned else _second(path, reading.media)
    ours = read_apart("pdf", path, whole=True).text if against == "pdftotext" else reading.text
    error = character_error(ours, second) if second.strip() else None
    lost = 1 - len(_solid(reading.text)) / max(len(_solid(ours)), 1) if against == "pdftotext" else None
    return Row(path.name, reading.media, len(reading.text), seconds, against, error, lost, " ".join(reading.notes))


def _solid(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def character_error(ours: str, theirs: str) -> float:
    """The share of letters and figures that only one of the texts has, order aside, of those in `theirs`."""
    one, other = _letters(ours), _letters(theirs)
    apart = (one - other).total() + (other - one).total()
    return apart / max(other.total(), 1)


def _letters(text: str) -> Counter[str]:
    return Counter(c for c in unicodedata.normalize("NFC", text) if c.isalnum())


def _second(path: Path, media: str) -> tuple[str, str]:
    """The second extractor for a kind of file, and its text ("" where it is not installed)."""
    if media == "application/pdf" and shutil.which("pdftotext"):
        return "pdftotext", _output(["pdftotext", "-raw", str(path), "-"])
    if media == "application/msword" and shutil.which("antiword"):
        return "antiword", _output(["antiword", "-m", "UTF-8.txt", "-w", "0", str(path)])
    if media.endswith("wordprocessingml.document"):
        return "python-docx", _through_python_docx(path)
    return "", ""


def _output(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    return done.stdout.decode("utf-8", "replace")


def _through_python_docx(path: Path) -> str:
    import docx

    return "\n".join(_block(block) for block in docx.Document(str(path)).iter_inner_content())


def _block(block: Any) -> str:
    if not hasattr(block, "rows"):
        return str(block.text)
    cells = {id(cell._tc): cell.text for row in block.rows for cell in row.cells}
    return "\n".join(cells.values())


_HEAD = """| file | kind | characters | s | second extractor | differs | left out | notes |
|---|---|--:|--:|---|--:|--:|---|"""


def main() -> None:
    """Prints a markdown table of all files of a folder and, with --json, one line a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if not given.json:
        print(_HEAD)  # noqa: T201
    for path in sorted(p for p in given.folder.rglob("*") if p.is_file() and p.name != "manifest.json"):
        row = measure(path)
        if given.json:
            print(json.dumps(row._asdict(), ensure_ascii=False), flush=True)  # noqa: T201
            continue
        share, lost = ("" if value is None else f"{value:.2%}" for value in (row.error, row.left_out))
        kind = row.media.rsplit(".", 1)[-1].rsplit("/", 1)[-1] or "refused"
        cells = (row.file, kind, f"{row.characters:,}", f"{row.seconds:.1f}", row.against, share, lost, row.notes)
        print("| " + " | ".join(c.replace("|", "/") for c in cells) + " |", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
