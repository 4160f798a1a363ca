"""Everything that the client raises, sorted by who can mend it.

ClientError
├── Unreachable          no reply came: wrong address, service down, connection broken
│   └── TimedOut         no reply came in time
├── BadReply             what came is not what the service sends: another program, a proxy's page
├── RequestRefused       the caller can mend it (4xx)
│   ├── InvalidRequest   a value is wrong, too large or of the wrong kind (400, 413, 415, 422)
│   ├── Unauthorized     no key, or one that does not hold (401)
│   ├── Forbidden        the key may not do this (403)
│   ├── NotFound         no such document, or none that the key may see (404)
│   └── TooManyRequests  the limit of the key or address is reached; `retry_after` seconds (429)
└── ServerFailed         the operator can mend it (5xx)
    └── NotReady         index, store or model are not there yet; `retry_after` seconds (503)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

__all__ = [
    "BadReply",
    "ClientError",
    "Forbidden",
    "InvalidRequest",
    "NotFound",
    "NotReady",
    "RequestRefused",
    "ServerFailed",
    "StatusError",
    "TimedOut",
    "TooManyRequests",
    "Unauthorized",
    "Unreachable",
    "of",
    "seconds",
]


class ClientError(Exception):
    """Base of all; the message is one line, the service's own where it sent one."""


class Unreachable(ClientError):
    """No reply came."""


class TimedOut(Unreachable):
    """No reply came in time."""


class BadReply(ClientError):
    """The reply is not what the service sends."""


class StatusError(ClientError):
    """The service replied with an error.

    `status` is that of HTTP, `code` names the error for programs, `detail` says which field is wrong in which way,
    `retry_after` is how many seconds to wait where the service says so.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str = "",
        detail: tuple[tuple[str, str], ...] = (),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.detail = detail
        self.retry_after = retry_after


class RequestRefused(StatusError):
    """The request cannot be served as it is."""


class InvalidRequest(RequestRefused):
    """A value is wrong, too large or of the wrong kind."""


class Unauthorized(RequestRefused):
    """There is no key, or it does not hold."""


class Forbidden(RequestRefused):
    """The key may not do this."""


class NotFound(RequestRefused):
    """There is no such thing, or the key may not see it."""


class TooManyRequests(RequestRefused):
    """The limit is reached."""


class ServerFailed(StatusError):
    """The request was fine; the service failed."""


class NotReady(ServerFailed):
    """The service cannot answer yet."""


_KINDS: Mapping[int, type[StatusError]] = {
    400: InvalidRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    413: InvalidRequest,
    415: InvalidRequest,
    422: InvalidRequest,
    429: TooManyRequests,
    503: NotReady,
}


def of(status: int, headers: Mapping[str, str], body: bytes | Mapping[str, Any]) -> ClientError:
    """The error that a reply with `status` says; `BadReply` where it does not come from the service."""
    try:
        error = (json.loads(body) if isinstance(body, bytes) else body)["error"]
        message, code = str(error["message"]), str(error.get("code") or "")
        detail = tuple((str(d["where"]), str(d["problem"])) for d in error.get("detail") or ())
    except (ValueError, KeyError, TypeError, AttributeError):
        if status not in (429, 502, 503, 504):
            return BadReply(f"HTTP {status} without the error of the service; is this the address of chitieu?")
        message, code, detail = f"HTTP {status}", "", ()
    kind = _KINDS.get(status, ServerFailed if status >= 500 else RequestRefused)
    wait = seconds(headers.get("retry-after", ""))
    return kind(message, status=status, code=code, detail=detail, retry_after=wait)


def seconds(retry_after: str, now: datetime | None = None) -> float | None:
    """What `Retry-After` says, a number of seconds or a date, as seconds from now; None where it says nothing."""
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        at = parsedate_to_datetime(retry_after)
    except (ValueError, TypeError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - (now or datetime.now(UTC))).total_seconds())
