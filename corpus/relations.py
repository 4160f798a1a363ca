"""Relations: what a document says about others, and where it says so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.dates import DATE, iso
from corpus.document import Provision, Relation, RelationKind, Span
from corpus.document import ProvisionKind as Kind
from corpus.extensions import extends_next, is_extended
from corpus.numbers import NUMBER, normal, same
from corpus.shortnames import Known
from corpus.structure import provisions as structure

__all__ = ["relations"]

_KIND = (
    r"(?:[Bb]ộ\s+luật|[Ll]uật|[Nn]ghị\s+định|[Tt]hông\s+tư(?:\s+liên\s+tịch)?|[Qq]uyết\s+định|[Nn]ghị\s+quyết(?:\s+liên\s+tịch)?|"
    r"[Pp]háp\s+lệnh|[Cc]hỉ\s+thị|[Kk]ế\s+hoạch|[Cc]hương\s+trình|[Cc]ông\s+văn|[Cc]ông\s+điện|[Tt]hông\s+báo|[Kk]ết\s+luận|"
    r"[Hh]ướng\s+dẫn|[Tt]ờ\s+trình|[Vv]ăn\s+bản|[Bb]áo\s+cáo|[Qq]uy\s+định|[Qq]uy\s+chế)"
)
_NOT_NAME = rf"(?!{_KIND}\b|(?:này|thay|bãi|hủy|huỷ|của|kèm|quy|sửa|được|đã|theo|do|và|hoặc|trừ|hết|số|tại|ngày)\b)"
_CITED = re.compile(
    rf"(?:{_KIND}\s+(?:{_NOT_NAME}[^\W\d]+(?:\s*,)?\s+){{0,14}}?)?(?:số\s*:?\s*)?(?P<number>{NUMBER})"
    rf"(?:\s*,?\s*(?:ban\s+hành\s+)?(?=ngày\s)(?P<date>{DATE}))?"
)
_NUMBER = re.compile(NUMBER)
_NAMED_LAW = re.compile(
    r"(?P<number>(?:Bộ\s+luật|Luật|Pháp\s+lệnh|Hiến\s+pháp)\s+[^\d;:()\n]{3,150}?)\s*,?\s*"
    r"(?P<date>ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|ngày\s+\d{1,2}/\d{1,2}/\d{4})"
)
_UNIT = (
    r"(?:điểm|khoản|tiết|điều|mục|chương|phụ\s+lục|phần)\s+(?:[0-9]{1,3}[a-zđ]?|[ivxlc]{1,6}|[a-zđ])\b"
    r"(?:\s*,\s*(?:[0-9]{1,3}[a-zđ]?|[a-zđ])\b)*(?:\s+và\s+(?:[0-9]{1,3}[a-zđ]?|[a-zđ])\b)?"
)
_UNITS = rf"{_UNIT}(?:\s*(?:,|;|và|của)?\s*{_UNIT})*"
_PROVISION = re.compile(rf"(?P<provision>{_UNITS})\s*(?:của\s+|tại\s+|,\s*)?$", re.IGNORECASE)
_ACTS = (
    (
        RelationKind.REPLACES,
        r"thay\s+thế(?!\s+(?:một\s+số\s+)?(?:cụm|từ|các\s+cụm|mẫu|biểu|phụ\s+lục|điều|khoản|điểm))",
    ),
    (RelationKind.REPEALS, r"(?:bãi|hủy|huỷ)\s+bỏ(?!\s+(?:cụm\s+từ|từ\s))"),
    (
        RelationKind.AMENDS,
        r"sửa\s+đổi(?:\s*,?\s*(?:và\s+)?bổ\s+sung)?|bổ\s+sung|thay\s+(?:thế|đổi)|đính\s+chính|(?:bãi|hủy|huỷ)\s+bỏ",
    ),
    (RelationKind.GUIDES, r"hướng\s+dẫn(?:\s+(?:thi\s+hành|thực\s+hiện))?|quy\s+định\s+chi\s+tiết"),
)
_ACT = re.compile("|".join(f"(?P<{kind.name}>{words})" for kind, words in _ACTS), re.IGNORECASE)
_ACTOR = re.compile(r"(?:\bnày\b[^.;]{0,200}|^[\W_]*)$|[.;:,]\s*$|\bvà\s*$", re.IGNORECASE)
_BROKEN = re.compile(r"\b(?:được|theo|bởi|căn\s+cứ|trừ|quy\s+định\s+tại)\b", re.IGNORECASE)
_CHAINED = (RelationKind.REPLACES, RelationKind.REPEALS, RelationKind.AMENDS, RelationKind.EXTENDS)
_WHOLE = (RelationKind.REPLACES, RelationKind.REPEALS)
_PARTLY = re.compile(r"\bmột\s+(?:số|phần)\b|\bcác\s+(?:điều|khoản|điểm|quy\s+định)\b", re.IGNORECASE)
_COORDINATED = re.compile(r"(?:[;,]|\bvà)\s*(?:các\s+)?$")
_ENDS = re.compile(r"hết\s+hiệu\s+lực(?:\s+thi\s+hành)?")
_CHANGED = re.compile(r"\s*(?:đã\s+)?được\s+(?:sửa\s+đổi|bổ\s+sung|thay\s+thế)[^.;\n]{0,60}?như\s+sau", re.IGNORECASE)
_GROUND = re.compile(r"[\W_]*(?:Căn\s+cứ|Thực\s+hiện|Để\s+(?:triển\s+khai|thực\s+hiện)|Triển\s+khai|Theo)\b")
_SENTENCE = re.compile(r"[.]\s+(?=[A-ZĐ])")
_ITEM = re.compile(r"[\W_]*(?:(?:Điều\s+)?\d{1,3}[a-zđ]?\s*[.)]|[a-zđ]\s*\)|\([ivx\d]+\)|[-–+•])?\s*")
_STARTS = re.compile(
    rf"{_ITEM.pattern}(?:Kể\s+từ\s+ngày\s[^,.;]{{0,80}}\bnày\s+có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s*,\s*)?"
)
_WHOLE_ARTICLE = re.compile(r"(?<!\w)Điều\s+\d{1,3}[a-zđ]?(?![\w.])(?!\s*,)")
_DOES = r"(?:Sửa\s+đổi|Bổ\s+sung|Bãi\s+bỏ|Thay\s+thế)"
_AMENDED_UNIT = re.compile(
    rf"(?P<act>{_DOES}(?:\s*,\s*{_DOES})*)\s+(?:[^.;:“\n]{{0,40}}?\s)??(?P<provision>{_UNITS})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A leaf of the structure with citations: `lead` is the printed line of what it lies in, when that opens a list."""

    words: str
    start: int
    lead: str
    ground: bool


@dataclass(frozen=True, slots=True)
class _Mention:
    """A document named in a leaf, at offsets of its words; `short` when the number was given in full before."""

    start: int
    end: int
    number: str
    date: str | None = None
    short: bool = False


def relations(
    text: str, own_number: str | None = None, provisions: tuple[Provision, ...] | None = None
) -> tuple[Relation, ...]:
    """What `text` says about other documents, in order of the text, each statement once.

    Grounds (căn cứ) are the documents named before the first unit; "thay thế", "bãi bỏ", "hết hiệu lực", "sửa
    đổi, bổ sung", "kéo dài", "hướng dẫn" count when this document is the one that acts; all other citations refer. A
    law cited by name and date only is given its name as number. "Nghị định số 15 nói trên" is the one last named in
    full. `own_number` and its own citations ("Quyết định này" among them) are left out.
    """
    units = structure(text) if provisions is None else provisions
    found: dict[tuple[str, str, str | None], Relation] = {}
    for relation in _all(text, units):
        if own_number and same(relation.number, own_number):
            continue
        found.setdefault((relation.kind, relation.number, relation.provision), relation)
    return tuple(sorted(found.values(), key=lambda r: (r.span.start, r.span.end)))


def _all(text: str, units: tuple[Provision, ...]) -> Iterator[Relation]:
    amended: str | None = None
    titled: str | None = None
    parents = {unit.parent for unit in units}
    articles = [unit.span for unit in units if unit.kind is Kind.DIEU]
    starts = [span.start for span in articles]
    last = -1
    known = Known()
    for at, unit in enumerate(units):
        if at in parents or unit.kind is Kind.HEADER:
            continue
        leaf = _leaf(text, units, unit, starts)
        mentions = _mentions(leaf, known)
        cited = list(_cited(leaf, mentions))
        yield from cited
        article = bisect_right(starts, unit.span.start) - 1
        if article != last:
            last, amended = article, titled
        acts = {r.number for r in cited if r.kind is RelationKind.AMENDS}
        if len(acts) == 1:
            amended = acts.pop()
            titled = amended if article < 0 else titled
        elif amended and all(mention.short for mention in mentions):
            yield from _amendment(leaf, amended, _article_amended(text, units, unit))


def _leaf(text: str, units: tuple[Provision, ...], unit: Provision, articles: list[int]) -> _Leaf:
    lead = ""
    parent = unit.parent
    if parent is not None and units[parent].span.start < unit.span.start:
        head = units[parent].span.of(text).partition("\n")[0].strip()
        lead = head if head.endswith(":") else ""
    words = unit.span.of(text)
    opening = unit.parent is None and (not articles or unit.span.start < articles[0])
    return _Leaf(words, unit.span.start, lead, opening and bool(_GROUND.match(words)))


def _cited(leaf: _Leaf, mentions: list[_Mention]) -> Iterator[Relation]:
    chain: RelationKind | None = None
    before = 0
    for mention in mentions:
        left = leaf.words[before if chain else 0 : mention.start]
        kind = _kind(leaf, mention, chain, left)
        chain = kind if kind in _CHAINED else None
        before = mention.end
        yield _relation(leaf, mention, kind)


def _mentions(leaf: _Leaf, known: Known) -> list[_Mention]:
    """The documents that the leaf names, in order; short names mean what was named in full before them."""
    found: list[_Mention] = []
    at = 0
    for match in _citations(leaf):
        found += [_Mention(s.start, s.end, s.number, short=True) for s in known.find(leaf.words, at, match.start())]
        found.append(_Mention(match.start(), match.end(), match["number"], match["date"]))
        if match["number"][0].isdigit():
            known.add(match.group(), match["number"])
        at = match.end()
    return found + [_Mention(s.start, s.end, s.number, short=True) for s in known.find(leaf.words, at)]


def _citations(leaf: _Leaf) -> list[re.Match[str]]:
    numbered = "/" in leaf.words and _NUMBER.search(leaf.words)
    found = list(_CITED.finditer(leaf.words)) if numbered else []
    if leaf.ground and not found:
        found = list(_NAMED_LAW.finditer(leaf.words))
    return found


def _kind(leaf: _Leaf, mention: _Mention, chain: RelationKind | None, left: str) -> RelationKind:
    if leaf.ground:
        return RelationKind.BASIS
    if chain is not None and _COORDINATED.search(_PROVISION.sub("", left)):
        return chain
    before = _PROVISION.sub("", _last_sentence(leaf.words[: mention.start]))
    if extends_next(before):
        return RelationKind.EXTENDS
    acted = _acted(leaf.words[: mention.start])
    if acted is not None:
        return acted
    right = leaf.words[mention.end : mention.end + 900]
    if _CHANGED.match(right):
        return RelationKind.AMENDS
    first = _STARTS.fullmatch(before)
    if first and is_extended(right):
        return RelationKind.EXTENDS
    if first and _ENDS.search(_SENTENCE.split(right)[0]) and not re.search(r"\bkhông\s+hết", right):
        return RelationKind.REPEALS
    if first and leaf.lead:
        return _listed(leaf.lead)
    return RelationKind.REFERS


def _acted(left: str) -> RelationKind | None:
    """What this document does to the one cited right after `left`; None when another acts, or nothing is done."""
    sentence = _last_sentence(left)
    acts = list(_ACT.finditer(sentence))
    if not acts:
        return None
    act = acts[-1]
    between = sentence[act.end() :]
    actor = _ITEM.sub("", sentence[: act.start()], count=1)
    if len(between) > 160 or _BROKEN.search(between) or actor.rstrip().endswith("được") or not _ACTOR.search(actor):
        return None
    if re.search(NUMBER, between) or (re.search(NUMBER, actor) and "này" not in actor):
        return None
    kind = RelationKind[act.lastgroup or "REFERS"]
    return RelationKind.AMENDS if kind in _WHOLE and _PARTLY.search(between) else kind


def _listed(lead: str) -> RelationKind:
    """What the line above a list says of the documents listed."""
    if _ENDS.search(lead):
        return RelationKind.REPEALS
    acts = list(_ACT.finditer(lead))
    if not acts or re.search(r"được\s*$", lead[: acts[-1].start()]):
        return RelationKind.REFERS
    return RelationKind[acts[-1].lastgroup or "REFERS"]


def _last_sentence(words: str) -> str:
    ends = [m.end() for m in _SENTENCE.finditer(words) if not re.search(r"(?:Điều\s+)?\b\d{1,3}$", words[: m.start()])]
    return words[ends[-1] :] if ends else words


def _relation(leaf: _Leaf, mention: _Mention, kind: RelationKind) -> Relation:
    named = _PROVISION.search(leaf.words[max(0, mention.start - 160) : mention.start])
    provision = " ".join(named.group("provision").split()) if named else None
    start = mention.start - (len(named.group()) if named else 0)
    number, day = mention.number, mention.date
    return Relation(
        kind=kind,
        number=normal(number) if re.match(r"\d", number) else " ".join(number.split()),
        span=Span(start=leaf.start + start, end=leaf.start + mention.end),
        issued_on=iso(day) if day else None,
        provision=provision,
    )


def _article_amended(text: str, units: tuple[Provision, ...], unit: Provision) -> str | None:
    """The điều that the heading above `unit` amends: "Sửa đổi một số khoản của Điều 7" above "1. Bãi bỏ khoản 2"."""
    at = unit.parent
    while at is not None:
        head = units[at].span.of(text).partition("\n")[0] if units[at].span.start < unit.span.start else ""
        named = _WHOLE_ARTICLE.findall(head)
        if len(named) == 1 and _ACT.search(head):
            return " ".join(named[0].split())
        at = units[at].parent
    return None


def _amendment(leaf: _Leaf, number: str, article: str | None) -> Iterator[Relation]:
    """A unit that changes a provision of the document which its điều amends, without naming it again."""
    item = _ITEM.match(leaf.words)
    at = item.end() if item else 0
    match = _AMENDED_UNIT.match(leaf.words, at)
    if match is None:
        return
    act = match.group("act").lower()
    provision = " ".join(match.group("provision").split())
    if article and "điều" not in provision.lower():
        provision = f"{provision} {article}"
    whole = not leaf.words[match.end("act") : match.start("provision")].strip()
    yield Relation(
        kind=RelationKind.REPEALS if whole and re.fullmatch(r"bãi\s+bỏ", act) else RelationKind.AMENDS,
        number=number,
        span=Span(start=leaf.start + match.start(), end=leaf.start + match.end()),
        provision=provision,
    )
