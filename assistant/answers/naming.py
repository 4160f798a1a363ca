"""Documents named as lawyers name them, and articles, drafts and digests called what they are."""

from __future__ import annotations

import re

from corpus.document import Citation, Document

__all__ = ["day", "name", "place"]

_KINDS: tuple[tuple[str, str], ...] = (
    ("QĐ", "Quyết định"), ("NQ", "Nghị quyết"), ("NĐ", "Nghị định"), ("TTLT", "Thông tư liên tịch"), ("TT", "Thông tư"),
    ("CT", "Chỉ thị"), ("KH", "Kế hoạch"), ("TB", "Thông báo"), ("HD", "Hướng dẫn"), ("BC", "Báo cáo"),
    ("CTr", "Chương trình"), ("TTr", "Tờ trình"), ("CĐ", "Công điện"), ("VBHN", "Văn bản hợp nhất"), ("QH", "Luật"),
    ("PL", "Pháp lệnh"), ("L", "Lệnh"), ("KL", "Kết luận"), ("ĐA", "Đề án"), ("QC", "Quy chế"),
)  # fmt: skip
_OWN_KINDS = re.compile(
    r"quyết định|nghị quyết|nghị định|thông tư(?: liên tịch)?|chỉ thị|kế hoạch|công văn|thông báo|luật|pháp lệnh"
    r"|hướng dẫn|chương trình|báo cáo|công điện|tờ trình"
)


def name(document: Document) -> str:
    """`document` with kind, number, date and issuer as far as they are known, ready to follow "theo"."""
    number = document.number or document.about
    kind = (document.kind or "").lower()
    own = _kind_of(number) if number else ""
    if document.number and "phụ lục" in kind:
        return f"phụ lục kèm theo {_full(own, document)}"
    if document.number:
        return _full(document.kind.capitalize() if document.kind and _OWN_KINDS.fullmatch(kind) else own, document)
    called = kind if kind and not _OWN_KINDS.fullmatch(kind) and kind != "văn bản" else "bài viết"
    if number:
        about = f"{own} số {number}"
        return f"{called} {about}" if called.endswith("dự thảo") else f"{called} về {about}"
    subject = _subject(document.title)
    if called.endswith("dự thảo") and subject:
        return f"bài viết về {subject}"
    return (
        f"{called} “{subject}”"
        if subject
        else f"tài liệu {document.id}"
        if not re.search(r"\d", document.id)
        else called
    )


def place(citation: Citation, document: Document) -> str:
    """Where `citation` stands: "khoản 2 Điều 1 Quyết định số ...", or the document alone."""
    full = name(document)
    if citation.path and "phụ lục" in citation.path.lower() and full.startswith("phụ lục kèm theo "):
        full = full.removeprefix("phụ lục kèm theo ")
    return f"{citation.path} {full}" if citation.path and document.number and not _vague(citation.path) else full


def day(iso: str | None) -> str:
    """`2010-08-27` as "27/8/2010"; "" when the day is not known."""
    m = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", iso or "")
    return f"{int(m.group(3))}/{int(m.group(2))}/{m.group(1)}" if m else ""


def _full(kind: str, document: Document) -> str:
    date, issuer = day(document.issued_on), document.issuer
    parts = [f"{kind} số {document.number}", f"ngày {date}" if date else "", f"của {issuer}" if issuer else ""]
    return " ".join(p for p in parts if p)


def _kind_of(number: str) -> str:
    letters = re.split(r"[/-]", re.sub(r"^\d+(?:/\d{4})?[/-]", "", number))
    for code, kind in _KINDS:
        if letters and re.fullmatch(re.escape(code) + r"\d*", letters[0]):
            return kind
    return "Công văn" if letters and letters[0] else "văn bản"


def _subject(title: str | None) -> str:
    """The title up to its first figure or bracket, so that naming it states no figure."""
    if not title:
        return ""
    short = re.split(r"\s*\(|\s+(?:đến|giai đoạn|năm)?\s*(?:năm\s*)?\d", title, maxsplit=1)[0].strip(" ,;:-")
    short = re.sub(r"\s+(?:đến|giai đoạn|năm|đến năm)$", "", short)
    return short[0].lower() + short[1:] if short[:7] == "Dự thảo" else short


def _vague(path: str) -> bool:
    return path.startswith(("đoạn", "phần đầu", "gạch", "chữ ký", "nơi nhận"))
