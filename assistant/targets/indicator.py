"""The wording of an indicator: what is measured, self-contained, from the parts of a statement.

`of_noun` words a figure that leads its noun phrase ("80% hồ sơ được nộp qua mạng"), `of_subject` one that closes the
statement ("tỷ lệ hồ sơ nộp qua mạng đạt 80%"), `of_rank` a place among others.
"""

from __future__ import annotations

import re

from assistant.targets.figure import Figure
from assistant.targets.folding import fold, rule
from assistant.targets.trimming import clean
from assistant.targets.words import HEADS, PREDICATES

__all__ = [
    "SHARES",
    "TRANSITIVE",
    "VERB_PHRASE",
    "head_of",
    "of_bracketed_share",
    "of_noun",
    "of_rank",
    "of_subject",
    "only_levels",
    "without_growth",
]

SHARES = ("chiếm", "chỉ chiếm", "đóng góp", "sẽ chiếm")
"""Linking verbs that state a share of something."""

_FALLS = ("giảm", "cắt giảm", "kéo giảm")
_OBJECT = rule(r"(?:\s|^)(?:cho|để|tới|đến|trên|với|tại|ở|đối với|khoảng|từ|có|về)\s*$")
VERB_PHRASE = rule(
    r"^(?:hỗ trợ|xây dựng|hình thành|phát triển|thành lập|đào tạo|bồi dưỡng|thu hút|cung cấp|"
    r"triển khai|duy trì|đầu tư|tạo|giải quyết|tổ chức|thực hiện|trồng|lắp đặt|sản xuất|nghiên cứu|"
    r"cấp|đưa|kết nối|số hóa|hoàn thành|bảo đảm|đảm bảo|thí điểm|mở|ban hành|"
    r"công nhận|xử lý|sửa chữa|nâng cấp|cải tạo|bố trí|tuyển|phục hồi|bảo vệ|tiếp nhận|khám|"
    r"điều trị|tiêm|kiểm tra|xuất khẩu|nhập khẩu|đáp ứng|áp dụng|chuyển đổi|ứng dụng|lựa chọn|"
    r"công bố|đón|phục vụ|thay thế|trợ giúp|quy hoạch|đăng ký|sử dụng|trang bị|khai thác|huy động|"
    r"giao|di dời|bổ sung|tập huấn|phổ cập|sở hữu|tăng cường)"
)
_CUT = rule(r"\s(?:tại|ở|đối với|của|trong|cho|vào)\s|[,(]")
_PREDICATE = rule(rf"(?<=\s)(?<!người )(?<!trực )(?<!đội ngũ )(?:{PREDICATES})(?=\s|$)")
_MEASURED = rule(r"^(?:tốc độ|mức|tỷ lệ|tỷ trọng|tăng trưởng|nhịp độ)")
_GROWN = rule(r"^(?:tốc độ|mức tăng|mức giảm|tăng trưởng|nhịp độ)")
TRANSITIVE = rule(
    r"\s(?:đáp ứng|cung cấp|phục vụ|bao phủ|thay thế|khai thác|tiết kiệm|tiếp cận|làm chủ|chiếm lĩnh|tự chủ)(?: được)?$"
)
_GROWTH = rule(
    r"^(?:tốc độ tăng trưởng|tốc độ tăng|tăng trưởng|mức tăng)(?: (?:bình quân|trung bình|"
    r"hằng năm|hàng năm))*(?: của)? ",
    re.IGNORECASE,
)
_RANKED = rule(r"(?:xếp hạng|thứ hạng|vị trí|chỉ số|trình độ|năng lực|mức|hạng)")
_HEAD = rule(rf"(?:{HEADS})(?!\w)")
_SCALE = rule(r"^\s?(?:nghìn tỷ|nghìn|ngàn|vạn|triệu|tỷ)\s")


def only_levels(link: str) -> bool:
    """Whether the linking verb only states the level ("đạt", "còn"), and adds nothing to the indicator."""
    moves = link.startswith((*_FALLS, *SHARES, "tăng", "thu hút"))
    return not moves or link.startswith(("giảm xuống", "giảm còn", "tăng lên"))


def of_noun(noun: str, doing: str, figure: Figure) -> str:
    """The indicator of a figure that counts `noun`, with what is done to it ("hỗ trợ xây dựng")."""
    noun = _SCALE.sub("", noun) if figure.kind in ("count", "thing") else noun
    doing = doing.strip()
    low = fold(doing)
    if not doing:
        return noun
    if low.startswith(_FALLS):
        return f"mức giảm {noun}"
    if low.startswith("tăng"):
        return f"mức tăng {noun}"
    if TRANSITIVE.search(low):
        return f"{doing} {noun}"
    if low.endswith(" có"):
        return clean(f"{noun} {doing[:-3]}") if low.startswith("mỗi ") else noun
    doing = _OBJECT.sub("", doing).removesuffix(" được").strip()
    if not doing or (_PREDICATE.search(fold(noun)) and figure.kind not in ("count", "thing")):
        return noun
    if VERB_PHRASE.match(fold(doing)):
        return f"{noun} được {doing[0].lower() + doing[1:]}"
    return noun if len(doing) < 3 else clean(f"{doing} {noun}")


def of_subject(subject: str, link: str, tail: str, figure: Figure) -> str:
    """The indicator of a figure that closes a statement about `subject`; the verb tells growth and shares."""
    subject = subject.strip()
    low = fold(subject)
    measured = bool(_MEASURED.match(low))
    if link.startswith(SHARES) and not measured:
        joint = "" if fold(tail).startswith(("so với", "trong", "trên", "vào")) or not tail else "trong "
        return clean(f"tỷ trọng {subject} {joint}{tail}")
    tail = _tail(tail, figure)
    yearly = figure.unit == "%/năm"
    if not subject and link.startswith("tăng"):
        return clean(f"{'tốc độ tăng trưởng' if yearly or link == 'tăng trưởng' else 'mức tăng'} {tail}")
    if only_levels(link) or not subject or _GROWN.match(low):
        return clean(f"{subject} {tail}")
    if link.startswith(_FALLS):
        return clean(f"mức giảm {subject} {tail}")
    if link.startswith("tăng") and (not measured or yearly):
        return clean(f"{'tốc độ tăng' if yearly else 'mức tăng'} {subject} {tail}")
    return clean(f"{subject} {tail}")


def of_bracketed_share(subject: str, whole: str) -> str:
    """The indicator of a share in brackets after an amount ("21.880 MW (14,5% tổng công suất)")."""
    if _MEASURED.match(fold(subject)):
        return subject
    return clean(f"tỷ trọng {subject} trong {whole}" if whole else f"tỷ trọng {subject}")


def of_rank(subject: str, tail: str) -> str:
    """The indicator of a rank goal: whose rank, and in what."""
    if _RANKED.match(fold(subject)):
        return clean(f"{subject} {tail}")
    if not subject or _HEAD.match(fold(subject)):
        return clean(f"xếp hạng {subject} {tail}")
    return clean(f"xếp hạng của {subject} {tail}")


def head_of(indicator: str) -> str:
    """The head noun of an indicator, without the place or holder ("hồ sơ công việc" of "... tại cấp tỉnh")."""
    m = _CUT.search(fold(indicator))
    return indicator[: m.start()] if m else indicator


def without_growth(subject: str) -> str:
    """What grows, of a growth rate: a share that follows belongs to the thing, not to its rate."""
    return _GROWTH.sub("", subject, count=1) if _GROWTH.match(fold(subject)) else subject


def _tail(tail: str, figure: Figure) -> str:
    unit = (figure.unit or "").lower()
    repeats = figure.kind == "ratio" or (unit.startswith("% ") and fold(tail).startswith(unit[2:]))
    return "" if repeats or len(tail) >= 90 else tail
