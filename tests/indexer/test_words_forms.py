from __future__ import annotations

import unicodedata
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.words import NUMBER, Segmenter, bare, folded, syllables, unaccented, words

VIETNAMESE = st.text(
    st.sampled_from("aàảãạăắâấbcdđeèéêếghiìíklmnoòóỏõọôốơớpqrstuùúủũụưứvxyỳýỷỹỵ HỦYHOÀĐ ,.;/-\n0123456789")
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ủy ban nhân dân huyện", ["uỷ_ban_nhân_dân", "huyện"]),
        ("Uỷ ban nhân dân huyện", ["uỷ_ban_nhân_dân", "huyện"]),
        ("hòa giải viên", ["hoà_giải_viên"]),
        ("Quyết định số 217/QĐ-UBND", ["quyết_định", "số", "217/qđ-ubnd"]),
        ("theo Nghị định 95/2031/NĐ-CP, 12/2030/TT-BTTTT", ["theo", "nghị_định", "95/2031/nđ-cp", "12/2030/tt-btttt"]),
        ("điểm a khoản 3 Điều 8", ["điểm", "a", "khoản", "3", "điều", "8"]),
        ("ngày 14/7/2033", ["ngày", "14", "7", "2033"]),
        ("kỹ thuật và kĩ thuật", ["kĩ_thuật", "và", "kĩ_thuật"]),
        ("", []),
        (" \n\t ", []),
        ("... ; -- !", []),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("tòa án", "toà án"), ("THỦY LỢI", "thuỷ lợi"), ("tỉ lệ", "tỷ lệ"), ("lý do", "lí do"), ("khỏe", "khoẻ")],
)
def test_spellings_of_one_syllable_are_one_term(one, other):
    assert syllables(one) == syllables(other)


@pytest.mark.parametrize("text", ["quý", "quỳ", "toán", "hoàn", "thuyền", "yên", "ý kiến", "nguyễn", "tuyến"])
def test_other_syllables_keep_their_spelling(text):
    assert folded(text) == text


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("số 217/QĐ-UBND và 36/2031/QH15.", ["217/QĐ-UBND", "36/2031/QH15"]),
        ("880/BTTTT-ƯDCNTT", ["880/BTTTT-ƯDCNTT"]),
        ("12/10 và 3/4 tỷ/năm", []),
    ],
)
def test_document_numbers(text, numbers):
    assert NUMBER.findall(text) == numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("muc tieu den nam 2030 la gi", True),
        ("mục tiêu đến năm 2030 là gì", False),
        ("2030", False),
        ("", False),
        ("đến năm nào thi xong cap dien cho cac xa bien gioi vung cao", False),
        ("so hoa ho so luu tru tai cac so ban nganh, quận", True),
    ],
)
def test_unaccented(text, expected):
    assert unaccented(text) is expected


@given(VIETNAMESE)
def test_folding_keeps_length_and_is_done_once(text):
    text = unicodedata.normalize("NFC", text)
    once = folded(text)
    assert len(once) == len(text)
    assert folded(once) == once


@given(VIETNAMESE)
def test_bare_text_has_no_diacritics_and_the_same_syllables(text):
    plain = bare(text)
    assert plain == bare(plain)
    assert len(syllables(plain)) == len(syllables(text))


@given(VIETNAMESE)
def test_words_hold_the_syllables_in_order(text):
    joined = "".join(s for word in words(text) for s in syllables(word.replace("_", " ")))
    stops = str.maketrans("", "", ".,")  # the segmenter may cut a number like 0/0.0 at its point
    assert joined.translate(stops) == "".join(syllables(text)).translate(stops)


def test_processes_give_the_same_words_in_the_same_order(monkeypatch):
    monkeypatch.setattr("indexer.words._WORTH_PROCESSES", 100)
    texts = [f"Sở Giao thông vận tải tỉnh số {i} hoàn thành {i} km đường huyện" for i in range(130)]
    with Segmenter(2) as shared, Segmenter() as alone:
        assert list(shared.words(texts)) == list(alone.words(texts))
        assert list(shared.words(texts[:3])) == list(alone.words(texts[:3]))


def test_threads_can_share_the_segmenter():
    found: list[list[str]] = []
    threads = [Thread(target=lambda: found.append(words("hồ sơ đăng ký doanh nghiệp"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [["hồ_sơ", "đăng_kí", "doanh_nghiệp"]] * 8
