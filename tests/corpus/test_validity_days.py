"""On which days a document holds."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Relation, RelationKind, Span
from corpus.validity import changes, contradictions, in_force, interval


def _document(id: str, number: str | None = None, relations: tuple[Relation, ...] = (), **dates: str) -> Document:
    return Document(id=id, number=number, text=id, sha256=sha256(id.encode()).hexdigest(), relations=relations, **dates)


def _relation(kind: RelationKind, number: str, issued_on: str | None = None, provision: str | None = None) -> Relation:
    return Relation(kind=kind, number=number, issued_on=issued_on, provision=provision, span=Span(start=0, end=1))


OLD = _document("old", "5/2020/QĐ-UBND", issued_on="2020-03-01", effective_from="2020-04-01")
REPLACES = _relation(RelationKind.REPLACES, "05/2020/QĐ-UBND", "2020-03-01")
NEW = _document("new", "9/2023/QĐ-UBND", (REPLACES,), issued_on="2023-05-10", effective_from="2023-06-01")


def test_a_document_holds_until_the_day_before_its_successor_does():
    held = interval(OLD, [NEW])
    assert (held.start, held.end, held.ended_by) == ("2020-04-01", "2023-05-31", "new")
    assert [in_force(OLD, day, [NEW]) for day in ("2020-03-31", "2020-04-01", "2023-05-31", "2023-06-01")] == [
        False,
        True,
        True,
        False,
    ]
    assert in_force(NEW, date(2030, 1, 1), [OLD])


@pytest.mark.parametrize(
    ("relation", "end"),
    [
        (_relation(RelationKind.REPEALS, "5/2020/QĐ-UBND"), "2023-05-31"),
        (_relation(RelationKind.REPEALS, "5/2020/QĐ-UBND", "2020"), "2023-05-31"),
        (_relation(RelationKind.REPEALS, "5/2020/QĐ-UBND", "2020-07-01"), None),
        (_relation(RelationKind.REPEALS, "5/2020/QĐ-UBND", provision="Điều 2"), None),
        (_relation(RelationKind.AMENDS, "5/2020/QĐ-UBND"), None),
        (_relation(RelationKind.REFERS, "5/2020/QĐ-UBND"), None),
        (_relation(RelationKind.REPEALS, "6/2020/QĐ-UBND"), None),
    ],
)
def test_only_what_ends_the_whole_document_ends_it(relation, end):
    other = _document("new", "9/2023/QĐ-UBND", (relation,), effective_from="2023-06-01")
    assert interval(OLD, [other]).end == end


def test_the_first_end_counts():
    limited = OLD.model_copy(update={"effective_to": "2022-12-31"})
    assert (interval(limited, [NEW]).end, interval(limited, [NEW]).ended_by) == ("2022-12-31", None)
    later = _document("later", "1/2024/QĐ-UBND", (REPLACES,), effective_from="2024-01-01")
    assert interval(OLD, [later, NEW]).ended_by == "new"


def test_shortened_and_unknown_dates_exclude_only_what_they_must():
    year = _document("year", "7/KH-UBND", issued_on="2021")
    assert [in_force(year, day) for day in ("2020-12-31", "2021-01-01", "2021-06", "2022")] == [False, True, True, True]
    assert in_force(_document("blank"), "1900-01-01")
    vague = _document("vague", "8/2023/QĐ-UBND", (REPLACES,), effective_from="2023-06")
    assert interval(OLD, [vague]).end == "2023-06"
    assert [in_force(OLD, day, [vague]) for day in ("2023-06-30", "2023-07-01")] == [True, False]


def test_an_article_holds_as_its_decision_does():
    article = Document(id="news", about="5/2020/QĐ-UBND", text="n", sha256="0" * 64, issued_on="2020-03-01")
    assert interval(article, [NEW]).end == "2023-05-31"


def test_changes_are_listed_by_day():
    amends = _relation(RelationKind.AMENDS, "5/2020/QĐ-UBND", provision="khoản 1 Điều 2")
    amending = _document("amending", "2/2021/QĐ-UBND", (amends,), effective_from="2021-02-01")
    assert [(c.kind, c.by, c.provision) for c in changes(OLD, [NEW, amending])] == [
        ("sửa đổi, bổ sung", "amending", "khoản 1 Điều 2"),
        ("thay thế", "new", None),
    ]


def test_contradictions_are_said_in_one_line_each():
    wrong = OLD.model_copy(update={"effective_from": "2019-01-01", "effective_to": "2018-01-01"})
    assert len(contradictions(wrong)) == 2
    early = _document(
        "early", "1/2019/QĐ-UBND", (_relation(RelationKind.REPEALS, "5/2020/QĐ-UBND"),), issued_on="2019-01-01"
    )
    assert contradictions(OLD, [early])
    assert interval(OLD, [early]).end is None
    assert contradictions(OLD, [NEW]) == ()


_DAY = st.dates(date(1990, 1, 1), date(2060, 1, 1))


@given(_DAY, _DAY, _DAY)
def test_in_force_agrees_with_the_interval(start, end, day):
    document = _document("x", "1/2000/QĐ-UBND", effective_from=start.isoformat(), effective_to=end.isoformat())
    assert in_force(document, day) == (start <= day <= end)
    assert in_force(document, day.isoformat()) == in_force(document, day)
