"""What the documents of a generation do to one another, read from the table of relations and not from their texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from corpus.document import Relation, RelationKind
from corpus.rows import relation_of, same
from corpus.schema import relations, versions
from corpus.store import Store

__all__ = ["CHANGING", "Changing", "changing"]

CHANGING = (RelationKind.REPLACES, RelationKind.REPEALS, RelationKind.AMENDS, RelationKind.EXTENDS)


@dataclass
class Changing:
    """A document as far as `corpus.validity` asks of one that changes others; the text is read when it is asked for."""

    store: Store
    sha256: str
    id: str
    number: str | None
    issued_on: str | None
    effective_from: str | None
    relations: tuple[Relation, ...] = ()

    @cached_property
    def text(self) -> str:
        """The canonical text."""
        return self.store.get(self.id, self.sha256).text


def changing(store: Store, chosen: Mapping[str, str]) -> list[Changing]:
    """The documents among `chosen`, sha256 by id, that replace, repeal, amend or extend others; 0.1 s for 5,000."""
    v, r = versions.c, relations.c
    query = select(relations, v.number.label("own"), v.issued_on.label("day"), v.effective_from)
    query = query.join(versions, same(relations, versions)).where(r.kind.in_([str(kind) for kind in CHANGING]))
    found: dict[str, Changing] = {}
    with store.reading() as connection:
        for row in connection.execute(query.order_by(r.id, r.ordinal)):
            if chosen.get(row.id) != row.sha256:
                continue
            made = found.get(row.id) or Changing(store, row.sha256, row.id, row.own, row.day, row.effective_from)
            made.relations += (relation_of(row),)
            found[row.id] = made
    return list(found.values())
