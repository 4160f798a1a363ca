from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.targets.align import EVIDENCE, SAME, _candidates, compare, groups, same_indicator
from assistant.targets.dimensions import measure
from assistant.targets.terms import terms

SAME_PAIRS = [
    ("tỷ lệ hộ gia đình có nhà tiêu hợp vệ sinh", "hộ gia đình nông thôn có nhà tiêu hợp vệ sinh"),
    (
        "số trạm quan trắc nước mặt truyền dữ liệu qua mạng",
        "trạm quan trắc nước mặt có dữ liệu truyền trên môi trường mạng",
    ),
    ("đơn vị sự nghiệp nộp báo cáo tài chính qua mạng", "báo cáo tài chính của đơn vị sự nghiệp được nộp trực tuyến"),
    ("cán bộ xã dùng email công vụ", "cán bộ cấp xã sử dụng hộp thư điện tử công vụ"),
    ("UBND xã có trang thông tin điện tử", "Ủy ban nhân dân xã có cổng thông tin điện tử"),
    (
        "trường học kết nối internet băng rộng theo quy định tại Thông tư số 12/2019/TT-BGD",
        "tỷ lệ trường học kết nối internet băng rộng",
    ),
    ("diện tích rừng sản xuất có chứng chỉ", "diện tích rừng sản xuất được cấp chứng chỉ"),
    ("người dân có sổ sức khoẻ điện tử", "dân số có hồ sơ sức khỏe điện tử"),
    ("tỉ lệ đô thị hóa", "tỷ lệ đô thị hoá"),
]
DIFFERENT_PAIRS = [
    ("dịch vụ công trực tuyến mức độ 2", "dịch vụ công trực tuyến mức độ 3"),
    ("hộ chiếu cấp cho công dân là hộ chiếu điện tử", "công dân được cấp chứng minh nhân dân có gắn chíp"),
    ("học sinh lớp 3 đọc thông viết thạo", "học sinh lớp 5 đọc thông viết thạo"),
    ("giao dịch không dùng tiền mặt", "giao dịch dùng tiền mặt"),
    ("xã chưa có trạm y tế", "xã có trạm y tế"),
    ("giảm số vụ cháy", "số vụ cháy tăng"),
    ("hồ sơ công việc cấp huyện xử lý trên mạng", "hồ sơ công việc cấp xã xử lý trên mạng"),
    ("kim ngạch xuất khẩu nông sản", "kim ngạch nhập khẩu nông sản"),
    ("trường tiểu học có thư viện số", "trường trung học cơ sở có thư viện số"),
    ("xếp hạng năng lực logistics trong Đông Nam Á", "xếp hạng năng lực logistics trên thế giới"),
    ("tỷ lệ hộ nghèo tỉnh Lạng Sơn", "tỷ lệ hộ nghèo tỉnh Cà Mau"),
    ("người dân sử dụng dịch vụ công trực tuyến", "dịch vụ công trực tuyến được cung cấp cho người dân"),
    (
        "khai thác lại dữ liệu trong giải quyết thủ tục hành chính",
        "thanh toán trực tuyến trong giải quyết thủ tục hành chính",
    ),
    ("tỷ lệ che phủ rừng", "tỷ lệ thu gom chất thải rắn"),
]


@pytest.mark.parametrize(("one", "other"), SAME_PAIRS)
def test_two_wordings_of_one_indicator_are_the_same(make, one, other):
    assert same_indicator(make(one, value=50, unit="%"), make(other, value=60, unit="%")) >= SAME


@pytest.mark.parametrize(("one", "other"), DIFFERENT_PAIRS)
def test_indicators_that_differ_in_one_facet_are_not(make, one, other):
    assert same_indicator(make(one, value=50, unit="%"), make(other, value=60, unit="%")) < SAME


def test_what_told_them_apart_is_said(make):
    one, other = (make(f"thủ tục hải quan mức độ {level}", value=9, unit="%") for level in (2, 4))
    assert compare(one, other).conflicts == ("khác mức, ngưỡng",)
    assert compare(one, other).words > SAME


@pytest.mark.parametrize(
    ("units", "together"),
    [
        (("%", "phần trăm"), True),
        (("%", "%/năm"), False),
        (("%", "xã"), False),
        (("thứ hạng", "%"), False),
        (("tỷ đồng", "triệu USD"), True),
        (("% GDP", "% GRDP"), True),
        (("nghìn người", "người"), True),
        (("doanh nghiệp", "doanh nghiệp/1000 dân"), False),
    ],
)
def test_figures_of_one_indicator_are_measured_alike(make, units, together):
    one, other = (make("quy mô hợp tác xã trồng chè", value=5, unit=unit) for unit in units)
    assert (same_indicator(one, other) >= SAME) is together


def test_a_quantifier_is_a_share(make):
    share = make("nhà trẻ có camera giám sát", value=80, unit="%")
    assert same_indicator(make("nhà trẻ có camera giám sát", qualitative="hầu hết"), share) == 1


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("nghìn tỷ đồng", ("tiền", "đồng", 1e12)),
        ("triệu USD", ("tiền", "usd", 1e6)),
        ("USD/người/năm", ("tiền/người/năm", "usd/người/năm", 1)),
        ("triệu lượt", ("lượt", "lượt", 1e6)),
        ("phần trăm", ("%", "%", 1)),
        (None, ("", "", 1)),
    ],
)
def test_a_unit_is_a_dimension_and_a_factor(make, unit, expected):
    assert tuple(measure(make("a", value=1, unit=unit))) == expected


def test_terms_keep_thresholds_and_drop_references():
    found = terms("tỷ lệ người từ 65 tuổi trở lên theo Điều 12 Luật Người cao tuổi năm 2009, có thẻ")
    assert found.numbers == {"65"}
    assert {"tuôi3", "thẻ", "thê3", "luât5"} & found.weights.keys() == {"tuôi3"}


words = st.lists(
    st.sampled_from(
        [
            "tỷ lệ",
            "trạm",
            "bơm",
            "xã",
            "huyện",
            "giảm",
            "không",
            "mức độ",
            "3",
            "4",
            "nước",
            "điện tử",
            "cấp",
            "tỉnh",
            "hộ",
        ]
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=150, deadline=None)
@given(words, words)
def test_likeness_is_symmetric_bounded_and_reflexive(make, one, other):
    a, b = make(" ".join(one), value=1, unit="%"), make(" ".join(other), value=2, unit="%")
    assert same_indicator(a, b) == pytest.approx(same_indicator(b, a))
    assert 0 <= same_indicator(a, b) <= 1
    assert same_indicator(a, a) == pytest.approx(1) or sum(terms(a.indicator).weights.values()) < EVIDENCE


class Vectors:
    """An encoder whose vectors say what the test says."""

    name, dimension = "gia-lap", 2

    def __init__(self, cosine: float) -> None:
        self._made = np.array([[1, 0], [cosine, (1 - cosine**2) ** 0.5]], np.float32)

    def passages(self, texts):
        return self._made[: len(texts)]

    queries = passages


def test_an_encoder_moves_the_score_by_a_third_and_lifts_no_conflict(make):
    a, b = make("nước máy đến từng hộ", value=9, unit="%"), make("hộ dùng nước sạch tập trung", value=8, unit="%")
    plain = same_indicator(a, b)
    assert same_indicator(a, b, Vectors(1.0)) == pytest.approx((2 * plain + 1) / 3)
    assert same_indicator(a, b, Vectors(0.7)) == pytest.approx(2 * plain / 3)
    level2, level3 = (make(f"đường huyện đạt cấp độ {n}", value=9, unit="%") for n in (2, 3))
    assert same_indicator(level2, level3, Vectors(1.0)) < SAME


def test_groups_follow_an_indicator_over_documents_and_years(make):
    rows = [
        make("tỷ lệ xã có chợ đạt chuẩn", id="a", value=40, unit="%", deadline="2025"),
        make("tỷ lệ che phủ rừng", id="a", value=42, unit="%", deadline="2025"),
        make("tỷ lệ xã có chợ đạt chuẩn", id="a", value=60, unit="%", deadline="2030"),
        make("xã có chợ đạt chuẩn", id="b", value=55, unit="%", deadline="2028"),
    ]
    assert groups(rows) == [[rows[0], rows[2], rows[3]], [rows[1]]]
    assert groups([]) == []


def test_two_figures_of_one_document_for_one_year_stay_apart(make):
    rows = [
        make("khu chế xuất được hỗ trợ hạ tầng", id="a", value=7, unit="khu", deadline="2030"),
        make("khu chế xuất được hỗ trợ hạ tầng xử lý nước", id="a", value=5, unit="khu", deadline="2030"),
        make("khu chế xuất được hỗ trợ hạ tầng", id="b", value=7, unit="khu", deadline="2030"),
    ]
    assert groups(rows) == [[rows[0], rows[2]], [rows[1]]]


def test_grouping_thousands_takes_seconds(make):
    kinds = [
        "trạm y tế",
        "trường học",
        "hợp tác xã",
        "làng nghề",
        "bến xe",
        "chợ",
        "cầu",
        "hồ chứa",
        "khu dân cư",
        "bệnh viện",
    ]
    acts = ["có nước sạch", "kết nối mạng", "đạt chuẩn xanh", "được số hóa", "có camera", "được sửa chữa"]
    rows = [
        make(f"{k} {a} ở {n} nơi", id=f"d{n}", value=n, unit="%", deadline="2030")
        for n in range(12)
        for k in kinds
        for a in acts
    ]
    start = time.perf_counter()
    found = groups(rows)
    assert time.perf_counter() - start < 20
    assert sum(map(len, found)) == len(rows)


ALIKE_IN_REAL_TEXTS = [
    ("1605-qd-ttg-2010_bai-viet", 1317, "1729-btttt-udcntt-2012_cong-van", 4413),
    ("1605-qd-ttg-2010_bai-viet", 1317, "du-thao-1605-2010_vneconomy", 1071),
    ("1729-btttt-udcntt-2012_cong-van", 4413, "du-thao-1605-2010_vneconomy", 1071),
    ("1605-qd-ttg-2010_bai-viet", 2521, "du-thao-1605-2010_vneconomy", 2004),
    ("1605-qd-ttg-2010_bai-viet", 1434, "du-thao-1605-2010_vneconomy", 2710),
    ("1605-qd-ttg-2010_bai-viet", 2592, "du-thao-1605-2010_vneconomy", 2064),
    ("1605-qd-ttg-2010_bai-viet", 2807, "du-thao-1605-2010_vneconomy", 2138),
]


@pytest.mark.parametrize(("stem", "start", "other_stem", "other_start"), ALIKE_IN_REAL_TEXTS)
def test_real_decisions_are_aligned(gold, stem, start, other_stem, other_start):
    one = next(t for t in gold(stem) if t.citation.start == start)
    other = max(gold(other_stem), key=lambda t: same_indicator(one, t))
    assert other.citation.start == other_start
    assert same_indicator(one, other) >= SAME


def test_the_levels_and_papers_of_real_decisions_stay_apart(gold):
    rows = gold("1605-qd-ttg-2010_bai-viet") + gold("du-thao-1605-2010_vneconomy")
    for one in rows:
        for other in rows:
            pair = {"mức độ 2": "mức độ 3", "hộ chiếu điện tử": "chứng minh nhân dân"}
            if any(a in one.indicator and b in other.indicator for a, b in pair.items()):
                assert same_indicator(one, other) < SAME


def shared_by_shorter(a: dict[str, float], b: dict[str, float]) -> float:
    shorter, longer = sorted((a, b), key=lambda weights: sum(weights.values()))
    return sum(w for word, w in shorter.items() if word in longer) / max(sum(shorter.values()), 1e-9)


@settings(max_examples=40, deadline=None)
@given(st.lists(words, min_size=2, max_size=12))
def test_looking_up_rare_words_finds_what_comparing_all_pairs_finds(make, indicators):
    rows = [make(" ".join(said), id=f"d{at}", value=at, unit="%") for at, said in enumerate(indicators)]
    known = [terms(row.indicator).weights for row in rows]
    found = list(_candidates(rows))
    assert len(set(found)) == len(found)
    for j in range(len(rows)):
        for i in range(j):
            share = shared_by_shorter(known[i], known[j])
            same_length = sum(known[i].values()) == pytest.approx(sum(known[j].values()))
            if share > 0.5 + 1e-9 and not same_length:
                assert (i, j) in found
            elif share < 0.5 - 1e-9 and not same_length:
                assert (i, j) not in found
