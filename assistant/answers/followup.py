"""A question that leans on the conversation, made to stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.answer import Turn
from assistant.answers.little import little
from assistant.answers.normalise import Token, is_bare, tokens, unmarked
from assistant.answers.patterns import Phrase, Typed
from assistant.answers.referring import PART_OF, POINTING, resolved, said
from assistant.answers.rephrasing import (
    YEARS,
    as_much,
    at_present,
    by_period,
    counted_noun,
    in_percent,
    of_version,
    other_year,
)
from assistant.answers.substituting import EMPTY, like_replaced, lower, noun_of, noun_replaced, swapped_topic, upper

__all__ = ["Standalone", "last_asked", "stand_alone"]


@dataclass(frozen=True, slots=True)
class Standalone:
    """`text` can be read without the conversation; `background` is what it is about, `same` the earlier figure "
    "asked back, `counted` what the earlier answer says of the whole of which a part is asked ("trong đó").
    """

    text: str
    background: str = ""
    same: str = ""
    counted: str = ""

    @property
    def shown(self) -> str:
        """The standalone question for people to read."""
        return f"{self.text} (về câu hỏi trước: {self.background})" if self.background else self.text


_OPENING = re.compile(
    r"^\s*(?:thế còn|thế|còn riêng|còn|riêng|vậy còn|vậy thì|vậy|và|the con|the|con rieng|con|rieng|vay con|vay|va)"
    r"(?![\w])[\s,]*",
    re.IGNORECASE,
)
_ANAPHOR = Phrase(
    r"(con số|chỉ tiêu|mục tiêu|tỷ lệ|văn bản|quyết định|kế hoạch|chương trình|nội dung|việc|điều|cái|số|nơi"
    r"|cơ quan|đơn vị|hệ thống|dự án)( \S+)? (đó|này|ấy|trên|kia|nói trên)"
    r"|trên đó|ở đó|trong đó|nó|chúng|cái đó|như vậy|như thế|thì sao|cùng con số|bao nhiêu vậy|vừa (nêu|nói)"
    r"|ở trên|kể trên|những (cái|thứ) (đó|này|ấy)"
)
_SAME = Phrase(
    r"cùng (một )?(con số|chỉ tiêu|mức|tỷ lệ)|con số (này|đó)( \S+)* (giống|như vậy|không)|(giống"
    r"|trùng)( \S+){0,3} (không|nhau)|có (giống|khớp|trùng)( \S+)* không"
)
_DEGREE = little(
    "nâng tăng giảm lên xuống đạt mức cao thấp hơn tối thiểu đa ít nhất nhiều phải được thì cỡ chừng khoảng tỷ lệ"
)
"""Words that say how much something changes, and not what."""
_ASKS = Phrase(
    r"bao nhiêu|mấy|nào|gì|ai|khi nào|bao giờ|ở đâu|thế nào|như thế nào|ra sao|vì sao|tại sao|không|chưa|kể tên|liệt kê"
)
_SUBJECTLESS = Phrase(
    r"(ưu tiên|áp dụng|dành cho|hỗ trợ|thực hiện|bắt đầu|kết thúc|hoàn thành|hoàn tất|hoàn thiện|gửi|nộp"
    r"|báo cáo|do|giao|có hiệu lực|hết hiệu lực|kéo dài|gồm|bao gồm|lấy|kinh phí|nguồn|thời hạn|hạn|bị phạt|phạt"
    r"|được hưởng|(có thể |được )?(tăng|giảm|nâng|hạ) (lên|xuống|thêm|tới|đến)|(cho|với|qua|từ) (mấy|bao nhiêu|những)"
    r"|trong bao lâu|ai|khi nào|bao giờ|từ khi nào|đến khi nào|chậm nhất)"
)
"""How a question opens that leaves out what it is about."""
_FEW = 4
"""Words up to which it does."""
_PRESENT = Phrase(r"hiện (nay|giờ|tại|có|đang|thời)|bây giờ|đến nay|thực tế|lúc này")
_OF_NOW = little("hiện nay giờ tại đang bây đến thực tế lúc này thời đã rồi được cả thảy tất")
_DRAFT = Phrase(r"(trong |ở |theo )?(bản )?dự thảo")
_FINAL = Phrase(r"(trong |ở |theo )?(bản |văn bản )?chính thức")
_NUMBER = re.compile(
    r"(?:trong|theo|ở|tại)?\s*(?:bản\s+)?(?:quyết định|nghị quyết|nghị định|kế hoạch|công văn|thông tư|chỉ thị"
    r"|qđ|nq|kh)\s+(?:số\s+)?\d+[\w/-]*",
    re.IGNORECASE,
)


def stand_alone(question: str, history: Sequence[Turn]) -> Standalone:
    """`question` with what it leaves out taken from the last question of `history`."""
    asked = [t.content for t in history if t.role == "user" and t.content.strip()]
    if not asked or not _leans(question):
        return Standalone(question)
    before = _whole(asked)
    made = _joined(question, before, history)
    if not (is_bare(question) or is_bare(before)):
        return made
    return Standalone(unmarked(made.text), unmarked(made.background), made.same, made.counted)


def last_asked(history: Sequence[Turn]) -> str:
    """The last question of `history` as it stands alone, "" where there is none."""
    asked = [t.content for t in history if t.role == "user" and t.content.strip()]
    return _whole(asked).rstrip("?. ") if asked else ""


def _joined(question: str, before: str, history: Sequence[Turn]) -> Standalone:
    """`question` joined with `before`, the last question that stands alone."""
    told = next((t.content for t in reversed(history) if t.role == "assistant"), "")
    typed = Typed(tokens(question), is_bare(question))
    background = before.rstrip("?. ")
    if again := _asked_again(question, before):
        return Standalone(in_percent(again, told))
    question = counted_noun(question, before)
    if typed in _SAME:
        return Standalone(_body(question), background, told)
    if typed in PART_OF:
        return Standalone(_body(question), background, counted=said(told))
    pointed, elsewhere = resolved(question, before, told)
    if elsewhere:
        return Standalone(_body(pointed))
    own = _content(question)
    if typed in _PRESENT and all(_OF_NOW.holds(w, is_bare(question)) for w in own):
        return Standalone(at_present(before))
    if swapped := swapped_topic(question, before):
        return Standalone(swapped)
    if (typed in _ASKS and len(own) >= 3 and not _replaces(question)) or pointed != question or _subjectless(question):
        return Standalone(_body(pointed), background)
    return _beside(question, before, told) or Standalone(in_percent(_substituted(question, before), told))


def _beside(question: str, before: str, told: str) -> Standalone | None:
    """A noun phrase that is like nothing in the question before, asked for as much; None for any other question."""
    noun, whole = noun_of(_body(question)), before.rstrip("?. ")
    text = as_much(question, noun, before, told)
    if not text or len(_content(noun)) < _OWN or _replaces(question) or like_replaced(noun, whole):
        return None
    return Standalone(text, whole)


_OWN = 2
"""Words of its own from which a noun phrase is looked for by these."""


def _asked_again(question: str, before: str) -> str:
    """`before` asked of the draft or the final text, by another period or for another year where `question` asks no
    more, else "".
    """
    version = of_version(question)
    if version:
        return _substituted(f"bản {version}", before)
    return by_period(question, before) or other_year(question, before)


def _subjectless(question: str) -> bool:
    """Whether the question opens with a verb, or with what it asks for, and leaves out what it is about."""
    typed = Typed(tokens(question), is_bare(question))
    found = _SUBJECTLESS.find(typed)
    return found is not None and found[0] == 0 and len(_content(question)) <= _FEW


def _leans(question: str) -> bool:
    return _changes(question) or Typed(tokens(question), is_bare(question)) in POINTING or _subjectless(question)


def _changes(question: str) -> bool:
    """Whether the question may stand for the one before with a change."""
    typed = Typed(tokens(question), is_bare(question))
    if (_OPENING.match(question) and len(typed.words) < 25) or of_version(question) or by_period(question, ""):
        return True
    return typed in _ANAPHOR or len(_content(question)) < 2 or _only_year(question) or _only_noun(question)


def _only_noun(question: str) -> bool:
    """Whether a question is no more than a noun phrase: "Đối với ô tô?", "ô tô thì bao nhiêu?"."""
    body = _HOW_MUCH.sub("", question)
    if len(_content(body)) > _FEW or (body == question and not _OF.match(question)):
        return False
    return Typed(tokens(body), is_bare(question)) not in _ASKS


_HOW_MUCH = re.compile(
    r"\s(?:thì|thi)\s(?:là\s|được\s|la\s|duoc\s)?"
    r"(?:bao nhiêu|mấy|thế nào|ra sao|bao nhieu|may)(?:\s(?:ạ|vậy|nhỉ))?\W*$",
    re.IGNORECASE,
)
_OF = re.compile(r"\s*(?:đối với|với|dành cho|ở|tại|về|doi voi|voi|danh cho)\s", re.IGNORECASE)


def _only_year(question: str) -> bool:
    """Whether a question has nothing of its own but another year: "đến năm 2040 thì tăng lên mức nào"."""
    rest = _content(YEARS.sub(" ", question))
    return bool(YEARS.search(question)) and all(_DEGREE.holds(w, is_bare(question)) for w in rest)


def _whole(asked: list[str]) -> str:
    """The last question that stands alone, with the changes that later ones made."""
    whole = asked[0]
    for later in asked[1:]:
        whole = (_asked_again(later, whole) or _substituted(later, whole)) if _changes(later) else later
    return whole


def _content(text: str) -> list[Token]:
    return [w for w in tokens(_OPENING.sub("", text)) if not EMPTY.holds(w, is_bare(text))]


def _body(question: str) -> str:
    return _OPENING.sub("", question).strip()


def _replaces(question: str) -> bool:
    """Whether all that `question` brings is another document, year or place."""
    rest = question
    for pattern in (_NUMBER, YEARS):
        rest = pattern.sub(" ", rest)
    rest = re.sub(r"(?:bản\s+)?(?:dự thảo|chính thức)", " ", rest, flags=re.IGNORECASE)
    return len(_content(rest)) < 2 or _only_year(question)


def _substituted(question: str, before: str) -> str:
    """`before` with the document, year, place or noun phrase of `question` in place of its own."""
    typed = Typed(tokens(question), is_bare(question))
    whole = before.rstrip("?. ")
    if typed in _DRAFT or typed in _FINAL:
        word = "Trong bản dự thảo" if typed in _DRAFT else "Theo bản chính thức"
        whole = re.sub(
            r"\s*(?:trong|theo|ở)?\s*(?:bản\s+)?(?:dự thảo|chính thức),?", " ", whole, flags=re.IGNORECASE
        ).strip()
        return f"{word}, {lower(whole)}?"
    number = _NUMBER.search(question)
    if number:
        whole = re.sub(r"\s+", " ", _NUMBER.sub(" ", whole)).strip(" ,")
        return f"{upper(number.group().strip())}: {lower(whole)}?"
    year = YEARS.search(question)
    if year and (len(_content(YEARS.sub(" ", question))) < 2 or _only_year(question)):
        return (
            YEARS.sub(lambda m: lower(year.group().strip()) if m.start() else year.group().strip(), whole, count=1)
            if YEARS.search(whole)
            else f"{year.group().strip()}, {lower(whole)}"
        ) + "?"
    return noun_replaced(_body(question), whole)
