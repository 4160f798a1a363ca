"""What pages of other, listed sites may send and read: the widget, and clients of OpenAI's API in a browser."""

from __future__ import annotations

from typing import Any

from assistant.service.options import Options

__all__ = ["crossing"]

_SENT = ("authorization", "content-type", "last-event-id", "x-request-id")
_OPENAI = (
    "idempotency-key",
    "openai-organization",
    "openai-project",
    "x-stainless-arch",
    "x-stainless-custom-poll-interval",
    "x-stainless-helper-method",
    "x-stainless-lang",
    "x-stainless-os",
    "x-stainless-package-version",
    "x-stainless-poll-helper",
    "x-stainless-retry-count",
    "x-stainless-runtime",
    "x-stainless-runtime-version",
    "x-stainless-timeout",
)
"""Headers that OpenAI's own JavaScript client sends (6.49): without leave a browser would send none of its requests."""
_READ = ("retry-after", "x-request-id")


def crossing(options: Options) -> dict[str, Any]:
    """The arguments of the middleware for other origins; cookies never cross."""
    return {
        "allow_origins": list(options.origins),
        "allow_methods": ["GET", "POST"],
        "allow_headers": [*_SENT, *_OPENAI],
        "expose_headers": list(_READ),
        "max_age": 3600,
    }
