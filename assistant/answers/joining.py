"""The answers to the parts of a question that asks two things, as one answer."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.answer import Answer, Claim
from corpus.document import Citation

__all__ = ["joined", "tells_all"]


def joined(question: str, shown: str, parts: Sequence[Answer]) -> Answer | None:
    """The claims of all `parts` that were answered, and which part was not; None when none was."""
    told = [a for a in parts if not a.abstained]
    if not told:
        return None
    citations: list[Citation] = []
    claims: list[Claim] = []
    for answer in told:
        places = [_place(c, citations) for c in answer.citations]
        for claim in answer.claims:
            moved = claim.model_copy(update={"citations": tuple(places[i] for i in claim.citations)})
            if moved.text not in {c.text for c in claims}:
                claims.append(moved)
    lines = [c.text for c in claims if c.verified]
    lines += [f"Về ý “{a.question.rstrip('?')}”: {a.answer}" for a in parts if a.abstained]
    return Answer(
        question=question,
        standalone=shown,
        answer="\n".join(lines),
        citations=tuple(citations),
        targets=tuple(t for a in told for t in a.targets),
        confidence=min(a.confidence for a in told),
        claims=tuple(claims),
        suggestions=tuple(dict.fromkeys(s for a in parts if a.abstained for s in a.suggestions)),
    )


def tells_all(whole: Answer, parts: Sequence[Answer]) -> bool:
    """Whether `whole` rests on all that the answers to the parts of its question rest on, and on more than one of
    them where the other has none.
    """
    told = {place for part in parts if not part.abstained for place in _places(part)}
    own = _places(whole)
    if whole.abstained or not told:
        return not told
    return told <= own if not any(part.abstained for part in parts) else not own <= told


def _places(answer: Answer) -> set[tuple[str, int]]:
    """Where the claims that hold rest."""
    held = (answer.citations[at] for claim in answer.claims if claim.verified for at in claim.citations)
    return {(c.document, c.start) for c in held}


def _place(citation: Citation, citations: list[Citation]) -> int:
    """The place of `citation` in `citations`, where it is put when it is new."""
    if citation not in citations:
        citations.append(citation)
    return citations.index(citation)
