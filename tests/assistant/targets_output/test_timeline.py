from __future__ import annotations

import hashlib
from itertools import count

import pytest

from assistant.targets.standing import name_of, standings
from assistant.targets.target import Target
from assistant.targets.timeline import timeline
from corpus.citation import cite
from corpus.document import Document, Relation, RelationKind, Span


class Shelf:
    """Made-up decisions with the targets stated in them."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.targets: list[Target] = []
        self._at = count()

    def decision(self, id: str, *indicators: str, relations=(), **fields) -> None:
        text = "\n".join(f"- {i}." for i in indicators) or "Không có chỉ tiêu."
        said = tuple(
            Relation(kind=kind, number=number, span=Span(start=0, end=1), **more) for kind, number, more in relations
        )
        self.documents[id] = Document(
            id=id, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), relations=said, **fields
        )

    def target(self, id: str, indicator: str, **fields) -> Target:
        document = self.documents[id]
        start = document.text.index(indicator)
        citation = cite(document, Span(start=start, end=start + len(indicator)))
        made = Target(indicator=indicator, target_class="numeric", citation=citation, **fields)
        self.targets.append(made)
        return made


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


INDICATOR = "tỷ lệ xã có hệ thống cấp nước tập trung"
OTHER = "diện tích rừng ngập mặn được phục hồi"
THIRD = "số hồ chứa được lắp thiết bị cảnh báo lũ"


@pytest.fixture
def story(shelf: Shelf) -> Shelf:
    """A draft, its decision, a guiding letter between, and the decision that replaced the first years later."""
    shelf.decision("du-thao", INDICATOR, OTHER, THIRD, issued_on="2019-11")
    shelf.decision("qd-cu", INDICATOR, OTHER, number="15/QĐ-UBND", issued_on="2020-02-10")
    shelf.decision(
        "cong-van",
        INDICATOR,
        number="330/SNN",
        issued_on="2021-05-04",
        relations=[(RelationKind.BASIS, "15/QĐ-UBND", {})],
    )
    shelf.decision(
        "qd-moi",
        INDICATOR,
        number="88/QĐ-UBND",
        issued_on="2024-08-01",
        relations=[(RelationKind.REPLACES, "15/QĐ-UBND", {"issued_on": "2020-02-10"})],
    )
    shelf.target("du-thao", INDICATOR, value=75, unit="%", deadline="2025", status="draft")
    shelf.target("du-thao", OTHER, value=900, unit="ha", deadline="2025", status="draft")
    shelf.target("du-thao", THIRD, value=12, unit="hồ", deadline="2025", status="draft")
    shelf.target("qd-cu", INDICATOR, value=60, unit="%", deadline="2025")
    shelf.target("qd-cu", OTHER, value=1.2, unit="nghìn ha", deadline="2025")
    shelf.target("cong-van", INDICATOR, comparator=">=", value=35, unit="%", deadline="2022")
    shelf.target("qd-moi", INDICATOR, value=90, unit="%", deadline="2030")
    return shelf


def test_one_indicator_is_followed_over_decisions(story):
    first, second = timeline(story.targets, story.documents)
    assert first.indicator == INDICATOR
    assert [(p.year, p.figure, p.source) for p in first.points] == [
        (2022, "tối thiểu 35%", "330/SNN"),
        (2025, "75%", "du-thao"),
        (2025, "60%", "15/QĐ-UBND"),
        (2030, "90%", "88/QĐ-UBND"),
    ]
    assert first.documents == ("cong-van", "du-thao", "qd-cu", "qd-moi")
    assert second.indicator == OTHER


def test_each_point_is_a_quote(story):
    for series in timeline(story.targets, story.documents):
        for point in series.points:
            text = story.documents[point.citation.document].text
            assert text[point.citation.start : point.citation.end] == point.citation.quote


def test_what_replaced_what_is_said(story):
    points = {p.source: p for p in timeline(story.targets, story.documents)[0].points}
    assert points["15/QĐ-UBND"].replaced_by == ("qd-moi",)
    assert points["15/QĐ-UBND"].note == "đã được thay thế hoặc bãi bỏ bởi 88/QĐ-UBND"
    assert points["du-thao"].draft
    assert points["du-thao"].replaced_by == ("qd-cu",)
    assert points["du-thao"].note == "dự thảo; bản ban hành: 15/QĐ-UBND (suy từ các chỉ tiêu trùng nhau)"
    assert points["88/QĐ-UBND"].note == points["330/SNN"].note == ""


def test_figures_come_in_the_unit_of_the_series(story):
    points = timeline(story.targets, story.documents)[1].points
    assert {p.source: p.value for p in points} == pytest.approx({"du-thao": 900, "15/QĐ-UBND": 1200})
    assert {p.figure for p in points} == {"900 ha", "1,2 nghìn ha"}


def test_reports_of_one_decision_are_one_point(shelf):
    for id in ("bao-a", "bao-b"):
        shelf.decision(id, INDICATOR, about="15/QĐ-UBND", kind="bài viết", issued_on="2020-02")
        shelf.target(id, INDICATOR, value=60, unit="%", deadline="2025")
    (series,) = timeline(shelf.targets, shelf.documents, minimum=1)
    (point,) = series.points
    assert point.source == "bài viết về 15/QĐ-UBND"
    assert [c.document for c in point.also] == ["bao-b"]
    assert timeline(shelf.targets, shelf.documents) == []


def test_a_point_without_a_year_comes_last_and_a_period_gives_its_end(shelf):
    shelf.decision("a", INDICATOR, issued_on="2019")
    shelf.decision("b", INDICATOR, issued_on="2020")
    shelf.target("a", INDICATOR, value=50, unit="%")
    shelf.target("b", INDICATOR, value=70, unit="%", period=(2021, 2025))
    (series,) = timeline(shelf.targets, shelf.documents)
    assert [(p.year, p.when) for p in series.points] == [(2025, "2021-2025"), (None, "")]


def test_targets_of_unknown_documents_are_dated_by_nothing(story):
    assert [p.source for p in timeline(story.targets, {})[0].points][1:3] == ["du-thao", "15/QĐ-UBND"]
    assert timeline([], {}) == []


def test_a_partial_repeal_or_a_wrong_year_replaces_nothing(shelf):
    shelf.decision("cu", number="15/QĐ-UBND", issued_on="2020-02-10")
    shelf.decision(
        "phan",
        number="16/QĐ-UBND",
        issued_on="2021",
        relations=[(RelationKind.REPEALS, "15/QĐ-UBND", {"provision": "khoản 2 Điều 1"})],
    )
    shelf.decision(
        "nam-khac",
        number="17/QĐ-UBND",
        issued_on="2021",
        relations=[(RelationKind.REPLACES, "15/QĐ-UBND", {"issued_on": "2015-01-01"})],
    )
    shelf.decision("truoc", number="9/QĐ-UBND", issued_on="2018", relations=[(RelationKind.REPLACES, "15/QĐ-UBND", {})])
    assert standings(shelf.documents)["cu"].replaced_by == ()


def test_an_amendment_is_told_and_not_taken_for_an_end(shelf):
    shelf.decision("cu", number="15/QĐ-UBND", issued_on="2020")
    shelf.decision("sua", number="40/QĐ-UBND", issued_on="2022", relations=[(RelationKind.AMENDS, "15/qđ-ubnd", {})])
    found = standings(shelf.documents)["cu"]
    assert (found.replaced_by, found.amended_by) == ((), ("sua",))
    assert found.note == "đã được sửa đổi, bổ sung bởi 40/QĐ-UBND"


def test_a_draft_with_other_aims_has_no_final(shelf):
    shelf.decision("du-thao", INDICATOR, OTHER, THIRD, issued_on="2019")
    shelf.decision("qd", INDICATOR, number="15/QĐ-UBND", issued_on="2020")
    for text in (INDICATOR, OTHER, THIRD):
        shelf.target("du-thao", text, value=5, unit="%", status="draft")
    shelf.target("qd", INDICATOR, value=5, unit="%")
    points = timeline(shelf.targets, shelf.documents)[0].points
    assert next(p for p in points if p.draft).note == "dự thảo"


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"number": "3/NQ-HĐND", "about": "9/QĐ"}, "3/NQ-HĐND"),
        ({"about": "9/QĐ-TTg", "kind": "bài viết về dự thảo"}, "bài viết về dự thảo 9/QĐ-TTg"),
        ({"about": "9/QĐ-TTg"}, "tài liệu về 9/QĐ-TTg"),
        ({"title": "Kế hoạch tưới tiêu"}, "Kế hoạch tưới tiêu"),
        ({}, "x"),
    ],
)
def test_documents_are_called_as_people_call_them(fields, name):
    assert name_of(Document(id="x", text="a", sha256="0", **fields)) == name


def test_real_documents_tell_the_story_of_electronic_documents(gold):
    stems = ("1605-qd-ttg-2010_bai-viet", "1729-btttt-udcntt-2012_cong-van", "du-thao-1605-2010_vneconomy")
    series = timeline([t for stem in stems for t in gold(stem)], {})[0]
    assert {(p.year, p.value, p.draft) for p in series.points} == {
        (2013, 35, False),
        (2015, 70, True),
        (None, 60, False),
    }
