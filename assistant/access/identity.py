"""Who a request comes from, as far as it matters for what they may do and see."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from assistant.access.roles import GRANTS, OPEN_GRANTS, Permission, Role
from corpus.document import Frozen

__all__ = ["ALL", "NOBODY", "PUBLIC", "VISITOR", "Identity", "administrator"]

PUBLIC = "public"
"""The collection that everybody sees; a document in no collection counts as in this one."""
ALL = "*"
"""Stands for every collection, those to come included."""


class Identity(Frozen):
    """Somebody: `subject` names them for limits and logs, `name` is for people to read.

    `kind` tells how they were known: `visitor` (nobody asked), `key`, `person` (single sign-on), `secret` (the
    administrator's secret of the settings).
    """

    subject: str
    name: str
    kind: Literal["visitor", "key", "person", "secret"]
    role: Role | None = None
    permissions: frozenset[Permission] = frozenset()
    collections: frozenset[str] = frozenset()

    def may(self, permission: Permission) -> bool:
        """Whether this deed is allowed."""
        return permission in self.permissions

    @property
    def sees_all(self) -> bool:
        """Whether no document is hidden from them."""
        return ALL in self.collections or Permission.MANAGE in self.permissions

    def sees(self, collections: Collection[str]) -> bool:
        """Whether a document in these collections is theirs to see; one in none is everybody's."""
        return not collections or self.sees_all or PUBLIC in collections or not self.collections.isdisjoint(collections)


VISITOR = Identity(subject="", name="", kind="visitor", permissions=OPEN_GRANTS)
"""Anybody, while `access` is `open`."""
NOBODY = Identity(subject="", name="", kind="visitor")
"""A request without credentials, while `access` is `keys`."""


def administrator(name: str = "admin") -> Identity:
    """Whoever holds the administrator's secret of the settings."""
    return Identity(
        subject="secret", name=name, kind="secret", role=Role.ADMIN, permissions=GRANTS[Role.ADMIN],
        collections=frozenset({ALL}),
    )  # fmt: skip
