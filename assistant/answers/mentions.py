"""Numbers of documents in questions and texts: "QĐ 71", "quyết định số 71/QĐ-UBND", "71/2031/QĐ-TTg"."""

from __future__ import annotations

import re

from assistant.answers.normalise import bare

__all__ = [
    "BARE_NUMBER",
    "CITED",
    "IN_BRACKETS",
    "WITH_KIND",
    "agrees",
    "mentioned",
    "mentions",
    "named_in",
    "parts",
    "refers_only",
]

_KIND_WORDS = (
    r"quyết định|nghị quyết|nghị định|thông tư|chỉ thị|công văn|kế hoạch|luật|thông báo|tờ trình|văn bản|đề án"
    r"|chương trình|chiến lược|quy hoạch|qđ|nq|kh|cv|nđ|tt|ct"
    r"|quyet dinh|nghi quyet|nghi dinh|thong tu|chi thi|cong van|ke hoach|luat|thong bao|to trinh|van ban|de an"
    r"|chuong trinh|chien luoc|quy hoach|qd|nd"
)
_CODES = {
    "quyet dinh": "qd", "qd": "qd", "nghi quyet": "nq", "nq": "nq", "nghi dinh": "nd", "nd": "nd", "thong tu": "tt",
    "tt": "tt", "chi thi": "ct", "ct": "ct", "ke hoach": "kh", "kh": "kh", "thong bao": "tb", "to trinh": "ttr",
}  # fmt: skip
WITH_KIND = re.compile(
    rf"(?<!\w)(?P<kind>{_KIND_WORDS})\s+(?:số\s*|so\s*)?(?P<no>\d{{1,5}}(?:\.\d{{1,2}}(?![.,]?\d))?)(?!\w)(?P<rest>(?:[/-][\wĐƯđư-]+)*)",
    re.IGNORECASE,
)
IN_BRACKETS = re.compile(
    rf"(?<!\w)(?P<kind>{_KIND_WORDS})\s[^()?,;]{{4,90}}\((?:số\s*|so\s*)?(?P<no>\d{{1,5}})(?P<rest>(?:[/-][\wĐƯđư-]+)*)\)",
    re.IGNORECASE,
)
"""A document by its name with its number after it: "kế hoạch trồng rừng (71)"."""
OF_YEAR = re.compile(r"(?<=\()(?P<no>(?:1[3-9]|[2-9]\d|\d{3,4}))(?P<rest>/(?:19|20)\d\d)(?=\))")
"""A number with its year in brackets, after what the document is about: "về du lịch (348/2025)"."""
BARE_NUMBER = re.compile(
    r"(?<![\w/])(?<!\d\.)(?P<no>\d{1,5}(?:\.\d{1,2}(?=/))?)(?P<rest>(?:/\d{4})?[/-][A-Za-zĐƯđư][\wĐƯđư-]*)"
)
CITED = re.compile(r"(?<![\w/.,])(?P<no>\d{1,5}(?:\.\d{1,2}(?=/))?)(?P<rest>(?:/\d{4})?\s?[/-]\s?[A-ZĐƯ][\wĐƯđư-]*)")


def mentions(text: str) -> list[re.Match[str]]:
    """Where `text` names documents by number; "chương trình 2011-2015" and "kế hoạch 5 năm" name a time."""
    found: list[re.Match[str]] = []
    for pattern in (WITH_KIND, BARE_NUMBER, IN_BRACKETS, OF_YEAR):
        for m in pattern.finditer(text):
            if not any(a.start() < m.end() and m.start() < a.end() for a in found):
                found.append(m)
    return [m for m in found if not _tells_time(m)]


def mentioned(text: str) -> list[str]:
    """The documents that `text` names by number, as it names them."""
    return [m.group() for m in mentions(text)]


def _tells_time(m: re.Match[str]) -> bool:
    if "kind" not in m.groupdict() or bare(m.group("kind")) not in _LASTING:
        return False
    year = re.fullmatch(r"(?:19|20)\d\d", m.group("no")) and re.fullmatch(r"(?:-\d{2,4})?", m.group("rest"))
    return bool(year or re.match(r"\s*(?:năm|nam|tháng|thang)(?!\w)", m.string[m.end() :], re.IGNORECASE))


_LASTING = frozenset(("ke hoach", "chuong trinh", "chien luoc", "de an", "quy hoach", "van ban", "thong bao"))
"""Kinds, in bare words, of what is called by its years."""


def named_in(mention: str, text: str) -> bool:
    """Whether `text` names the document that `mention` names: same number, and kind where both state one."""
    wanted = next((m for m in WITH_KIND.finditer(mention)), None) or BARE_NUMBER.search(mention)
    if wanted is None:
        return True
    kind = bare(" ".join((wanted.groupdict().get("kind") or "").split()))
    asked = parts(wanted.group("no") + (wanted.group("rest") or ""))
    found = (parts(m.group("no") + (m.group("rest") or "")) for m in CITED.finditer(text))
    return any(agrees(asked, kind, have) for have in found)


def parts(number: str) -> tuple[str, str, str]:
    """Number, year and letters of a document number, each "" where missing."""
    no = re.match(r"\d+(?:\.\d+)?", number)
    year = re.search(r"/(\d{4})(?!\d)", number)
    letters = re.search(r"[/-]([^\d/].*)$", number)
    return (
        no.group().lstrip("0") if no else "",
        year.group(1) if year else "",
        bare(letters.group(1)) if letters else "",
    )


def refers_only(mention: str, text: str) -> bool:
    """Whether `text` only says where something is ruled ("quy định tại Điều 10 Nghị định số ..."), not what."""
    return not named_in(mention, _RULED_THERE.sub(" ", text))


_RULED_THERE = re.compile(
    r"(?:quy định|hướng dẫn|nêu|ban hành|nói)\s+(?:tại|trong|ở|theo|kèm theo|của)\s[^.;:]{0,60}?"
    r"\d[\w.]*(?:/\d{4})?/[\wĐƯđư-]+"
)


def agrees(wanted: tuple[str, str, str], kind: str, have: tuple[str, str, str]) -> bool:
    """Whether a number as mentioned, with its kind in bare words, can be the number `have`."""
    if wanted[0] != have[0]:
        return False
    if wanted[1] and have[1] and wanted[1] != have[1]:
        return False
    if wanted[2]:
        a, b = (re.sub(r"[^a-z0-9]", "", x) for x in (wanted[2], have[2]))
        return a == b or b.startswith(a) or a.startswith(b)
    code = _CODES.get(kind, "")
    return not code or have[2].startswith(code) or (code in _OF_ASSEMBLY and bool(_ASSEMBLY.match(have[2])))


_OF_ASSEMBLY = frozenset(("nq",))
_ASSEMBLY = re.compile(r"(?:ubtv)?qh\d")
"""Numbers of the National Assembly and its Standing Committee ("95/2031/UBTVQH16") do not say of what kind they are."""
