"""What a question asks for: its kind, the words that its answer must share, years, documents, state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from assistant.answers.figures import years
from assistant.answers.lexicon import Lexicon
from assistant.answers.normalise import Token, bare, is_bare, key, tokens
from assistant.answers.opposed import Opposition, oppositions
from assistant.answers.patterns import Phrase, Typed
from assistant.answers.synonyms import Alike, alternatives
from assistant.answers.units import UNITS, with_ordinals, with_units

__all__ = ["Kind", "Question", "Term", "understand"]


class Kind(StrEnum):
    """What the answer must be."""

    PERCENT = "percent"
    COUNT = "count"
    MONEY = "money"
    FIGURE = "figure"
    DATE = "date"
    YEAR = "year"
    WHO = "who"
    DOCUMENT = "document"
    LIST = "list"
    YESNO = "yes_no"
    COMPARISON = "comparison"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Term:
    """A word that the evidence should hold: its place in the question, its weight, phrases that say the same "
    "as its own.
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
    `opposed` its terms that exclude others.
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


DAY = (
    r"(vào |trước |sau |từ |đến |hết |chậm nhất )?(ngày|hôm|bữa|mùng|mồng) (nào|mấy|bao nhiêu)( tháng mấy)?"
    r"( năm (nào|mấy|bao nhiêu))?|ngày tháng (năm )?nào"
)
WHEN = (
    DAY + r"|(vào |trước |sau |từ |đến |hết )?tháng (nào|mấy|bao nhiêu)( năm (nào|mấy))?"
    r"|(vào |từ |đến )?(khi|hồi|lúc|đận) nào"
    r"|bao giờ|chừng nào (thì|mới|xong)|(vào |trong )?(thời gian|thời điểm|dịp|khoảng thời gian) nào"
)
"""Ways to ask for a day, and for a time of any sort, as they are spoken too."""
_DAY = Phrase(DAY)
_AIMED = Phrase(r"(đến|vào|tới|hết|cuối|trong|năm) (hết |cuối |cả )?(năm )?(19|20)\d\d")
_TITLED = Phrase(
    r"(kế hoạch|chương trình|chiến lược|đề án|quy hoạch|dự án)( [^\d\s]\S*){0,14}? "
    r"(đến |tới |vào )?năm (19|20)\d\d"
    r"( (đặt|yêu cầu|quy định|đề ra|giao|có|nêu|dự kiến|hướng|phấn đấu|xác định)( \S+)*)?"
)
"""A year that the question aims at, and one that may belong to the name of a document."""

# In order: the first that matches decides. Sources of the wording: questions of officials collected for the project.
_KINDS: tuple[tuple[Kind, Phrase], ...] = (
    (
        Kind.COMPARISON,
        Phrase(
            r"cao hơn hay thấp hơn|thấp hơn hay cao hơn|nhiều hơn hay ít hơn|cao hơn|thấp hơn|khác nhau"
            r"|(nhiều|ít|lớn|nhỏ) hơn (?!bao|mấy|\d|\(|ngày|tháng|năm\b)\S+"
            r"|khác gì( nhau)?|có khác"
            r"|khác biệt|so với|so sánh|giống nhau|chênh lệch|chênh nhau|hơn kém|có gì khác|khác (ở|như"
            r"|thế)( \S+)*|có giống"
        ),
    ),
    (
        Kind.TEXT,
        Phrase(
            r"(cấp|hạng|loại|mức độ|khóa|lần thứ|bậc|tháng thứ) (mấy|bao nhiêu)"
            r"(?! (tỷ|tỉ|triệu|nghìn|tiền|đồng|usd|vốn|kinh phí|phần|chứng|giấy|thẻ|hồ))( \S+)*"
        ),
    ),
    (Kind.PERCENT, Phrase(r"(bao nhiêu|mấy) (phần trăm|%)|chiếm bao nhiêu|bao nhiêu phần")),
    (
        Kind.MONEY,
        Phrase(
            r"(bao nhiêu|mấy) (nghìn |triệu )?(tỷ|triệu|nghìn)(?! (doanh|hộ|người|lượt|lao|trẻ|thuê|tài|máy|tấn|cây|con"
            r"|khách|phụ|sinh|học|dân|hồ|giao|việc|ha|thẻ|bản|sản|m2|m3|kwh|chỗ|căn|vụ))( \S+)?"
            r"|bao nhiêu (tiền|đồng|usd|đô|vốn|kinh phí|ngân sách)( \S+)?"
        ),
    ),
    (Kind.YEAR, Phrase(r"(đến |vào |từ |trong )?năm nào|năm bao nhiêu")),
    (
        Kind.DATE,
        Phrase(
            WHEN + r"|(trong |kéo dài |thời hạn |thời gian )*bao lâu"
            r"|(đợt|kéo dài|diễn ra) .* (từ|đến) ngày nào|hạn (chót|cuối) .* nào"),
    ),
    (
        Kind.DOCUMENT,
        Phrase(
            r"(thay thế|bãi bỏ|sửa đổi) (những |các )?(văn bản|quyết định|nghị định|kế hoạch|nghị quyết)? ?nào"
            r"|(văn bản|quyết định|nghị định|nghị quyết|thông tư|luật|chỉ thị|kế hoạch|công văn|tờ trình) (nào"
            r"|gì|số mấy|số bao nhiêu)"
            r"|số hiệu( \S+)* (gì|nào|bao nhiêu)|số mấy|(theo|căn cứ) (văn bản|quyết định) nào"
        ),
    ),
    (Kind.COUNT, Phrase(r"(bao nhiêu|mấy) (?!là|thì|vậy|theo|trong|ở|vào|đến|năm|và|cho|so|mỗi|một|hằng|hàng"
    r"|trên|tính|phần|nhỉ|ạ|của|với|tại|trở|nữa|khi|nếu|để)\S+( \S+)*")),
    (
        Kind.LIST,
        Phrase(
            r"(những|các) (?!năm)(\S+ ){1,12}nào|gồm (những |các )?gì|bao gồm|gồm những|kể tên|liệt kê"
            r"|nêu (tên )?(các|những)"
            r"|(những|các) gì|là những|những ai|(những|các) \S+( \S+){0,3} gì|gồm (mấy|bao nhiêu) .* nào"
            r"|bằng cách nào|qua kênh nào|theo hình thức nào|(nhóm|lĩnh vực|loại|ngành|tỉnh|đối tượng|dịch vụ"
            r"|bộ phận|nội dung|hoạt động|nguồn|hình thức|giải pháp|tiêu chí)( \S+){0,5} nào"
        ),
    ),
    (
        Kind.WHO,
        Phrase(
            r"(do |của |cho )?(cơ quan|đơn vị|bộ|sở|ngành|ban|tổ chức|cấp|người|doanh nghiệp|đồng chí|cá nhân"
            r"|nhà mạng|vụ|cục|ai) (nào|đâu)"
            r"|người ký( \S+)* là ai|là ai|ai( \S+)*|do ai|(giao|thuộc) (cho )?ai|cơ quan (chủ trì|ban hành) là( \S+)*"
        ),
    ),
    (Kind.FIGURE, Phrase(r"(tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng)( \S+)* (bao nhiêu|mấy|mức nào)")),
    (Kind.FIGURE, Phrase(r"(là |đạt |tới |mức |còn |lên |xuống |đến )?(bao nhiêu|mức nào|thứ mấy|cỡ nào"
    r"|chừng nào|bằng mấy)|mấy")),
    (
        Kind.YESNO,
        Phrase(r"có (phải |được |đúng |cần |bắt buộc )?(\S+ )*(không|chưa|hay chưa)|(phải|đúng) không"
        r"|có phải( \S+)*|đúng hay sai|hay không|đã \S+( \S+)* chưa"),
    ),
)  # fmt: skip
_SLOT = Phrase(
    r"bao nhiêu phần trăm|bao nhiêu (tiền|đồng)"
    r"|bao nhiêu|phần trăm|mấy|là gì|những gì|các gì|gì|thế nào|như thế nào|ra sao|là ai"
    r"|ngày nào|khi nào"
    r"|bao giờ|năm nào|tháng nào|nào|ai|còn|giao( cho)?|muốn|đề ra|hướng tới|mong muốn|sau khi|khi|kéo dài"
    r"|diễn ra|có thể|vẫn|được coi là|coi là|được hiểu( là)?|nghĩa là|có nghĩa là"
    r"|phải không|đúng không|hay không|hay chưa"
    r"|vậy|nhỉ|ạ|à|thế|đâu|sao|kể tên|liệt kê|nêu|cho biết|cho hỏi|xin hỏi|hãy|hay"
    r"|từ đâu|ở đâu|lấy từ đâu|lấy|tôi|muốn biết|con số|tính đến|hết|tới|đến|theo|trong|của|được|phải|là|có|các"
    r"|những|và|ở|tại|cho|về|với|này|đó|kia|để|do"
    r"|từ|vào|thì|sẽ|đã|đang|cần|ra|một|số lượng|tổng cộng|cùng|cũng|trên|dưới|bởi|việc|mà|như|hay là|hoặc"
    r"|khoảng|hơn|rằng"
    r"|đặt ra|đặt|quy định|nêu rõ|yêu cầu|đề ra|bằng|lên|xuống|làm|gồm|bao gồm|mức|nó|họ|ta|mình|giai đoạn|năm"
    r"|ngày|tháng|nằm|hôm nào|bữa nào|hôm|bữa nào|mùng mấy|bao lâu|hồi nào|lúc nào|dịp nào|cỡ nào|chừng nào"
    r"|luôn|nha|nhé|hả|hen|hở|giùm|giúp tôi|dùm|vậy ta|ấy nhỉ"
)
_NOT = frozenset(key(w) for w in ("không", "chưa", "chẳng"))
_NOT_BARE = frozenset(("khong", "chua", "chang"))
_CLOSING = frozenset(
    bare(w) for w in ["nhỉ", "ạ", "vậy", "thế", "hả", "nha", "nhé", "ta", "đó", "hay", "không", "chưa"]
)
"""Words that may follow the "không" of a yes/no question."""
_COMPARED = Phrase(
    r"khác nhau|khác gì|khác biệt|khác|so với|so sánh|giống nhau|giống|chênh lệch|chênh nhau|chênh|hơn kém"
    r"|cao hơn|thấp hơn|nhiều hơn|ít hơn"
    r"|điểm (nào|gì)|đối tượng tính|con số|yêu cầu|chỉ tiêu|mục tiêu|số|phạm vi|đặt yêu cầu|giữa|hai|chương trình sau"
    r"|giai đoạn sau|văn bản này"
)
_LIGHT = {
    word: weight
    for weight, words in (
        (0.2, "tới"),
        (0.3, "xong đạt ít nhất tỷ tỉ lệ quyết phấn nhau phần trăm chiếm kéo dài diễn bắt nhiều so nhằm cả lại"),
        (
            0.4,
            "áp thực hiện triển tối thiểu mục tiêu chỉ bảo đảm định kế hoạch chương trình đề nghị đấu cụ thể "
            "khác việt đầu kết thúc số thêm dùng đưa thuộc",
        ),
        (0.5, "khai sử dụng án toàn dự kiến cao thấp mỗi nam ban hành giữa quy mô"),
        (0.6, "văn bản hoàn tổng mới hàng hằng nước nhà đơn vị bị lượng nội dung"),
        (0.7, "trung bình người tham gia"),
        (0.8, "công"),
    )
    for word in words.split()
}
"""Words that many questions and many provisions share, with the part of their weight that they keep."""
_COST = r"(?<!quốc )(?<!tham )(?<!chuyên )(?<!đánh )(?<!công )giá(?! trị| đình| tăng| dụng| lai| súc| cầm)"
"""The price of something, and none of the words that look like it without diacritics."""
_MUST = Phrase(
    r"xử phạt|mức phạt|phạt( tiền)?|chế tài|kỷ luật|góp ý|xử lý (vi phạm|thế nào)|hạn góp ý"
    r"|nhà thầu( \S+)? (nào )?trúng|trúng thầu|mức lương|biên chế"
    r"|" + _COST + r"( bán)?|phí(?! tiền)|lệ phí|học phí|số điện thoại|email|địa chỉ|tên (miền|gọi)"
    r"|thưởng(?! mại| xuyên| vụ| binh| tật| lượng)"
    r"|khen thưởng|kinh phí|ngân sách|vốn|lãi suất|tổng mức đầu tư"
)
_PRICE = Phrase(
    r"phạt( tiền)?( từ| tới| đến| khoảng| tối đa| tối thiểu)? (bao nhiêu|mấy|thế nào|ra sao)|"
    + _COST
    + r"( \S+)*|lệ phí|học phí|phí(?! tiền)|mức lương|tiền lương|mức phạt|mức thưởng|tiền thưởng"
)
_SHARE = Phrase(r"(tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng)( \S+)* (bao nhiêu|mấy|mức nào|thế nào|ra sao)( \S+)*")
_MONEY = Phrase(r"kinh phí|ngân sách|vốn|tổng mức đầu tư")
_ACTUAL = Phrase(
    r"thực tế( đã)?|hiện nay|hiện tại|hiện đã|hiện có|hiện đang|hiện trạng|thực trạng|đã (có"
    r"|đạt) (được )?(bao nhiêu|mấy)|tính đến (nay|hết|cuối)( \S+)*"
    r"|kết quả (thực hiện|đạt được)( \S+)*|đã (hoàn thành|thực hiện|triển khai|cấp|nộp|xây)( được)? (bao nhiêu|mấy)"
)
_DRAFT = Phrase(r"(trong |ở |theo )?(bản )?dự thảo|bản thảo|bản nháp|bản lấy ý kiến")
_FINAL = Phrase(r"(bản |chương trình |văn bản |quyết định )?chính thức")


def understand(text: str, lexicon: Lexicon, background: str = "") -> Question:
    """`text` read as a question; mistyped words are taken for the words of the corpus nearest to them.

    The words of `background`, an earlier question, tell equally good evidence apart.
    """
    plain = is_bare(text)
    asked = with_ordinals(with_units(text))
    own = _corrected(tokens(asked), lexicon)
    asked = _respelled(asked, own)
    own = _corrected(tokens(asked), lexicon)
    text = f"{asked} ({background})" if background else asked
    words = own + [w for w in tokens(text) if w.start >= len(asked)]
    typed = Typed(words, plain)
    asking = Typed(own, plain)
    kind = next((kind for kind, phrase in _KINDS if asking in phrase), Kind.TEXT)
    terms = _terms(typed, len(own), lexicon, kind is Kind.COMPARISON)
    question = Question(
        text=text,
        typed=typed,
        kind=kind,
        terms=[t for t in terms if t.place < len(own)],
        background=[t for t in terms if t.place >= len(own)],
        years=years(text),
        actual=asking in _ACTUAL,
        draft=typed in _DRAFT,
        final=typed in _FINAL,
        must=[i for a, b in _MUST.all(asking) for i in range(a, b)],
        money=asking in _MONEY,
        share=asking in _SHARE,
        price=asking in _PRICE,
        defining=kind is Kind.TEXT and asking in _DEFINING and asking not in _ATTRIBUTE,
        counted=asking in _NUMBER_OF,
        existing=asking in _EXISTING,
        day=asking in _DAY,
        aimed=asking in _AIMED and asking not in _TITLED,
    )
    question.noun = _noun(asking)
    question.counts = _counts(asking, question.noun)
    question.head = _head(asking, terms)
    question.named = _celebrated(asking, asked)
    question.opposed = oppositions(own, plain)
    question.denied = [i + 1 for i in _denials(asking, len(own)) if i + 1 < len(own)]
    return question


_SPELLED = {
    bare(w): w for w in ("nhiêu", "quyết", "định", "nghị", "thông", "chương", "trình", "hoạch", "chiến", "lược")
}


def _slip(typed: str, meant: str) -> bool:
    """Whether `typed` is `meant` with one letter wrong, missing, doubled or swapped with the next."""
    from rapidfuzz.distance import DamerauLevenshtein

    return DamerauLevenshtein.distance(typed, meant) == 1


def _respelled(text: str, words: list[Token]) -> str:
    """`text` with the mistyped words that name documents or ask put right, for patterns over the text itself."""
    for w in reversed(words):
        right = _SPELLED.get(w.bare)
        written = text[w.start : w.end]
        if right and not written.isupper() and _slip(bare(written), w.bare):
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
    words, known = typed.words[:own], _NOT_BARE if typed.plain else _NOT
    found = [i for i, w in enumerate(words) if (w.bare if typed.plain else w.key) in known]
    found = [i for i in found if not _limits([w.bare for w in words[i + 1 : i + 3]])]
    return [i for i in found if any(w.bare not in _CLOSING for w in words[i + 1 :])]


def _limits(after: list[str]) -> bool:
    """Whether the "không" before these words sets a limit: "không quá", "không được vượt quá"."""
    after = after[1:] if after[:1] == ["duoc"] else after
    return after[:1] in (["qua"], ["duoi"], ["vuot"], ["it"], ["thap"])


def _asking_verbs(typed: Typed) -> set[int]:
    """The places of the verbs right before "bao nhiêu", which ask more than they tell: "góp bao nhiêu"."""
    return {b - 1 for a, b in _VERB_BEFORE.all(typed)}


def _terms(typed: Typed, own: int, lexicon: Lexicon, comparing: bool) -> list[Term]:
    without = (_SLOT, _DRAFT, _FINAL, _COMPARED) if comparing else (_SLOT, _DRAFT, _FINAL)
    skip = {i for phrase in without for a, b in phrase.all(typed) for i in range(a, b)}
    denials = set(_denials(typed, own))
    skip |= {i for i, w in enumerate(typed.words) if w.bare in _NOT_BARE and i not in denials} & (
        set(range(len(typed.words))) if typed.plain else {i for i, w in enumerate(typed.words) if w.key in _NOT}
    )
    asking = _asking_verbs(typed)
    alike = alternatives(typed.words, typed.plain)
    out = []
    for i, w in enumerate(typed.words):
        if i in skip or re.fullmatch(r"(19|20)\d\d", w.bare):
            continue
        same = alike.get(i, Alike())
        weight = _weight(w, lexicon) * (_ASKS_ONLY if i in asking else 1.0)
        out.append(Term(i, w, weight, same.texts, same.sets, _loose(typed, i, lexicon)))
    return out


_ASKS_ONLY = 0.35
"""What is left of the weight of a verb that only asks."""
_VERB_BEFORE = Phrase(
    r"(góp|dành|chi|cấp|bỏ|giao|bố trí|cần|tốn|mất|nộp|đóng|chịu|trả|nhận|hưởng|đặt|lên|được|bị|phải|thu|áp dụng|tính"
    r"|lấy|bằng|gồm|có|đạt|làm|ghi|dự kiến|phấn đấu)(?= (khoảng |tới |đến |thêm |tối đa |tối thiểu |ít nhất )?"
    r"(bao nhiêu|mấy|bao lâu))"
)


LOOSE, UNMARKED = 0.35, 0.6
"""What a match by bare form alone is worth: of any word, and of one that looks as if its mark was left out."""


def _loose(typed: Typed, place: int, lexicon: Lexicon) -> float:
    """What a match by bare form is worth for the word at `place`.

    In text typed with diacritics, a word without any may lack its mark or may have none ("cua", "của"): the former only
    where the corpus has it, marked, beside the same neighbour.
    """
    if typed.plain:
        return 1.0
    word = typed.words[place]
    if word.key != word.bare or lexicon.knows(word.key):
        return LOOSE
    before = typed.words[place - 1].bare if place else ""
    after = typed.words[place + 1].bare if place + 1 < len(typed.words) else ""
    return UNMARKED if lexicon.paired(before, word.bare) or lexicon.paired(word.bare, after) else LOOSE


_LIGHT_BARE = {tokens(w)[0].bare: f for w, f in _LIGHT.items()}
_LIGHT_KEY = {tokens(w)[0].key: f for w, f in _LIGHT.items()}


def _weight(word: Token, lexicon: Lexicon) -> float:
    if word.key in UNITS:
        return 0.3
    factor = _LIGHT_KEY.get(word.key) or (_LIGHT_BARE.get(word.bare) if word.key == word.bare else None) or 1.0
    return factor * min(lexicon.weight(word), 7.0)


_DEFINING = Phrase(r"\S+( \S+){0,7} (là|nghĩa là|được hiểu là|có nghĩa là) gì|thế nào là \S+( \S+)*")
_ATTRIBUTE = Phrase(
    r"mục tiêu|chỉ tiêu|định hướng|tầm nhìn|nội dung|nhiệm vụ|giải pháp|nguồn|kinh phí|phạm vi|đối tượng"
    r"|yêu cầu|nguyên tắc"
    r"|quan điểm|thời gian|lý do|mục đích|vai trò|trách nhiệm|kết quả|quy mô|hình thức|tên|chủ đề|thông điệp"
    r"|điều kiện|tiêu chí"
    r"|vị trí|lĩnh vực|cơ chế|phương án|kế hoạch|căn cứ|ngôn ngữ|đơn vị|số|mức|tỷ lệ|hạn chế|khó khăn|nguyên nhân"
)


def _celebrated(typed: Typed, text: str) -> tuple[tuple[str, str], ...]:
    """The bare first two words of names like "Tháng Thanh niên", "Ngày Pháp luật" in `text`.

    Both are capitalised in a name; "mỗi năm Bắc Ninh" names no year.
    """
    found = []
    for a, b in pairwise(typed.words):
        written = text[b.start : b.end]
        timed = a.bare in _TIMES_BARE if typed.plain else a.key in _TIMES
        if timed and text[a.start].isupper() and written.istitle() and not written.isupper():
            found.append((a.bare, b.bare))
    return tuple(found)


_TIMES = frozenset(map(key, ("tháng", "tuần", "ngày", "năm")))
_TIMES_BARE = frozenset(("thang", "tuan", "ngay"))
_EXISTING = Phrase(r"có (tất cả |tổng cộng |khoảng )?(bao nhiêu|mấy)")
_COUNTED = Phrase(r"(bao nhiêu|mấy)(?= \S)")
_NUMBER_OF = Phrase(
    r"(tổng )?số lượng|tổng số"
    r"|số(?= (trạm|dự án|doanh nghiệp|người|cơ sở|trường|xã|hộ|khu|tuyến|sản phẩm|mô hình|lượt|vụ|đơn vị"
    r"|giáo viên|công ty"
    r"|trung tâm|bộ|ca|máy|nước|tỉnh|tổ chức|điểm|nhà|chuyến|lớp))"
)


def _noun(typed: Typed) -> list[Token]:
    """The words right after "bao nhiêu": what is counted, or the unit that is asked for."""
    found = _COUNTED.find(typed) or _NUMBER_OF.find(typed)
    if not found:
        return []
    return [w for w in typed.words[found[1] : found[1] + 3]]


_OF = Phrase(r"(bao nhiêu|mấy)( phần trăm)?( tổng)?( số)?( lượng)?( các| những)?(?= \S)")
_HEAD = 2
"""Words of what is counted that must not be missing."""


def _head(typed: Typed, terms: Sequence[Term]) -> frozenset[int]:
    """The places of the first words of what is counted or shared out."""
    found = _OF.find(typed)
    if not found:
        return frozenset()
    return frozenset(t.place for t in terms if found[1] <= t.place < found[1] + _HEAD)


def _counts(typed: Typed, noun: list[Token]) -> frozenset[str]:
    """The bare first words of `noun` and of the phrases that say the same."""
    if not noun:
        return frozenset()
    same = alternatives(typed.words, typed.plain).get(typed.words.index(noun[0]))
    return frozenset({noun[0].bare}) | (same.heads if same else frozenset())
