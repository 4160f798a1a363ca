"""Clauses of goals in our own words, each with every target that must come out of it."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from assistant.targets import Target, extract
from corpus.document import Document


def made(text: str, **metadata: Any) -> Document:
    return Document(id="mau", text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), **metadata)


def read(text: str, **metadata: Any) -> list[Target]:
    found = extract(made(text, **metadata))
    assert all(text[t.citation.start : t.citation.end] == t.citation.quote for t in found)
    return found


def brief(targets: list[Target]) -> list[tuple[Any, ...]]:
    return [(t.comparator, t.value if t.value is not None else t.qualitative, t.deadline) for t in targets]


GOALS = "II. MỤC TIÊU\n1. Mục tiêu cụ thể đến năm 2030\n"

CASES = [
    # dạng "N% danh từ" và dạng "danh từ đạt N%"
    ("- 80% số chợ có điểm cân đối chứng.", [("=", 80, "2030")]),
    ("- Tỷ lệ chợ có điểm cân đối chứng đạt 80%.", [("=", 80, "2030")]),
    # từ so sánh
    ("- Tối thiểu 35% tàu cá lắp máy định vị.", [(">=", 35, "2030")]),
    ("- Tỷ lệ thất thoát nước sạch không vượt quá 12%.", [("<=", 12, "2030")]),
    # vị ngữ dùng chung, "tối thiểu" bao trùm
    ("- Tối thiểu 40% ấp, 50% khu phố và 60% xã có tủ sách.", [(">=", 40, "2030"), (">=", 50, "2030"), (">=", 60, "2030")]),
    # "tối thiểu" không vượt qua dấu chấm phẩy có danh từ mới
    ("- Hỗ trợ tối thiểu 03 làng nghề; 06 hợp tác xã.", [(">=", 3, "2030"), ("=", 6, "2030")]),
    ("- Trên 80% A có điện và 100% B có điện.", [(">", 80, "2030"), ("=", 100, "2030")]),
    # chuỗi động từ cùng chủ ngữ
    ("- Kim ngạch xuất khẩu chè tăng 10 - 13%/năm, đạt 400 triệu USD.", [("=", 10, "2030"), ("=", 400, "2030")]),
    # hai mốc thời gian trong một câu
    ("- 70% học viên biết sơ cứu vào năm 2027 và đạt tỷ lệ 90% vào năm 2029.", [("=", 70, "2027"), ("=", 90, "2029")]),
    ("- Sản lượng muối: Năm 2026 khoảng 300 nghìn tấn; năm 2028 khoảng 350 nghìn tấn.", [("~", 300, "2026"), ("~", 350, "2028")]),
    # năm sau mở một vế khác, không phải hạn của con số đứng trước
    ("- Tới năm 2027 tỷ lệ vườn chè có nước tưới đạt trên 75%, đến năm 2029 đạt mục tiêu tưới toàn vùng.", [(">", 75, "2027")]),
    # ngưỡng trong chỉ tiêu
    ("- Tỷ lệ người từ 15 tuổi trở lên biết bơi đạt 60%.", [("=", 60, "2030")]),
    ("- 100% thôn có ít nhất 02 loa truyền thanh.", [("=", 100, "2030")]),
    ("- Tỷ lệ hộ dùng cáp quang với tốc độ trên 100 Mb/s đạt 70%.", [("=", 70, "2030")]),
    # trong ngoặc: nói lại mục tiêu bằng cách khác, từng nơi
    ("- Tiếng ồn ban đêm dưới 55 dB (giảm 20% so với năm 2024).", [("<", 55, "2030"), ("=", 20, "2030")]),
    ("- Tỷ lệ hộ thiếu nước giảm còn 5% (vùng hải đảo dưới 20%).", [("=", 5, "2030"), ("<", 20, "2030")]),
    # từ mức cũ xuống mức mới
    ("- Tỷ lệ tảo hôn giảm từ 9% xuống 4%.", [("=", 9, None), ("=", 4, "2030")]),
    # hạng, bội số, không còn
    ("- Tỉnh thuộc nhóm 10 địa phương dẫn đầu về môi trường.", [("<=", 10, "2030")]),
    ("- Giá trị thủ công mỹ nghệ gấp 2 lần năm 2020; không còn lò gạch thủ công.", [("=", 2, "2030"), ("=", 0, "2030")]),
    # từ chỉ lượng thay số
    ("- Hầu hết bến đò có áo phao.", [("=", "hầu hết", "2030")]),
    # việc xong hay chưa
    ("- Hoàn thành số hóa bản đồ thủy lợi toàn tỉnh.", [("=", "hoàn thành", "2030")]),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "expected"), CASES, ids=[c[0][:40] for c in CASES])
def test_goal_clauses(clause, expected):
    assert brief(read(GOALS + clause)) == expected


NOTHING = [
    "III. NHIỆM VỤ\n1. Tuyên truyền đến tất cả cán bộ, phối hợp với 63 tỉnh, thành phố.",
    "Điều 5. Mức phạt\n1. Phạt tiền từ 2.000.000 đồng đến 5.000.000 đồng.",
    "Lãi suất cho vay là 4,8%/năm đối với khách hàng cá nhân.",
    "Chương trình có bốn mục tiêu, 07 nội dung và 12 nhiệm vụ.",
    "II. MỤC TIÊU\nĐẩy mạnh ứng dụng công nghệ, từng bước nâng cao đời sống.",
    "II. MỤC TIÊU\n- Chỉ tiêu nào phải đạt 50%?",
    "Điện thoại: 024 3080 5000, số 123/QĐ-TTg ngày 01/02/2023.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_not_a_target(text):
    assert read(text) == []


def test_shared_predicate_completes_each_indicator():
    first, second = read(GOALS + "- 40% ấp và 60% xã có tủ sách.")
    assert first.indicator == "ấp có tủ sách"
    assert second.indicator == "xã có tủ sách"


def test_elided_noun_comes_from_the_first_member():
    found = read(GOALS + "- 90% hồ sơ đất đai tại tỉnh; 80% tại huyện và 60% tại xã được giải quyết đúng hạn.")
    assert [t.indicator for t in found] == [
        "hồ sơ đất đai tại tỉnh được giải quyết đúng hạn",
        "hồ sơ đất đai tại huyện được giải quyết đúng hạn",
        "hồ sơ đất đai tại xã được giải quyết đúng hạn",
    ]
    assert [t.deadline for t in found] == ["2030"] * 3


def test_share_names_what_it_is_a_share_of():
    (found,) = read(GOALS + "- Điện mặt trời chiếm 15% tổng sản lượng điện.")
    assert found.indicator == "tỷ trọng Điện mặt trời trong tổng sản lượng điện"


def test_growth_and_fall_are_worded():
    up, down = read(GOALS + "- Sản lượng cà phê tăng 4%/năm; giảm 30% số vụ cháy rừng.")
    assert up.indicator == "tốc độ tăng Sản lượng cà phê"
    assert down.indicator == "mức giảm số vụ cháy rừng"


def test_verbs_before_a_count_are_kept():
    (found,) = read(GOALS + "- Hỗ trợ xây dựng 07 kho lạnh.")
    assert found.indicator == "kho lạnh được hỗ trợ xây dựng"


@pytest.mark.parametrize(
    ("text", "deadline", "source"),
    [
        ("II. MỤC TIÊU\n1. Đến năm 2028:\n- 80% số chợ có điểm cân.", "2028", "1. Đến năm 2028:"),
        ("II. MỤC TIÊU\n- Giai đoạn 2026 - 2029:\n+ 80% số chợ có điểm cân.", "2029", "Giai đoạn 2026 - 2029"),
        ("II. MỤC TIÊU\nĐến năm 2027, 50% bến đò có phao; 80% số chợ có điểm cân.", "2027", "Đến năm 2027"),
    ],
)
def test_deadline_is_inherited_and_says_from_where(text, deadline, source):
    found = read(text)[-1]
    assert found.deadline == deadline
    span = found.inherited["deadline"]
    assert text[span.start : span.end] in source


def test_deadline_falls_back_to_the_programme_and_asks_for_review():
    text = "KẾ HOẠCH\nPhát triển nghề muối giai đoạn 2026 - 2030\nII. MỤC TIÊU\n- 80% ruộng muối trải bạt."
    (found,) = read(text)
    assert (found.deadline, found.period) == ("2030", (2026, 2030))
    assert found.review


def test_what_the_text_does_not_say_stays_empty():
    (found,) = read("II. MỤC TIÊU\n- 80% ruộng muối trải bạt.")
    assert (found.deadline, found.period, found.scope) == (None, None, None)


def test_own_year_wins_over_the_heading():
    (found,) = read(GOALS + "- Tỷ lệ ruộng muối trải bạt đạt 80% vào năm 2027.")
    assert found.deadline == "2027"
    assert "deadline" not in found.inherited


def test_a_draft_makes_every_target_a_draft():
    text = "Theo dự thảo kế hoạch, mục tiêu đến năm 2030 là 80% ruộng muối trải bạt.\nNgoài ra, 90% ghe có phao."
    found = read(text)
    assert [t.status for t in found] == ["draft", "draft"]
    assert read("Mục tiêu đến năm 2030 là 80% ruộng muối trải bạt.", kind="bài viết về dự thảo")[0].status == "draft"


def test_money_for_the_programme_is_budget_and_earnings_are_targets():
    text = "II. MỤC TIÊU\n- Doanh thu du lịch đạt 900 tỷ đồng.\nIII. KINH PHÍ\nTổng kinh phí thực hiện là 120 tỷ đồng."
    assert [(t.status, t.value) for t in read(text)] == [("target", 900), ("budget", 120)]


def test_what_has_been_reached_is_baseline():
    text = "II. MỤC TIÊU\nHiện nay, toàn tỉnh có khoảng 180 bến đò.\n- Đến năm 2030 còn 60 bến đò."
    assert [t.status for t in read(text)] == ["baseline", "target"]


def test_repeated_goals_are_kept_once_at_the_fullest_statement():
    text = (
        "Đến năm 2030, 80% ruộng muối trải bạt\nII. MỤC TIÊU\n- Đến năm 2030, 80% ruộng muối trải bạt nhựa đạt chuẩn."
    )
    (found,) = read(text)
    assert found.citation.start > text.index("MỤC TIÊU")


def test_a_run_together_table_is_read_by_its_numbers():
    rows = " ".join(f"{i} Tỷ lệ hộ dùng nước máy xã số {i} đạt {60 + i}% Sở Xây dựng" for i in range(1, 6))
    text = f"TT Chỉ tiêu Chủ trì {rows} và các đơn vị có liên quan trên địa bàn toàn tỉnh cùng phối hợp thực hiện"
    found = read("CHỈ TIÊU GIAO\n" + text)
    assert [t.value for t in found] == [61, 62, 63, 64, 65]
    assert all(t.review for t in found)


def test_law_needs_words_of_intent():
    law = "\n".join(f"Điều {i}. Quy định chung\n1. Tổ chức có tối thiểu 30% vốn điều lệ." for i in range(1, 9))
    assert read(law) == []
