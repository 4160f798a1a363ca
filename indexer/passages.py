"""Passages: the pieces of a document that are searched, each a span of its text with the headings above it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.document import Document, Frozen, Provision, ProvisionKind, Span

__all__ = ["LIMIT", "Passage", "passages"]

LIMIT = 1200
"""The most characters in a passage, about 250 syllables; only a single word longer than this goes beyond."""

_LEFT_OUT = {ProvisionKind.RECIPIENTS}
_APART = {
    ProvisionKind.PHAN,
    ProvisionKind.CHUONG,
    ProvisionKind.MUC,
    ProvisionKind.TIEU_MUC,
    ProvisionKind.DIEU,
    ProvisionKind.PHU_LUC,
    ProvisionKind.TABLE,
    ProvisionKind.HEADER,
    ProvisionKind.SIGNATURE,
}
_BREAK = re.compile(r"\n+|(?<=[.;:?!])\s+|\s+")


class Passage(Frozen):
    """Characters `start` to `end` of the text of version `sha256` of `document`: `text`, never blank.

    `path` names the narrowest provision that holds all of it, `units` the numbered provisions that have a part in it;
    `context` is the document's title and the headings above the passage, which the passage itself does not repeat.
    """

    document: str
    sha256: str
    start: int
    end: int
    path: str = ""
    units: tuple[str, ...] = ()
    context: str = ""
    text: str


def passages(document: Document) -> list[Passage]:
    """The passages of `document` in order; together they hold all of its text but blanks and the recipients' list.

    Neighbouring provisions of one điều (or of one section, table or annex) share a passage up to `LIMIT` characters;
    a longer one is cut between lines, else sentences, else words.
    """
    tree = _Tree(document.provisions)
    made = []
    for span, owner in _merged(document, tree):
        for piece in _pieces(document.text, span):
            made.append(
                Passage(
                    document=document.id,
                    sha256=document.sha256,
                    start=piece.start,
                    end=piece.end,
                    path=tree.path(owner),
                    units=tree.units(piece),
                    context=tree.context(owner, piece, document),
                    text=piece.of(document.text),
                )
            )
    return made


class _Tree:
    """The provisions of a document, walked from a node up."""

    def __init__(self, nodes: tuple[Provision, ...]) -> None:
        self.nodes = nodes
        parents = {n.parent for n in nodes}
        self.leaves = sorted((i for i in range(len(nodes)) if i not in parents), key=lambda i: nodes[i].span.start)
        self._labelled = [(n.span.start, n.span.end, n.path) for n in nodes if n.label and n.path]

    def chain(self, node: int | None) -> list[int]:
        """`node` and its ancestors, from the widest to `node`."""
        found: list[int] = []
        while node is not None:
            found.append(node)
            node = self.nodes[node].parent
        return found[::-1]

    def shared(self, one: int | None, other: int | None) -> int | None:
        """The narrowest provision that holds both."""
        common = [a for a, b in zip(self.chain(one), self.chain(other), strict=False) if a == b]
        return common[-1] if common else None

    def section(self, node: int) -> list[int]:
        """The provisions around `node` whose bounds no passage crosses."""
        return [n for n in self.chain(node) if self.nodes[n].kind in _APART]

    def path(self, node: int | None) -> str:
        return self.nodes[node].path if node is not None else ""

    def units(self, span: Span) -> tuple[str, ...]:
        """The paths of the labelled provisions that have a part in `span`."""
        start, end = span.start, span.end
        return tuple(dict.fromkeys(path for first, last, path in self._labelled if first < end and start < last))

    def context(self, node: int | None, span: Span, document: Document) -> str:
        """Title and headings above `span`, one a line; for a part of a table also its first row."""
        lines = [document.title or ""]
        for at in self.chain(node):
            above = self.nodes[at]
            if above.heading and above.span.start < span.start:
                lines.append(above.heading)
            if above.kind is ProvisionKind.TABLE and above.span.start < span.start:
                lines.append(document.text[above.span.start :].split("\n", 1)[0][:LIMIT])
        return "\n".join(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))


def _merged(document: Document, tree: _Tree) -> Iterator[tuple[Span, int | None]]:
    """Runs of leaves that share a passage, each with the narrowest provision that holds it."""
    if not tree.leaves:
        yield Span(start=0, end=len(document.text)), None
        return
    span: Span | None = None
    owner: int | None = None
    section: list[int] = []
    for leaf in tree.leaves:
        node = tree.nodes[leaf]
        if node.kind in _LEFT_OUT:
            continue
        fits = span and span.end == node.span.start and node.span.end - span.start <= LIMIT
        if span and fits and tree.section(leaf) == section:
            span, owner = Span(start=span.start, end=node.span.end), tree.shared(owner, leaf)
            continue
        if span:
            yield span, owner
        span, owner, section = node.span, leaf, tree.section(leaf)
    if span:
        yield span, owner


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """`span` cut into non-blank pieces of at most `LIMIT` characters, without blanks at either end."""
    start, end = _trimmed(text, span.start, span.end)
    while end - start > LIMIT:
        cut = _cut(text, start, end)
        last = _trimmed(text, start, cut)
        if last[0] < last[1]:
            yield Span(start=last[0], end=last[1])
        start, end = _trimmed(text, cut, end)
    if start < end:
        yield Span(start=start, end=end)


def _cut(text: str, start: int, end: int) -> int:
    """Where to cut `start` to `end` within `LIMIT`: after the last line, else sentence, else word."""
    stop = start + LIMIT
    half = start + LIMIT // 2
    best: tuple[int, int] | None = None
    for match in _BREAK.finditer(text, half, stop):
        strength = 2 if "\n" in match[0] else 1 if match.start() and text[match.start() - 1] in ".;:?!" else 0
        if best is None or (strength, match.end()) > best:
            best = (strength, match.end())
    if best:
        return best[1]
    onward = _BREAK.search(text, half, end)
    return onward.end() if onward else end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
