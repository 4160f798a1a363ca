"""The words on both sides of a figure: subject and linking verb before it, noun phrase or tail after it."""

from __future__ import annotations

import re

from assistant.targets.folding import fold, rule
from assistant.targets.time import When
from assistant.targets.trimming import clean, without_times
from assistant.targets.words import CONNECTORS, GOAL_WORDS, HEADS, LINKS

__all__ = ["after_figure", "before_figure", "linked"]

_ADVERBS = (
    r"(?:bình quân|trung bình|khoảng|từ|mức|tỷ lệ|thêm|được|hằng năm|hàng năm|mỗi năm|ít nhất|"
    r"tối thiểu|tối đa|trên|dưới|chỉ|cũng|đều|tổng cộng|tương đương|gấp|là|còn|xuống|lên|đến|"
    r"tới|hơn|gần|ở|quy mô|một|có)"
)
_LINK = rule(
    r"(?:^|(?<=\s)|(?<=[,:(]))(?:(?:sẽ|phải|cần|dự kiến|phấn đấu|có thể)\s)?"
    r"(?<!tốc độ )(?<!mức )(?<!nhịp độ )(?<!đà )"
    rf"(?P<link>{LINKS})(?:\s{_ADVERBS})*\s*$"
)
_LEADING = rule(rf"^(?:\W+|(?:{CONNECTORS}|{GOAL_WORDS})(?!\w)(?!\s(?:tiêu quốc gia|quốc gia về)))+")
_TRAILING = rule(
    r"(?:\W+|(?<!\w)(?:và|sẽ|phải|cần|dự kiến|phấn đấu|đạt|trong đó|với|cũng|đều|khoảng|là|"
    r"từ|đến|tới|vào|trong|đồng thời|còn|để|gấp))+$"
)
_PRELUDE = rule(
    r"(?:^|(?<=[\s,(]))(?:(?<!chương trình )(?:mục tiêu[^.;:]{0,90}?(?:bao gồm việc|bao gồm|"
    r"gồm)|(?:mục tiêu|múc tiêu|chỉ tiêu)(?! quốc gia))|đặt ra yêu cầu|yêu cầu|phấn đấu|hướng tới|"
    r"hướng đến|định hướng)"
    r"(?:\s(?:đặt ra|đề ra|cụ thể|cơ bản|nữa|khác|chung|tổng quát|này|số|phấn đấu|là|\d{1,2}|"
    r"của [^,:;]{3,60}?(?= là)))*(?:\s?[,:](?=\s))?(?!\w)"
)
_ABOUT = rule(
    r"^(?:(?:theo|về|trong lĩnh vực|riêng|với) [^,]{3,120}|[^,]{0,40}(?:kế hoạch|chương trình|"
    r"chiến lược|đề án|nghị quyết|quyết định)(?: này)? (?:đặt|đề|nêu|xác định)[^,]{0,30}),\s*"
)
_HEAD = rule(rf"^(?:các |mọi )?(?:{HEADS})(?!\w)")
_STRONG = rule(
    r",\s(?=(?:bảo đảm |đảm bảo |nâng |đưa |tăng |giảm )?(?:tỷ lệ|tỷ trọng|diện tích|tổng|"
    r"sản lượng|công suất|giá trị|doanh thu|kim ngạch|"
    r"mức|năng suất|thu nhập|tốc độ|quy mô|số lượng|tỷ số|tỷ suất|chỉ số|thời gian|mật độ|"
    r"độ che phủ)\s)"
)
_BOUND = re.compile(r"\s*(?:trở lên|trở xuống|hoặc cao hơn|hoặc thấp hơn)$")
_CLOSING = rule(
    r"(?:,?\s(?:cụ thể|chi tiết|với nội dung)(?: là)?)?\s?(?:như sau|sau đây|trong đó|cụ thể|"
    r"gồm|bao gồm)\W*$"
)
_FUND = rule(
    r"\s(?:với|có)\s(?=(?:tổng (?:kinh phí|vốn|mức|nguồn|số)|kinh phí|nguồn vốn|mức đầu tư|"
    r"số vốn|vốn đầu tư))"
)
_OLD_LEVEL = rule(r"\s(?:tăng|giảm) từ (?:mức )?[\d.,]+[^,;]{0,40}$|\stừ [\d.,]+\s?%?$")
_MEANS = ("trung bình", "bình quân", "có")
_TOPICS = ("về ", "trong ", "đối với ", "tại ", "ở ")


def before_figure(text: str, folded: str, start: int, stop: int, whens: list[When]) -> tuple[str, str | None]:
    """The words before the figure without connectors, goal words and years, and the topic before a colon."""
    topic = None
    colon = folded.rfind(":", start, stop)
    if colon >= 0:
        topic = _without_prelude(clean(without_times(text, start, colon, whens)), topic=True)
        topic = topic if len(topic) >= 4 and not fold(topic).startswith(_TOPICS) else None
        start = colon + 1
    left = clean(without_times(text, start, stop, whens))
    within = fold(left).rfind("trong đó ")
    left = _without_prelude(left[within + 9 :] if within > 0 else left, topic=False)
    low = fold(left)
    announced = low.startswith(_TOPICS) and folded[start:stop].rstrip().endswith(",")
    return "" if announced or low in _MEANS else left.strip(), topic


def _without_prelude(words: str, *, topic: bool) -> str:
    """`words` after what announces the goal ("Kế hoạch đặt mục tiêu đến năm 2030, ..."), or before it at the end."""
    low = fold(words)
    preludes = list(_PRELUDE.finditer(low))
    if preludes:
        last = preludes[-1]
        trails = not topic and len(low[last.end() :].split()) < 2 and last.start() > 20
        words = words[: last.start()].rstrip(" ,") if trails else words[last.end() :]
    while (m := _LEADING.match(low := fold(words)) or (None if topic else _ABOUT.match(low))) and m.end():
        words = words[m.end() :]
    return words


def linked(left: str) -> tuple[str, str]:
    """The linking verb at the end of the words before a figure ("" for none) and the subject before it."""
    low = fold(left)
    if not _HEAD.match(low) and (cut := _STRONG.search(low)):
        left, low = left[cut.end() :], low[cut.end() :]
    if fund := _FUND.search(low):
        left, low = left[fund.end() :], low[fund.end() :]
    m = _LINK.search(low)
    subject = left[: m.start()].rstrip(" ,;:(") if m else left
    if old := _OLD_LEVEL.search(fold(subject)):
        subject = subject[: old.start()]
    edge = _TRAILING.search(fold(subject))
    return m.group("link") if m else "", subject[: edge.start()] if edge else subject


def after_figure(text: str, folded: str, start: int, end: int, whens: list[When]) -> tuple[str, int]:
    """The words after a figure and where they end: before a closing year, an unmatched bracket, punctuation."""
    stop = end
    for when in reversed(whens):
        if start <= when.start < stop and not folded[when.end : stop].strip(" ,.;:)"):
            stop = when.start
    close = folded.find(")", start, stop)
    if close >= 0 and folded.count("(", start, close) == 0:
        stop = close
    if m := _CLOSING.search(folded, start, stop):
        stop = m.start()
    while stop > start and folded[stop - 1] in " ,.;:-–(":
        stop -= 1
    stop = max(start, stop)
    return _BOUND.sub("", clean(without_times(text, start, stop, whens))), stop
