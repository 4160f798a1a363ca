"""Document numbers and provisions that a question names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.words import bare

__all__ = ["Mention", "mentions", "named", "provisions_named", "serial"]

_KIND = (
    r"(?:quyet dinh|qd|nghi quyet|nq|nghi dinh|nd|thong tu|tt|cong van|cv|chi thi|ct|ke hoach|kh|thong bao|tb"
    r"|van ban)"
)
_MENTION = re.compile(
    rf"(?P<kind>\b{_KIND}(?:\s+so)?[\s:.-]+)?(?<![\w/.,])(?P<serial>\d{{1,5}})(?:/(?P<year>\d{{4}}))?"
    r"(?P<symbol>/[a-z][a-z0-9]*(?:-[a-z0-9]+)*)?(?![\w/]|[.,]\d|\s*%)"
)
_UNIT = re.compile(r"\b(diem|khoan|dieu)\s+([a-z]|\d{1,3}[a-z]?)\b")
_PRINTED = {"diem": "điểm", "khoan": "khoản", "dieu": "điều"}
_ORDER = ("diem", "khoan", "dieu")


class Mention(NamedTuple):
    """A document number, in lower case without diacritics, as far as it was given.

    It is `sure` unless it was a lone number, which may count something else.
    """

    serial: str
    year: str | None
    symbol: str | None
    sure: bool = True


def mentions(text: str) -> list[Mention]:
    """The numbers named in `text`: 1605/QĐ-TTg, 48/2009, "QĐ 1605", and a lone 1605 of three digits or more.

    A lone number that reads as a year (1945 to 2100) names nothing unless a kind of document stands before it.
    """
    return list(dict.fromkeys(_mentions(bare(text).lower())))


def _mentions(plain: str) -> Iterator[Mention]:
    for match in _MENTION.finditer(plain):
        running, year, symbol = match["serial"], match["year"], match["symbol"]
        alone = not (year or symbol or match["kind"])
        if alone and (len(running) < 3 or 1945 <= int(running) <= 2100):
            continue
        if symbol and not year and "-" not in symbol and not match["kind"]:
            continue
        yield Mention(serial(running), year, symbol[1:] if symbol else None, not alone)


def named(mention: Mention, number: str | None, year: str | None = None) -> bool:
    """Whether `mention` can mean the document with `number`, issued in `year`."""
    parts = bare(number or "").lower().split("/")
    if serial(number or "") != mention.serial:
        return False
    stated = next((p for p in parts[1:] if re.fullmatch(r"\d{4}", p)), year)
    if mention.year and stated and mention.year != stated:
        return False
    return mention.symbol is None or len(parts) == 1 or parts[-1].startswith(mention.symbol)


def serial(number: str) -> str:
    """The running number of a document number, as `Mention.serial` has it."""
    return bare(number).lower().partition("/")[0].strip().lstrip("0") or "0"


def provisions_named(text: str) -> list[str]:
    """The paths that `text` names, as passages hold them in lower case: "điểm c khoản 2 điều 1"."""
    plain = bare(text).lower()
    paths: list[str] = []
    run: dict[str, str] = {}
    end = None
    for match in [*_UNIT.finditer(plain), None]:
        follows = match is not None and end is not None and plain[end : match.start()].strip() in ("", ",", "cua")
        if run and (match is None or not follows or match[1] in run):
            paths.append(_path(run))
            run = {}
        if match is not None:
            run[match[1]] = text[match.start(2) : match.end(2)].lower() if len(text) == len(plain) else match[2]
            end = match.end()
    return paths


def _path(run: dict[str, str]) -> str:
    return " ".join(f"{_PRINTED[unit]} {run[unit]}" for unit in _ORDER if unit in run)
