"""OpenID Connect: people enter by authorization code with PKCE; programs show access tokens of the same issuer.

OpenID Connect Core 1.0, 3.1 (code flow) and 3.1.3.7 (checks of an ID token); RFC 7636 (PKCE); RFC 9068 (access tokens
that are JWTs). Signatures are checked with the keys that the issuer publishes, asymmetric algorithms only.
"""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import httpx

from assistant.access.groups import known, person
from assistant.access.identity import Identity
from corpus.document import Frozen
from corpus.errors import InputError, InvalidSetting, MissingPart, WorkError

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

    from assistant.access.desk import AccessOptions

__all__ = ["Entered", "Provider", "Refused", "Unreachable"]

log = logging.getLogger("chitieu.access")

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LEEWAY = 60
"""Seconds by which the clocks of issuer and service may differ."""
TIMEOUT = 10.0
"""Seconds that the issuer has for each reply."""
_AGAIN = 30.0
"""Seconds between two looks at the issuer's keys for a key that is not known."""


class Refused(InputError):
    """The provider, or a check of what it sent, did not let somebody in; the reason goes to the log only."""

    code = "login_refused"
    http_status = 403


class Unreachable(WorkError):
    """The identity provider does not answer, or not as it should."""

    code = "provider_unreachable"
    http_status = 503


class Entered(Frozen):
    """Somebody whom the provider let in: `subject` is unique, `groups` are those that the settings know."""

    subject: str
    name: str
    groups: tuple[str, ...]


class Provider:
    """One issuer and this service as its client; looks the issuer up when first needed."""

    def __init__(self, options: AccessOptions, secret: str | None) -> None:
        self._options = options
        self._issuer = str(options.issuer)
        self._client = str(options.client_id)
        self._secret = secret
        self._turn = threading.Lock()
        self._found: dict[str, Any] | None = None
        self._keys: KeySet | None = None
        self._looked = -_AGAIN

    @classmethod
    def of(cls, options: AccessOptions) -> Provider:
        """The provider of the settings.

        Raises:
            MissingPart: authlib is not installed.
            InvalidSetting: the client's secret is not where the settings say.
        """
        try:
            import authlib  # type: ignore[import-untyped]
            import joserfc
        except ModuleNotFoundError as error:
            raise MissingPart(f"Thiếu thư viện {error.name}; hãy cài: pip install 'chitieu[oidc]'") from None
        del authlib, joserfc
        name = options.secret_env
        secret = os.environ.get(name) if name else None
        if name and not secret:
            raise InvalidSetting(f"oidc_key_env = {name!r}: không có biến môi trường này; hãy đặt bí mật vào đó")
        return cls(options, secret)

    def begin(self, redirect_uri: str) -> tuple[str, dict[str, str]]:
        """Where the browser has to go, and what has to be remembered until it comes back.

        Raises:
            Unreachable: the issuer does not answer.
        """
        from authlib.oauth2.rfc6749.parameters import prepare_grant_uri  # type: ignore[import-untyped]
        from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]

        remembered = {name: secrets.token_urlsafe(32) for name in ("state", "nonce")}
        remembered["verifier"] = secrets.token_urlsafe(48)
        url = prepare_grant_uri(
            self._address("authorization_endpoint"),
            client_id=self._client,
            response_type="code",
            redirect_uri=redirect_uri,
            scope=self._options.scopes,
            state=remembered["state"],
            nonce=remembered["nonce"],
            code_challenge=create_s256_code_challenge(remembered["verifier"]),
            code_challenge_method="S256",
        )
        return str(url), remembered

    def finish(self, code: str, remembered: Mapping[str, str], redirect_uri: str) -> Entered:
        """Who came back with `code`.

        Raises:
            Refused: the issuer does not take the code, or its ID token does not pass.
            Unreachable: the issuer does not answer.
        """
        token = self._exchanged(code, remembered["verifier"], redirect_uri)
        claims = self._claims(str(token.get("id_token") or ""), self._client)
        if claims.get("nonce") != remembered["nonce"]:
            raise _refused("the nonce of the ID token is another one")
        if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != self._client:
            raise _refused("the ID token was made for another client")
        if self._options.groups_claim not in claims and self._metadata().get("userinfo_endpoint"):
            claims = {**self._userinfo(str(token.get("access_token")), str(claims["sub"])), **claims}
        return self._entered(claims)

    def bearer(self, shown: str) -> Identity | None:
        """Whoever shows this access token; None where it does not pass."""
        try:
            entered = self._entered(self._claims(shown, self._options.audience or self._client))
        except Refused:
            return None
        except Unreachable as error:
            log.error("%s", error)
            return None
        found = person(
            entered.subject, entered.name, entered.groups, self._options.groups, self._options.usual
        )  # fmt: skip
        return found

    def leaving(self) -> str | None:
        """Where somebody ends the session at the provider too, where it says so."""
        try:
            address = self._metadata().get("end_session_endpoint")
        except Unreachable:
            return None
        return str(address) if address and _safe(str(address)) else None

    def _entered(self, claims: Mapping[str, Any]) -> Entered:
        name = next((str(claims[c]) for c in ("name", "preferred_username", "email", "sub") if claims.get(c)), "")
        return Entered(
            subject=f"{self._issuer}#{claims['sub']}",
            name=" ".join(name.split())[:100],
            groups=known(claims.get(self._options.groups_claim), self._options.groups),
        )

    def _claims(self, token: str, audience: str) -> dict[str, Any]:
        """The claims of a JWT of the issuer for `audience` that holds now."""
        from joserfc import jwt
        from joserfc.errors import JoseError

        registry = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )
        try:
            try:
                decoded = jwt.decode(token, self._key_set(), algorithms=list(ALGORITHMS))
            except (JoseError, ValueError):
                if not self._look_again():
                    raise
                decoded = jwt.decode(token, self._key_set(), algorithms=list(ALGORITHMS))
            registry.validate(decoded.claims)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise _refused(f"token: {type(error).__name__}: {error}") from None
        return dict(decoded.claims)

    def _exchanged(self, code: str, verifier: str, redirect_uri: str) -> dict[str, Any]:
        """What the issuer gives for `code` (RFC 6749, 4.1.3)."""
        form = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
        form |= {"redirect_uri": redirect_uri} | ({} if self._secret else {"client_id": self._client})
        basic = httpx.BasicAuth(quote(self._client, ""), quote(self._secret, "")) if self._secret else None
        address = self._address("token_endpoint")
        try:
            reply = httpx.post(address, data=form, auth=basic, timeout=TIMEOUT, follow_redirects=False)
            found = reply.json()
        except (httpx.HTTPError, ValueError) as error:
            raise _unreachable(error) from None
        if reply.is_success and isinstance(found, dict):
            return found
        said = found.get("error") if isinstance(found, dict) else None
        raise _refused(f"token endpoint: {reply.status_code} {str(said)[:80]}")

    def _userinfo(self, access_token: str, subject: str) -> dict[str, Any]:
        reply = self._fetch(self._address("userinfo_endpoint"), {"Authorization": f"Bearer {access_token}"})
        if reply.get("sub") != subject:
            raise _refused("userinfo speaks of somebody else")
        return reply

    def _key_set(self) -> KeySet:
        from joserfc.jwk import KeySet

        with self._turn:
            if self._keys is None:
                self._looked = time.monotonic()
                self._keys = KeySet.import_key_set(self._fetch(self._address("jwks_uri")))  # type: ignore[arg-type]
            return self._keys

    def _look_again(self) -> bool:
        """Forgets the keys, for the issuer may have new ones; not more often than every `_AGAIN` seconds."""
        with self._turn:
            if time.monotonic() - self._looked < _AGAIN:
                return False
            self._keys = None
            return True

    def _metadata(self) -> dict[str, Any]:
        if self._found is None:
            found = self._fetch(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self._issuer:
                raise Unreachable(f"{self._issuer}: tự xưng là {found.get('issuer')!r}; hãy sửa oidc_issuer cho khớp")
            self._found = found
        return self._found

    def _address(self, name: str) -> str:
        address = str(self._metadata().get(name) or "")
        if not _safe(address):
            raise Unreachable(f"{self._issuer}: {name} = {address!r} không phải địa chỉ https")
        return address

    def _fetch(self, address: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        try:
            reply = httpx.get(address, headers=dict(headers or {}), timeout=TIMEOUT, follow_redirects=False)
            reply.raise_for_status()
            found = reply.json()
        except (httpx.HTTPError, ValueError) as error:
            raise _unreachable(error) from None
        if not isinstance(found, dict):
            raise Unreachable(f"{address}: không trả lời bằng một đối tượng JSON")
        return found


def _safe(address: str) -> bool:
    """Whether secrets may be sent there: https, or this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost"))


def _refused(why: str) -> Refused:
    log.warning("login refused: %s", why)
    return Refused("Không đăng nhập được; hãy thử lại, nếu vẫn vậy thì báo người quản trị")


def _unreachable(error: Exception) -> Unreachable:
    return Unreachable(f"Máy chủ định danh không trả lời ({type(error).__name__}: {error}); hãy kiểm tra oidc_issuer")
