"""PDF files of text, of pictures, or of both: the text layer first, then OCR of the pages that are pictures."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from corpus.errors import MissingPart, UnreadableFile
from corpus.readers import ocr
from corpus.readers.kind import Kind
from corpus.readers.pdf import page_list
from corpus.reading import Reading
from corpus.sandbox import Limits, read_apart

__all__ = ["read", "read_image"]

MAX_PAGES = 500
"""Picture pages of one file that are recognised; at two to three seconds each, twenty minutes."""
HOPELESS = 40.0
"""Mean confidence, in percent, below which what was recognised is noise and is left out."""
_LIMITS = Limits(seconds=420)


def read(path: Path) -> Reading:
    """The text of the PDF at `path`; notes name the pages that were recognised poorly or not at all.

    Raises:
        UnreadableFile: encrypted, damaged, past a limit, or without a readable word.
        MissingPart: all of it is pictures and OCR is not installed.
    """
    layer = read_apart("pdf", path)
    if not layer.unread:
        return layer if layer.text.strip() else _silent(path)
    if not ocr.available():
        if len(layer.text.split()) < 50:
            raise MissingPart(f"{path.name}: bản chụp không có lớp chữ, {ocr.MISSING}")
        return replace(layer, notes=(*layer.notes, f"Chưa đọc {page_list(layer.unread)} là ảnh chụp: {ocr.MISSING}."))
    recognised, notes = _recognise(path, layer.unread[:MAX_PAGES])
    if layer.unread[MAX_PAGES:]:
        notes.append(
            f"Chưa đọc {page_list(layer.unread[MAX_PAGES:])}: quá {MAX_PAGES} trang ảnh chụp; hãy chia nhỏ tệp."
        )
    both = read_apart("pdf", path, recognised=recognised)
    if not both.text.strip():
        raise UnreadableFile(path.name, "bản chụp quá mờ, không nhận dạng được chữ nào; hãy quét lại ở 300 dpi")
    return Reading(both.text, both.media, (*both.notes, *notes))


def _silent(path: Path) -> Reading:
    raise UnreadableFile(path.name, "tệp PDF không có chữ nào")


def _recognise(path: Path, pages: Sequence[int]) -> tuple[list[tuple[int, str]], list[str]]:
    """What OCR reads on `pages`, as `ocr.read` gives it, and notes on what a person should look at."""
    workers = min(4, os.cpu_count() or 1, len(pages))
    with ThreadPoolExecutor(workers) as pool:
        results = list(pool.map(lambda page: _one(path, page), pages))
    kept, poor, lost = [], [], []
    for page, text in zip(pages, results, strict=True):
        lines, _, confidence = ocr.lines_from(text) if text else ([], 0.0, 0.0)
        if not lines or confidence < HOPELESS:
            lost.append(page)
        else:
            kept.append((page, text))
            poor += [page] if confidence < ocr.POOR + 15 else []
    read_pages = page_list([page for page, _ in kept])
    notes = [f"Nhận dạng chữ (OCR) {read_pages}, dấu chỉnh theo văn cảnh; cần đối chiếu bản gốc."] if kept else []
    notes += [f"Nhận dạng chưa chắc ở {page_list(poor)}; cần người đọc lại."] if poor else []
    notes += [f"Không nhận dạng được {page_list(lost)} (trang trắng, mờ hoặc chỉ có hình)."] if lost else []
    return kept, notes


def _one(path: Path, page: int) -> str:
    try:
        return read_apart("ocr", path, _LIMITS, page=page).text
    except UnreadableFile:
        return ""


def read_image(path: Path) -> Reading:
    """The text of a picture (PNG, JPEG, TIFF) at `path`.

    Raises:
        UnreadableFile: pictures have no reader yet.
    """
    raise UnreadableFile(path.name, f"tệp ảnh ({Kind.IMAGE}); hãy chuyển thành PDF rồi thêm lại")
