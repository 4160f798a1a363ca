from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.targets.changes import ChangeKind, changes

K = ChangeKind
NAME = "tỷ lệ phòng học kiên cố"


def only(make, before: dict, after: dict, name: str = NAME, new_name: str = NAME):
    (change,) = changes([make(name, id="cu", **before)], [make(new_name, id="moi", **after)])
    return change


@pytest.mark.parametrize(
    ("before", "after", "kinds", "words"),
    [
        ({"value": 70, "unit": "%"}, {"value": 60, "unit": "%"}, (K.LOWERED,), "hạ từ 70% xuống 60%"),
        (
            {"value": 70, "unit": "%"},
            {"value": 85, "unit": "%", "comparator": ">="},
            (K.RAISED,),
            "nâng từ 70% lên tối thiểu 85%",
        ),
        (
            {"value": 1.5, "unit": "nghìn tỷ đồng"},
            {"value": 900, "unit": "tỷ đồng"},
            (K.LOWERED,),
            "hạ từ 1,5 nghìn tỷ đồng xuống 900 tỷ đồng",
        ),
        (
            {"value": 1, "unit": "tỷ đồng"},
            {"value": 1000, "unit": "triệu đồng"},
            (K.REWORDED,),
            "từ “1 tỷ đồng” thành “1.000 triệu đồng”",
        ),
        (
            {"value": 10, "value_max": 12, "unit": "%/năm"},
            {"value": 10, "value_max": 13, "unit": "%/năm"},
            (K.RAISED,),
            "nâng từ 10 - 12%/năm lên 10 - 13%/năm",
        ),
        (
            {"value": 9, "unit": "%", "deadline": "2025"},
            {"value": 9, "unit": "%", "deadline": "2030"},
            (K.POSTPONED,),
            "lùi hạn từ năm 2025 sang năm 2030",
        ),
        (
            {"value": 9, "unit": "%", "deadline": "2025-12"},
            {"value": 9, "unit": "%", "deadline": "2025-06"},
            (K.ADVANCED,),
            "đẩy sớm hạn từ tháng 12/2025 sang tháng 6/2025",
        ),
        (
            {"value": 70, "unit": "%", "deadline": "2025"},
            {"value": 60, "unit": "%", "deadline": "2027"},
            (K.LOWERED, K.POSTPONED),
            "hạ từ 70% xuống 60%; lùi hạn từ năm 2025 sang năm 2027",
        ),
        ({"value": 9, "unit": "%"}, {"value": 9, "unit": "%"}, (K.UNCHANGED,), "giữ nguyên 9%"),
        (
            {"value": 9, "unit": "%", "deadline": "2025"},
            {"value": 9, "unit": "%", "deadline": "2025-12-31"},
            (K.UNCHANGED,),
            "giữ nguyên 9% vào ngày 31/12/2025",
        ),
        (
            {"value": 90, "unit": "%"},
            {"qualitative": "hầu hết"},
            (K.REWORDED,),
            "đổi cách nêu từ “90%” thành “hầu hết”",
        ),
        (
            {"value": 9, "unit": "%"},
            {"value": 9, "unit": "%", "comparator": ">="},
            (K.REWORDED,),
            "từ “9%” thành “tối thiểu 9%”",
        ),
        (
            {"value": 50, "unit": "thứ hạng", "comparator": "<="},
            {"value": 30, "unit": "thứ hạng", "comparator": "<="},
            (K.LOWERED,),
            "hạ từ trong nhóm 50 xuống trong nhóm 30",
        ),
        (
            {"value": 9, "unit": "%", "deadline": "2025"},
            {"value": 9, "unit": "%"},
            (K.UNCHANGED,),
            "giữ nguyên 9%; văn bản sau không nêu hạn (trước là năm 2025)",
        ),
    ],
)
def test_what_happened_to_a_target_is_told(make, before, after, kinds, words):
    change = only(make, before, after)
    assert change.kinds == kinds
    assert words in change.sentence
    assert change.sentence.startswith("Tỷ lệ phòng học kiên cố: ")
    assert change.sentence.endswith(".")


def test_the_quotes_of_both_sides_are_kept(make):
    change = only(make, {"value": 7, "unit": "%"}, {"value": 8, "unit": "%"})
    assert (change.before.document, change.after.document) == ("cu", "moi")


def test_another_wording_of_the_same_goal_is_told(make):
    change = only(
        make, {"value": 9, "unit": "%"}, {"value": 9, "unit": "%"}, new_name="tỷ lệ phòng học được kiên cố hóa"
    )
    assert change.kinds == (K.REWORDED,)
    assert "trước là “tỷ lệ phòng học kiên cố”" in change.sentence


def test_what_came_and_what_went(make):
    old = [make("thư viện xã mở cửa cuối tuần", value=5, unit="%"), make("bến phà có phao", value=7, unit="bến")]
    new = [
        make("bến phà có phao", value=7, unit="bến"),
        make("đèn tín hiệu dùng điện mặt trời", value=40, unit="%", deadline="2029"),
    ]
    same, came, went = changes(old, new)
    assert (same.kinds, came.kinds, went.kinds) == ((K.UNCHANGED,), (K.ADDED,), (K.DROPPED,))
    assert came.sentence == "Thêm mới: đèn tín hiệu dùng điện mặt trời (40% vào năm 2029)."
    assert went.sentence == "Không còn: thư viện xã mở cửa cuối tuần (5%)."
    assert came.before is None
    assert went.after is None


def test_steps_of_one_indicator_are_paired_by_year(make):
    old = [make(NAME, value=60, unit="%", deadline="2025"), make(NAME, value=80, unit="%", deadline="2030")]
    new = [make(NAME, value=85, unit="%", deadline="2030"), make(NAME, value=60, unit="%", deadline="2025")]
    assert [c.kinds for c in changes(old, new)] == [(K.RAISED,), (K.UNCHANGED,)]


names = st.sampled_from(
    ["trạm bơm dùng điện", "xã có chợ", "trường có sân chơi", "thuốc được truy xuất", "rừng có chủ"]
)
sides = st.lists(st.tuples(names, st.integers(1, 99)), max_size=5, unique_by=lambda row: row[0])


@settings(max_examples=60, deadline=None)
@given(sides, sides)
def test_every_target_is_told_once_and_turning_round_mirrors(make, one, other):
    old = [make(name, value=value, unit="%") for name, value in one]
    new = [make(name, value=value, unit="%") for name, value in other]
    there, back = changes(old, new), changes(new, old)
    assert [c.new for c in there if c.new] == new
    assert {c.old.indicator for c in there if c.old} == {t.indicator for t in old}
    mirror = {K.ADDED: K.DROPPED, K.DROPPED: K.ADDED, K.RAISED: K.LOWERED, K.LOWERED: K.RAISED}
    turned = sorted(mirror.get(k, k) for c in there for k in c.kinds)
    assert turned == sorted(k for c in back for k in c.kinds)


def test_the_draft_and_its_final_form(gold):
    told = changes(gold("du-thao-1605-2010_vneconomy"), gold("1605-qd-ttg-2010_bai-viet"))
    by_kind = {kind: [c for c in told if kind in c.kinds] for kind in K}
    lowered = {(c.old.value, c.new.value) for c in by_kind[K.LOWERED]}
    assert {(70, 60), (80, 50), (30, 20)} <= lowered
    assert by_kind[K.DROPPED]
    assert by_kind[K.ADDED]
