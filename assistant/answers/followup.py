"""A question that leans on the conversation, made to stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.answer import Turn
from assistant.answers.little import little
from assistant.answers.normalise import Token, is_bare, tokens, unmarked
from assistant.answers.patterns import Phrase, Typed

__all__ = ["Standalone", "last_asked", "stand_alone"]


@dataclass(frozen=True, slots=True)
class Standalone:
    """`text` can be read without the conversation; `background` is what it is about, `same` the earlier figure "
    "asked back.
    """

    text: str
    background: str = ""
    same: str = ""

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
_EMPTY = little(
    "thế thì sao còn vậy và con số đó này ấy là bao nhiêu gì nào ở trong của theo bản văn có không cho tới đến năm về "
    "với được mà à nhỉ đấy đây trên như cái nó chỉ tiêu mục phần ghi cùng một riêng"
)
_DEGREE = little(
    "nâng tăng giảm lên xuống đạt mức cao thấp hơn tối thiểu đa ít nhất nhiều phải được thì cỡ chừng khoảng tỷ lệ"
)
"""Words that say how much something changes, and not what."""
_ASKS = Phrase(
    r"bao nhiêu|mấy|nào|gì|ai|khi nào|bao giờ|ở đâu|thế nào|như thế nào|ra sao|vì sao|tại sao|không|chưa|kể tên|liệt kê"
)
_PRESENT = Phrase(r"hiện (nay|giờ|tại|có|đang|thời)|bây giờ|đến nay|thực tế|lúc này")
_OF_NOW = little("hiện nay giờ tại đang bây đến thực tế lúc này thời đã rồi được cả thảy tất")
_GOAL = re.compile(
    r"(?<!\w)(?:phấn đấu|đặt mục tiêu|đặt ra|đề ra|hướng tới|dự kiến|sẽ|phan dau|dat muc tieu|dat ra|de ra|huong toi"
    r"|du kien|se)(?!\w)\s*",
    re.IGNORECASE,
)
"""What makes a question one for a goal."""
_DRAFT = Phrase(r"(trong |ở |theo )?(bản )?dự thảo")
_FINAL = Phrase(r"(trong |ở |theo )?(bản |văn bản )?chính thức")
_NUMBER = re.compile(
    r"(?:trong|theo|ở|tại)?\s*(?:bản\s+)?(?:quyết định|nghị quyết|nghị định|kế hoạch|công văn|thông tư|chỉ thị"
    r"|qđ|nq|kh)\s+(?:số\s+)?\d+[\w/-]*",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"(?:đến |vào |trong |tới |cuối |hết )*(?:năm |giai đoạn )?\b(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?",
    re.IGNORECASE,
)
_BORDER = re.compile(
    r"[,;?]|\s(?:theo|là|đạt|có|được|phải|cần|bao nhiêu|mấy|năm|đến|trong|ở|tại|của|thì|biết|sẽ|nào|xuống|lên"
    r"|tới|chiếm|vào)(?!\w)"
)
_PLACE = re.compile(
    r"(?:(?:ở|tại|của|với)\s+)?(?:tỉnh |thành phố "
    r"|TP\.? ?)?((?:[A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ][a-zà-ỹđ]+\s?){2,4})"
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
    return Standalone(unmarked(made.text), unmarked(made.background), made.same)


def last_asked(history: Sequence[Turn]) -> str:
    """The last question of `history` as it stands alone, "" where there is none."""
    asked = [t.content for t in history if t.role == "user" and t.content.strip()]
    return _whole(asked).rstrip("?. ") if asked else ""


def _joined(question: str, before: str, history: Sequence[Turn]) -> Standalone:
    """`question` joined with `before`, the last question that stands alone."""
    typed = Typed(tokens(question), is_bare(question))
    if typed in _SAME:
        told = next((t.content for t in reversed(history) if t.role == "assistant"), "")
        return Standalone(_body(question), before.rstrip("?. "), told)
    own = [w for w in _content(question)]
    if typed in _PRESENT and all(_OF_NOW.holds(w, is_bare(question)) for w in own):
        return Standalone(_at_present(before))
    if typed in _ASKS and len(own) >= 3 and not _replaces(question):
        return Standalone(_body(question), before.rstrip("?. "))
    return Standalone(_substituted(question, before))


def _at_present(before: str) -> str:
    """The question `before` for a goal, asked of what is."""
    whole = re.sub(r"\s+", " ", _GOAL.sub("", _YEARS.sub(" ", before))).strip(" ,?.")
    return f"Hiện nay, {_lower(whole)}?"


def _leans(question: str) -> bool:
    words = tokens(question)
    typed = Typed(words, is_bare(question))
    if _OPENING.match(question) and len(words) < 25:
        return True
    return typed in _ANAPHOR or len(_content(question)) < 2 or _only_year(question)


def _only_year(question: str) -> bool:
    """Whether a question has nothing of its own but another year: "đến năm 2040 thì tăng lên mức nào"."""
    rest = _content(_YEARS.sub(" ", question))
    return bool(_YEARS.search(question)) and all(_DEGREE.holds(w, is_bare(question)) for w in rest)


def _whole(asked: list[str]) -> str:
    """The last question that stands alone, with the changes that later ones made."""
    whole = asked[0]
    for later in asked[1:]:
        whole = _substituted(later, whole) if _leans(later) else later
    return whole


def _content(text: str) -> list[Token]:
    return [w for w in tokens(_OPENING.sub("", text)) if not _EMPTY.holds(w, is_bare(text))]


def _body(question: str) -> str:
    return _OPENING.sub("", question).strip()


def _replaces(question: str) -> bool:
    """Whether all that `question` brings is another document, year or place."""
    rest = question
    for pattern in (_NUMBER, _YEARS):
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
        return f"{word}, {_lower(whole)}?"
    number = _NUMBER.search(question)
    if number:
        whole = re.sub(r"\s+", " ", _NUMBER.sub(" ", whole)).strip(" ,")
        return f"{_upper(number.group().strip())}: {_lower(whole)}?"
    year = _YEARS.search(question)
    if year and (len(_content(_YEARS.sub(" ", question))) < 2 or _only_year(question)):
        return (
            _YEARS.sub(lambda m: _lower(year.group().strip()) if m.start() else year.group().strip(), whole, count=1)
            if _YEARS.search(whole)
            else f"{year.group().strip()}, {_lower(whole)}"
        ) + "?"
    return _noun_replaced(_body(question), whole)


def _noun_replaced(new: str, whole: str) -> str:
    new = re.sub(
        r"\s*(?:thì sao|thì thế nào|là bao nhiêu|thế nào|ra sao|bao nhiêu|thi sao)?\s*\?*\s*$",
        "",
        new,
        flags=re.IGNORECASE,
    )
    place, old = _PLACE.search(new[:1] + new[1:]), list(_PLACE.finditer(whole[1:]))
    if place and old and len(tokens(new)) <= 6:
        last = old[-1]
        return f"{whole[: last.start(1) + 1]}{place.group(1).strip()} {whole[last.end(1) + 1 :]}".strip() + "?"
    mine, theirs = tokens(new), tokens(whole)
    for w in mine:
        at = next((i for i, o in enumerate(theirs) if o.bare == w.bare), None)
        if at is not None and not _EMPTY.holds(w, is_bare(new)):
            first = mine.index(w)
            start = theirs[max(0, at - first)].start
            least = theirs[min(len(theirs) - 1, at - first + len(mine) - 1)].end
            stop = _BORDER.search(whole, theirs[at].end)
            end = stop.start() if stop else max(least, len(whole))
            return f"{whole[:start]}{new}{whole[end:]}?"
    return f"{_upper(new)}: {_lower(whole)}?"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
