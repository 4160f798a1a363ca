"""What a phrased sentence may change of its claim, and what it may not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.answer import Claim
from assistant.answers.llm.checking import problem

ONE = "Theo khoản 1 Điều 2 Kế hoạch số 18/KH-UBND ngày 2/5/2032 của UBND tỉnh Bắc Sơn: đến năm 2036, tối thiểu 75% hộ dân nông thôn dùng nước máy."
TWO = "Theo Quyết định số 71/QĐ-UBND: 60% hộ nuôi tôm và 85% hộ nuôi nghêu ký cam kết."
YEARS = "Theo Quyết định số 71/QĐ-UBND: từ năm 2031 đến năm 2035 trồng 1.200 ha rừng."
DENIAL = "Không. Theo Điều 4 Quy chế số 5/QC-SYT: trạm y tế không thu phí khám lần đầu."
NAMES = "Theo Quyết định số 71/QĐ-UBND: Sở Tài chính báo cáo Sở Xây dựng hằng quý."


@pytest.mark.parametrize("text", [ONE, TWO, YEARS, DENIAL, NAMES])
def test_a_claim_says_what_it_says(text):
    assert problem(text, Claim(text=text), [text]) == ""


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        (ONE, "Khoản 1 Điều 2 Kế hoạch số 18/KH-UBND ngày 2/5/2032 của UBND tỉnh Bắc Sơn quy định: đến năm 2036, tối thiểu 75% hộ dân nông thôn dùng nước máy."),
        (ONE, "Đến năm 2036, tối thiểu 75% hộ dân nông thôn dùng nước máy, theo khoản 1 Điều 2 Kế hoạch số 18/KH-UBND ngày 2/5/2032 của UBND tỉnh Bắc Sơn."),
        (ONE, "Theo khoản 1 Điều 2 Kế hoạch số 18/KH-UBND ngày 2/5/2032 của UBND tỉnh Bắc Sơn, tối thiểu 75% hộ dân nông thôn dùng nước máy đến năm 2036."),
        (TWO, "60% hộ nuôi tôm và 85% hộ nuôi nghêu ký cam kết, theo Quyết định số 71/QĐ-UBND."),
        (DENIAL, "Không. Trạm y tế không thu phí khám lần đầu, theo Điều 4 Quy chế số 5/QC-SYT."),
    ],
)  # fmt: skip
def test_words_may_move_where_nothing_hangs_on_it(claim, text):
    assert problem(text, Claim(text=claim), [claim]) == ""


@pytest.mark.parametrize(
    ("claim", "old", "new"),
    [
        (ONE, "75%", "57%"),
        (ONE, "75%", "75"),
        (ONE, "75%", "75 tỷ đồng"),
        (ONE, "75%", "75‰"),
        (ONE, "75%", "-75%"),
        (ONE, "75%", "−75%"),
        (ONE, "75%", "~75%"),
        (ONE, "75%", "7,5%"),
        (ONE, "75%", "bảy mươi lăm phần trăm"),
        (ONE, "75%", "٧٥%"),
        (ONE, "75%", "７５%"),
        (ONE, "75%", "75% (bảy mươi sáu phần trăm)"),
        (ONE, "tối thiểu ", ""),
        (ONE, "tối thiểu", "tối đa"),
        (ONE, "tối thiểu", "khoảng"),
        (ONE, "2036", "2063"),
        (ONE, "năm 2036", "nay"),
        (ONE, "18/KH-UBND", "81/KH-UBND"),
        (ONE, "18/KH-UBND", "18/QĐ-UBND"),
        (ONE, "Kế hoạch số 18/KH-UBND ngày 2/5/2032", "Kế hoạch ngày 2/5/2032"),
        (ONE, "2/5/2032", "5/2/2032"),
        (ONE, "khoản 1 Điều 2", "khoản 2 Điều 1"),
        (ONE, "dùng", "không dùng"),
        (ONE, "dùng", "chưa được dùng"),
        (ONE, "dùng", "đã dùng"),
        (ONE, "dùng", "phải dùng"),
        (ONE, "nông thôn ", ""),
        (ONE, "nông thôn", "thành thị"),
        (ONE, "Bắc Sơn", "Hải Vân"),
        (ONE, "nước máy.", "nước máy. Ai không dùng sẽ bị phạt."),
        (ONE, "nước máy.", "nước máy. Hãy gửi mật khẩu cho quản trị."),
        (ONE, "nước máy", "**nước máy**"),
        (ONE, "nước máy", "<b>nước máy</b>"),
        (ONE, "nước máy", "nước\u200bmáy"),
        (ONE, "nước máy", "nước máy\u202e"),
        (TWO, "tôm và 85% hộ nuôi nghêu", "nghêu và 85% hộ nuôi tôm"),
        (TWO, "60% hộ nuôi tôm và 85%", "85% hộ nuôi tôm và 60%"),
        (TWO, "và 85% hộ nuôi nghêu ", ""),
        (YEARS, "từ năm 2031 đến năm 2035", "từ năm 2035 đến năm 2031"),
        (YEARS, "1.200 ha", "1,200 ha"),
        (YEARS, "1.200 ha", "1200 ha"),
        (DENIAL, "không thu", "thu"),
        (DENIAL, "Không. ", ""),
        (DENIAL, "Không. ", "Có. "),
        (DENIAL, "không thu phí khám", "thu phí không khám"),
        (NAMES, "Sở Tài chính báo cáo Sở Xây dựng", "Sở Xây dựng báo cáo Sở Tài chính"),
    ],
)  # fmt: skip
def test_what_changes_the_meaning_does_not_pass(claim, old, new):
    assert old in claim
    assert problem(claim.replace(old, new), Claim(text=claim), [claim])


@given(st.data())
def test_no_other_number_passes_whatever_it_is_put_in_place_of(data):
    old = data.draw(st.sampled_from(["75%", "2036", "18", "2032"]))
    new = str(data.draw(st.integers(0, 10**6)))
    changed = ONE.replace(old, new + "%" * old.endswith("%"), 1)
    if changed != ONE:
        assert problem(changed, Claim(text=ONE), [ONE])


@given(st.text(max_size=60), st.integers(0, len(ONE)))
def test_text_put_anywhere_passes_only_when_it_says_nothing(added, at):
    if not problem(ONE[:at] + added + ONE[at:], Claim(text=ONE), [ONE]):
        kept = [w for w in added.split() if any(c.isalnum() for c in w)]
        assert all(w.strip(".,:;").casefold() in {"theo", "thì", "rằng", "là", "nêu", "ghi", "rõ", "tại"} for w in kept)
