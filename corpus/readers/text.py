"""Plain text: which encoding its bytes are in, and its words."""

from __future__ import annotations

import codecs

from corpus.encoding import Guess, repair
from corpus.errors import UnreadableFile

__all__ = ["converted", "decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of `data`, and notes where its encoding had to be guessed.

    Order: byte order mark, UTF-8, UTF-16 without a mark, then the Vietnamese encodings from before Unicode.

    Raises:
        UnreadableFile: the bytes are no text, or in an encoding that cannot be told.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _checked(data.decode(encoding).removeprefix("\ufeff"), name), ()
            except UnicodeDecodeError:
                raise UnreadableFile(name, f"tệp ghi là {encoding.upper()} nhưng bị hỏng") from None
    try:
        text = _checked(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        return _older(data, name)
    fixed, guess = repair(text)
    return fixed, (converted(guess),) if guess else ()


def converted(guess: Guess) -> str:
    """The note that text was converted from an old encoding."""
    return f"Chuyển từ bảng mã {guess.encoding} sang Unicode (độ tin {guess.confidence:.0%})."


def _older(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of bytes that are no UTF-8."""
    if wide := _wide(data):
        return _checked(data.decode(wide, "replace").removeprefix("\ufeff"), name), (f"Đọc theo {wide.upper()}.",)
    fixed, guess = repair(data.decode("latin-1"))
    if guess:
        return _checked(fixed, name), (converted(guess),)
    beyond = sum(byte > 127 for byte in data[:200_000])
    if beyond > 0.03 * len(data[:200_000]):
        raise UnreadableFile(name, "không nhận ra bảng mã; hãy lưu lại thành UTF-8")
    return _checked(data.decode("cp1252", "replace"), name), ("Không rõ bảng mã, đọc theo Windows-1252.",)


def _wide(data: bytes) -> str | None:
    """UTF-16 of which order, told by where the zero bytes of ASCII characters stand."""
    sample = data[:20_000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 0.1 * len(sample) or min(even, odd) > 0.02 * len(sample):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _checked(text: str, name: str) -> str:
    """`text` without stray NUL characters; refused when control characters show that it is no text."""
    sample = text[:100_000]
    control = sum(c < " " and c not in "\t\n\r\f\v\x1c\x1d\x1e\x1f" for c in sample)
    if control > len(sample) // 100:
        raise UnreadableFile(name, "tệp nhị phân, không phải văn bản")
    return text.replace("\0", "")
