"""How right answers are: questions with known answers asked of a home, each answer checked, every wrong one listed.

A question is right when its answer states the expected figures and cites the expected places or, where the documents
do not answer it, when it is declined. `questions/` holds our own, whose quotes are offsets into documents that are
not part of the project.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant.answers.answer import Answer, Turn
from assistant.watch.call import unwatched
from corpus.document import Document, Frozen
from corpus.errors import InputError, NotFound, UnreadableFile
from eval.answer_scores import correct, fully_cited, grounded, precise
from eval.stats import Estimate, percentile, wilson

__all__ = ["Outcome", "Report", "asked", "evaluate", "report", "show"]

_EXACT = ("number", "date")
_CITED = ("document", "number", "path", "quote", "link", "title")

Ask = Callable[[str, tuple[Turn, ...]], Answer]


class Outcome(Frozen):
    """One question with what was said to it: `right` overall, the parts None where they do not apply."""

    id: str
    kind: str
    question: str
    expected: str
    said: str
    declined: bool
    right: bool
    confidence: float
    correct: bool | None = None
    cited: bool | None = None
    grounded: bool | None = None
    precise: bool | None = None
    seconds: float = 0.0


class Report(Frozen):
    """Shares with intervals, over all and by kind; `risk` lists (coverage, error) of the answers by confidence."""

    questions: int
    score: Estimate
    correct: Estimate
    cited: Estimate
    grounded: Estimate
    precise: Estimate
    abstained: Estimate
    false_abstain: Estimate
    kinds: dict[str, Estimate]
    risk: tuple[tuple[float, float], ...]
    p50_ms: float
    p95_ms: float
    outcomes: tuple[Outcome, ...]


def evaluate(questions: Path, home: Path | None = None, documents: Path | None = None) -> Report:
    """Asks each of `questions` of the documents in `home`, or of those in the folder `documents`.

    Raises:
        InputError: neither or both of `home` and `documents` are given, or a line of `questions` is broken.
    """
    from assistant.workspace import Workspace

    if (home is None) == (documents is None):
        raise InputError("cần đúng một trong hai: --home hoặc --documents")
    if home is not None:
        return _of(Workspace(home), questions)
    with tempfile.TemporaryDirectory() as made:
        room = Workspace(Path(made))
        assert documents is not None
        beside = documents / "manifest.json"
        room.add([documents], manifest=beside if beside.is_file() else None)
        return _of(room, questions)


def _of(room: Any, questions: Path) -> Report:
    def ask(question: str, history: tuple[Turn, ...]) -> Answer:
        with unwatched():
            answer: Answer = room.ask(question, history)
        return answer

    rows = asked(questions, room.document)
    if rows:
        ask(rows[0]["question"], ())
    return report([outcome(row, ask) for row in rows])


def asked(path: Path, documents: Callable[[str], Document]) -> list[dict[str, Any]]:
    """The questions of a JSONL file, quotes given as {document, start, end} replaced by the words there.

    Raises:
        UnreadableFile: the file is missing or a line is not a question.
        InputError: a quote points into a document that is not there.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise UnreadableFile(str(path), error.strerror or "không đọc được") from None
    rows = []
    for at, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            quotes = [_quote(q, documents) for q in row.get("quotes") or []]
            rows.append({**row, "id": str(row["id"]), "question": str(row["question"]), "quotes": quotes})
        except NotFound as error:
            raise InputError(f"{path}: dòng {at}: {error}") from None
        except (ValueError, KeyError, TypeError):
            raise UnreadableFile(str(path), f'dòng {at} không phải {{"id", "question", ...}}') from None
    return rows


def outcome(row: dict[str, Any], ask: Ask) -> Outcome:
    """`row` asked and its answer judged."""
    history = tuple(Turn.model_validate(turn) for turn in row.get("history") or [])
    start = time.perf_counter()
    answer = ask(row["question"], history)
    seconds = time.perf_counter() - start
    judged = _judged(row, answer)
    return Outcome(
        id=row["id"],
        kind=row.get("type") or "other",
        question=row["question"],
        expected=str(row.get("answer") or ""),
        said=answer.answer,
        declined=answer.abstained,
        confidence=answer.confidence,
        seconds=seconds,
        **judged,
    )


def report(outcomes: Sequence[Outcome]) -> Report:
    """The shares over `outcomes`."""
    answerable = [o for o in outcomes if o.kind != "unanswerable"]
    never = [o for o in outcomes if o.kind == "unanswerable"]
    given = [o for o in outcomes if not o.declined]
    exact = [o for o in answerable if o.right and o.kind in _EXACT]
    kinds = sorted({o.kind for o in outcomes})
    spent = [1000 * o.seconds for o in outcomes]
    return Report(
        questions=len(outcomes),
        score=_share([o.right for o in outcomes]),
        correct=_share([bool(o.correct) for o in answerable]),
        cited=_share([bool(o.cited) for o in answerable]),
        grounded=_share([bool(o.grounded) for o in given]),
        precise=_share([bool(o.precise) for o in exact]),
        abstained=_share([o.declined for o in never]),
        false_abstain=_share([o.declined for o in answerable]),
        kinds={kind: _share([o.right for o in outcomes if o.kind == kind]) for kind in kinds},
        risk=_risk(given),
        p50_ms=percentile(spent, 50),
        p95_ms=percentile(spent, 95),
        outcomes=tuple(outcomes),
    )


def show(found: Report, as_json: bool = False) -> str:
    """The report as text; `as_json` adds a last line that programs read."""
    names = ("score", "correct", "cited", "grounded", "precise", "abstained", "false_abstain")
    lines = [f"{found.questions} câu hỏi; p50 {found.p50_ms:.0f} ms, p95 {found.p95_ms:.0f} ms", ""]
    lines += [f"{name:16}{getattr(found, name)!s:>40}" for name in names]
    lines += ["", "Theo loại câu hỏi (tỷ lệ đúng):"]
    lines += [f"{kind:16}{share!s:>40}" for kind, share in found.kinds.items()]
    lines += ["", "Rủi ro theo độ phủ (trả lời từ câu chắc nhất; độ phủ: tỷ lệ sai):"]
    lines.append("  ".join(f"{coverage:.2f}: {error:.3f}" for coverage, error in found.risk))
    wrong = [o for o in found.outcomes if not o.right]
    if wrong:
        lines += ["", "Các câu sai:"]
    lines += [
        f"{o.id} [{o.kind}] {_why(o)}: {o.question} | đúng: {o.expected} | trả lời: {o.said[:200]}" for o in wrong
    ]
    if as_json:
        plain = {name: round(getattr(found, name).value, 4) for name in names}
        lines.append(json.dumps({"questions": found.questions, **plain, "p95_ms": round(found.p95_ms, 1)}))
    return "\n".join(lines)


def _judged(row: dict[str, Any], answer: Answer) -> dict[str, Any]:
    if answer.abstained:
        return {"right": row.get("type") == "unanswerable"}
    citations = [c.model_dump(include=set(_CITED)) for c in answer.citations]
    expected = [str(row.get("answer") or ""), *(row.get("answer_aliases") or [])]
    figures = [str(f) for f in row.get("figures") or []]
    right = correct(expected, figures, answer.answer)
    cited = fully_cited(row["quotes"], [c.quote for c in answer.citations])
    return {
        "correct": right,
        "cited": cited,
        "grounded": grounded(row["question"], answer.answer, citations),
        "precise": precise(row["question"], expected + figures, answer.answer, citations),
        "right": right and cited and row.get("type") != "unanswerable",
    }


def _risk(given: Sequence[Outcome], steps: int = 10) -> tuple[tuple[float, float], ...]:
    """(coverage, share wrong) of the surest tenth, fifth, ... of the answers given."""
    sure = sorted(given, key=lambda o: -o.confidence)
    cuts = [max(1, round(len(sure) * i / steps)) for i in range(1, steps + 1)] if sure else []
    return tuple((n / len(sure), sum(not o.right for o in sure[:n]) / n) for n in cuts)


def _quote(quote: str | dict[str, Any], documents: Callable[[str], Document]) -> str:
    if isinstance(quote, str):
        return quote
    return documents(quote["document"]).text[quote["start"] : quote["end"]]


def _share(hits: Sequence[bool]) -> Estimate:
    return wilson(sum(hits), len(hits))


def _why(o: Outcome) -> str:
    if o.kind == "unanswerable":
        return "phải từ chối"
    if o.declined:
        return "từ chối nhầm"
    return "sai" if not o.correct else "thiếu trích dẫn"
