"""The status of a target: of a draft, money for the programme, or what has been reached already."""

from __future__ import annotations

from assistant.targets.folding import rule
from assistant.targets.target import Status
from corpus.document import Document, Span

__all__ = ["draft_at", "reached", "spending", "status_of"]

_DRAFT = rule(
    r"(?:theo (?:bản )?dự thảo|dự thảo (?:quyết định|nghị quyết|chương trình|kế hoạch|chiến lược|"
    r"đề án|quy hoạch|lần)|lấy ý kiến[^.]{0,60}dự thảo|bản dự thảo|\(dự thảo\))"
)
_FINAL = rule(r"(?:đã |vừa )?(?:ký )?(?:ban hành|phê duyệt|thông qua) (?:quyết định|nghị quyết|kế hoạch) số")
_MONEY = rule(
    r"(?:kinh phí|tổng mức đầu tư|tổng vốn|nguồn vốn|nhu cầu vốn|vốn|ngân sách|dự toán|nguồn lực tài chính|"
    r"tổng đầu tư|nguồn lực thực hiện|mức đầu tư|được đầu tư|xã hội hóa|chi phí đầu tư|nguồn thu hợp pháp|"
    r"nguồn lực)"
)
_EARNED = rule(
    r"(?:doanh thu|doanh số|kim ngạch|xuất khẩu|thu ngân sách|thu nhập|giá trị|năng suất|quy mô|"
    r"gdp|grdp|tăng trưởng|thu hút|vốn fdi|đầu tư nước ngoài|vốn hóa|vốn điều lệ|tổng thu|"
    r"thị phần|kinh phí chi cho|chi cho|tỷ trọng|tỷ lệ|huy động|giải ngân)"
)
_SO_FAR = rule(
    r"(?<!\w)(?:(?<!thực )(?<!phát )(?<!thể )(?<!xuất )(?<!biểu )(?<!tái )(?:hiện nay|hiện tại|"
    r"hiện có|hiện đang|hiện đã|hiện mới|hiện cả nước|hiện toàn (?:tỉnh|quốc))|đến nay|tới nay|"
    r"cho đến nay|tính đến (?:hết |cuối )?(?:năm|tháng|ngày)|trong thời gian qua|thời gian qua|"
    r"những năm qua|vừa qua|đã đạt(?: được)?|đã có|đã hoàn thành|"
    r"đã giảm|đã tăng|đã được đầu tư|kết quả đạt được|kết quả thực hiện)(?!\w)"
)
_AIMS = rule(r"(?:phấn đấu|mục tiêu|chỉ tiêu|hướng tới|sẽ|cần|phải)")
_FROM = rule(r"(?:từ|từ mức)\s(?:khoảng\s|trên\s|dưới\s|gần\s|hơn\s)?$")
_TO = rule(r"[^,;.]{0,60}?(?<!trở )(?:xuống|lên|còn)(?!\w)")
_FAR = 500


def draft_at(document: Document, text: str) -> Span | None:
    """Where the folded `text` says that the whole document speaks of a draft, None where it does not.

    A document that its metadata calls a draft is one too; the span is then empty, at the start.
    """
    head = text[:2500]
    said = _DRAFT.search(head)
    if said and not document.number and not _FINAL.search(head[:1200]):
        return Span(start=said.start(), end=said.end())
    named = "dự thảo" in (document.kind or "").lower()
    return Span(start=said.start() if said else 0, end=said.end() if said else 0) if named else None


def spending(text: str, start: int, figure_start: int, heading: bool) -> bool:
    """Whether a sum of money at `figure_start` pays for the programme rather than being earned by it."""
    before = text[max(start, figure_start - _FAR) : figure_start]
    if _EARNED.search(before):
        return bool(heading and _MONEY.search(before))
    return heading or bool(_MONEY.search(before))


def reached(text: str, start: int, digits: int, end: int) -> bool:
    """Whether the figure tells what has been reached already ("hiện có 22 trạm", "giảm từ 23 ca xuống ...")."""
    before = text[max(start, digits - _FAR) : digits]
    if _FROM.search(before) and _TO.match(text, end):
        return True
    said = list(_SO_FAR.finditer(before))
    return bool(said) and not _AIMS.search(before, said[-1].end())


def status_of(*, draft: bool, budget: bool, baseline: bool) -> Status:
    """One status from the three questions; what is reached or paid stays so in a draft too."""
    if baseline:
        return "baseline"
    if budget:
        return "budget"
    return "draft" if draft else "target"
