"""One message, two questions: "... bao nhiêu và ... khi nào?" apart, and the two things that a comparison names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answers.answer import Turn
from assistant.answers.followup import stand_alone
from assistant.answers.little import little
from assistant.answers.normalise import Token, is_bare, tokens
from assistant.answers.patterns import Phrase, Typed
from assistant.answers.question import Kind, Question
from assistant.answers.usual import USUAL, case_and_usual

__all__ = ["Rival", "apart", "own_text", "rivals"]

_ASKS = Phrase(
    r"bao nhiêu|mấy|bao lâu|bao giờ|khi nào|ngày nào|tháng nào|năm nào|lúc nào|ai|gì|ở đâu|nào|thế nào|ra sao"
)
_JOINT = re.compile(
    r"\s*(?:,\s*(?:và|còn|đồng thời)|;|\?|(?<!\w)(?:và|còn|đồng thời|va))\s+(?=\S)(?!\s*(?:các|những|cho biết)?\s*$)",
    re.IGNORECASE,
)
_AND_SO = re.compile(
    r"\s*,\s*(?:(?:còn|thế còn|vậy|con|the con|vay)\s+)?(?P<other>[^,?]{2,80}?)\s+"
    r"(?:thì|thi)\s+(?:sao|thế nào|the nao)\W*$",
    re.IGNORECASE,
)
"""What else is asked in the same words: "..., còn X thì sao?"."""
_COUNTS = re.compile(r"(?<!\w)(?:bao nhiêu|mấy)(?!\w)", re.IGNORECASE)
_SHORT = 3
"""A second question with fewer words of its own leans on the first: "và trong bao lâu"."""
_LEAST = 4
"""Words of the first question, at least."""
_VERSUS = Phrase(
    r"(có |là |được )*(khác nhau|khác gì|khác biệt|khác|giống nhau|chênh lệch|chênh nhau|chênh|hơn kém|cao hơn|thấp hơn"
    r"|(nhiều|ít)( \S+){1,4} hơn|nhiều hơn|ít hơn|lớn hơn|nhỏ hơn|so sánh|so)( nhau)?( so)?( với)?"
    r"( (bao nhiêu|mấy|thế nào|như thế nào|ra sao|gì|không))*"
)
_BORDER = little(
    "theo trong của tại ở đến năm giai vào được là có thì cho bao mấy như thế không khác chênh bị phải nào"
    " đang sẽ bên nơi"
)
_JOINTS = ("va", "hay", "voi")
"""Words between two things that are compared, in the order in which they are looked for."""
_CLAUSE = frozenset(("doi", "khi", "neu", "giua", "de"))
"""What opens no thing that is compared after "khác nhau"."""
_REACH = 9
"""Words back within which the first thing begins with the word that the second begins with."""
_LITTLE = little("giữa so sánh các những mức chỉ tiêu tỷ lệ và với hay").bares


@dataclass(frozen=True, slots=True)
class Rival:
    """One of the two things compared: what it is called, and the places of its words in the question."""

    label: str
    places: frozenset[int]


def apart(text: str) -> list[str]:
    """The two questions that `text` asks, each able to stand alone, or [] when it asks one."""
    body = text.strip()
    other = _AND_SO.search(body)
    if other and _asking(body[: other.start()]) and len(tokens(body[: other.start()])) >= _LEAST:
        first = f"{body[: other.start()].strip(' ,;?')}?"
        second = f"còn {other.group('other')} thì sao?"
        alone = stand_alone(second, [Turn(role="user", content=first)]).text
        return [first, f"Bao nhiêu {other.group('other')}?" if ": " in alone and _COUNTS.search(first) else alone]
    for joint in _JOINT.finditer(body):
        first, second = body[: joint.start()].strip(" ,;?"), body[joint.end() :].strip(" ,;")
        if len(tokens(first)) < _LEAST or not (_asking(first) and _asking(second)):
            continue
        if not _complete(first):
            continue
        return [f"{first}?", _whole(first, second)]
    return []


def _asking(text: str) -> bool:
    return Typed(tokens(text), is_bare(text)) in _ASKS


def _complete(first: str) -> bool:
    """Whether the first part asks by itself: its question word is not the joined noun phrase's alone."""
    typed = Typed(tokens(first), is_bare(first))
    found = _ASKS.find(typed)
    return found is not None and len(typed.words) - (found[1] - found[0]) >= _SHORT


def _whole(first: str, second: str) -> str:
    """`second` with what it leaves out taken from `first`: all that stands before the question word there."""
    typed = Typed(tokens(second), is_bare(second))
    asks = {i for a, b in _ASKS.all(typed) for i in range(a, b)}
    own = [w for i, w in enumerate(typed.words) if i not in asks and len(w.bare) > 1]
    if len(own) >= _SHORT:
        return second if second.endswith("?") else f"{second}?"
    before = Typed(tokens(first), is_bare(first))
    found = _ASKS.find(before)
    stop = before.words[found[0]].start if found else len(first)
    head = re.sub(r"(?:còn|là|đạt|tới|đến|lên|xuống|vào|trong|được|từ)\s*$", "", first[:stop].strip()).strip()
    return f"{head} {second.rstrip('?')}?" if head else f"{second.rstrip('?')}?"


def rivals(question: Question) -> list[Rival]:
    """The two things that a comparison names in one sentence: "A và B khác nhau", "A cao hơn B"; [] where not seen."""
    if question.kind is not Kind.COMPARISON:
        return []
    words = [w for w in question.typed.words if w.start < _own_end(question)]
    plain = [w.bare for w in words]
    if cases := case_and_usual(own_text(question)):
        case, usual = (_rival(question, words, range(*_within(words, a, b))) for a, b in cases)
        return [Rival(f"trường hợp {case.label}", case.places | usual.places), Rival(USUAL, usual.places)]
    border = [_BORDER.holds(w, question.typed.plain) or w.bare.isdigit() for w in words]
    cut = [bool(_CUT.search(question.text[a.end : b.start])) for a, b in pairwise(words)]
    cut = [False, *cut]
    versus = _VERSUS.all(question.typed)
    joints = [i for joint in _JOINTS for i, w in enumerate(plain) if w == joint and not _bound(plain, i)]
    if "giua" in plain:
        start = plain.index("giua") + 1
        found = _between(plain, cut, start, min([a for a, _ in versus if a > start] + [len(plain)]))
        if found:
            return [_rival(question, words, one) for one in found]
    first = [a for a, b in versus if _more_than(plain, border, cut, a, b)]
    for at in first + sorted(joints, key=lambda i: plain[i] != "va") + [a for a, b in versus]:
        right = at + next((b - a for a, b in versus if a == at), 1)
        left = _left(border, cut, at)
        again = right < len(plain) and border[right] and left > 0 and plain[right] == plain[left - 1]
        right += again
        held = [e and not (at in first and w in _HELD) for e, w in zip(border, plain, strict=True)]
        end = _right(plain, held, cut, right, versus)
        if right >= end or (plain[at] not in _JOINTS and plain[right] in _CLAUSE):
            continue
        start = left if again else _begin(plain, cut, left, at, right, end)
        one, other = range(start, at), range(right, end)
        if one and plain[start:at] != plain[right:end]:
            return [_rival(question, words, one), _rival(question, words, other)]
    return []


def _between(plain: Sequence[str], cut: Sequence[bool], start: int, end: int) -> list[range]:
    """The two things after "giữa", up to `end`; where several words join, both begin with one word; [] if not seen."""
    joints = [i for i in range(start + 1, end - 1) if plain[i] in ("va", "voi")]
    alike = [i for i in joints if plain[i + 1] == plain[start]]
    chosen = alike[:1] or (joints if len(joints) == 1 else [])
    if not chosen:
        return []
    stop = next((i for i in range(chosen[0] + 2, end) if cut[i] or plain[i] in _ENDS), end)
    return [range(start, chosen[0]), range(chosen[0] + 1, stop)]


def _more_than(plain: Sequence[str], border: Sequence[bool], cut: Sequence[bool], a: int, b: int) -> bool:
    """Whether the words from `a` to `b` stand between the two things, as in "A cao hơn B": what is more than B."""
    goes_on = b < len(plain) and not border[b] and not cut[b] and plain[b] not in ("hay", "nua", "nhau")
    before = plain[a - 1] if a else "nao"
    return goes_on and "hon" in plain[a:b] and plain[b - 1] in ("hon", "voi") and before not in ("nao", "hay")


_ENDS = frozenset(("la", "thi", "bao", "may"))
"""Bare words that end the second of two things."""
_HELD = frozenset(("cho", "cua", "bi", "duoc", "co", "ben"))
"""Bare words that the thing after "cao hơn" may hold, which end others."""


_CUT = re.compile(r"[,;:]")


def _bound(plain: Sequence[str], at: int) -> bool:
    """Whether the joint belongs to the word before or after it: "so với", "đối với", "hay không"."""
    before, after = plain[at - 1] if at else "", plain[at + 1] if at + 1 < len(plain) else ""
    if plain[at] == "voi":
        return before in ("so", "doi", "cung", "phu", "tuong") or not before
    return plain[at] == "hay" and after in ("khong", "chua", "la", "thap", "cao", "it", "nhieu", "lon", "nho")


def _within(words: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """The first of `words` that begins from `start` on, and the first that begins from `end` on."""
    first, after = (sum(w.start < at for w in words) for at in (start, end))
    return first, after


def own_text(question: Question) -> str:
    """The question without the earlier one in brackets that it leans on."""
    return question.text[: _own_end(question)]


def _own_end(question: Question) -> int:
    """Where the question's own words end and the earlier question in brackets begins."""
    return min((t.word.start for t in question.background), default=len(question.text))


def _left(border: Sequence[bool], cut: Sequence[bool], at: int) -> int:
    """The first place that the thing before the joint may reach back to."""
    return next((i + border[i] for i in range(at - 1, -1, -1) if border[i] or cut[i]), 0)


def _right(plain: Sequence[str], border: Sequence[bool], cut: Sequence[bool], first: int,
           versus: Sequence[tuple[int, int]]) -> int:  # fmt: skip
    """Where the thing after the joint ends."""
    stops = [a for a, _ in versus if a > first]
    ends = [
        i
        for i in range(first, len(plain))
        if border[i] or plain[i] == "va" or (i > first and (cut[i] or plain[i + 1 : i + 2] == ["nao"]))
    ]
    return min([*stops, *ends, len(plain)])


def _begin(plain: Sequence[str], cut: Sequence[bool], left: int, at: int, right: int, end: int) -> int:
    """Where the first thing begins: at the word that the second begins with too, else as many words back."""
    reach = next((i for i in range(at - 1, max(0, at - _REACH), -1) if cut[i]), max(0, at - _REACH))
    same = [i for i in range(reach, at) if plain[i] == plain[right] and plain[i] not in _LITTLE]
    return same[-1] if same else left if cut[left] else max(left, at - (end - right))


def _rival(question: Question, words: Sequence[Token], places: range) -> Rival:
    label = question.text[words[places[0]].start : words[places[-1]].end]
    return Rival(label, frozenset(places))
