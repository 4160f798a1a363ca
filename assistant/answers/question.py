"""What a question asks for: its kind, the words that its answer must share, years, documents, state."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answers.asides import OUT, asides
from assistant.answers.figures import Figure, figures, years
from assistant.answers.kinds import Kind, kind_of
from assistant.answers.lexicon import Lexicon
from assistant.answers.little import little
from assistant.answers.normalise import Token, bare, is_bare, key, tokens
from assistant.answers.opposed import Opposition, oppositions
from assistant.answers.patterns import Phrase, Typed
from assistant.answers.quoting import quoted_term
from assistant.answers.synonyms import Alike, alternatives
from assistant.answers.units import with_ordinals, with_units
from assistant.answers.wanting import (
    ACTUAL,
    AIMED,
    ATTRIBUTE,
    COUNTED,
    DAY,
    DEFINING,
    DRAFT,
    EXISTING,
    FINAL,
    HEAD,
    MONEY,
    MUST,
    NUMBER_OF,
    OF,
    PRICE,
    SHARE,
    TITLED,
    celebrated,
    classed_as,
    side_of,
)
from assistant.answers.weighing import ASKS_ONLY, loose, weight

__all__ = ["Kind", "Question", "Term", "understand"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word that the evidence should hold: its place in the question, its weight, phrases that say the same as its
    own, what a match by bare form counts.
    """

    place: int
    word: Token
    weight: float
    alike: tuple[str, ...] = ()
    phrases: tuple[frozenset[str], ...] = ()
    loose: float = 1.0


@dataclass(slots=True)
class Question:
    """A question understood: `noun` is what is counted, `must` are the places of words that may not be missing.

    `denied` are the places of words that the question denies ("chưa có điện"); `counts` the bare first words of what
    is counted and of the phrases that say the same; `head` are the places of the words right after
    "bao nhiêu phần trăm". `named` are the first two words of the months, weeks and days that the question names,
    `opposed` its terms that exclude others, `told` the figures that it states, `side` the bare words for the side of a
    thing that is asked for ("chủ đề", "đối tượng"), `classed` the bare words of what something is asked to count as
    ("mấy tuổi thì gọi là trẻ em").
    """

    text: str
    typed: Typed
    kind: Kind
    terms: list[Term]
    years: set[int]
    background: list[Term] = field(default_factory=list)
    noun: list[Token] = field(default_factory=list)
    must: list[int] = field(default_factory=list)
    money: bool = False
    share: bool = False
    price: bool = False
    defining: bool = False
    counted: bool = False
    existing: bool = False
    actual: bool = False
    draft: bool = False
    final: bool = False
    day: bool = False
    aimed: bool = False
    denied: list[int] = field(default_factory=list)
    counts: frozenset[str] = frozenset()
    head: frozenset[int] = frozenset()
    named: tuple[tuple[str, str], ...] = ()
    opposed: tuple[Opposition, ...] = ()
    told: tuple[Figure, ...] = ()
    side: tuple[str, str] | tuple[()] = ()
    classed: frozenset[str] = frozenset()


_ASKING = (
    r"nào trước (đó|đây|kia)"
    r"|(ở|dưới|ngoài) quê(?! hương)"
    r"|(theo|được) (các )?(quy định )?(của )?pháp luật( hiện hành| việt nam)?( quy định)?( cụ thể)?"
    r"|pháp luật( hiện hành| việt nam)? (có )?quy định( cụ thể)?|theo quy định|quy định (của )?pháp luật"
    r"|mới nhất|hiện hành"
    r"|khái niệm|định nghĩa|nếu|"
    r"(nào|ai) (phải |sẽ |có nhiệm vụ )?(lo|lo liệu|lo việc|đứng ra|đảm nhiệm|đảm nhận|đảm trách|gánh)"
    r"|bao nhiêu phần trăm|(bao nhiêu|mấy) (tiền|đồng)"
    r"|bao nhiêu|phần trăm|mấy|là gì|những gì|các gì|gì|thế nào|như thế nào|ra sao|là ai"
    r"|ngày nào|khi nào|tính(?= (như )?thế nào| ra sao)"
    r"|bao giờ|năm nào|tháng nào|nào|ai|còn|giao( cho)?|muốn|đề ra|hướng tới|mong muốn|sau khi|khi|kéo dài"
    r"|diễn ra|có thể|vẫn|được coi là|coi là|được hiểu( là)?|nghĩa là|có nghĩa là"
    r"|(theo )?(pháp )?luật(?= (thì|này|hiện hành|coi|gọi|xem|hiểu|định nghĩa))"
    r"|(được |bị )?(gọi|xem|hiểu)( là| như)|bị coi là|mới(?= (được|phải|là|bị|coi|gọi|cho|có thể))"
    r"|(trở|đổ) (lên|xuống|lại)"
    r"|phải không|đúng không|hay không|hay chưa"
    r"|vậy|nhỉ|ạ|à|thế|đâu|sao|kể tên|liệt kê|nêu|cho biết|cho hỏi|xin hỏi|hãy|hay"
    r"|từ đâu|ở đâu|lấy từ đâu|lấy|tôi|muốn biết|con số|tính đến|hết|tới|đến|theo|trong|của|được|phải|là|có|các"
    r"|đối(?= với)|những|và|ở|tại|cho|về|với|này|đó|kia|để|do"
    r"|từ|vào|thì|sẽ|đã|đang|cần|ra|một|số lượng|tổng cộng|cùng|cũng|trên|dưới|bởi|việc|mà|như|hay là|hoặc"
    r"|khoảng|hơn|rằng|bây giờ|giờ này|dành cho|nhắm (vào|tới|đến)|nhắm|hướng (tới|đến)|kỳ vọng|dự định|ấn định"
    r"|đặt ra|đặt|quy định|nêu rõ|yêu cầu|đề ra|bằng|lên|xuống|làm|gồm|bao gồm|mức|nó|họ|ta|mình|giai đoạn|năm"
    r"|ngày|tháng|nằm|hôm nào|bữa nào|hôm|bữa nào|mùng mấy|bao lâu|hồi nào|lúc nào|dịp nào|cỡ nào|chừng nào"
    r"|luôn|nha|nhé|hả|hen|hở|giùm|giúp tôi|dùm|vậy ta|ấy nhỉ|cái gì|nói(?= (trong|ở|tại|đến|tới))"
    r"|(mẹ|bố|ba|má|cha|vợ|chồng|nhà|con|ông|bà|gia đình|cơ quan|đơn vị|xã|công ty|bên|chỗ) (tôi|em|mình|chúng tôi)"
    r"|(cháu|anh|chị|em|cô|chú|bác|bạn|ông xã|bà xã) (tôi|mình|chúng tôi)|(?<!\S)(đứa|thằng)(?= \S)"
    r"|(?<!làm )(?<!thêm )(?<!nhiêu )(?<!mấy )giờ(?= (lãi|còn|phải|mức|giá|đang|thì|đã|được|chịu|trả|nộp|áp|bị|tính))"
    r"|lần lượt|tương ứng|từng|mỗi (bên|loại|nơi|nhóm|đợt|cái)|riêng từng|(?<!phạm vi )(cả nước|toàn quốc)"
    r"|nước ta|(bên|phía|nơi) nào"
    r"|(trong|ở|tại|theo) phụ lục( [ivx]+| \d+)?|nếu|liên quan (đến|tới)(?= \S)"
)
_SLOT = Phrase(_ASKING)
_SLOT_KEYS = frozenset(key(w) for w in re.findall(r"[^\W\d_]+", _ASKING))
_NOT = frozenset(key(w) for w in ("không", "chưa", "chẳng"))
_NOT_BARE = frozenset(("khong", "chua", "chang"))
_CLOSING = frozenset(
    bare(w) for w in ["nhỉ", "ạ", "vậy", "thế", "hả", "nha", "nhé", "ta", "đó", "hay", "không", "chưa"]
)
"""Words that may follow the "không" of a yes/no question."""
_COMPARED = Phrase(
    r"hơn nhau|kém nhau|khác nhau|khác gì|khác biệt|khác|so với|so sánh|giống nhau|giống|chênh lệch|chênh nhau"
    r"|chênh|hơn kém"
    r"|cao hơn|thấp hơn|nhiều hơn|ít hơn|(bên|nơi|văn bản|kế hoạch) nào"
    r"|điểm (nào|gì)|đối tượng tính|con số|yêu cầu|chỉ tiêu|mục tiêu|số|phạm vi|đặt yêu cầu|giữa|hai|chương trình sau"
    r"|giai đoạn sau|văn bản này|sang(?= (bản )?(chính thức|dự thảo))"
    r"|(giảm|tăng|thay đổi|thêm|bớt)( đi| lên| xuống)? (bao nhiêu|mấy|thế nào|ra sao|không|gì)"
)


_OF_ANY_TIME = frozenset((Kind.DATE, Kind.YEAR, Kind.WHO, Kind.DOCUMENT))
"""Kinds of which the present state is no other than the one set: "báo cáo kết quả thực hiện trước ngày nào"."""


def understand(text: str, lexicon: Lexicon, background: str = "") -> Question:
    """`text` read as a question; mistyped words are taken for the words of the corpus nearest to them.

    The words of `background`, an earlier question, tell equally good evidence apart.
    """
    plain = is_bare(text)
    asked = with_ordinals(with_units(text))
    own = _corrected(tokens(asked), lexicon)
    asked = _respelled(asked, own)
    own = _corrected(tokens(asked), lexicon)
    own = lexicon.marked(own) if plain else lexicon.toned(own)
    text = f"{asked} ({background})" if background else asked
    words = own + [w for w in tokens(text) if w.start >= len(asked)]
    typed = Typed(words, plain)
    asking = Typed(own, plain)
    kind, as_typed = kind_of(asking), Typed(tokens(asked), plain)
    if as_typed.keyed != asking.keyed and kind_of(as_typed) is Kind.COMPARISON:
        kind = Kind.COMPARISON
    terms = _terms(typed, len(own), lexicon, kind is Kind.COMPARISON, asides(asked, own))
    question = Question(
        text=text,
        typed=typed,
        kind=kind,
        terms=[t for t in terms if t.place < len(own)],
        background=[t for t in terms if t.place >= len(own)],
        years=years(asked) or years(text),
        actual=asking in ACTUAL and kind not in _OF_ANY_TIME,
        draft=typed in DRAFT,
        final=typed in FINAL,
        must=[i for a, b in MUST.all(asking) for i in range(a, b)],
        money=asking in MONEY,
        share=asking in SHARE,
        price=asking in PRICE,
        defining=kind is Kind.TEXT and asking in DEFINING and asking not in ATTRIBUTE,
        counted=asking in NUMBER_OF,
        existing=asking in EXISTING,
        day=asking in DAY,
        aimed=asking in AIMED and asking not in TITLED,
    )
    if kind in (Kind.LIST, Kind.TEXT) and quoted_term(asked):
        question.defining = True
    question.noun = _noun(asking)
    question.side = side_of(asking)
    question.classed = classed_as(asking)
    question.counts = _counts(asking, question.noun)
    question.head = _head(asking, terms)
    question.named = celebrated(asking, asked)
    question.opposed = oppositions(own, plain)
    question.told = tuple(figures(asked))
    left_out = {i for i, kept in asides(asked, own).items() if kept == OUT}
    question.denied = [i + 1 for i in _denials(asking, len(own)) if i + 1 < len(own) and i not in left_out]
    return question


_SPELLED = {
    bare(w): w for w in ("nhiêu", "quyết", "định", "nghị", "thông", "chương", "trình", "hoạch", "chiến", "lược")
}


def _slip(typed: str, meant: str) -> bool:
    """Whether `typed` is `meant` with one letter wrong, missing, doubled or swapped with the next."""
    from rapidfuzz.distance import DamerauLevenshtein

    return DamerauLevenshtein.distance(typed, meant) == 1


def _tone(key: str) -> str:
    """The figure for the tone at the end of a key, "" where the word has none."""
    return key[-1:] if key[-1:].isdigit() else ""


def _respelled(text: str, words: list[Token]) -> str:
    """`text` with the mistyped words that name documents or ask put right, for patterns over the text itself."""
    for w in reversed(words):
        right = _SPELLED.get(w.bare)
        written = text[w.start : w.end]
        if (
            right
            and _tone(key(written)) in ("", _tone(key(right)))
            and not written.isupper()
            and _slip(bare(written), w.bare)
        ):
            text = text[: w.start] + right + text[w.end :]
    return text


def _corrected(words: list[Token], lexicon: Lexicon) -> list[Token]:
    out = []
    for i, w in enumerate(words):
        before = words[i - 1].bare if i else ""
        after = words[i + 1].bare if i + 1 < len(words) else ""
        out.append(lexicon.corrected(w, before, after))
    return out


def _denials(typed: Typed, own: int) -> list[int]:
    """The places of the words that deny something, and do not close a yes/no question."""
    words = typed.words[:own]
    found = [i for i, w in enumerate(words) if _denies(w, typed.plain)]
    found = [i for i in found if not _limits([w.bare for w in words[i + 1 : i + 3]])]
    return [i for i in found if any(w.bare not in _CLOSING for w in words[i + 1 :])]


def _denies(word: Token, plain: bool) -> bool:
    return word.bare in _NOT_BARE and _may_be(word, _NOT) if plain else word.key in _NOT


def _may_be(word: Token, keys: frozenset[str]) -> bool:
    """Whether a word typed without marks may be one of `keys`: where its own marks are known, only if it is."""
    return word.key == word.bare or word.key in keys


def _limits(after: list[str]) -> bool:
    """Whether the "không" before these words sets a limit: "không quá", "không được vượt quá"."""
    after = after[1:] if after[:1] == ["duoc"] else after
    return after[:1] in (["qua"], ["duoi"], ["vuot"], ["it"], ["thap"])


def _asking_verbs(typed: Typed) -> set[int]:
    """The places of the verbs right before "bao nhiêu" and "chậm nhất ngày nào", which ask more than they tell."""
    return {i for a, b in _VERB_BEFORE.all(typed) for i in range(a, b)}


def _terms(typed: Typed, own: int, lexicon: Lexicon, comparing: bool, aside: Mapping[int, float]) -> list[Term]:
    without = (_SLOT, DRAFT, FINAL, _COMPARED) if comparing else (_SLOT, DRAFT, FINAL)
    skip = {i for phrase in without for a, b in phrase.all(typed) for i in range(a, b)}
    denials = set(_denials(typed, own))
    if typed.plain:
        asked = {i for a, b in _SLOT.all(typed) for i in range(a, b)}
        skip -= {i for i in asked if not _may_be(typed.words[i], _SLOT_KEYS)}
    skip |= {i for i, w in enumerate(typed.words) if _denies(w, typed.plain) and i not in denials}
    asking = _asking_verbs(typed)
    alike = alternatives(typed.words, typed.plain)
    out = []
    for i, w in enumerate(typed.words):
        if i in skip or re.fullmatch(r"(19|20)\d\d", w.bare):
            continue
        same = alike.get(i, Alike())
        heft = weight(w, lexicon) * (ASKS_ONLY if i in asking else 1.0) * aside.get(i, 1.0)
        out.append(Term(i, w, heft, same.texts, same.sets, loose(typed, i, lexicon)))
    return out


_VERB_BEFORE = Phrase(
    r"(đóng góp|chiếm|gánh|lo|dành ra|góp|dành|chi"
    r"|cấp|bỏ|giao|bố trí|cần|tốn|mất|nộp|đóng|chịu|trả|nhận|hưởng|đặt|lên|được|bị|phải|thu|áp dụng|tính"
    r"|lấy|bằng|gồm|có|đạt|làm|ghi|dự kiến|phấn đấu)(?= (khoảng |tới |đến |thêm |tối đa |tối thiểu |ít nhất )?"
    r"(bao nhiêu|mấy|bao lâu))"
    r"|(gửi|nộp|trình|gửi đi|làm xong|xong)(?= (là )?(chậm nhất |muộn nhất |trễ nhất |trước |xong |vào )"
    r"(là )?(trước )?(ngày|tháng|hôm|khi|lúc) nào)"
)


def _noun(typed: Typed) -> list[Token]:
    """The words right after "bao nhiêu": what is counted, or the unit that is asked for."""
    found = COUNTED.find(typed) or NUMBER_OF.find(typed)
    if not found:
        return []
    return [w for w in typed.words[found[1] : found[1] + 3]]


_NO_NOUN = little("mỗi một theo cho trong đến tới vào ở tại so nếu khi trên của với hằng hàng từ và là thì").bares


def _head(typed: Typed, terms: Sequence[Term]) -> frozenset[int]:
    """The places of the first words of what is counted or shared out."""
    found = OF.find(typed)
    if not found or typed.words[found[1]].bare in _NO_NOUN:
        return frozenset()
    return frozenset(t.place for t in terms if found[1] <= t.place < found[1] + HEAD)


def _counts(typed: Typed, noun: list[Token]) -> frozenset[str]:
    """The bare first words of `noun` and of the phrases that say the same."""
    if not noun:
        return frozenset()
    same = alternatives(typed.words, typed.plain).get(typed.words.index(noun[0]))
    return frozenset({noun[0].bare}) | (same.heads if same else frozenset())
