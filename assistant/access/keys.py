"""API keys: made once, shown once, kept as a hash.

A key reads `ctk_ID_SECRET`. The secret has 256 random bits, so a plain SHA-256 of it can be kept: there is nothing to
guess, and a slow hash would only slow every request (OWASP ASVS 4.0.3, 2.10.4 asks for that of passwords).
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from sqlalchemy import Row, insert, select, update

from assistant.access.identity import Identity
from assistant.access.ledger import Ledger, keys, now
from assistant.access.names import collection_names
from assistant.access.roles import Permission, Role, grants
from corpus.document import Frozen
from corpus.errors import InputError, NotFound

__all__ = ["PREFIX", "Key", "Keys"]

PREFIX = "ctk_"
_FORM = re.compile(rf"{PREFIX}([0-9a-f]{{10}})_([A-Za-z0-9_-]{{43}})")
_LONGEST_NAME = 100
_USED_EVERY = 60
"""Seconds between two notes of when a key was used."""


class Key(Frozen):
    """A key as it is listed: everything but its secret. Times are ISO 8601 UTC."""

    id: str
    name: str
    role: Role
    collections: tuple[str, ...] = ()
    scopes: tuple[Permission, ...] | None = None
    created_at: str
    expires_at: str | None = None
    revoked_at: str | None = None
    used_at: str | None = None

    @property
    def works(self) -> bool:
        """Whether it opens anything now."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now())

    def identity(self) -> Identity:
        """Whoever shows this key."""
        return Identity(
            subject=f"key:{self.id}",
            name=self.name,
            kind="key",
            role=self.role,
            permissions=grants(self.role, None if self.scopes is None else frozenset(self.scopes)),
            collections=frozenset(self.collections),
        )


class Keys:
    """The keys of one home."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def create(
        self,
        name: str,
        role: Role = Role.READER,
        collections: Collection[str] = (),
        scopes: Collection[Permission] | None = None,
        days: int | None = None,
    ) -> tuple[Key, str]:
        """A new key and what its bearer has to show, which nobody can tell again later.

        Raises:
            InputError: the name or a collection's name cannot be used, or a scope is not in the role.
        """
        title = " ".join(name.split())
        if not 1 <= len(title) <= _LONGEST_NAME or not title.isprintable():
            raise InputError(f"Tên khóa {name!r} không dùng được; cần 1 đến {_LONGEST_NAME} ký tự trên một dòng")
        beyond = sorted(set(scopes or ()) - grants(role))
        if beyond:
            raise InputError(
                f"Vai trò {role} không có quyền {', '.join(beyond)}; có: {', '.join(sorted(grants(role)))}"
            )
        id, secret = secrets.token_hex(5), secrets.token_urlsafe(32)
        key = Key(
            id=id,
            name=title,
            role=role,
            collections=collection_names(collections),
            scopes=None if scopes is None else tuple(sorted(set(scopes))),
            created_at=now(),
            expires_at=None if days is None else _later(days),
        )
        with self._ledger.writing() as connection:
            connection.execute(insert(keys).values(**_row(key), secret_sha256=_hash(secret)))
        return key, f"{PREFIX}{id}_{secret}"

    def listed(self) -> list[Key]:
        """All keys, the oldest first, those that no longer work included."""
        with self._ledger.reading() as connection:
            if connection is None:
                return []
            return [_key(row) for row in connection.execute(select(keys).order_by(keys.c.created_at, keys.c.id))]

    def revoke(self, id: str) -> Key:
        """Ends the key at once and for good; one that was revoked stays as it was.

        Raises:
            NotFound: there is no such key.
        """
        wanted = id.removeprefix(PREFIX).partition("_")[0]
        with self._ledger.writing() as connection:
            still = (keys.c.id == wanted) & keys.c.revoked_at.is_(None)
            connection.execute(update(keys).where(still).values(revoked_at=now()))
            row = connection.execute(select(keys).where(keys.c.id == wanted)).first()
        if row is None:
            raise NotFound(f"Không có khóa {wanted!r}; xem các khóa bằng: chitieu key list")
        return _key(row)

    def find(self, id: str) -> Key | None:
        """The key with this id, where it works."""
        row = self._kept(id)
        key = None if row is None else _key(row)
        return key if key and key.works else None

    def check(self, shown: str) -> Key | None:
        """The key that `shown` is, where it is one of these and works; notes that it was used."""
        form = _FORM.fullmatch(shown)
        row = self._kept(form[1]) if form else None
        if form is None or row is None or not compare_digest(_hash(form[2]), row.secret_sha256):
            return None
        key = _key(row)
        return key if key.works else None

    def used(self, key: Key) -> None:
        """Notes when the key was last used, to the minute."""
        due = (datetime.now(UTC) - timedelta(seconds=_USED_EVERY)).strftime("%Y-%m-%dT%H:%M:%SZ")
        if key.used_at is None or key.used_at < due:
            with self._ledger.writing() as connection:
                connection.execute(update(keys).where(keys.c.id == key.id).values(used_at=now()))

    def _kept(self, id: str) -> Row[Any] | None:
        with self._ledger.reading() as connection:
            return None if connection is None else connection.execute(select(keys).where(keys.c.id == id)).first()


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _later(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _row(key: Key) -> dict[str, Any]:
    fields = key.model_dump(mode="json")
    scopes = None if key.scopes is None else json.dumps(fields["scopes"])
    return {**fields, "collections": json.dumps(fields["collections"], ensure_ascii=False), "scopes": scopes}


def _key(row: Row[Any]) -> Key:
    held = {name: value for name, value in row._mapping.items() if name != "secret_sha256"}
    held["collections"] = tuple(json.loads(held["collections"]))
    held["scopes"] = None if held["scopes"] is None else tuple(json.loads(held["scopes"]))
    return Key.model_validate(held)
