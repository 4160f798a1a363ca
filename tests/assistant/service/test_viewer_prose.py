"""The viewer shows every character of a document, and each where its offset says."""

from __future__ import annotations

import hashlib
import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.service.pages.layout import place_name
from assistant.service.pages.outline import anchors, outline
from assistant.service.pages.prose import Line, Mark, Table, prose
from assistant.service.pages.viewer import found_in
from corpus.document import Citation, Document, Span
from corpus.permalink import permalink
from corpus.structure import provisions


def _document(text: str) -> Document:
    return Document(id="a", text=text, provisions=provisions(text), sha256=hashlib.sha256(text.encode()).hexdigest())


def _lines(document: Document, marks: tuple[Mark, ...] = ()) -> list[Line]:
    shown: list[Line] = []
    for block in prose(document, marks):
        cells = [c for row in block.rows for c in row.cells if c] if isinstance(block, Table) else [block]
        shown += cells
    return shown


LEGAL = st.sampled_from(
    ["Điều 1. Mục tiêu", "1. Đến năm 2030", "a) 80% xã 📱", "| a | b |", "|---|---|", "- dòng", "", "  "]
)
TEXTS = st.lists(st.one_of(LEGAL, st.text(max_size=30)), max_size=15).map("\n".join)


@given(text=TEXTS, cuts=st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=6))
def test_lines_show_the_text_at_their_offsets_whatever_is_marked(text, cuts):
    text = text.replace("\r", " ")
    if not text.strip():
        return
    document = _document(text)
    marks = tuple(
        Mark(Span(start=a, end=min(a + n, len(text))), f"m{i}", f"i{i}")
        for i, (a, n) in enumerate(cuts)
        if a < len(text)
    )
    shown = _lines(document, marks)
    assert all(text[line.start : line.end] == line.text for line in shown)
    assert [line.start for line in shown] == sorted(line.start for line in shown)
    covered = {at for line in shown for at in range(line.start, line.end)}
    missed = "".join(c for at, c in enumerate(text) if at not in covered)
    assert not re.sub(r"[\s|:.\-–—_]", "", missed)


@given(text=TEXTS, start=st.integers(0, 100), length=st.integers(1, 80))
def test_a_mark_covers_exactly_its_visible_characters(text, start, length):
    if not text.strip() or start >= len(text):
        return
    span = Span(start=start, end=min(start + length, len(text)))
    lit = set()
    for line in _lines(_document(text), (Mark(span, "lit"),)):
        at = line.start
        for piece in line.pieces:
            if piece.styles:
                lit.update(range(at, at + len(piece.text)))
            at += len(piece.text)
    shown = {at for line in _lines(_document(text)) for at in range(line.start, line.end)}
    assert lit == shown & set(range(span.start, span.end))


class _Page(HTMLParser):
    """Collects element ids, and the text of each element that says where it begins."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.shown: list[tuple[int, str]] = []
        self._depth = 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if "id" in values:
            self.ids.append(values["id"])
        if "data-s" in values:
            self.shown.append((int(values["data-s"]), ""))
            self._depth = 1
        elif self._depth:
            self._depth += 1

    def handle_endtag(self, tag):
        self._depth = max(0, self._depth - 1)

    def handle_data(self, data):
        if self._depth:
            at, text = self.shown[-1]
            self.shown[-1] = (at, text + data)


def test_the_page_shows_the_exact_characters(client, desk):
    document = desk.document("123-qd-ttg-2024")
    page = _Page(client.get("/documents/123-qd-ttg-2024?q=trạm").text)
    assert page.shown
    assert all(document.text[at : at + len(text)] == text for at, text in page.shown)
    assert len(page.ids) == len(set(page.ids))


def test_every_permalink_unit_is_a_place_on_the_page(client, desk):
    document = desk.document("123-qd-ttg-2024")
    ids = _Page(client.get("/documents/123-qd-ttg-2024").text).ids
    for provision in document.provisions:
        unit = permalink(document, provision.span).partition("#")[2]
        assert not unit or unit in ids
    assert {i for i, _ in anchors(document)} <= set(ids)
    assert {e.id for e in outline(document)} <= set(ids)


def test_a_citation_is_lit_without_scripts(client, desk):
    citation = desk.targets("123-qd-ttg-2024")[1].citation
    at = f"c={citation.start}-{citation.end}"
    text = client.get(f"/documents/123-qd-ttg-2024?{at}").text
    lit = re.findall(r'<mark class="[^"]*cited[^"]*">([^<]*)</mark>', text)
    assert html.unescape("".join(lit)) == citation.quote
    assert f'id="{at}"' in text


@pytest.mark.parametrize("at", ["9-3", "x", "999999-1000000", "5-5", "-1-4", "1-99999999999999"])
def test_a_wrong_place_is_no_error(client, at):
    reply = client.get("/documents/123-qd-ttg-2024", params={"c": at})
    assert reply.status_code == 200
    assert "cited" not in reply.text
    assert "Không có đoạn được trích dẫn ở vị trí này" in reply.text


def test_permalinks_lead_to_the_document(client):
    reply = client.get("/vn/qd-ttg/2024/123@2024-02-15", follow_redirects=False)
    assert reply.headers["location"] == "/documents/123-qd-ttg-2024"
    assert client.get("/vn/qd-ttg/2024/123", follow_redirects=False).status_code == 302
    strange = "cong-van%20%3Cl%E1%BA%A1%3E"
    assert client.get(f"/vn/tai-lieu/{strange}", follow_redirects=False).headers["location"] == f"/documents/{strange}"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tram do", ["trạm đo", "Trạm Đo"]),
        ("TRẠM ĐO", ["trạm đo", "Trạm Đo"]),
        ("trám", []),
        ("trạm  đo\n", ["trạm đo", "Trạm Đo"]),
        ("(a", ["(A"]),
        ("", []),
    ],
)
def test_search_inside(query, found):
    text = "Lắp trạm đo mưa.\nTrạm Đo gió (A). Tràm chim."
    assert [s.of(text) for s in found_in(text, query)] == found


@given(st.text(max_size=60), st.text(max_size=10))
def test_search_inside_never_fails(text, query):
    assert all(s.end <= len(text) for s in found_in(text, query))


def test_a_hostile_text_is_shown_not_run(client, desk):
    evil = '<script>alert(1)</script> "quoted" & <img src=x onerror=alert(2)>'
    desk.kept["evil"] = _document(evil).model_copy(update={"id": "evil", "title": evil})
    for path in ("/documents", "/documents/evil", "/?q=" + "%3Cscript%3E"):
        text = client.get(path).text
        assert "<script>alert" not in text
        assert "<img src" not in text


def test_a_cited_table_row_can_be_gone_to(client, desk):
    text = desk.document("123-qd-ttg-2024").text
    start = text.index("| 1 | Lắp")
    at = f"c={start}-{text.index(chr(10), start)}"
    page = client.get(f"/documents/123-qd-ttg-2024?{at}").text
    assert f'id="{at}"' in page
    assert page.count("cited") >= 4


@pytest.mark.parametrize(
    ("link", "path", "name"),
    [
        ("vn/qd-ttg/2024/123@2024-02-15#dieu_1", "Điều 1", "Điều 1, 123/QĐ-TTg"),
        ("vn/tai-lieu/bai@2024#muc_1", "mục 1", "mục 1, tài liệu về 123/QĐ-TTg"),
        ("vn/tai-lieu/phu-luc@2024", "dòng 3 bảng Phụ lục I", "dòng 3 bảng Phụ lục I, 123/QĐ-TTg"),
    ],
)
def test_an_article_is_not_taken_for_the_decision(link, path, name):
    assert (
        place_name(Citation(document="a", number="123/QĐ-TTg", path=path, start=0, end=1, quote="x", link=link)) == name
    )
