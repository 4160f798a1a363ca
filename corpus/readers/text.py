"""Plain text: which encoding its bytes are in, and its words."""

from __future__ import annotations

import codecs

from corpus.errors import UnreadableFile

__all__ = ["decode"]

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
        return _checked(data.decode("utf-8"), name), ()
    except UnicodeDecodeError:
        pass
    raise UnreadableFile(name, "không nhận ra bảng mã; hãy lưu lại thành UTF-8")


def _checked(text: str, name: str) -> str:
    """`text` without stray NUL characters; refused when control characters show that it is no text."""
    sample = text[:100_000]
    control = sum(c < " " and c not in "\t\n\r\f\v\x1c\x1d\x1e\x1f" for c in sample)
    if control > len(sample) // 100:
        raise UnreadableFile(name, "tệp nhị phân, không phải văn bản")
    return text.replace("\0", "")
