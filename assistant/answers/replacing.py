"""What a document replaces or repeals, from the statements that the reader of relations found in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answers.patterns import Phrase
from corpus.document import Document, Relation, RelationKind, Span

__all__ = ["REPEALS", "REPLACED_BY", "REPLACES", "replaced", "replacing"]

_WORKS = r"(văn bản|quyết định|nghị định|luật|bộ luật|pháp lệnh|thông tư|nghị quyết|kế hoạch|chỉ thị|quy định|đề án)"
REPLACES = Phrase(
    r"(được )?(ra đời |ban hành |ra )?(để |nhằm |là để )?(thay|thay thế|bãi bỏ|hủy bỏ)( cho)?( những| các)?"
    rf"( {_WORKS})? (nào|gì|số mấy|số bao nhiêu)( \S+)?( trước đây| trước đó| trước kia| cũ| trước)?"
    rf"|làm (cho )?hết hiệu lực( thi hành)?( những| các)?( {_WORKS})? (nào|gì)( trước đây| trước đó| cũ)?"
    rf"|làm( cho)?( những| các)?( {_WORKS})? nào hết hiệu lực( thi hành)?"
)
"""Ways to ask what a document replaces."""
REPLACED_BY = Phrase(
    rf"(đã )?(bị|được) ( {_WORKS})?(thay thế|thay|bãi bỏ)( bởi| bằng)?( {_WORKS})? (nào|gì)( khác)?( chưa| không)?"
    rf"|{_WORKS} nào (đã |sẽ )?(thay thế|thay|bãi bỏ)( cho)?"
)
"""Ways to ask what replaced a document."""
REPEALS = Phrase(r"bãi bỏ|hủy bỏ|hết hiệu lực")
"""Words that ask for what is repealed."""
_CALLED = {
    RelationKind.REPLACES: "văn bản được thay thế",
    RelationKind.REPEALS: "văn bản hết hiệu lực",
}
_FAR = 1500
"""Characters within which the statements are told together."""


def replaced(document: Document, repealed: bool = False) -> tuple[str, str, Span] | None:
    """What the documents are called that `document` replaces, else repeals whole, in its words, and where it says so.

    `repealed` asks for the repealed ones first.
    """
    kinds = list(_CALLED)
    for kind in reversed(kinds) if repealed else kinds:
        found = [r for r in document.relations if r.kind is kind and not r.provision]
        if found:
            names, span = _told(document.text, found)
            repeals = kind is RelationKind.REPEALS and "bãi bỏ" in span.of(document.text).lower()
            return "văn bản bị bãi bỏ" if repeals else _CALLED[kind], names, span
    return None


def replacing(document: Document, number: str) -> Span | None:
    """The place where `document` says that it replaces or repeals the one with this number."""
    acts = (RelationKind.REPLACES, RelationKind.REPEALS)
    return next((r.span for r in document.relations if r.kind in acts and r.number == number and not r.provision), None)


def _told(text: str, found: Iterable[Relation]) -> tuple[str, Span]:
    spans = sorted((r.span for r in found), key=lambda s: s.start)
    near = [s for s in spans if s.end - spans[0].start <= _FAR]
    names = [" ".join(s.of(text).split()) for s in near]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}"
    opening = max(text.rfind("\n", 0, near[0].start), text.rfind(". ", 0, near[0].start) + 1) + 1
    behind = _ENDED.match(text, near[-1].end)
    return listed, Span(start=opening, end=behind.end() if behind else near[-1].end)


_ENDED = re.compile(r"[^\n.;]{0,400}?(?:hết hiệu lực|bãi bỏ)(?: thi hành)?")
"""What follows the name of a document up to the words that end it."""
