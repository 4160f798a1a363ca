"""All that watches one application, made with it and put around it."""

from __future__ import annotations

import ipaddress
import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from assistant.watch.gauges import Standing, refresh
from assistant.watch.metrics import Metrics
from assistant.watch.returning import give_back

if TYPE_CHECKING:
    from assistant.watch.tracing import Tracing

__all__ = ["Opening", "Watch", "may_look"]

Opening = Literal["off", "local", "open"]
_EVERY = 10.0
"""Seconds between two looks at memory and threads, for the workers that no scrape reaches."""
_RETURN = 60.0
"""Seconds after which free memory is given back again."""
_SWEEP = 900.0
"""Seconds between two looks for questions whose days are over."""
_FORWARDED = ("x-forwarded-for", "x-real-ip", "forwarded", "via")

log = logging.getLogger("chitieu.watch")


@dataclass
class Watch:
    """Metrics and traces of one application; `start` and `stop` belong to its life.

    `thinking` is the limiter of the threads that compose answers.
    """

    home: Path
    desk: Any
    opening: Opening = "local"
    version: str = "0"
    phraser: str | None = None
    keep_questions_days: int = 0
    audit_questions_days: int = 0
    tracing: Tracing | None = None
    metrics: Metrics = field(default_factory=Metrics)
    ready: bool = False
    began: float = field(default_factory=time.time)
    thinking: Any = None
    _limiters: tuple[Any, ...] = ()
    _over: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Begins to look after the home; called within the event loop of the application."""
        from anyio.to_thread import current_default_thread_limiter

        self._limiters = (current_default_thread_limiter(), *([self.thinking] if self.thinking else []))
        self._over.clear()
        threading.Thread(target=self._pulse, name="chitieu-watch", daemon=True).start()

    def stop(self) -> None:
        """Ends it, and sends the spans that are still here."""
        self._over.set()
        self._anchor()
        if self.tracing:
            self.tracing.flush()

    def scrape(self) -> tuple[bytes, str]:
        """Everything, in the text format of Prometheus, with its media type."""
        refresh(self.metrics, self._limiters)
        return self.metrics.exposed(Standing(self.home, self.desk, self.version, self.phraser, self.ready))

    def _pulse(self) -> None:
        swept = returned = 0.0
        while True:
            try:
                refresh(self.metrics, self._limiters)
                if time.monotonic() - returned > _RETURN:
                    give_back()
                    returned = time.monotonic()
                if not swept or time.monotonic() - swept > _SWEEP:
                    self._sweep()
                    swept = time.monotonic()
            except Exception:
                log.exception("looking after %s", self.home.name)
            if self._over.wait(_EVERY):
                return

    def _sweep(self) -> None:
        """Forgets the questions whose days are over."""
        from assistant.service.questions import forget
        from assistant.watch.texts import erase

        self._anchor()
        forget(self.home, self.keep_questions_days)
        erased = erase(self.home, self.audit_questions_days)
        if erased:
            log.info("audit: texts of questions erased", extra={"days_erased": len(erased)})

    def _anchor(self) -> None:
        """Says in the log how far the audit chain is: where logs are shipped, that is a head noted elsewhere."""
        from assistant.watch.ledger import Ledger

        last = Ledger(self.home).last()
        if last:
            log.info("audit chain", extra={"records": last.n, "head": last.hash})


def may_look(opening: Opening, client: str | None, headers: Mapping[str, str]) -> bool:
    """Whether who asks from the address `client` may see metrics.

    `local` means this machine itself; what a proxy on this machine passes on from elsewhere says so in its headers.
    """
    if opening != "local":
        return opening == "open"
    if any(name in headers for name in _FORWARDED):
        return False
    try:
        return client is not None and ipaddress.ip_address(client).is_loopback
    except ValueError:
        return False
