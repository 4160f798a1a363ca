"""How both clients reach the service: address, key, patience; replies told from errors."""

from __future__ import annotations

import random
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx

from assistant.client import errors
from assistant.client.calls import Call

__all__ = ["Patience", "headers", "read", "resumed", "settings", "unreachable"]

Reply = TypeVar("Reply")
_WAITED_FOR = (429, 503)


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a request is tried again, and for at most how many seconds it waits between two tries.

    Only what the service did not begin is tried again: it said that it is busy (429) or not ready (503).
    """

    retries: int = 2
    longest: float = 30.0

    def wait(self, tried: int, error: errors.ClientError) -> float | None:
        """Seconds to wait before the next try; None where there is none."""
        if tried >= self.retries or not isinstance(error, errors.StatusError) or error.status not in _WAITED_FOR:
            return None
        asked = error.retry_after if error.retry_after is not None else 0.5 * 2**tried + random.uniform(0, 0.25)
        return asked if asked <= self.longest else None


def settings(base_url: str, key: str | None, timeout: float) -> dict[str, Any]:
    """What an httpx client is made with.

    Raises:
        ValueError: `base_url` is no address of a service.
    """
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise ValueError(f"base_url must look like https://chitieu.example.vn, not {base_url!r}")
    return {
        "base_url": base_url.rstrip("/"),
        "headers": headers(key),
        "timeout": httpx.Timeout(timeout, connect=min(timeout, 10.0)),
        "follow_redirects": False,
    }


def headers(key: str | None) -> dict[str, str]:
    """What every request carries."""
    try:
        own = version("chitieu")
    except PackageNotFoundError:
        own = "0"
    said = {"User-Agent": f"chitieu-client/{own}", "Accept": "*/*"}
    return {**said, "Authorization": f"Bearer {key}"} if key else said


def read(call: Call[Reply], response: httpx.Response) -> Reply:
    """The value of a reply whose body is there.

    Raises:
        ClientError: it is an error, or not what the service sends.
    """
    if response.status_code in (200, 201):
        return call.read(response.content)
    raise errors.of(response.status_code, response.headers, response.content)


def resumed(body: dict[str, Any], last: str) -> dict[str, Any]:
    """The arguments of a request for events behind the one with the id `last`."""
    said = {"Accept": "text/event-stream", **({"Last-Event-ID": last} if last else {})}
    return {"method": "POST", "url": "/api/ask/stream", "json": body, "headers": said}


def unreachable(error: httpx.HTTPError | httpx.InvalidURL, base_url: str) -> errors.Unreachable:
    """`error` as one of the client's own."""
    if isinstance(error, httpx.TimeoutException):
        return errors.TimedOut(f"{base_url}: no reply in time")
    return errors.Unreachable(f"{base_url}: {' '.join(str(error).split()) or type(error).__name__}")
