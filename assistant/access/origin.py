"""Whether a request that changes something was sent by a page of this service.

Cookies go along with whatever a browser sends here, so a request that rests on one has to prove where it comes from
(OWASP Cross-Site Request Forgery Prevention Cheat Sheet: origin check, beside SameSite and a token in each form).
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

__all__ = ["SAFE_METHODS", "elsewhere", "same_site"]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def same_site(headers: Mapping[str, str], own: str) -> bool:
    """Whether the headers prove that a page of `own` ("https://host:port") sent this; without proof, no."""
    stated = headers.get("origin") or _origin(headers.get("referer", ""))
    if stated:
        return stated.lower() == own.lower()
    return headers.get("sec-fetch-site") in ("same-origin", "none")


def elsewhere(headers: Mapping[str, str]) -> bool:
    """Whether the browser says that a page of another site sent this; those that say nothing are no browsers."""
    return headers.get("sec-fetch-site") == "cross-site"


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""
