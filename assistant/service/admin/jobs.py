"""Work that takes longer than a page: one piece at a time, in a thread, with how far it is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from assistant.service.failures import without_folders
from assistant.service.state import Service
from assistant.service.words import say
from assistant.watch import audit
from corpus.errors import ChitieuError, InputError

__all__ = ["Job", "Jobs"]

log = logging.getLogger("chitieu.service")

_PATIENCE = 3.0
"""Seconds that a page waits for its job: short ones are done when it is shown."""


@dataclass
class Job:
    """A piece of work: `step`, `done` and `total` while it runs, then `said`, and whether it `failed`."""

    name: str
    subject: str
    who: str
    step: str = ""
    done: int = 0
    total: int = 0
    running: bool = True
    failed: bool = False
    said: str = ""

    def tell(self, step: str, done: int, total: int) -> None:
        """Takes note of how far the work is."""
        self.step, self.done, self.total = step, done, total


class Jobs:
    """Runs one job after another; the last one is kept for the page to show."""

    def __init__(self, at: Service) -> None:
        self._at = at
        self._turn = threading.Lock()
        self.last: Job | None = None

    def run(self, name: str, subject: str, who: str, work: Callable[[Job], str]) -> Job:
        """Begins `work`, which gives back what to say, and waits a moment for its end.

        Raises:
            InputError: another job runs.
            StoreError: the audit log cannot be written; then nothing is begun.
        """
        with self._turn:
            if self.last and self.last.running:
                raise InputError(say("admin.busy", name=say(f"admin.do.{self.last.name}")))
            audit.note(self._at.home, who, name, subject)
            self.last = job = Job(name, subject, who)
        thread = threading.Thread(target=self._run, args=(job, work), name="chitieu-admin", daemon=True)
        thread.start()
        thread.join(_PATIENCE)
        return job

    def _run(self, job: Job, work: Callable[[Job], str]) -> None:
        try:
            job.said = work(job)
        except ChitieuError as error:
            job.failed, job.said = True, without_folders(str(error))
        except Exception:
            log.exception("admin: %s %s", job.name, job.subject)
            job.failed, job.said = True, say("admin.failed")
        try:
            audit.note(
                self._at.home, job.who, job.name, job.subject, f"{'failed' if job.failed else 'done'}: {job.said}"
            )
        except ChitieuError:
            log.exception("admin: the end of %s was not noted", job.name)
        job.running = False
