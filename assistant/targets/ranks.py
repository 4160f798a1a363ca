"""Rank goals: `thuộc nhóm 50 nước dẫn đầu` is rank <= 50, `ra khỏi danh sách 20 quốc gia` rank > 20."""

from __future__ import annotations

from assistant.targets.figure import Figure
from assistant.targets.folding import rule
from assistant.targets.numerals import number
from assistant.targets.target import Comparator

__all__ = ["ranks"]

_PLACES = (
    r"(?:nước|quốc gia|nền kinh tế|tỉnh|tỉnh, thành phố|tỉnh, thành|thành phố|địa phương|trường|"
    r"đại học|bộ|bộ, ngành|đơn vị|thành viên|vùng|đô thị|cảng|sân bay|doanh nghiệp|thị trường|"
    r"trung tâm|nhà|điểm đến|cơ sở)"
)
_BEST = (
    r"(?:dẫn đầu|đứng đầu|hàng đầu|cao nhất|tốt nhất|mạnh nhất|lớn nhất|đi đầu|tiên tiến nhất|"
    r"phát triển nhất|có (?:chỉ số|thứ hạng|xếp hạng|tỷ lệ|mức|năng lực|chất lượng|trình độ)[^,;.]{0,60}(?:cao|"
    r"tốt|nhất|đầu))"
)
_GROUP = rule(
    rf"(?:nhóm|top|tốp|số|danh sách|hàng)\s(?:các\s)?(?P<n>\d{{1,3}})(?:\s{_PLACES})?(?:\s(?:trên |"
    rf"có )?[^,;.]{{0,60}}?{_BEST})?(?!\w)"
)
_AMONG = rule(
    rf"(?:trong|thuộc|vào|nằm trong|là một trong|một trong)\s(?:số\s)?"
    rf"(?P<n>\d{{1,3}})\s{_PLACES}\s[^,;.]{{0,80}}?{_BEST}"
)
_PLACE = rule(
    r"(?:(?:đứng|đạt thứ|xếp|xếp hạng|xếp vị trí|vị trí|hạng|thứ hạng|ở vị trí)\s(?:thứ\s|"
    r"đạt thứ\s|ở vị trí thứ\s|khoảng\s|trong khoảng\s)?|thứ bậc\s)(?P<n>\d{1,3})(?:\s?(?:-|"
    r"đến)\s?(?P<m>\d{1,3}))?(?!\s?(?:%|trên \d))(?![\w.,]\d)"
)
_OUT = rule(
    r"(?:ra khỏi|thoát\W? khỏi|rời khỏi|thoát\W? ra khỏi)[^,;.]{0,30}(?:danh sách|top|nhóm|"
    r"tốp)\s(?:các\s)?(?P<n>\d{1,3})"
)
_BELONGS = rule(r"(?:thuộc|vào|trong|nằm|lọt|đứng|top|tốp|đạt|nhóm|hàng|gia nhập|trở thành|duy trì)[^,;.]{0,30}$")
_PEOPLE = rule(r"(?:nhóm|số)\s\d+\s(?:người|hộ|dịch vụ|sản phẩm|nhiệm vụ|giải pháp|mục tiêu)")


def ranks(text: str, start: int, end: int) -> list[Figure]:
    """The rank goals of the folded `text[start:end]`."""
    found: list[Figure] = []
    for m in _OUT.finditer(text, start, end):
        found.append(
            Figure(
                m.start(),
                m.start("n"),
                m.end(),
                "rank",
                number(m.group("n")),
                None,
                "thứ hạng",
                ">",
                True,
                "ra khỏi danh sách",
            )
        )
    for pattern in (_GROUP, _AMONG, _PLACE):
        for m in pattern.finditer(text, start, end):
            if any(f.start < m.end() and m.start() < f.end for f in found) or _PEOPLE.match(text, m.start()):
                continue
            if pattern is _GROUP and not _grouped(text, start, m.start(), m.group()):
                continue
            high = m.groupdict().get("m")
            value, value_max = number(m.group("n")), number(high) if high else None
            bound: Comparator = "=" if high else "<="
            found.append(Figure(m.start(), m.start("n"), m.end(), "rank", value, value_max, "thứ hạng", bound, True))
    return found


def _grouped(text: str, start: int, at: int, words: str) -> bool:
    if words.startswith(("top", "tốp")):
        return True
    if words.startswith("số"):
        return False
    return bool(_BELONGS.search(text, max(start, at - 45), at))
