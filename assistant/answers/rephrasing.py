"""Ways to go on that change how the same is asked: by the month, of the draft, of so many of them."""

from __future__ import annotations

import re

from assistant.answers.figures import figures
from assistant.answers.little import little
from assistant.answers.normalise import is_bare, tokens
from assistant.answers.referring import said
from assistant.answers.substituting import lower, upper

__all__ = ["YEARS", "as_much", "at_present", "by_period", "counted_noun", "in_percent", "of_version", "other_year"]

_PERIOD = r"giờ|ngày|tuần|tháng|quý|năm"
_BY = re.compile(
    rf"^\s*(?:(?:thế|vậy|còn|và)\s+)*(?:nếu\s+)?(?:(?:tính|quy|chia)\s+)?(?:theo|ra|cho)\s+(?:từng\s+|mỗi\s+|một\s+)?"
    rf"(?P<period>{_PERIOD})(?:\s+(?:thì|là|được|khoảng|còn|mất|phải|trả|bao|nhiêu|mấy|phần|trăm|sao|thế|nào|vậy|ạ|nhỉ))*"
    r"[\s?]*$",
    re.IGNORECASE,
)
_ASKED_BY = re.compile(rf"^Tính theo (?:{_PERIOD}), ")
_EACH = re.compile(rf"(?<!\w)(?:một|mỗi|hằng|hàng|1)\s+(?:{_PERIOD})(?!\w)|/\s?(?:{_PERIOD})(?!\w)", re.IGNORECASE)
_VERSION = re.compile(
    r"(?<!\w)(?:dự thảo|chính thức|du thao|chinh thuc"
    r"|(?:lúc|khi|bản|hồi)\s+(?:còn\s+|đang\s+|đưa ra\s+)?lấy ý kiến)(?!\w)",
    re.IGNORECASE,
)
_OF_VERSION = little(
    "bản trước đó đây lúc đầu ban hồi còn thế thì vậy trong ở theo của đề xuất đưa ra ghi nêu đặt dự kiến quy định sao "
    "con số tỷ lệ mức chỉ tiêu mục là bao nhiêu mấy phần trăm như nào có gì khi đang được lại sau này cuối cùng văn ạ "
    "nhỉ"
)
_SO_MANY_OF = re.compile(
    r"(?<!\w)(?P<many>bao nhiêu|mấy)\s+(?:em|cháu|bạn|đứa|chiếc|cái)(?=\s*[?.,]|\s+(?:thì|vậy|ạ|nhỉ|thế)|\s*$)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?<!\w)(?:bao nhiêu|mấy)\s+(?P<noun>[^\W\d_]+(?:\s[^\W\d_]+)?)", re.IGNORECASE)
_NO_NOUN = little("một mỗi trong cho được thì là ở để tại của có và với từ đến phải")


def by_period(question: str, before: str) -> str:
    """`before` asked by the month, the day or the year where `question` asks no more than that, else ""."""
    found, whole = _BY.match(question), _ASKED_BY.sub("", before.rstrip("?. "))
    if found is None:
        return ""
    return f"Tính theo {found.group('period').lower()}, {lower(_EACH.sub('', whole).strip())}?"


def other_year(question: str, before: str) -> str:
    """`before` asked for the year that `question` tells by its distance ("năm sau", "5 năm nữa"), "" where it names
    no single year or more is asked.
    """
    found, named = _AFTER.match(question), _YEAR.findall(before)
    if found is None or len(named) != 1:
        return ""
    count = found.group("count")
    years = 1 if count is None else int(count) if count.isdigit() else _NUMBERS[count.lower()]
    year = int(named[0]) + (-years if found.group("back") else years)
    return _YEAR.sub(str(year), before.rstrip("?. "), count=1) + "?"


_COUNTS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_NUMBERS = {word: n for n, word in enumerate(_COUNTS, 1)}
_AFTER = re.compile(
    rf"^\s*(?:(?:thế|vậy|còn|và)\s+)*(?:(?P<count>\d|10|{'|'.join(_NUMBERS)})\s+)?năm\s+"
    r"(?:(?P<back>trước|ngoái|trước đó|liền trước)|sau|tới|nữa|kế tiếp|tiếp theo|sau đó|liền sau)"
    r"(?:\s+(?:thì|là|được|sao|thế|nào|bao|nhiêu|mấy|phần|trăm|vậy|ạ|nhỉ))*[\s?]*$",
    re.IGNORECASE,
)
"""A year told by its distance from the one asked about."""
_YEAR = re.compile(r"(?<!\d)(?<![-–/])(?:19|20)\d\d(?!\d)(?!\s*[-–/])")


def of_version(question: str) -> str:
    """The version whose figure is asked for, "dự thảo" or "chính thức", where `question` asks nothing else, else ""."""
    found = _VERSION.search(question)
    if found is None:
        return ""
    rest = tokens(_VERSION.sub(" ", question))
    if not all(_OF_VERSION.holds(w, is_bare(question)) for w in rest):
        return ""
    return "chính thức" if found.group().lower() in ("chính thức", "chinh thuc") else "dự thảo"


def counted_noun(question: str, before: str) -> str:
    """`question` with what `before` counts in the place of a word that stands for it: "mấy em" for so many pupils."""
    found = _COUNTED.search(before)
    if found is None:
        return question
    words = found.group("noun").split()
    noun = " ".join(words[:1] if len(words) > 1 and _NO_NOUN.holds(tokens(words[1])[0]) else words)
    return _SO_MANY_OF.sub(rf"\g<many> {noun}", question, count=1)


def _is_share(told: str) -> bool:
    """Whether the answer before gave one share."""
    found = figures(said(told))
    return len(found) == 1 and found[0].percent


def in_percent(question: str, told: str) -> str:
    """`question` asking for a share where the answer before gave one: "bao nhiêu trường" was answered with "90%"."""
    if not _is_share(told):
        return question
    return _SO_MANY.sub(r"\g<0> phần trăm", question, count=1)


_SO_MANY = re.compile(
    r"(?<!\w)bao nhiêu(?=\s[^\W\d_])(?!\s(?:phần|tiền|đồng|tuổi|năm|tháng|ngày|giờ|tỷ|triệu|nghìn|lần|là|thì|và|theo))",
    re.IGNORECASE,
)


def as_much(question: str, noun: str, before: str, told: str) -> str:
    """The `noun` of `question` asked for as much as `before` asks, "" where `before` asks for no figure or `noun` is a
    part of what it asks about. `told` is the answer before: a share is asked for after a share.
    """
    asked = _SO_MUCH.search(before)
    if asked is None or _WITHIN.search(question) or _PREDICATE.match(noun):
        return ""
    text = in_percent(f"{upper(noun)} {asked.group().lower()}?", told)
    share = _SHARES.match(noun) or (_is_share(told) and not _AMOUNTS.match(noun))
    return f"{text[:-1]} phần trăm?" if share and text.endswith("bao nhiêu?") else text


_SO_MUCH = re.compile(r"(?<!\w)bao nhiêu(?:\s(?:phần trăm|tiền|đồng|tỷ đồng|triệu đồng))?(?!\w)", re.IGNORECASE)
_SHARES = re.compile(r"(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tốc độ tăng|mức tăng trưởng)(?!\w)", re.IGNORECASE)
_AMOUNTS = re.compile(r"(?:số lượng|tổng số|kinh phí|diện tích|doanh thu|sản lượng|công suất)(?!\w)", re.IGNORECASE)
"""Nouns of shares, and of what is none."""
_WITHIN = re.compile(
    r"^\s*(?:(?:thế|còn|vậy|và|the|con|vay)\s+)*(?:riêng|ở|tại|đối với|với|trong|rieng|tai|doi voi|voi)\s"
    r"|^\s*(?:(?:thế|còn|vậy|và)\s+)*(?:cấp|huyện|xã|phường|tỉnh|thành phố|quận|vùng|khu vực|miền|nơi)\s",
    re.IGNORECASE,
)
"""How a part opens of what was asked about: it is asked for the same."""
_PREDICATE = re.compile(
    r"(?:(?:tỷ lệ|số|mức|số lượng)\s+)?(?:được|bị|có|đã|đang|phải|không|chưa|biết|cần)\s", re.IGNORECASE
)
"""How a phrase opens that says something else of what was asked about."""


def at_present(before: str) -> str:
    """The question `before` for a goal, asked of what is."""
    whole = re.sub(r"\s+", " ", _GOAL.sub("", YEARS.sub(" ", before))).strip(" ,?.")
    return f"Hiện nay, {lower(whole)}?"


_GOAL = re.compile(
    r"(?<!\w)(?:phấn đấu|đặt mục tiêu|đặt ra|đề ra|hướng tới|dự kiến|sẽ|phan dau|dat muc tieu|dat ra|de ra|huong toi"
    r"|du kien|se)(?!\w)\s*",
    re.IGNORECASE,
)
"""What makes a question one for a goal."""
YEARS = re.compile(
    r"(?:đến |vào |trong |tới |cuối |hết )*(?:năm |giai đoạn )?\b(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?",
    re.IGNORECASE,
)
