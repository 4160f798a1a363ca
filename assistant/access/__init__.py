"""Who may do and see what: keys, people, roles, collections, limits. Nothing here knows HTTP."""

from __future__ import annotations

from assistant.access.desk import Access
from assistant.access.identity import Identity
from assistant.access.roles import Permission, Role
from assistant.access.view import View

__all__ = ["Access", "Identity", "Permission", "Role", "View"]
