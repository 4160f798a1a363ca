"""What looks like a figure but is not a target: names, levels, ages, dates, rates, counts of the text's own parts."""

from __future__ import annotations

from assistant.targets.folding import alternation, listed, rule
from assistant.targets.units import Unit

__all__ = ["named_number", "not_a_target", "threshold"]

NUMBERED = listed(
    """
    mức độ | cấp độ | cấp | lớp | nhóm | loại | hạng | bậc | khối | đợt | kỳ | khóa | quý | tháng | ngày | tuần | điều |
    khoản | điểm | mục | tiểu mục | chương | phần | phụ lục | bảng | biểu | mẫu | hình | số | lần thứ | thứ |
    giai đoạn | bước | vùng | tổ máy | quốc lộ | đường | tỉnh lộ | điện thoại | fax | hotline | chỉ tiêu | mục tiêu |
    tiêu chí | nhiệm vụ | dự án | tiểu dự án | nội dung | thành phần | trang | tập | nghị quyết | quyết định |
    thông tư | nghị định | kế hoạch | chỉ thị | công văn | luật | tcvn | qcvn | iso | iec | covid | f | euro | version |
    phiên bản | tổ | đội | ca | lô | lúc | hồi | euro | chiến lược | đại hội | tuyến số | tuyến | cảng số
    """
)
OWN_PARTS = listed(
    """
    mục tiêu | nội dung | nhiệm vụ | giải pháp | quan điểm | nhóm | lĩnh vực | nguyên tắc | chương | điều | khoản |
    phụ lục | trang | bước | trụ cột | đột phá | chỉ tiêu | tiêu chí | thành phần | phần | mục | yêu cầu | ý | vấn đề |
    lý do | nguyên nhân | yếu tố | phương án | trường hợp | loại hình | hình thức
    """
)
_NAMED = rule(rf"(?<!\w){alternation(NUMBERED)}\s(?:số\s|thứ\s)?$")
_COUNTED_ANYWAY = rule(r"(?:tổng số|số lượng|thêm|được|đạt)\s$")
_INTEREST = rule(r"(?:lãi suất|lãi vay|phí suất|thuế suất|mức thuế|tỷ giá|lãi|chiết khấu|thuế)[^;.]{0,160}$")
_ASSUMED = rule(
    r"(?:với (?:giả định|giả thiết|điều kiện|kịch bản|mức tăng trưởng|tốc độ tăng trưởng|mức tăng|"
    r"tốc độ tăng)(?: (?:gdp|kinh tế|grdp|tổng sản phẩm))?|giả định|dự báo)[^;.]{0,120}$"
)
_CONDITION = rule(
    r"\W*(?:đối với|trường hợp|nếu|khi(?! đó)|trong trường hợp|căn cứ|điều kiện|ngoại trừ|"
    r"trừ|kể từ|mức phạt|phạt|mức hỗ trợ|mức chi|mức thu|mức đóng|mức hưởng|định mức|đơn giá)(?!\w)"
)
_SCORED = rule(
    r"(?:cộng|trừ|được|đạt|tối đa|chấm)\s(?:trực tiếp\s)?\d+ điểm(?! du lịch)|thang điểm|điểm chuẩn|"
    r"tặng (?:bằng|giấy) khen|bình xét|xếp loại"
)
_IF = rule(r"(?:^|[:,;(]\s?)(?:nếu|trường hợp|khi có|trong trường hợp)\s[^:;]*$")
_MAY = rule(r"[\d.,]+\s?%\s(?:thì|có thể (?:điều chỉnh|xem xét|được)|được phép)")
_AGE = rule(r"(?:từ|dưới|trên|đủ|đến|tới|độ tuổi|tuổi|quá|và)\s(?:đủ\s|dưới\s)?$")
_GOALED = rule(
    r"(?:đạt|còn|xuống|lên|là|ở mức|duy trì|đến|tăng|giảm|thêm)(?: (?:từ|khoảng|trên|dưới|"
    r"ít nhất|tối thiểu|bình quân|trung bình|mức|còn|xuống|tối đa|không quá))*\s$"
)
_DURATION = rule(r"(?:tuổi thọ|thời gian|thời hạn|số (?:năm|giờ|ngày|tháng|phút)|tuổi|năm sống|kéo dài|rút ngắn|chậm)")
_VOLTAGE = rule(r"[\d.,/-]+\s?(?:kv|kva|v|hz|w|btu)(?!\w)")
_RATED = rule(r"(?:(?<!tăng )tốc độ(?! tăng)|vận tốc|băng thông)[^,;.]{0,50}$")
_SPEED = rule(
    r"(?:(?:với|có)\s(?:tổng\s)?(?:tốc độ|công suất|quy mô|diện tích|chiều dài|chiều cao|dung tích|trọng tải)|"
    r"công suất từ|quy mô từ|cự ly|bán kính|phạm vi|khoảng cách|cấp điện áp|điện áp|dung tích|tải trọng|hạn mức)\s"
    r"(?:từ|trên|tối thiểu|khoảng|đến|là|ít nhất)?\s?$"
)


def named_number(text: str, at: int, unit: Unit) -> bool:
    """Whether the numeral at `at` is a name or a number of something (`mức độ 3`, `Điều 28`), not a quantity."""
    before = text[max(0, at - 24) : at]
    if unit.kind == "percent":
        return False
    if _NAMED.search(before) and not _COUNTED_ANYWAY.search(before):
        return unit.kind not in ("money", "measure") or before.endswith(("điều ", "khoản ", "số "))
    digits = text[at : at + 4]
    year = digits.isdigit() and 1900 <= int(digits) <= 2100 and not text[at + 4 : at + 5].isdigit()
    return year and before.endswith(("năm ", "giai đoạn ", "đến ", "- ")) and unit.kind not in ("money", "measure")


_PARTS = rule(alternation(OWN_PARTS))
_PART_NOUN = rule(rf"\s{alternation(OWN_PARTS)}(?! (?:điện|khoa học|cấp))(?!\w)")


def own_part(text: str, figure_end: int, unit: str | None) -> bool:
    """Whether the count is of the document's own parts ("bốn mục tiêu", "07 nội dung")."""
    return bool(unit and _PARTS.fullmatch(unit)) or bool(unit is None and _PART_NOUN.match(text, figure_end))


def threshold(text: str, start: int, digits: int, kind: str) -> bool:
    """Whether an age, duration or level at `digits` describes the subject rather than the end state."""
    before = text[max(0, start - 60) : start]
    near = text[max(0, digits - 60) : digits]
    if kind == "time":
        return not (_GOALED.search(near) and _DURATION.search(text, max(0, start - 160), start))
    if kind == "measure":
        if _VOLTAGE.match(text, digits) or (_RATED.search(near) and not _GOALED.search(near)):
            return True
        return bool(_SPEED.search(near)) and "đạt" not in near[-12:] and not _GOALED.search(before)
    return False


def not_a_target(text: str, start: int, end: int, digits: int, aimed: bool) -> str | None:
    """The reason why no figure at `digits` of the sentence `[start:end]` can be a target; None when there is none."""
    if not aimed and _CONDITION.match(text, start, end):
        return "điều kiện"
    before = text[max(start, digits - 200) : digits]
    if _SCORED.search(text, start, end):
        return "chấm điểm, khen thưởng"
    if _IF.search(before) or _MAY.match(text, digits):
        return "điều kiện"
    if _INTEREST.search(before):
        return "lãi suất, thuế"
    if _ASSUMED.search(before):
        return "giả định"
    return None
