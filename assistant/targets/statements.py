"""What the part of a sentence that belongs to a figure says: subject, verb, noun phrase, and what it borrows.

Two word orders are told apart: a figure may lead its noun phrase ("80% hồ sơ được nộp qua mạng") or close a statement
("tỷ lệ hồ sơ nộp qua mạng đạt 80%"). What a clause leaves out is taken from the one before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.targets.figure import Figure
from assistant.targets.folding import fold, rule
from assistant.targets.indicator import (
    SHARES,
    TRANSITIVE,
    VERB_PHRASE,
    head_of,
    of_bracketed_share,
    of_noun,
    of_rank,
    of_subject,
    only_levels,
    without_growth,
)
from assistant.targets.sides import after_figure, before_figure, linked
from assistant.targets.time import When
from assistant.targets.trimming import clean, trim
from assistant.targets.words import HEADS, PREDICATES, PREPOSITIONS

__all__ = ["Statement", "predicate", "state"]

_CLOSING_KINDS = ("money", "measure", "ratio", "time", "scale", "multiple", "fraction")
_SUBJECT_VERBS = ("đạt", "chiếm", "đóng góp", "còn", "lên", "xuống", "ở mức", "bằng", "là", "duy trì")
_NOT_NOUN = rule(rf"^\W*(?:{PREPOSITIONS})(?!\w)")
_PLACE = rule(r"^\W*(?:tại|ở|đối với|cho|khu vực|trong|của|với|thuộc)\s")
_HEAD = rule(rf"^(?:các |mọi )?(?:{HEADS})(?!\w)")
_PREDICATE = rule(rf"(?<=\s)(?<!người )(?<!trực )(?<!đội ngũ )(?:{PREDICATES})(?=\s|$)")
_PLACED = rule(r"\s(?:tại|ở|đối với|khu vực|cấp|tuyến)\s")
_CUT = rule(r"\s(?:tại|ở|đối với|của|trong|cho|vào)\s|[,(]")
_AMONG = rule(r"\W*trong (?:số )?đó")
_REACHING = rule(rf"^(?:đạt|có|với)\s(?={HEADS})")
_HAVING = re.compile(r"\s(?:có|đạt)\s")
_PART = rule(
    r"(?:khu vực|vùng|ngành|lĩnh vực|nhóm|tuyến|châu|miền|nông thôn|thành thị|đô thị|nam|nữ|"
    r"cấp|riêng|ở|tại|bậc|đối với)(?!\w)"
)
_RANK_VERBS = rule(
    r"(?:^|\s)(?:(?:thuộc|vào|nằm trong|lọt vào|nằm|trong|đứng|xếp|đạt|được|gia nhập|duy trì|"
    r"thứ hạng|ở|là|phấn đấu|sẽ|tiếp tục|ra khỏi|thoát khỏi)(?:\s|$))+$|^(?:đưa|sớm đưa|phấn đấu)\s(?!.*\s(?:lên|"
    r"tăng)$)"
)
_THIS = rule(r"(?:con số|tỷ lệ|chỉ tiêu|chỉ số|mức|số lượng)(?: này| trên)?(?: này)(?!\w)")
_CHANGES = rule(r"[^,;.]{0,40}?(?<!trở )(?:xuống|lên|còn)(?!\w)")
_ELIDED = rule(r"(?:đạt|được|có|đủ|biết|sử dụng|tham gia|hoàn thành|trên chuẩn|vượt)(?!\w)")
_ASIDE = rule(r",\s[^,;]{3,70}?\s(?:có thể|sẽ)\s")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a part of a sentence says: `[start:end]` to quote, `indicator`, and what later parts may borrow.

    `subject` is what they take where they have none, `base` that subject before it was completed, `[noun:stop]` the
    noun phrase that the figure counts, `leading` whether the figure leads it, `link` the linking verb, `doing` a
    verb that later nouns share, `borrowed` whether the subject came from elsewhere, `rootless` that there was none,
    `bracketed` that the part stands in brackets.
    """

    start: int
    end: int
    indicator: str
    subject: str
    noun: int
    stop: int
    leading: bool = False
    borrowed: bool = False
    link: str = ""
    base: str = ""
    doing: str = ""
    rootless: bool = False
    bracketed: bool = False


@dataclass(slots=True)
class _Part:
    """The part of a sentence around one figure, taken apart."""

    figure: Figure
    last: Statement | None
    topic: str | None
    start: int
    end: int
    opening: str
    link: str
    subject: str
    colon: str | None
    noun: str
    stop: int
    near: bool = False
    among: bool = False

    @property
    def given(self) -> bool:
        """Whether a noun phrase, not a preposition or a bracket, follows the figure."""
        return bool(self.noun) and self.noun[0] != "(" and _NOT_NOUN.match(fold(self.noun)) is None

    def said(
        self,
        indicator: str,
        subject: str,
        *,
        leading: bool = False,
        borrowed: bool = False,
        link: str = "",
        base: str = "",
    ) -> Statement:
        """The statement of this part."""
        return Statement(
            self.start, self.end, indicator, subject, self.figure.noun, self.stop, leading, borrowed, link, base
        )


def state(
    text: str,
    folded: str,
    span: tuple[int, int],
    figure: Figure,
    whens: list[When],
    last: Statement | None,
    topic: str | None,
    since: int = 0,
) -> Statement:
    """The statement of `figure` in the part `span` of the sentence that starts at `since`.

    `last` is the statement before it in the paragraph, `topic` the heading that its subject may stand in.
    """
    part = _taken_apart(text, folded, span, figure, whens, last, topic)
    part.near = last is not None and last.start >= since
    if _bracketed(folded, since, span[0]):
        part.opening = "("
    return replace(_stated(part, text, folded), bracketed=part.opening == "(")


def _bracketed(folded: str, since: int, start: int) -> bool:
    """Whether a bracket opened in the sentence is still open at `start`."""
    opened = folded.rfind("(", since, start)
    return opened >= 0 and folded.find(")", opened, start) < 0


def _stated(part: _Part, text: str, folded: str) -> Statement:
    """What the part says, by the first of the readings that fits."""
    figure, last = part.figure, part.last
    if figure.kind == "rank":
        return _rank(part)
    bracketed = part.opening == "(" and last and not last.leading and figure.kind == "percent"
    if bracketed and last and not part.subject and not part.link:
        placed = bool(_PLACE.match(fold(part.noun) + " "))
        words = of_bracketed_share(last.subject, part.noun if part.given else "")
        words = clean(f"{last.subject} {part.noun}") if placed else words
        return part.said(words, last.subject, borrowed=True, link="chiếm", base=last.base)
    if _leads(part):
        return _leading(part, text, folded)
    if last and not part.subject and part.noun and _PLACE.match(fold(part.noun) + " "):
        subject = head_of(last.indicator) if last.leading else last.subject
        words = clean(f"{subject} {part.noun}")
        return part.said(words, words, leading=last.leading, borrowed=True, base=last.base)
    return _closing(part, text)


def predicate(statement: Statement, text: str, folded: str) -> str:
    """The predicate of a noun phrase that a figure leads ("biết bơi an toàn"), empty where it has none."""
    m = _PREDICATE.search(folded, min(statement.noun + 2, statement.stop), statement.stop)
    return clean(text[m.start() : statement.stop]) if m else ""


def _taken_apart(
    text: str,
    folded: str,
    span: tuple[int, int],
    figure: Figure,
    whens: list[When],
    last: Statement | None,
    topic: str | None,
) -> _Part:
    start, end = trim(folded, *span)
    left, colon = before_figure(text, folded, span[0], figure.start, whens)
    link, subject = linked(left)
    noun, stop = after_figure(text, folded, figure.noun, end, whens)
    busy = bool(VERB_PHRASE.match(fold(subject))) or not (subject or colon or last)
    if figure.kind in ("count", "thing") and not busy and fold(noun) == (figure.unit or "").split("/")[0]:
        noun = ""
    part = _Part(figure, last, topic, start, end, folded[span[0]], link, subject, colon, noun, stop)
    part.among = bool(_AMONG.match(folded[span[0] : span[0] + 16]))
    if colon and not subject and not part.given:
        part.subject = colon
    if _THIS.match(fold(part.subject)):
        part.subject = ""
    if folded[max(0, figure.start - 3) : figure.start] == "từ " and _CHANGES.match(folded, figure.end):
        part.link, part.noun = "", ""
    return part


def _rank(part: _Part) -> Statement:
    subject = _RANK_VERBS.sub("", part.subject).strip() or (part.last.subject if part.last else "") or part.topic or ""
    return part.said(of_rank(subject, part.noun), subject, base=subject)


def _leads(part: _Part) -> bool:
    """Whether the figure leads a noun phrase of its own."""
    if not part.given or part.figure.kind == "ratio" or _HEAD.match(fold(part.subject)):
        return False
    if part.subject and (
        part.figure.kind in _CLOSING_KINDS or (part.link and part.figure.kind not in ("word", "state"))
    ):
        return False
    if (part.figure.unit or "").lower()[2:] and fold(part.noun).startswith((part.figure.unit or "").lower()[2:]):
        return part.figure.kind != "percent"
    if _shares_on(part):
        return False
    if part.subject or part.last is None or part.last.rootless:
        return True
    if part.figure.kind == "percent" and part.link in ("đạt", "có") and _PREDICATE.search(fold(part.noun)):
        return True
    if part.link:
        return not part.link.startswith(_SUBJECT_VERBS)
    shares = part.last.link.startswith(SHARES) and part.figure.kind == "percent"
    return not shares or _PREDICATE.search(fold(part.noun)) is not None


def _shares_on(part: _Part) -> bool:
    """Whether the part only names the next holder of a share ("châu Âu chiếm 16%, châu Mỹ 32% ...")."""
    shared = part.near and part.last is not None and part.last.link.startswith(SHARES)
    return bool(shared and part.subject and not part.link and len(part.subject.split()) <= 4)


def _leading(part: _Part, text: str, folded: str) -> Statement:
    last, figure = part.last, part.figure
    if last and last.leading and not part.subject and _ELIDED.match(fold(part.noun)):
        counted = _PREDICATE.search(fold(last.indicator))
        noun = last.indicator[: counted.start()].rstrip() if counted else last.indicator
        words = clean(f"{noun} {part.noun}")
        return part.said(words, words, leading=True, borrowed=True, base=words)
    if part.subject and figure.kind == "word" and (aside := _ASIDE.search(folded, figure.noun, part.stop)):
        part.end = part.stop = aside.start()
        part.noun = clean(text[figure.noun : part.stop])
    if not part.subject and last and last.leading and last.doing and _PREDICATE.search(fold(part.noun)) is None:
        part.subject = last.doing
    words = of_noun(part.noun, part.subject or ("" if only_levels(part.link) else part.link), figure)
    doing = part.subject if TRANSITIVE.search(fold(part.subject)) else ""
    return replace(part.said(words, words, leading=True, base=words), doing=doing)


def _closing(part: _Part, text: str) -> Statement:
    """The statement of a figure that closes it, its subject completed or borrowed where it has to be."""
    last, figure = part.last, part.figure
    borrowed = not part.subject
    if last and (_shares_on(part) or (borrowed and not part.link and last.link.startswith(SHARES) and part.noun)):
        part.link = last.link
    base = part.subject or (last.base if last else "")
    paid = figure.kind == "money" and (part.opening == "(" or _grouped(part))
    if part.subject and _may_be_part(part) and (paid or not _HEAD.match(fold(part.subject))):
        whole = _completed(part)
        if whole != part.subject:
            base = last.base if last and last.base in whole else part.colon or whole
        part.subject = whole
    elif last and (m := _REACHING.match(fold(part.subject))):
        part.subject = clean(f"{part.subject[m.end() :]} {_HAVING.split(last.subject)[0]}")
    if not part.subject:
        part.subject = _borrowed(part)
    if borrowed and last and last.leading and part.link.startswith("đóng góp"):
        words = clean(f"{part.link} vào {part.noun}")
        return part.said(words, part.subject, borrowed=True, link=part.link, base=base)
    bare_count = figure.kind in ("count", "thing") and not part.link and not part.noun and not borrowed
    if bare_count and part.subject != part.colon:
        part.noun = clean(text[figure.noun : part.stop])
    words = of_subject(part.subject, part.link, part.noun, figure) or clean(text[part.start : part.end])
    said = part.said(words, part.subject, borrowed=borrowed, link=part.link, base=base)
    return replace(said, rootless=borrowed and (last is None or last.rootless))


def _may_be_part(part: _Part) -> bool:
    """Whether the subject may name only a part: a topic before a colon does so in brackets ("(VNPT: 25 trạm, ...")."""
    return part.subject != part.colon or part.opening == "(" or _grouped(part)


def _grouped(part: _Part) -> bool:
    """Whether the part before this one was completed by a whole that they are both parts of."""
    last = part.last
    return part.near and last is not None and last.base != last.subject and last.base in last.subject


def _borrowed(part: _Part) -> str:
    """The subject of a clause that has none: its unit's noun, the clause before it, the heading above it."""
    unit = part.figure.unit
    linked_on = part.near and bool(part.link)
    if part.figure.kind == "ratio" and not linked_on and not part.topic and unit and not unit.startswith("/"):
        return f"số {unit.replace('/', ' trên ')}"
    if part.last:
        shares = part.link.startswith(SHARES)
        return (without_growth(part.last.subject) if shares else part.last.subject) or part.topic or ""
    return part.topic or ""


def _completed(part: _Part) -> str:
    """A subject that names only a part ("nam", "khu vực miền núi") completed by what it is a part of."""
    subject, last = part.subject, part.last
    size = len(subject.split())
    short = size <= 4
    if part.colon and part.colon != subject and len(part.colon.split()) <= 12 and short:
        return f"{part.colon} {subject}"
    if last is None or not last.base:
        return subject
    beside = _before_like(last.base, subject)
    sibling = part.near or beside != last.base
    placed = size <= 10 and bool(_PART.match(fold(subject)))
    if sibling and (placed or (short and part.figure.kind == "percent" and (not part.link or beside != last.base))):
        return clean(f"{beside} {subject}")
    if short and _HEAD.match(fold(last.base)) and part.figure.kind == "percent" and last.base == last.subject:
        return clean(f"{_CUT.split(last.base)[0]} {subject}") if _PLACED.search(fold(last.base)) else subject
    among = part.among and size <= 6 and part.figure.kind != "percent"
    named = part.opening == "(" or among or (short and _PART.match(fold(subject)))
    grouped = last.base in last.subject and last.base != last.subject and short
    return f"{last.base} {subject}" if named or grouped else subject


def _before_like(base: str, subject: str) -> str:
    """`base` up to the part that `subject` takes the place of ("... sang châu Âu", "châu Mỹ")."""
    first = fold(subject).split(" ", 1)[0]
    at = fold(base).rfind(f" {first} ")
    return base[:at] if at > 0 else base
