"""How well scans are read: pages of text PDFs as pictures, against their text layer: `python -m eval.scans FILE...`.

Each chosen page is rendered at 300 dpi, optionally blurred, turned and speckled as a scanner would, and recognised;
word accuracy is one less the word error rate (edits over words) against the page's own text.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
import unicodedata
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from corpus.readers import ocr, pdf
from corpus.readers.pdf_lines import reading_order
from corpus.readers.tones import corrected

__all__ = ["main", "word_accuracy"]


def word_accuracy(ours: str, theirs: str) -> float:
    """One less the edits that turn the words of `ours` into those of `theirs`, over the number of the latter."""
    one, other = (unicodedata.normalize("NFC", text).split() for text in (ours, theirs))
    return 1 - Levenshtein.distance(one, other) / max(len(other), 1)


def pictured(path: Path, pages: list[int], scanned: bool, folder: Path) -> Path:
    """A PDF of pictures of `pages` of the PDF at `path`; `scanned` adds blur, half a degree of turn and specks."""
    import numpy as np
    import pypdfium2 as pdfium
    from PIL import Image, ImageFilter

    document, out = pdfium.PdfDocument(path), pdfium.PdfDocument.new()
    chance = np.random.default_rng(7)
    for number in pages:
        page: Any = document[number]
        image = page.render(scale=300 / 72).to_pil().convert("L")
        if scanned:
            image = image.rotate(0.5, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.8))
            noise = np.asarray(image, np.float32) + chance.normal(0, 8, (image.height, image.width))
            image = Image.fromarray(noise.clip(0, 255).astype(np.uint8))
        jpeg = folder / f"{path.stem}-{number}.jpg"
        image.save(jpeg, quality=85)
        picture = pdfium.PdfImage.new(out)
        picture.load_jpeg(str(jpeg), inline=True)
        width, height = page.get_size()
        picture.set_matrix(pdfium.PdfMatrix().scale(width, height))
        made = out.new_page(width, height)
        made.insert_obj(picture)
        made.gen_content()
    target = folder / f"{path.stem}.pdf"
    out.save(str(target))
    return target


def main() -> None:
    """Prints word accuracy and confidence of each page, and of all pages together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--pages", type=int, default=2, help="pages of each file, from its second")
    parser.add_argument("--scanned", action="store_true", help="blur, turn and speckle the pictures")
    given = parser.parse_args()
    ours_all, theirs_all = [], []
    for path in given.files:
        pages = list(range(1, 1 + given.pages))
        with tempfile.TemporaryDirectory() as folder:
            picture = pictured(path, pages, given.scanned, Path(folder))
            for at, number in enumerate(pages):
                start = time.monotonic()
                lines, _, confidence = ocr.lines_from(ocr.read(picture, page=at).text)
                ours = "\n".join(corrected([line.text for line in reading_order(lines)]))
                theirs = pdf.page_text(path, number)
                ours_all.append(ours)
                theirs_all.append(theirs)
                row = {
                    "file": path.name,
                    "page": number + 1,
                    "words": len(theirs.split()),
                    "confidence": round(confidence, 1),
                }
                row |= {
                    "word_accuracy": round(word_accuracy(ours, theirs), 4),
                    "seconds": round(time.monotonic() - start, 1),
                }
                print(json.dumps(row, ensure_ascii=False), flush=True)  # noqa: T201
    print(json.dumps({"word_accuracy": round(word_accuracy("\n".join(ours_all), "\n".join(theirs_all)), 4)}))  # noqa: T201


if __name__ == "__main__":
    main()
