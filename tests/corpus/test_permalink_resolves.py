"""Every permalink leads back to the unit that it was made for."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.canonical import canonicalise
from corpus.citation import cite, provision_at
from corpus.document import Document, Span
from corpus.errors import NotFound
from corpus.permalink import addresses, narrowest, permalink, resolve, slug
from corpus.structure import provisions

TEXT = "Điều 1. Một\n1. Hai:\nc) Ba;\nd) Bốn;\nđ) Năm.\n1. Lại một:\n- sáu;\n- bảy.\nChương II\nNHÌ\nĐiều 2. Tám\n| 1 | a |\n| chợ | c |\n"


def _document(text: str = TEXT, **fields: str) -> Document:
    known = {"id": "x", "number": "1605/QĐ-TTg", "issued_on": "2010-08-27"} | fields
    return Document(text=text, provisions=provisions(text), sha256=sha256(text.encode()).hexdigest(), **known)


def _link(words: str, document: Document | None = None) -> str:
    document = document or _document()
    at = document.text.index(words)
    return permalink(document, Span(start=at, end=at + len(words)))


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("Ba", "dieu_1.khoan_1.diem_c"),
        ("Bốn", "dieu_1.khoan_1.diem_d"),
        ("Năm", "dieu_1.khoan_1.diem_dd"),
        ("Lại một", "dieu_1.khoan_1~2"),
        ("bảy", "dieu_1.khoan_1~2.gach_dau_dong_2"),
        ("NHÌ", "chuong_ii"),
        ("Tám", "dieu_2"),
        ("| chợ", "dieu_2.bang.dong_bang_thu_2"),
        ("Ba;\nd) Bốn", "dieu_1.khoan_1"),
    ],
)
def test_units_are_addressed_as_lawyers_name_them(words, unit):
    assert _link(words) == f"vn/qd-ttg/2010/1605@2010-08-27#{unit}"


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        ({}, "vn/qd-ttg/2010/1605@2010-08-27"),
        ({"number": "48/2009/QĐ-TTg"}, "vn/qd-ttg/2009/48@2010-08-27"),
        ({"number": "57-NQ/TW"}, "vn/nq-tw/2010/57@2010-08-27"),
        ({"number": "153/KH-UBND", "issuer": "UBND thành phố Cần Thơ"}, "vn/kh-ubnd-can-tho/2010/153@2010-08-27"),
        ({"number": "153/KH-UBND", "issuer": "Ủy ban nhân dân tỉnh Nghệ An"}, "vn/kh-ubnd-nghe-an/2010/153@2010-08-27"),
        ({"number": "9/QĐ-BYT", "issuer": "Bộ Y tế"}, "vn/qd-byt/2010/9@2010-08-27"),
        ({"kind": "phụ lục", "id": "annex 1"}, "vn/tai-lieu/annex%201@2010-08-27"),
    ],
)
def test_works(fields, link):
    assert permalink(_document(**fields)) == link


def test_a_document_without_number_or_date_is_addressed_by_its_id():
    bare = Document(id="Bài #1", text="a", sha256="0" * 64)
    assert permalink(bare) == "vn/tai-lieu/B%C3%A0i%20%231"
    assert resolve(permalink(bare), [_document(), bare]) == ("Bài #1", None)


def test_the_version_of_the_date_is_taken_else_the_newest():
    old, new = _document(id="old"), _document(id="new", issued_on="2010-09-01")
    assert resolve("vn/qd-ttg/2010/1605@2010-08-27#dieu_1", [new, old])[0] == "old"
    assert resolve("/vn/qd-ttg/2010/1605", [old, new]) == ("new", None)
    assert resolve("vn/qd-ttg/2010/1605@2010-01-01", [old, new]) == ("new", None)


@pytest.mark.parametrize(
    "link", ["vn/qd-ttg/2010/1606@2010-08-27", "vn/qd-ttg/2010/1605@2010-08-27#dieu_9", "", "#dieu_1", "vn/"]
)
def test_what_is_not_there_is_not_found(link):
    with pytest.raises(NotFound):
        resolve(link, [_document()])


def _round_trip(documents: list[Document], step: int = 1) -> int:
    seen = 0
    for document in documents:
        named = addresses(document.provisions)
        assert len(named) == len(document.provisions)
        spans = Counter(unit.span for unit in document.provisions)
        assert len(set(filter(None, named))) == sum(map(bool, named))
        for unit, address in list(zip(document.provisions, named, strict=True))[::step]:
            if address:
                seen += 1
                alone = spans[unit.span] == 1
                assert permalink(document, unit.span).endswith(f"#{address}") or not alone
                assert resolve(permalink(document, unit.span), documents) == (document.id, unit.span)
    return seen


def test_every_unit_of_the_example_resolves():
    assert _round_trip([_document()]) == sum(p.kind != "đoạn" for p in _document().provisions)


_LINES = st.lists(
    st.sampled_from(
        [
            "Điều 1. a",
            "Điều 1. b",
            "1. x:",
            "1. y",
            "d) x",
            "đ) y",
            "- z",
            "+ t",
            "| 1 |",
            "| q |",
            "PHỤ LỤC",
            "Chương I",
            "thường",
        ]
    )
)


@given(_LINES.map("\n".join))
def test_every_unit_of_any_document_resolves(text):
    if text:
        _round_trip([_document(text)])


@given(_LINES.map("\n".join), st.integers(0, 80), st.integers(1, 40))
def test_the_narrowest_unit_is_found_as_by_looking_at_all(text, start, length):
    document = _document(text)
    span = Span(start=start, end=start + length)
    holding = [p for p in document.provisions if p.span.holds(span)]
    found = provision_at(document, span)
    assert (found and found.span) == min((p.span for p in holding), key=len, default=None)


@pytest.mark.shared
def test_every_unit_of_the_real_documents_resolves(shared):
    from corpus.load import load

    documents = [load(path) for path in sorted((shared / "documents").glob("*.txt"))]
    assert _round_trip(documents, step=5) > 300


def test_a_citation_quotes_exactly_and_says_where():
    document = _document()
    at = TEXT.index("Bốn")
    found = cite(document, Span(start=at, end=at + 3))
    assert (found.quote, found.path) == ("Bốn", "điểm d khoản 1 Điều 1")
    assert found.link.endswith("#dieu_1.khoan_1.diem_d")
    for start, end in ((3, 3), (0, len(TEXT) + 1)):
        with pytest.raises(ValueError, match="characters"):
            cite(document, Span(start=start, end=end))


def test_provisions_made_by_hand_need_not_tile():
    assert narrowest((), Span(start=0, end=1)) is None
    assert provision_at(Document(id="x", text="abc", sha256="0" * 64), Span(start=0, end=1)) is None


@given(st.text(max_size=30))
def test_slugs_are_plain(text):
    assert set(slug(canonicalise(text)[0])) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
