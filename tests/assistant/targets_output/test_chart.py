from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assistant.targets.chart import HEADINGS, chart
from assistant.targets.plot import Box, Scale, place, ticks, wrapped
from assistant.targets.timeline import timeline

SVG = "{http://www.w3.org/2000/svg}"
NAME = 'tỷ lệ "chợ" <hạng 1> & kho lạnh đạt chuẩn'


@pytest.fixture(scope="session")
def picture(make):
    rows = [
        make(NAME, id="a", number="1/KH", value=30, unit="%", deadline="2024", comparator=">="),
        make(NAME, id="b", value=55, unit="%", deadline="2026", status="draft"),
        make(NAME, id="c", number="3/KH", value=40, value_max=50, unit="%", deadline="2026"),
        make(NAME, id="d", value=20, unit="%", deadline="2024", status="baseline"),
        make(NAME, id="e", number="5/KH", value=70, unit="%"),
        make(NAME, id="f", number="6/KH", qualitative="hầu hết", deadline="2030"),
    ]
    (series,) = timeline(rows, {})
    return series, chart(series)


def parsed(drawn):
    return etree.fromstring(drawn.svg.encode())


def test_the_picture_is_well_formed_and_harmless(picture):
    root = parsed(picture[1])
    assert root.tag == f"{SVG}svg"
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "rect", "path", "circle", "g", "text"}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {a for a in attributes if a.startswith("on") or a in ("href", "style", "class")}


def test_the_picture_says_itself_in_words(picture):
    series, drawn = picture
    root = parsed(drawn)
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == [title.get("id"), desc.get("id")]
    assert root.get("lang") == "vi"
    assert title.text == "T" + NAME[1:] + " (%)"
    for point in series.points:
        assert point.figure in desc.text
        assert point.source in desc.text
    assert desc.text.startswith("6 mức trong 6 văn bản: ")


def test_every_figure_is_a_mark_with_its_own_words(picture):
    series, drawn = picture
    said = [t.text for t in parsed(drawn).findall(f".//{SVG}g/{SVG}title")]
    assert len(said) == sum(p.value is not None for p in series.points)
    assert "năm 2026, 55%, theo b (dự thảo)" in said
    assert "không nêu năm, 70%, theo 5/KH" in said


def test_meaning_is_in_shapes_and_words_not_in_colour_alone(picture):
    root = parsed(picture[1])
    texts = ["".join(t.itertext()) for t in root.iter(f"{SVG}text")]
    assert any("●" in t and "◇ dự thảo" in t and "■ hiện trạng" in t for t in texts)
    assert "Khác: hầu hết (6/KH, năm 2030)" in texts
    assert "không nêu năm" in texts
    assert root.findall(f".//{SVG}g/{SVG}rect")
    assert root.findall(f".//{SVG}g/{SVG}circle")


def test_later_is_further_right_and_more_is_higher(picture):
    drawn = picture[1]
    circles = [(float(c.get("cx")), float(c.get("cy"))) for c in parsed(drawn).iter(f"{SVG}circle")]
    (x30, y30), (x40, y40), (x70, y70) = circles
    assert x30 < x40 < x70
    assert y30 > y40 > y70


def test_the_steps_pass_through_what_was_decided_only(picture):
    (line,) = [p.get("d") for p in parsed(picture[1]).iter(f"{SVG}path") if p.get("fill") == "none"]
    assert re.fullmatch(r"M[\d.]+ [\d.]+H[\d.]+V[\d.]+", line)


def test_the_table_says_the_same(picture):
    series, drawn = picture
    assert drawn.headings == HEADINGS
    assert [len(row) for row in drawn.rows] == [len(HEADINGS)] * len(series.points)
    assert ("Năm 2024", "tối thiểu 30%", "1/KH", "", "", NAME) in drawn.rows
    assert ("Không nêu năm", "70%", "5/KH", "", "", NAME) in drawn.rows
    assert drawn.links == tuple(p.citation.link for p in series.points)


def test_characters_that_xml_cannot_hold_are_left_out(make):
    (series,) = timeline([make("bến\x01 đò", value=3, unit="%")], {}, minimum=1)
    assert parsed(chart(series)).find(f"{SVG}title").text == "Bến đò (%)"


def test_nothing_to_draw_is_said(make):
    (series,) = timeline([make("bến đò có áo phao", qualitative="tất cả")], {}, minimum=1)
    assert "Không có mức bằng số để vẽ." in chart(series).svg


def test_the_same_series_gives_the_same_picture(picture):
    assert chart(picture[0]) == picture[1]


@given(st.floats(1e-6, 1e12))
def test_ticks_are_round_cover_the_top_and_are_few(top):
    marks = ticks(top)
    assert marks[0] == 0
    assert marks[-1] >= top * (1 - 1e-6)
    assert 3 <= len(marks) <= 6
    gaps = {f"{(b - a) / marks[1]:.6f}" for a, b in pairwise(marks)}
    assert gaps == {"1.000000"}


def test_ticks_of_percentages():
    assert ticks(100) == (0, 20, 40, 60, 80, 100)
    assert ticks(0) == (0, 1)


@given(st.lists(st.integers(1, 40), min_size=2, max_size=4))
def test_labels_of_near_marks_do_not_overlap(lengths):
    taken: list[Box] = []
    for length in lengths:
        place(["x" * length], 300, 200, taken, Box(0, 0, 600, 400))
    assert not any(a.meets(b) for at, a in enumerate(taken) for b in taken[at + 1 :])


@given(st.text(alphabet="ab ,", max_size=80), st.integers(5, 20), st.integers(1, 3))
def test_wrapping_keeps_to_lines_or_says_that_it_cut(text, width, lines):
    made = wrapped(text, width, lines)
    assert len(made) <= lines
    whole = " ".join(made) == " ".join(text.split())
    assert whole or made[-1].endswith("…")


def test_a_scale_without_extent_gives_the_middle():
    assert Scale(5, 5, 0, 10)(5) == 5
    assert Scale(0, 10, 100, 0)(2.5) == 75
