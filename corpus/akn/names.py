"""Names: URIs of works after the Akoma Ntoso Naming Convention 1.0, and eIds of units.

A work is `/akn/vn/{act|doc}/{letters of the number}/{year}/{count}`, its expression adds language and date of the
version (`/vie@2010-08-27`), its manifestation `.xml`. The letters, year and count are those of the permalink.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal, NamedTuple

from corpus.document import Document
from corpus.numbers import kind_of, normal
from corpus.permalink import addresses, slug, work

__all__ = ["NAMESPACE", "Form", "Names", "eids", "fragment", "names_of", "work_uri"]

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

Form = Literal["act", "doc"]

_ACTS = frozenset(
    {
        "hiến pháp",
        "bộ luật",
        "luật",
        "pháp lệnh",
        "lệnh",
        "nghị quyết",
        "nghị quyết liên tịch",
        "nghị định",
        "quyết định",
        "thông tư",
        "thông tư liên tịch",
    }
)
"""Kinds that the Law on Promulgation of Legal Documents knows, and individual decisions, which are built alike."""

_NAMED = re.compile(r"(Bộ luật|Luật|Pháp lệnh|Hiến pháp)\s+(\S.*)", re.IGNORECASE | re.DOTALL)
_UNIT = re.compile(
    r"(?P<word>điểm|tiết|khoản|điều|tiểu mục|mục|chương|phụ lục|phần)\s+"
    r"(?P<label>[0-9]{1,3}[a-zđ]?|[ivxlc]{1,6}|[a-zđ])",
    re.IGNORECASE,
)
_JOINED = re.compile(r"[\s,;]*(?:của\s+|tại\s+)?")
_DEPTH = ("điểm", "khoản", "điều")
_NO_YEAR = "0000"


class Names(NamedTuple):
    """How a document is called: `uri` of the work, `expression`, `form` (its element) and `kind` (its `name`)."""

    uri: str
    expression: str
    form: Form
    kind: str
    number: str


def names_of(document: Document) -> Names:
    """The names of `document`; one without a number of its own is a `doc` named by its id."""
    address = work(document.id, document.number, document.issued_on, document.issuer, document.kind).partition("@")[0]
    numbered = not address.startswith("vn/tai-lieu/")
    form: Form = _form(document.number or "") if numbered else "doc"
    uri = f"/akn/vn/{form}/{address.removeprefix('vn/')}"
    version = f"@{document.issued_on}" if document.issued_on else "@"
    kind = slug(document.kind or "") or "van-ban"
    return Names(uri, f"{uri}/vie{version}", form, kind, address.rpartition("/")[2])


def work_uri(number: str, issued_on: str | None = None, issuer: str | None = None) -> str:
    """The URI of the work that a text names by number or, for a law, by its name and date.

    Where neither number nor date states the year, `0000` stands for it.
    """
    named = _NAMED.fullmatch(number)
    if named:
        return f"/akn/vn/act/{slug(named.group(1))}/{issued_on or _NO_YEAR}/{slug(named.group(2))}"
    address = work(number, number, issued_on or f"{_NO_YEAR}-01-01", issuer).partition("@")[0]
    return f"/akn/vn/{_form(number)}/{address.removeprefix('vn/')}"


def fragment(provision: str | None) -> str:
    """`~dieu_1__khoan_2` for "khoản 2 Điều 1"; empty where several units are named, or none that nests."""
    found = list(_UNIT.finditer(provision or ""))
    between = _UNIT.sub("", provision or "")
    if not found or _JOINED.sub("", between):
        return ""
    words = [unit.group("word").lower() for unit in found]
    places = [_DEPTH.index(word) for word in words if word in _DEPTH]
    nested = len(places) == len(words) and all(a < b for a, b in pairwise(places))
    if not nested and len(words) > 1:
        return ""
    return "~" + "__".join(
        f"{slug(unit.group('word')).replace('-', '_')}_{slug(unit.group('label').replace('đ', 'dd'))}"
        for unit in reversed(found)
    )


def eids(document: Document) -> tuple[str, ...]:
    """For each provision its eId, unique in the document; empty for paragraphs, which have no name."""
    return tuple(address.replace(".", "__") for address in addresses(document.provisions))


def _form(number: str) -> Form:
    """`act` for the kinds of `_ACTS`; numbers whose letters tell none (laws, resolutions of councils) are acts too."""
    kind = kind_of(normal(number))
    return "act" if kind is None or kind in _ACTS else "doc"
