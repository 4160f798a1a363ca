"""What the groups of a person at the identity provider mean here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.access.identity import Identity
from assistant.access.names import collection_names
from assistant.access.roles import Permission, Role, grants
from corpus.document import Frozen
from corpus.errors import InputError

__all__ = ["Grant", "grant", "known", "person"]

_ORDER = tuple(Role)


class Grant(Frozen):
    """A role and the collections that go with it."""

    role: Role
    collections: frozenset[str] = frozenset()


def grant(stated: str) -> Grant:
    """What `stated` gives: "reader", "editor: kế hoạch, nội bộ", "reader: *".

    Raises:
        InputError: there is no such role, or a collection's name cannot be used.
    """
    role, _, names = stated.partition(":")
    try:
        return Grant(role=Role(role.strip().lower()), collections=frozenset(collection_names([names])))
    except ValueError:
        raise InputError(f"{stated!r}: vai trò phải là một trong {', '.join(Role)}; ví dụ: editor: kế hoạch") from None


def known(claimed: object, mapping: Mapping[str, str]) -> tuple[str, ...]:
    """The groups of a claim (a list, or one text) that `mapping` has, without the others."""
    listed = [claimed] if isinstance(claimed, str) else claimed if isinstance(claimed, list | tuple) else []
    return tuple(sorted({g for g in listed if isinstance(g, str) and g in mapping}))


def person(
    subject: str, name: str, groups: Iterable[str], mapping: Mapping[str, str], usual: str | None = None
) -> Identity:
    """Who a person of the provider is here: the highest role and all collections of their groups.

    Without a group that `mapping` has, `usual` is what they get; without that, nothing is permitted.
    """
    found = [grant(mapping[g]) for g in groups if g in mapping] or ([grant(usual)] if usual else [])
    role = max((g.role for g in found), key=_ORDER.index, default=None)
    permitted: frozenset[Permission] = grants(role) if role else frozenset()
    collections = frozenset[str]().union(*(g.collections for g in found))
    return Identity(
        subject=f"person:{subject}", name=name, kind="person", role=role, permissions=permitted, collections=collections
    )
