"""Figures, dates and clauses of the documents that may answer a question, with how well each fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answers.bags import words_of
from assistant.answers.columns import behind as column_behind
from assistant.answers.columns import heading
from assistant.answers.contrast import labelled, shares, stated_label
from assistant.answers.figures import Figure, date_spans, figures, last_years, years
from assistant.answers.fitting import INNER, fits, inner
from assistant.answers.little import little
from assistant.answers.matching import Cover, cover
from assistant.answers.normalise import key, tokens
from assistant.answers.opposed import stands_in
from assistant.answers.patterns import Phrase
from assistant.answers.question import Kind, Question, Term
from assistant.answers.reading import Reading, Unit
from assistant.answers.segments import alike, bracket, goes_on, part, weighted
from assistant.answers.subjects import about

__all__ = ["Evidence", "Sought", "clause_evidence", "date_evidence", "figure_evidence", "worth"]


@dataclass(frozen=True, slots=True)
class Sought:
    """A question with the terms to look for; `firm` says that it names the document."""

    question: Question
    terms: Sequence[Term]
    firm: bool = False


@dataclass(slots=True)
class Evidence:
    """A figure, date or clause with how well it fits: `year` is 1 agreed, 0 contradicted, between when not said.

    `part` is the span of the clause that belongs to the figure; `span` the characters that state the figure; `close`
    is the share of the words just before the figure that the question has too. `behind` is 0 unless another figure of
    the clause has, of the words that tell them apart, more that were asked: up to 1 for all of them. `margin` is how
    far the best evidence of a question stands above the best that says something else. `lead` is the line above that
    states the figure or year for the clause ("Phạt tiền từ ... đối với một trong các hành vi sau đây:").
    """

    reading: Reading
    unit: Unit
    cover: Cover
    year: float
    kind: float
    span: tuple[int, int]
    part: tuple[int, int]
    figure: Figure | None = None
    lead: tuple[int, int] | None = None
    score: float = 0.0
    heading: bool = False
    close: float = 1.0
    behind: float = 0.0
    margin: float = 0.0


Finder = Callable[[Sought, Reading, Iterable[Unit]], Iterator[Evidence]]


def figure_evidence(sought: Sought, reading: Reading, units: Iterable[Unit]) -> Iterator[Evidence]:
    """One evidence for each figure of the asked type in `units`."""
    text = reading.document.text
    asked = {t.word.bare for t in sought.terms}
    for unit in units:
        yield from _led(sought, reading, unit)
        for figure in unit.figures:
            kind = fits(sought.question, unit, figure, text)
            if not kind:
                continue
            others = alike(unit, figure)
            own = part(text, unit, figure, others)
            told = contrasts(sought, text, unit, others)
            level = len({bracket(text, unit, f) for f in others}) == 1
            behind = (told.get(figure, 0.0) if told else 0.0) * (_EXACT if kind > 1 and level else 1.0)
            if unit.row:
                behind = column_behind(text, unit, figure, asked)
            meant = told is not None and told.get(figure) == 0
            if meant and inner(text, unit, figure):
                kind /= INNER
            words = weighted(text, unit, own, others, meant)
            if unit.row:
                words = [*words, (LED, words_of(tokens(heading(text, unit, figure))))]
            found = cover(sought.question, sought.terms, words, unit.around, reading, unit.pairs, sought.firm)
            year = _year(sought.question, reading, unit, figure, own)
            close = _closeness(sought.question, unit, own, figure)
            yield Evidence(
                reading, unit, found, year, kind, (figure.lead, figure.end), own, figure, close=close, behind=behind
            )


def _led(sought: Sought, reading: Reading, unit: Unit) -> Iterator[Evidence]:
    """The evidence of a figure that the line above states for the clause and its siblings."""
    text = reading.document.text
    if unit.row or not unit.leads or not text[slice(*unit.leads[-1])].rstrip().endswith(":"):
        return
    start, end = unit.leads[-1]
    told = [f._replace(start=f.start + start, end=f.end + start, lead=f.lead + start) for f in figures(text[start:end])]
    fit = [(f, kind) for f in told if (kind := fits(sought.question, unit, f, text))]
    if len(fit) != 1 or not _FOR_EACH.search(text, fit[0][0].end, end):
        return
    if any(fits(sought.question, unit, f, text) for f in unit.figures):
        return
    figure, kind = fit[0]
    words, own = reading.read((start, end))
    levels = [(1.0, unit.own), (LED, own)]
    pairs = unit.pairs | {(a.bare, b.bare) for a, b in pairwise(words)}
    found = cover(sought.question, sought.terms, levels, unit.around, reading, pairs, sought.firm)
    year = _year(sought.question, reading, unit, None, (unit.start, unit.end))
    span = (figure.lead, figure.end)
    yield Evidence(reading, unit, found, year, kind, span, (start, end), figure, lead=(start, end))


_FOR_EACH = re.compile(
    r"(?:đối với|một trong|áp dụng|khi|nếu|cho|trong)\s[^:]*(?:sau|sau đây|dưới đây)\s*:\s*$", re.IGNORECASE
)
"""What follows a figure in a line above that holds for each clause under it, and not for them together."""
_EXACT = 0.4
"""What is left of being behind for a figure that counts just what is asked for."""
LED = 0.95
"""What a word of the line above counts that states the figure for the clause."""


def contrasts(sought: Sought, text: str, unit: Unit, others: list[Figure]) -> dict[Figure, float] | None:
    """How far each figure of the clause lags behind the one that the asked words choose, None where none is chosen."""
    opened = {f: bracket(text, unit, f) for f in others}
    out: dict[Figure, float] = {}
    named = False
    for place in set(opened.values()):
        group = [f for f in others if opened[f] == place]
        if any(goes_on(text, a, b) for a, b in pairwise(group)):
            continue
        parts = [part(text, unit, f, others) for f in group]
        outside = {w.bare for w in unit.words if w.start < place}
        terms = [t for t in sought.terms if t.word.bare not in outside]
        found = shares(text, unit, parts, group, terms, sought.question.typed.plain)
        best = max(found or [0.0])
        if found and best:
            out |= {f: (best - share) / best for f, share in zip(group, found, strict=True)}
            named |= place >= 0 and best >= _NAMES
    if named:
        out |= {f: 1.0 for f in others if opened[f] < 0}
    return out or None


def _closeness(question: Question, unit: Unit, own: tuple[int, int], figure: Figure) -> float:
    """How much of what is said of the figure was asked: less than 1 for a narrower subject than the question's."""
    asked = {w.bare for w in question.typed.words}
    before = [w for w in unit.words if own[0] <= w.start < figure.lead][-_NEAR:]
    said = before or [w for w in unit.words if figure.end <= w.start < own[1]][:_NEAR]
    return sum(w.bare in asked for w in said) / len(said) if said else 1.0


def date_evidence(sought: Sought, reading: Reading, units: Iterable[Unit]) -> Iterator[Evidence]:
    """One evidence for each of `units` that states a date, or a period after one."""
    text = reading.document.text
    for unit in units:
        body = text[unit.start : unit.end]
        dates = date_spans(body)
        spans = [d for d in dates if not _OF_DOCUMENT.search(body, max(0, d[0] - 40), d[0])]
        if dates and not spans and not _PERIOD.search(body):
            continue
        spans += [m.span() for m in _PERIOD.finditer(body)]
        only_years = not spans and bool(unit.years) and not sought.question.day
        if only_years:
            spans = [(0, len(body))]
        if not spans and sought.question.kind is Kind.YEAR and not unit.row:
            yield from _dated_above(sought, reading, unit)
        if spans:
            whole = (unit.start + min(s for s, _ in spans), unit.start + max(e for _, e in spans))
            found = _of_clause(sought, reading, unit, whole)
            found.kind = _YEARS_ONLY if only_years and sought.question.kind is Kind.DATE else 1.0
            if sought.question.typed in _RANGE:
                found.kind = 1.0 if len(spans) > 1 or "–" in body or "-" in body else _YEARS_ONLY
            yield found


def _dated_above(sought: Sought, reading: Reading, unit: Unit) -> Iterator[Evidence]:
    """The evidence of a clause under a heading that sets one year for it."""
    text = reading.document.text
    lead = next((s for s in reversed(unit.leads) if years(text[slice(*s)])), None)
    if lead and len(years(text[slice(*lead)])) == 1 and lead[1] - lead[0] < _HEADING:
        found = _of_clause(sought, reading, unit, (unit.start, unit.end))
        found.lead = lead
        yield found


def clause_evidence(sought: Sought, reading: Reading, units: Iterable[Unit]) -> Iterator[Evidence]:
    """One evidence for each of `units`."""
    for unit in units:
        yield _of_clause(sought, reading, unit, (unit.start, unit.end))


def worth(question: Question, e: Evidence) -> float:
    """The score by which evidence is ranked: near 1 when all that is asked is there, below 0 when little is."""
    c, text = e.cover, e.reading.document.text
    score = 0.72 * c.total + 0.18 * c.own + 0.10 * c.pairs
    score -= 0.25 * (c.entities > 0) + 0.15 * min(c.numbers, 2) + 0.3 * c.gap
    score -= 0.35 * (1 - e.year) + 0.2 * (1 - e.kind)
    score += 0.05 * (e.close - 1) + 0.1 * backing(question, e)
    score -= _BEHIND * e.behind + _UNNAMED * _unlabelled(question, e)
    if question.years and not question.years & e.reading.all_years and e.year < 1:
        score -= 2 * _OTHER_YEAR
    elif _of_other_time(question, e):
        score -= _OTHER_YEAR
    if _replaced(question, e):
        score -= _OTHER
    if any(place in question.head for place in c.absent):
        score -= _HEADLESS
    if _denial(question, e):
        score -= _DENIED
    score -= _OPPOSED * _of_another(question, e)
    if not question.actual and _NOW.search(e.reading.document.text, e.unit.start, e.unit.end):
        score -= 0.08
    score += _opening(question, e) + _bounds(question, e)
    if any(_FORM.match(text, *span) for span in e.unit.leads):
        score -= _IN_FORM
    if e.figure is None:
        score += _form(question, e)
    return score - (0.0 if c.must else 0.4)


_NOW = re.compile(r"(?<!\w)(?:[Hh]iện nay|[Hh]iện có|[Hh]iện đang|[Hh]iện tại|[Đđ]ến nay|[Tt]hời gian qua)(?!\w)")
_NEAR = 12
_NAMES = 3.0
"""The weight of asked words from which a part in brackets is meant, and not the whole before them."""
_FAR = 0.2
"""Agreement in years up to which the evidence is of another time."""
_BEHIND, _UNNAMED, _OTHER_YEAR = 0.2, 0.4, 0.3
"""What it costs to be another figure of the clause than the asked words choose, to be of another class, level or
grade, and of another year than the one that the question aims at."""
_OTHER = 0.15
"""What it costs to speak of something else in the place of what was asked."""
_JOINTS = frozenset(
    map(
        key,
        [
            "của",
            "các",
            "những",
            "được",
            "trong",
            "theo",
            "cho",
            "với",
            "và",
            "trên",
            "tại",
            "đến",
            "các",
            "bằng",
            "khi",
        ],
    )
)
_OF_DOCUMENT = re.compile(r"\d\s*/[^\s,;]{2,30},?\s+$")
"""What stands before the date of a document: its number."""
_RANGE = Phrase(r"từ (ngày|tháng|năm) nào( \S+){0,3} (đến|tới)( \S+)*|kéo dài|diễn ra .* (đến|tới)( \S+)*")
_YEARS_ONLY = 0.8
"""How well a clause with years alone answers a question for a date."""
_HEADING = 220
_PREAMBLE = re.compile(
    r"\s*(?:Căn cứ|Theo đề nghị|Xét đề nghị|Xét Tờ trình|Kính gửi|\(?(?:Ban hành )?[Kk]èm theo|Trên cơ sở"
    r"|Thực hiện|Nơi nhận)\b"
)


def _unlabelled(question: Question, e: Evidence) -> bool:
    """Whether a number that names something in the question ("lớp 3") names nothing around the evidence."""
    near = [e.unit.own, *(words for _, words in e.unit.around), e.reading.name]
    return any(not any(stated_label(label, words) for words in near) for label in labelled(question))


_HEADLESS = 0.12
"""What it costs to lack what is counted itself: "hồ sơ" where the clause counts "thủ tục"."""
_DENIED = 0.2
"""What it costs to deny what the question does not, or to lack what it denies."""
_NOT = frozenset(("khong", "chua"))
_BOUNDS = little("qua duoi it thap vuot chi ke phan phu bao chi ngung dung han").bares
"""Words that make no denial of the "không" before them: "không quá", "không dưới"."""


def _of_other_time(question: Question, e: Evidence) -> bool:
    """Whether a year asked for is nowhere in the document, or the evidence is of another than the one aimed at."""
    if _onwards(question, e.reading.document.text, e.unit):
        return False
    if question.kind is not Kind.COMPARISON and not question.years <= e.reading.all_years:
        return True
    return e.year <= _FAR and (question.aimed or bool(question.years & e.reading.vision))


_ONWARDS = re.compile(r"từ (?:ngày \d{1,2}(?:/| tháng )\d{1,2}(?:/| năm )|năm )(\d{4}) trở đi", re.IGNORECASE)


def _onwards(question: Question, text: str, unit: Unit) -> bool:
    """Whether the clause holds from a year on ("từ năm 2028 trở đi") that is not after those asked for."""
    begun = _ONWARDS.search(text, unit.start, unit.end)
    return bool(begun and question.years and int(begun.group(1)) <= min(question.years))


def _denial(question: Question, e: Evidence) -> bool:
    """Whether the question denies what the clause does not, or the clause what the question does not."""
    if question.kind is Kind.YESNO or e.unit.row:
        return False
    pairs = e.unit.pairs | {p for s in e.unit.leads for p in pairwise(w.bare for w in e.reading.read(s)[0])}
    denied = {question.typed.words[i].bare for i in question.denied}
    if denied:
        pairs |= e.reading.name_pairs
        return not all(any((n, word) in pairs or _through(n, word, pairs) for n in _NOT) for word in denied)
    asked = {t.word.bare for t in question.terms if t.weight >= _MEANT}
    within = e.lead or e.part
    words = [w.bare for w in e.unit.words if e.lead or within[0] <= w.start < within[1]]
    spots = [i for i, w in enumerate(words[:-1]) if w in _NOT and words[i + 1] not in _BOUNDS]
    return any(asked & set(words[i + 1 : i + 3]) for i in spots)


def _through(first: str, last: str, pairs: set[tuple[str, str]]) -> bool:
    """Whether one word stands between the two: "không dùng tiền mặt" for "không tiền mặt"."""
    return any(a == first and (b, last) in pairs for a, b in pairs)


def _of_another(question: Question, e: Evidence) -> bool:
    """Whether the evidence is of the opposite of what was asked, or of another month or day than the one named."""
    if question.opposed:
        near = [*(words for _, words in e.unit.around), e.reading.name]
        if stands_in(question.opposed, e.unit.own, near):
            return True
    return bool(question.named) and _misnamed(question, e)


def _misnamed(question: Question, e: Evidence) -> bool:
    """Whether the question names a month, week or day ("Tháng Thanh niên") that the evidence does not name so."""
    near = e.unit.pairs | e.reading.name_pairs
    near |= {(a.bare, b.bare) for span in e.unit.leads for a, b in pairwise(e.reading.read(span)[0])}
    return not set(question.named) <= near


_OPPOSED = 0.6
"""What it costs to speak of the opposite of what was asked, and of another month or day than the one named."""
_MEANT = 2.0
"""The weight from which a denied word matters."""


def _replaced(question: Question, e: Evidence) -> bool:
    """Whether the clause has another word where the question has one that is missing: "nuôi nghêu" for "nuôi cua"."""
    asked = {w.bare for w in question.typed.words}
    places = [p for p in e.cover.absent if p and question.typed.words[p - 1].key not in _JOINTS]
    before = {question.typed.words[p - 1].bare for p in places}
    return any(
        a.bare in before and b.bare not in asked and len(b.bare) > 2 and b.key not in _JOINTS
        for a, b in pairwise(e.unit.words)
    )


def backing(question: Question, e: Evidence) -> float:
    """How much of the earlier question of the conversation the evidence covers, 0 without one."""
    if not question.background:
        return 0.0
    own = [(1.0, e.unit.own)]
    return cover(question, question.background, own, e.unit.around, e.reading, e.unit.pairs).total


_PERIOD = re.compile(
    r"(?:sau|trong|trước|trong thời hạn|trong vòng)\s+(?:thời hạn\s+)?\d+\s+(?:ngày|tháng|năm)[^.;,]*"
    r"|(?:không quá|tối đa|tối thiểu|ít nhất|khoảng|là)\s+\d+\s+(?:giờ|ngày|tuần|tháng|năm)(?!\s+\d{4})[^.;,]*"
    r"|(?:kể\s+)?từ ngày (?:ký|ban hành|công bố)[^.;,]*|hằng năm|hàng năm|hằng quý|hàng quý|hằng tháng|hàng tháng"
    r"|quý\s+[IVX\d]+(?:[/\s]+(?:năm\s+)?\d{4})?",
    re.IGNORECASE,
)


_FORM = re.compile(r"\s*(?:Mẫu|MẪU|Phiếu|PHIẾU|Biểu mẫu)\s+(?:số\s+)?\d")
_IN_FORM = 0.1
"""What it costs to stand in a form that is to be filled in."""
_FIRST_WORDS, _OPENS = 5, 0.08
"""Words at the beginning of a clause that say what it is about, and what it is worth that all of them were asked."""
_ABOUT = 0.16
"""What it is worth that the clause says what the asked thing is or holds: "Khu vực I gồm: ...", "Giờ chuẩn là ..."."""
_BOUND = 0.06
"""What it is worth, or costs, that a limit in the question ("dưới 1 tháng", "trên 50 tỷ") is one in the clause."""
_LIMITS = little("trên dưới quá hơn từ đến tới").bares


def _opening(question: Question, e: Evidence) -> float:
    """What it adds that the clause is about what was asked, and does not just mention it."""
    if e.unit.row or e.lead:
        return 0.0
    asked = {t.word.bare for t in question.terms}
    if question.kind is Kind.WHO:
        return _OPENS * _named_as(e, asked)
    first = [w.bare for w in e.unit.words if len(w.bare) > 1 and not w.bare[0].isdigit()][:_FIRST_WORDS]
    opens = _OPENS * sum(w in asked for w in first) / len(first) if first else 0.0
    return max(opens, _ABOUT if about(e.reading.document.text, e.unit, question) else 0.0)


def _named_as(e: Evidence, asked: set[str]) -> float:
    """Whether the clause says who holds the office asked for: "Chủ tịch Hội đồng là Giám đốc Sở ..."."""
    words = [w.bare for w in e.unit.words if not w.bare[0].isdigit()]
    if "la" not in words[1:_SUBJECT]:
        return 0.0
    subject = [w for w in words[: words.index("la")] if len(w) > 1]
    return 2.0 * sum(w in asked for w in subject) / len(subject) if subject else 0.0


_SUBJECT = 10


def _bounds(question: Question, e: Evidence) -> float:
    """What the limits that the question sets add or take off."""
    words = [w.bare for w in question.typed.words]
    limits = [(a, b) for a, b in pairwise(words) if a in _LIMITS and b[0].isdigit() and len(b) < _YEAR_LONG]
    if not limits:
        return 0.0
    pairs = e.unit.pairs | {(a.bare, b.bare) for s in e.unit.leads for a, b in pairwise(e.reading.read(s)[0])}
    return _BOUND * sum(1 if p in pairs else -1 for p in limits) / len(limits)


_YEAR_LONG = 4
_LABEL = re.compile(r"[^:.;]{4,70}:\s")
_LABELLED = 0.12
_TIMED = re.compile(r"Thời (?:gian|hạn|điểm)")
_LABELS = frozenset((Kind.LIST, Kind.TEXT, Kind.WHO, Kind.DATE, Kind.YEAR))


def _label(question: Question, e: Evidence) -> float:
    """What it adds that the clause opens with a label made of asked words: "Đối tượng hỗ trợ: ..."."""
    text = e.reading.document.text
    label = _LABEL.match(text, e.unit.start, e.unit.end)
    if label is None or label.end() >= e.unit.end - 4:
        return 0.0
    if question.kind in (Kind.DATE, Kind.YEAR):
        return _LABELLED if _TIMED.search(text, e.unit.start, label.end()) else 0.0
    asked = {t.word.bare for t in question.terms}
    said = [w.bare for w in e.unit.words if w.start < label.end() and len(w.bare) > 1]
    return _LABELLED * sum(w in asked for w in said) / len(said) if said else 0.0


def _form(question: Question, e: Evidence) -> float:
    """What the form of a clause adds: a heading made of the asked words announces the answer, a preamble never "
    "is one.
    """
    text = e.reading.document.text
    if question.kind is not Kind.DOCUMENT and _PREAMBLE.match(text, e.unit.start):
        return -0.2
    if not e.heading or question.kind not in (Kind.LIST, Kind.TEXT):
        return _label(question, e) if question.kind in _LABELS else 0.0
    asked = {w.bare for w in question.typed.words}
    own = [w for w in e.unit.words if len(w.bare) > 1]
    return 0.15 * sum(w.bare in asked for w in own) / len(own) if own else 0.0


def _of_clause(sought: Sought, reading: Reading, unit: Unit, span: tuple[int, int]) -> Evidence:
    found = cover(sought.question, sought.terms, [(1.0, unit.own)], unit.around, reading, unit.pairs, sought.firm)
    year = _year(sought.question, reading, unit, None, span)
    heading = _announces(reading, unit)
    return Evidence(reading, unit, found, year, 1.0, span, (unit.start, unit.end), heading=heading)


def _announces(reading: Reading, unit: Unit) -> bool:
    """Whether the clause is a heading or lead with something under it."""
    line = unit.clause.line
    if unit.row or unit.end < line.end or line.end - line.start > _HEADING:
        return False
    text = reading.document.text[line.start : line.end]
    return not text.endswith((".", ";")) and (line.start, line.end) in reading.leading


def _year(question: Question, reading: Reading, unit: Unit, figure: Figure | None, own: tuple[int, int]) -> float:
    """Agreement of the years asked for with those nearest to the figure."""
    if not question.years:
        return 0.9
    text = reading.document.text
    if _onwards(question, text, unit):
        return 1.0
    levels: list[set[int]] = []
    if figure:
        levels += [years(text[figure.end : own[1]]), last_years(text[own[0] : figure.lead])]
        levels += [last_years(text[unit.start : figure.lead])]
    levels += [unit.years, unit.years_above - reading.vision or unit.years_above]
    nearest = next((found for found in levels if found), set())
    if nearest:
        shared = question.years & nearest
        whole = len(shared) == len(question.years) or question.kind is Kind.COMPARISON
        return 0.0 if not shared else 1.0 if whole else 0.8 if question.years <= reading.all_years else 0.4
    if question.years & reading.vision:
        return 0.2
    if reading.years:
        return 0.9 if question.years <= reading.years else 0.55
    return 0.6
