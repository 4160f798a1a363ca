"""What one running service knows of identity: its keys, collections, sessions, people and limits."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from assistant.access.collections import Collections
from assistant.access.groups import person
from assistant.access.identity import NOBODY, VISITOR, Identity, administrator
from assistant.access.keys import PREFIX, Keys
from assistant.access.ledger import Ledger
from assistant.access.limits import Buckets
from assistant.access.sessions import Session, Sessions, Signer
from assistant.access.tally import FOLDER, Shared
from corpus.document import Frozen
from corpus.errors import StoreError
from corpus.store import Store

if TYPE_CHECKING:
    from assistant.access.oidc import Provider

__all__ = ["Access", "AccessOptions"]

log = logging.getLogger("chitieu.access")

WRONG_PER_MINUTE = 20
"""Wrong credentials that one address may show in a minute."""


class AccessOptions(Frozen):
    """What the settings say of identity; `docs/identity.md` explains each."""

    mode: Literal["open", "keys"] = "open"
    admin_token: str | None = None
    public_url: str | None = None
    session_hours: float = 8
    rate_per_key: int = 0
    rate_per_address: int = 0
    request_seconds: float = 300
    body_seconds: float = 300
    issuer: str | None = None
    client_id: str | None = None
    secret_env: str | None = None
    audience: str | None = None
    scopes: str = "openid profile email"
    groups_claim: str = "groups"
    groups: Mapping[str, str] = Field(default_factory=dict)
    usual: str | None = None


class Access:
    """Finds out who somebody is and what is hidden from them; opens the database only when it is needed."""

    def __init__(self, home: Path, store: Callable[[], Store | None], options: AccessOptions) -> None:
        self.options = options
        ledger = Ledger(store)
        self.keys = Keys(ledger)
        self.collections = Collections(ledger)
        self.signer = Signer(home)
        self.sessions = Sessions(self.signer, ledger, options.session_hours)
        shared = home / FOLDER
        self.per_key = Buckets(options.rate_per_key, rows=Shared(shared / "key"))
        self.per_address = Buckets(options.rate_per_address, rows=Shared(shared / "address"))
        self.wrong = Buckets(WRONG_PER_MINUTE, rows=Shared(shared / "wrong"))

    @property
    def locked(self) -> bool:
        """Whether people have to say who they are."""
        return self.options.mode == "keys"

    @property
    def visitor(self) -> Identity:
        """Whoever says nothing."""
        return NOBODY if self.locked else VISITOR

    @cached_property
    def provider(self) -> Provider | None:
        """The identity provider, where the settings name one.

        Raises:
            MissingPart: authlib is not installed.
            InvalidSetting: the client's secret is not where the settings say.
        """
        if self.options.issuer is None:
            return None
        from assistant.access.oidc import Provider

        return Provider.of(self.options)

    def bearer(self, shown: str) -> Identity | None:
        """Who shows this in `Authorization: Bearer`; None where it is nothing that was given out here.

        Raises:
            StoreError: the database cannot be read.
        """
        if shown.startswith(PREFIX):
            key = self.keys.check(shown)
            if key is None:
                return None
            try:
                self.keys.used(key)
            except StoreError as error:
                log.warning("key %s: its use was not noted: %s", key.id, error)
            return key.identity()
        if self.is_secret(shown):
            return administrator()
        return self._by_token(shown) if self.options.issuer and shown.count(".") == 2 else None

    def recognises(self, shown: str) -> bool:
        """Whether this has the form of something that is given out here, right or wrong."""
        return shown.startswith(PREFIX) or self.is_secret(shown) or (
            self.options.issuer is not None and shown.count(".") == 2
        )  # fmt: skip

    def is_secret(self, shown: str) -> bool:
        """Whether `shown` is the administrator's secret; takes the same time however much of it is right."""
        secret = self.options.admin_token
        return secret is not None and hmac.compare_digest(_digest(shown), _digest(secret))

    def in_session(self, session: Session) -> Identity | None:
        """Who a session belongs to, as they are now; None where it holds no longer."""
        if session.kind == "key":
            key = self.keys.find(session.subject)
            return key.identity() if key else None
        if session.kind == "secret":
            right = self.options.admin_token and hmac.compare_digest(session.subject, self.secret_mark())
            return administrator(session.name) if right else None
        if self.options.issuer is None:
            return None
        found = person(session.subject, session.name, session.groups, self.options.groups, self.options.usual)
        return found if found.permissions else None

    def secret_mark(self) -> str:
        """What ties a session to the present secret: another secret ends it."""
        return self.signer.token("secret", self.options.admin_token or "")

    def hidden(self, identity: Identity) -> frozenset[str]:
        """The ids of the documents that `identity` may not see."""
        return self.collections.hidden(identity)

    def _by_token(self, shown: str) -> Identity | None:
        provider = self.provider
        return None if provider is None else provider.bearer(shown)


def _digest(text: str) -> bytes:
    return sha256(text.strip().encode("utf-8", "surrogatepass")).digest()
