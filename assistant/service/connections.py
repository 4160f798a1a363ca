"""Connections that send nothing, or a request head drop by drop, are closed (the attack called Slowloris)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

__all__ = ["Patient", "patient", "transport"]

_KEPT_S = 75
"""Seconds that an idle connection is kept: longer than proxies keep theirs (nginx 60), or they would send a question
into one that is just being closed."""

if TYPE_CHECKING:
    from assistant.settings import Settings

    _Usual = Any
else:
    _Usual = AutoHTTPProtocol


class Patient(_Usual):  # type: ignore[misc]
    """The protocol that uvicorn would take, with a limit on how long the head of a request may take.

    The time runs from the opening of the connection and, on one that is used again, from the first byte.
    """

    seconds = 20.0
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begins to wait for a head."""
        super().connection_made(transport)
        self._watch(transport)

    def data_received(self, data: bytes) -> None:
        """Waits no longer where these bytes end a head or belong to a body."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before or not self._waits():
            self._rest()
        elif self._timer is None:
            self._watch(self.transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more to wait for."""
        self._rest()
        super().connection_lost(exc)

    def _waits(self) -> bool:
        """Whether the head of a request is still to come."""
        return self.cycle is None or bool(self.cycle.response_complete)

    def _watch(self, transport: Any) -> None:
        self._timer = asyncio.get_running_loop().call_later(self.seconds, self._late, transport)

    def _late(self, transport: Any) -> None:
        self._timer = None
        if self._waits():
            transport.abort()

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def patient(seconds: float) -> type[asyncio.Protocol]:
    """The protocol with another limit."""
    made: type[asyncio.Protocol] = type("Patient", (Patient,), {"seconds": seconds})
    return made


def transport(settings: Settings) -> dict[str, Any]:
    """What `uvicorn.Config` is given: whom to believe about addresses, and how long to wait for a client."""
    return {
        "http": Patient,
        "proxy_headers": bool(settings.trusted_proxies),
        "forwarded_allow_ips": list(settings.trusted_proxies),
        "server_header": False,
        "log_config": None,
        "access_log": False,
        "timeout_keep_alive": _KEPT_S,
        "h11_max_incomplete_event_size": 64 * 1024,
    }
