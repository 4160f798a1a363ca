"""Who must reach a target: the holders named beside the figure, else the territory of the issuing body."""

from __future__ import annotations

from assistant.targets.folding import fold, rule
from corpus.document import Document

__all__ = ["holder", "territory"]

_BODIES = (
    r"(?:bộ|cơ quan|tỉnh|địa phương|thành phố|xã|phường|huyện|thôn|ủy ban|ubnd|sở|ngành|doanh nghiệp|"
    r"đơn vị|tổ chức|trường|cơ sở|bệnh viện|trạm y tế|hợp tác xã|cục|người dân|cấp (?:tỉnh|"
    r"huyện|xã|bộ|trung ương)|ngân hàng)"
)
_FIRST = rule(rf"^(?:tất cả |toàn bộ )?(?:số |các |những )?{_BODIES}(?!\w)")
_OF = rule(
    rf"\s(?:của|tại|ở)\s(?P<who>(?:các |những )?{_BODIES}[^.;:()]{{0,90}}?)(?=\s(?:được|có|"
    rf"cung cấp|sử dụng|thực hiện|triển khai|đạt|là|phải|với|trong|cho|để|qua|trên|về|tại)\s|"
    rf"[.;:(]|,\s(?:được|có|cung)|$)"
)
_END = rule(
    r"\s(?:được|có|cung cấp|sử dụng|thực hiện|triển khai|đạt|phải|ứng dụng|áp dụng|ban hành|"
    r"hoàn thành|tham gia|đáp ứng|đủ|nộp|kết nối|biết|là|hoạt động|xây dựng|bố trí|với)\s"
)
_TERRITORY = rule(
    r"(?:ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd)\s+(?P<place>(?:tỉnh|thành phố|tp\.?|"
    r"huyện|quận|thị xã|xã|phường)\s+[^,.;:\n\d-]{2,30})"
)


def holder(indicator: str) -> str | None:
    """The bodies that the indicator names as those who must reach it, None where it names none."""
    low = fold(indicator)
    if _FIRST.match(low):
        m = _END.search(low)
        return indicator[: m.start() if m else len(indicator)][:200]
    m = _OF.search(low)
    return indicator[m.start("who") : m.end("who")].strip() if m else None


def territory(document: Document) -> str | None:
    """The province, city, district or commune whose committee issued the document."""
    m = _TERRITORY.search(fold(document.issuer or ""))
    return (document.issuer or "")[m.start("place") : m.end("place")].strip() if m else None
