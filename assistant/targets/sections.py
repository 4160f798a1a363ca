"""Which parts of a document hold targets, and what a heading hands down: deadline, period, topic, kind of section."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.targets.folding import rule
from assistant.targets.outline import Block
from assistant.targets.time import When, times

__all__ = ["Heading", "Outline", "is_heading"]

GOALS = rule(
    r"(?<!\w)(?:(?<!chương trình )mục tiêu|múc tiêu|chỉ tiêu|mục đích cụ thể|tầm nhìn|phấn đấu|"
    r"kết quả cần đạt|kết quả dự kiến|định hướng (?:đến|tới|phát triển|năm)|kịch bản|phương án phát triển|"
    r"quy mô|đầu ra|sản phẩm chủ yếu|chỉ số(?: đánh giá)?|cơ cấu nguồn điện|đến năm \d{4}|giai đoạn \d{4})(?!\w)"
)
TASKS = rule(
    r"(?<!\w)(?:nhiệm vụ|giải pháp|tổ chức thực hiện|phân công|trách nhiệm|nội dung thực hiện|"
    r"nội dung hoạt động|chế độ báo cáo|hiệu lực|điều khoản thi hành|"
    r"giám sát|kiểm tra|tiến độ thực hiện|cơ chế|chính sách)(?!\w)"
)
VIEWS = rule(
    r"(?<!\w)(?:quan điểm|mục đích|yêu cầu|nguyên tắc|phạm vi|đối tượng|căn cứ|sự cần thiết|"
    r"định nghĩa|giải thích từ ngữ|khái niệm|bối cảnh)(?!\w)"
)
SITUATION = rule(
    r"(?<!\w)(?:thực trạng|hiện trạng|tình hình|kết quả đạt được|kết quả thực hiện|đánh giá (?:kết quả|"
    r"tình hình|chung|thực hiện)|tồn tại|hạn chế)(?!\w)"
)
MONEY = rule(
    r"(?<!\w)(?:kinh phí|nguồn vốn|vốn|nguồn lực tài chính|tổng mức đầu tư|tổng kinh phí|dự toán|nhu cầu vốn)(?!\w)"
)
_GENERAL = rule(r"(?<!\w)(?:mục tiêu (?:tổng quát|chung))(?!\w)")
_RESULTS = rule(r"(?<!\w)(?:nhằm|để) (?:đạt|thực hiện|hiện thực)[^.]{0,40}mục tiêu")
_RANK = {
    "part": 0, "annex": 0, "chapter": 1, "article": 2, "letter": 3, "roman": 4, "number": 5, "second": 6,
    "deep": 7, "bracket": 8, "point": 8, "small": 9, "": 10, "dash": 11, "plus": 12, "bullet": 12,
}  # fmt: skip
_ITEMS = ("point", "bracket", "small", "dash", "plus", "bullet")
_TURNS = rule(
    r"(?:các |một số |những )?(?:mục tiêu|chỉ tiêu|nhiệm vụ|giải pháp|tổ chức thực hiện|kinh phí|"
    r"vốn|nguồn vốn|tổng|nhu cầu)"
)
_STATED = rule(
    r"(?:đạt|tối thiểu|ít nhất|trên|khoảng|không quá|dưới|có|đón|thu hút|còn|tăng|giảm) (?:từ )?(?!20\d\d)\d[\d.,]*"
    r"(?:\s?-\s?[\d.,]+)? (?!năm|tháng|ngày)[^\W\d]|gấp (?:đôi|\d)|(?:nhóm|top) \d+ |\d (?:tỷ|triệu|nghìn) "
)
_FIGURE = re.compile(r"\d\s?%")
_LEADING = rule(r"^(?:đến|tới|trước|hết|vào|năm|giai đoạn|thời kỳ|trong năm|từ năm|từ nay)\b")


@dataclass(frozen=True, slots=True)
class Heading:
    """A paragraph that the following ones stand under, and what it says of them."""

    block: Block
    rank: float
    kind: str | None
    when: When | None


class Outline:
    """The headings above the current paragraph, kept as a stack while a document is read once."""

    def __init__(self, text: str, folded: str) -> None:
        self._text = text
        self._folded = folded
        self._stack: list[Heading] = []

    def enter(self, block: Block) -> None:
        """Moves to `block`: headings that it does not stand under are left."""
        self._leave(block.level, _RANK[block.level])

    def open(self, block: Block) -> Heading:
        """Makes `block` a heading over the paragraphs that follow; returns what it hands down."""
        rank = self._lead_rank(block) if block.level == "" else _RANK[block.level]
        self._leave(block.level, rank)
        kind = self._kind(block)
        if self.kind() == "goal" and block.level in _ITEMS and not _TURNS.match(self._folded, block.body):
            kind = None
        heading = Heading(block, rank, kind, self._when(block))
        self._stack.append(heading)
        return heading

    def _lead_rank(self, block: Block) -> float:
        """A lead-in stands right under the last marked heading, over every list item that follows it."""
        if not self._folded[block.body : block.end].rstrip().endswith(":"):
            return 9
        marked = [h.rank for h in self._stack if h.block.level and h.block.level not in ("dash", "plus", "bullet")]
        return max(marked, default=4) + 0.5

    def _leave(self, level: str, rank: float) -> None:
        """Drops the headings that a paragraph of this level does not stand under."""
        same = [i for i, h in enumerate(self._stack) if level and h.block.level == level]
        if same:
            del self._stack[same[0] :]
            return
        sibling = {"letter": "roman", "roman": "letter"}.get(level)
        while self._stack and self._stack[-1].rank >= rank and self._stack[-1].block.level != sibling:
            self._stack.pop()

    @property
    def headings(self) -> list[Heading]:
        """The headings above, the widest first."""
        return self._stack

    def kind(self) -> str | None:
        """The kind of the section: goal, task, view, situation, money, or None where no heading says."""
        for heading in reversed(self._stack):
            if heading.kind:
                return heading.kind
        return None

    def when(self) -> When | None:
        """The deadline or period of the nearest heading that has one."""
        for heading in reversed(self._stack):
            if heading.when:
                return heading.when
        return None

    def label(self) -> str | None:
        """The headings above as one line, None without any."""
        names = [" ".join(self._text[h.block.start : h.block.end].split())[:160].rstrip(":;. ") for h in self._stack]
        return " > ".join(names) if names else None

    def _kind(self, block: Block) -> str | None:
        words = self._folded[block.body : min(block.end, block.body + 260)]
        if SITUATION.search(words[:120]):
            return "situation"
        if MONEY.search(words[:60]) and not GOALS.search(words[:20]):
            return "money"
        goal, task, view = GOALS.search(words), TASKS.search(words), VIEWS.search(words)
        if _RESULTS.search(words):
            goal = None
        if block.level == "" and len(words) > 130:
            goal = GOALS.search(self._folded, max(block.body, block.end - 90), block.end)
            goal = goal if goal and not goal.group()[-1].isdigit() else None
            view = None
        firsts = [(m.start(), kind) for m, kind in ((goal, "goal"), (task, "task"), (view, "view")) if m]
        if not firsts:
            return None
        return min(firsts)[1]

    def _when(self, block: Block) -> When | None:
        found = times(self._folded, block.body, block.end)
        firm = [w for w in found if w.firm] or found
        return firm[0] if firm else None


def is_heading(text: str, folded: str, block: Block) -> bool:
    """Whether a paragraph is a heading or a lead-in ("... cụ thể như sau:") rather than a statement."""
    body = folded[block.body : block.end].rstrip()
    if not body:
        return True
    if body.endswith(":"):
        return True
    if len(body) >= 320:
        return False
    heavy = block.level in ("part", "chapter", "annex", "article", "roman", "letter")
    if _FIGURE.search(body) or (not heavy and _STATED.search(body)):
        return False
    if heavy:
        return len(body) < 320
    if text[block.body : block.end].isupper():
        return True
    if block.level in ("number", "second", "deep", "bracket", "point", "small"):
        return len(body) < 170 and not body.endswith((".", ";"))
    if body.endswith((".", ";", "…")):
        return False
    if block.level in ("dash", "plus", "bullet"):
        return len(body) < 130
    return len(body) < 130
