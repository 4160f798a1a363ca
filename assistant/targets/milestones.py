"""Milestones: states that are reached or not (hoàn thành ..., chấm dứt ..., thí điểm ...), read only in goals."""

from __future__ import annotations

from assistant.targets.figure import Figure
from assistant.targets.folding import alternation, listed, rule

__all__ = ["milestone"]

STATES = listed(
    """
    hoàn thành | cơ bản hoàn thành | hoàn thành xây dựng | thí điểm | chấm dứt | xóa bỏ | phổ cập | ra khỏi danh sách |
    thoát khỏi danh sách | trở thành | loại trừ | thanh toán bệnh | loại bỏ hoàn toàn | không để | thành lập |
    đưa vào vận hành | đưa vào hoạt động | đưa vào khai thác | đưa vào sử dụng
    """
)
_STATE = rule(
    rf"^\W*(?:(?:đến|vào|trước|tới|hết|cuối|trong)(?: hết| cuối)? (?:năm )?\d{{4}},? )?(?:(?:phấn đấu|"
    rf"cơ bản|bảo đảm|đảm bảo|và|sẽ|đồng thời|việt nam|tiếp tục|từng bước)\s)*(?P<state>{alternation(STATES)})(?!\w)"
)
_VAGUE = rule(r"từng bước")


def milestone(text: str, start: int, end: int) -> Figure | None:
    """The milestone that the clause `[start:end]` of the folded text states, None when it states none."""
    m = _STATE.match(text[start:end])
    if not m or _VAGUE.search(m.group()) or end - start < 20:
        return None
    at = start + m.start("state")
    return Figure(
        at, at, start + m.end("state"), "state", None, None, None, qualitative=m.group("state").removeprefix("cơ bản ")
    )
