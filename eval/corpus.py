"""How well files are read and understood: fields of documents against facts that others published about them.

A fact counts for a field only where the text itself states it: a portal's record may hold a number with a letter lost,
a shortened title, or the day of another document, and no reader of the text can find those there.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from rapidfuzz import fuzz

from corpus.dates import iso, written
from corpus.document import Document, Frozen, Provision
from corpus.document import ProvisionKind as Kind
from corpus.errors import ChitieuError, UnreadableFile
from corpus.load import load
from corpus.numbers import NUMBER, normal, same
from eval.stats import Estimate, wilson

__all__ = ["ALIKE", "FIELDS", "Difference", "Fact", "Report", "articles", "evaluate", "show"]

FIELDS = ("number", "title", "effective_from", "issued_on", "articles")
ALIKE = 0.9
"""How alike, letters and digits only, two titles must be: portals drop "ban hành" and "về việc"."""

_TITLED = re.compile(
    r"^(?:bộ\s+luật|luật|nghị\s+quyết(?:\s+liên\s+tịch)?|nghị\s+định|thông\s+tư(?:\s+liên\s+tịch)?|quyết\s+định|pháp\s+lệnh|"
    r"chỉ\s+thị|kế\s+hoạch|công\s+văn)\s+",
    re.IGNORECASE,
)
_EFFECT_LINE = re.compile(r"[^\n]*hiệu\s+lực[^\n]*", re.IGNORECASE)
_SIGNING = re.compile(r"ngày\s+(?:được\s+)?(?:ký|kí|ban\s+hành|thông\s+qua|Quốc\s+hội)", re.IGNORECASE)


class Fact(BaseModel):
    """What is known of one file; a field that is not known is None. Dates in ISO or as 31/12/2025."""

    model_config = ConfigDict(extra="ignore")

    file: str
    number: str | None = None
    title: str | None = None
    effective_from: str | None = None
    issued_on: str | None = None
    articles: int | None = None


class Difference(Frozen):
    """A field that was read otherwise than the fact says; `stated` where the text does state the fact."""

    file: str
    field: str
    fact: str
    found: str | None
    stated: bool


class Report(Frozen):
    """What was measured. `shares`: for each field the share right among the documents whose text states the fact.

    `known` counts the documents with a fact for the field, `refused` names the files that could not be read and
    why, `seconds` is the time that reading took.
    """

    documents: int
    read: int
    shares: dict[str, Estimate]
    known: dict[str, int]
    differences: tuple[Difference, ...]
    refused: dict[str, str]
    characters: int
    seconds: float


def evaluate(directory: Path) -> Report:
    """Reads every file that `facts.jsonl` in `directory` names, and compares what was understood.

    Raises:
        UnreadableFile: `facts.jsonl` is missing, or a line of it is not as it should be.
    """
    facts = list(_facts(directory / "facts.jsonl"))
    hits: dict[str, list[bool]] = {field: [] for field in FIELDS}
    differences: list[Difference] = []
    refused: dict[str, str] = {}
    characters, seconds = 0, 0.0
    for fact in facts:
        start = time.perf_counter()
        try:
            document = load(directory / fact.file, sidecar={})
        except (ChitieuError, OSError) as error:
            refused[fact.file] = str(error)
            continue
        seconds += time.perf_counter() - start
        characters += len(document.text)
        for field, right, difference in _compared(document, fact):
            if difference is None or difference.stated:
                hits[field].append(right)
            if difference is not None:
                differences.append(difference)
    return Report(
        documents=len(facts),
        read=len(facts) - len(refused),
        shares={field: wilson(sum(found), len(found)) for field, found in hits.items() if found},
        known={field: sum(getattr(fact, field) is not None for fact in facts) for field in FIELDS},
        differences=tuple(differences),
        refused=refused,
        characters=characters,
        seconds=seconds,
    )


def show(report: Report, as_json: bool = False) -> str:
    """The report as text; `as_json` adds a last line that programs read."""
    lines = [
        f"{report.documents} tệp, đọc được {report.read}; "
        f"{report.characters / 1e6:.1f} triệu ký tự trong {report.seconds:.1f} giây",
        "",
        f"{'trường':16}{'đúng':>28}{'văn bản có nêu':>18}{'có dữ kiện':>14}",
    ]
    for field, share in report.shares.items():
        interval = f"{share.value:.3f} [{share.low:.3f}; {share.high:.3f}]"
        lines.append(f"{field:16}{interval:>28}{share.n:>18}{report.known[field]:>14}")
    lines += [f"không đọc được {name}: {reason}" for name, reason in report.refused.items()]
    if report.differences:
        lines += ["", "Khác với dữ kiện (* = văn bản có nêu đúng dữ kiện):"]
    lines += [
        f"{'*' if d.stated else ' '} {d.file}  {d.field}: dữ kiện {d.fact!r}, đọc được {d.found!r}"
        for d in report.differences
    ]
    if as_json:
        lines.append(json.dumps(_plain(report), ensure_ascii=False))
    return "\n".join(lines)


def articles(provisions: tuple[Provision, ...]) -> int:
    """How many điều there are: different numbers in the document and what is enacted with it, not in its forms."""
    forms: set[int] = set()
    numbers: set[str] = set()
    for at, unit in enumerate(provisions):
        if unit.parent in forms or (unit.kind is Kind.PHU_LUC and (unit.label or "kèm theo" not in unit.path)):
            forms.add(at)
        elif unit.kind is Kind.DIEU:
            numbers.add(unit.label)
    return len(numbers)


def _compared(document: Document, fact: Fact) -> Iterator[tuple[str, bool, Difference | None]]:
    for field in FIELDS:
        known = getattr(fact, field)
        if known is None:
            continue
        found = articles(document.provisions) if field == "articles" else getattr(document, field)
        right = found is not None and _SAME[field](str(known), str(found))
        difference = None
        if not right:
            difference = Difference(
                file=fact.file,
                field=field,
                fact=str(known),
                found=None if found is None else str(found),
                stated=_STATED[field](str(known), document.text),
            )
        yield field, right, difference


def _letters(words: str) -> str:
    """The letters and digits of a title, without the kind and number that portals print around it."""
    bare = re.sub(rf"\bsố\s+{NUMBER}|^{NUMBER}", " ", _TITLED.sub("", words))
    return "".join(c for c in bare.casefold() if c.isalnum())


def _same_day(fact: str, found: str) -> bool:
    return iso(fact) == found if "/" in fact else fact == found


def _effect_stated(fact: str, text: str) -> bool:
    """Whether a line about the effect prints the day, or counts from the signing and the day is printed anywhere."""
    day = iso(fact) if "/" in fact else fact
    forms = written(day) if day and len(day) == 10 else []
    lines = _EFFECT_LINE.findall(text)
    if any(form in line for line in lines for form in forms):
        return True
    return any(form in text for form in forms) and any(_SIGNING.search(line) for line in lines)


def _day_stated(fact: str, text: str) -> bool:
    day = iso(fact) if "/" in fact else fact
    return bool(day) and len(str(day)) == 10 and any(form in text for form in written(str(day)))


_SAME: dict[str, Callable[[str, str], bool]] = {
    "number": same,
    "title": lambda fact, found: fuzz.ratio(_letters(fact), _letters(found)) >= 100 * ALIKE,
    "effective_from": _same_day,
    "issued_on": _same_day,
    "articles": lambda fact, found: fact == found,
}
_STATED: dict[str, Callable[[str, str], bool]] = {
    "number": lambda fact, text: any(same(normal(m.group()), fact) for m in re.finditer(NUMBER, text)),
    "title": lambda fact, text: _letters(fact) in "".join(c for c in text.casefold() if c.isalnum()),
    "effective_from": _effect_stated,
    "issued_on": _day_stated,
    "articles": lambda fact, text: re.search(rf"^\s*điều\s+{fact}\b", text, re.IGNORECASE | re.MULTILINE) is not None,
}


def _facts(path: Path) -> Iterator[Fact]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            path.name, f"không đọc được ({error}); cần mỗi dòng một đối tượng JSON về một tệp"
        ) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield Fact.model_validate_json(line)
        except ValidationError as error:
            wrong = ", ".join(".".join(map(str, e["loc"])) or "dòng" for e in error.errors())
            raise UnreadableFile(path.name, f"dòng {number} thiếu hoặc sai: {wrong}") from error


def _plain(report: Report) -> dict[str, Any]:
    return {
        "documents": report.documents,
        "read": report.read,
        **{field: round(share.value, 4) for field, share in report.shares.items()},
        "stated": {field: share.n for field, share in report.shares.items()},
        "interval": {field: [round(s.low, 4), round(s.high, 4)] for field, s in report.shares.items()},
        "differences": [d.model_dump() for d in report.differences if d.stated],
        "refused": report.refused,
        "characters_per_second": round(report.characters / report.seconds) if report.seconds else None,
    }
