"""Structure: a text becomes the provisions that a lawyer would cite."""

from __future__ import annotations

from itertools import pairwise

from corpus.document import Provision, Span
from corpus.document import ProvisionKind as Kind
from corpus.structure.attached import attachments
from corpus.structure.inline import pieces
from corpus.structure.labels import follows
from corpus.structure.lines import Line, lines
from corpus.structure.paths import named
from corpus.structure.quoted import quoted
from corpus.structure.tree import Builder, Node
from corpus.structure.zones import split_ending, zones

__all__ = ["provisions"]


def provisions(text: str) -> tuple[Provision, ...]:
    """The units of `text` in document order, parents before children.

    A parent's span holds its children's, and the spans of the nodes without children tile `text`: each character
    is in exactly one of them. Blank lines belong to what stands before them. An empty text has no provisions. Time
    is linear in the length of the text.
    """
    cut = [piece for line in lines(text) for row in split_ending(text, line) for piece in _pieces(text, row)]
    nodes = _nodes(cut)
    if not nodes:
        return (Provision(kind=Kind.PARAGRAPH, span=Span(start=0, end=len(text))),) if text else ()
    ends = _ends(nodes, len(text))
    return tuple(
        Provision(
            kind=kind,
            label=node.label,
            heading=node.heading,
            span=Span(start=node.start, end=end),
            parent=node.parent,
            path=path,
        )
        for node, end, (kind, path) in zip(nodes, ends, named(nodes), strict=True)
    )


def _pieces(text: str, line: Line) -> list[Line]:
    return [line] if line.words.startswith("|") else pieces(text, line)


def _nodes(cut: list[Line]) -> list[Node]:
    kinds, foreign = zones(cut), quoted(cut)
    opens = attachments(cut, kinds)
    inside = _between_articles(cut, kinds, foreign)
    builder = Builder()
    for at, piece in enumerate(cut):
        kind = kinds[at] if kinds[at] is Kind.ROW or not inside[at] else None
        unit = None if kind is not None or foreign[at] else piece.unit
        if unit is not None and unit.kind is Kind.PHU_LUC and inside[at]:
            unit = None
        if at in opens and not inside[at]:
            builder.attached(piece, opens[at])
        elif kind is Kind.ROW:
            builder.row(piece)
        elif kind is not None:
            builder.zone(piece, kind)
        elif unit is not None:
            builder.unit(piece, unit)
        else:
            builder.paragraph(piece)
    return builder.nodes


def _between_articles(cut: list[Line], kinds: list[Kind | None], foreign: list[bool]) -> list[bool]:
    """For each line, whether the next điều of the document carries on the count before it.

    An annex in such a place is the new wording of another document's annex, a signature block an example of one: the
    document's own stand after all its articles.
    """
    articles = [
        (at, piece.unit.label)
        for at, piece in enumerate(cut)
        if piece.unit is not None and piece.unit.style == "dieu" and kinds[at] is None and not foreign[at]
    ]
    inside = [False] * len(cut)
    for (at, label), (after, following) in pairwise(articles):
        if follows(following, label):
            inside[at:after] = [True] * (after - at)
    return inside


def _ends(nodes: list[Node], length: int) -> list[int]:
    """Where each node ends: a leaf where the next leaf starts, a parent with its last child."""
    parents = {node.parent for node in nodes}
    leaves = [at for at in range(len(nodes)) if at not in parents]
    ends = [0] * len(nodes)
    for at, after in pairwise([*leaves, -1]):
        ends[at] = nodes[after].start if after >= 0 else length
    for at in range(len(nodes) - 1, -1, -1):
        parent = nodes[at].parent
        if parent is not None:
            ends[parent] = max(ends[parent], ends[at])
    return ends
