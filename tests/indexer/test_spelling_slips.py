from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.slips import KINDS, slipped, stripped
from indexer.build import build
from indexer.search import Index
from indexer.spelling import typed
from indexer.words import bare

TEXTS = [
    "Hộ nuôi tôm đăng ký vùng nuôi với Ủy ban nhân dân xã trước mùa mưa.",
    "Người đứng đầu trạm kiểm ngư chịu trách nhiệm về giấy phép của tàu cá.",
    "Thuyền trưởng nộp nhật ký khai thác thủy sản khi tàu về bến.",
    "Thuế và phí bến cảng được thu theo chuyến tàu, không thu theo mẻ lưới.",
]
QUESTION = "Hộ nuôi tôm đăng ký vùng nuôi với ai, BQLVN thu phí bến cảng theo chuyến tàu không?"


@pytest.fixture
def index(tmp_path, made, hashed):
    return Index(build(tmp_path, [made(f"d{i}", text) for i, text in enumerate(TEXTS)], hashed), hashed)


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("hộ nuôi tômm đăng ký", "hộ nuôi tôm đăng ký"),
        ("giấy phpé của tàu cá", "giấy phép của tàu cá"),
        ("nhật ký khai thcá thuỷ sản", "nhật ký khai thác thuỷ sản"),
        ("thuees và phí bến cảng", "thuế và phí bến cảng"),
        ("thu theo chuye61n tàu", "thu theo chuyến tàu"),
        ("Nhaatj kys khai thác", "nhật kí khai thác"),
        ("vùng nuơi với ủy ban", "vùng nuôi với ủy ban"),
        ("ho nuoi tom dang ky vungg nuoi", "ho nuoi tom dang ky vung nuoi"),
        ("trạm kiểm ngưm, chịu trách nhiệm", "trạm kiểm ngư, chịu trách nhiệm"),
    ],
)
def test_slips_are_read_as_what_was_meant(index, question, read):
    assert index.read_as(question) == read


@pytest.mark.parametrize(
    "question",
    [
        QUESTION,
        stripped(QUESTION),
        "QĐ 1605/QĐ-TTg khoản 2 Điều 5",
        "BQLVN, UBND, ubnd, CSDL và qđ",
        "blockchain là gì",
        "xyzt",
        "?!",
        "",
    ],
)
def test_what_is_no_slip_stays_letter_for_letter(index, question):
    assert index.read_as(question) == question


@pytest.mark.parametrize("turn", range(40))
def test_a_slip_leads_to_the_same_passage(index, turn):
    right = index.search("nhật ký khai thác thủy sản nộp khi tàu về bến", 1)[0].passage
    typed_wrong = slipped("nhật ký khai thác thủy sản nộp khi tàu về bến", str(turn))
    assert index.search(typed_wrong, 1)[0].passage == right


def test_every_kind_of_slip_occurs_and_the_seed_decides():
    made = {slipped(QUESTION, str(seed)) for seed in range(300)}
    assert len(made) > 150
    assert slipped(QUESTION, "7") == slipped(QUESTION, "7")
    assert QUESTION not in made
    assert len(KINDS) == 9
    assert stripped(QUESTION) == bare(QUESTION)


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("thuees", "thuế"),
        ("thue61", "thuế"),
        ("dduowngf", "đường"),
        ("d9u7o7ng2", "đường"),
        ("nuowcs", "nước"),
        ("nguwowif", "người"),
        ("hoaf", "hoà"),
        ("thuyr", "thuỷ"),
        ("quyeets", "quyết"),
        ("giuwx", "giữ"),
        ("gif", "gì"),
        ("an", "an"),
        ("mua", "mua"),
        ("h2", "h2"),
    ],
)
def test_keys_of_telex_and_vni_make_the_word(keys, word):
    assert typed(keys) == word


@given(st.text(st.sampled_from("aeoudwfsxrj1256789qgiycnth"), max_size=8))
def test_any_keys_make_something(keys):
    assert isinstance(typed(keys), str)
