"""What somebody may do: permissions, and the three roles that bundle them."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["GRANTS", "OPEN_GRANTS", "Permission", "Role", "grants"]


class Permission(StrEnum):
    """One kind of deed; a key may be narrowed to some of them."""

    ASK = "ask"
    """Questions, suggested questions, a verdict on an answer."""
    READ = "read"
    """Search, documents with their originals, the register, exports."""
    TRY = "try"
    """An upload that is read and not kept: extraction, the workbench."""
    CORRECT = "correct"
    """Checked rows kept in `corrections/`."""
    STORE = "store"
    """Documents put into the store."""
    MANAGE = "manage"
    """Everything under `/admin`; documents of all collections."""


class Role(StrEnum):
    """What a key or a group of people is."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"


GRANTS: dict[Role, frozenset[Permission]] = {
    Role.READER: frozenset({Permission.ASK, Permission.READ}),
    Role.EDITOR: frozenset(Permission) - {Permission.MANAGE},
    Role.ADMIN: frozenset(Permission),
}
"""What each role may do; each holds what those before it hold."""

OPEN_GRANTS = frozenset({Permission.ASK, Permission.READ, Permission.TRY, Permission.CORRECT})
"""What anybody may do while `access` is `open`: everything that changes no document."""


def grants(role: Role, scopes: frozenset[Permission] | None = None) -> frozenset[Permission]:
    """What `role` may do, narrowed to `scopes` where they are given."""
    return GRANTS[role] if scopes is None else GRANTS[role] & scopes
