"""People who ask `chitieu serve`, for locust (extra `load`).

    QUESTIONS=FILE locust -f eval/locustfile.py --headless -u 50 -r 10 -t 10m -H http://127.0.0.1:8000

`QUESTIONS` names a file with one question a line; `THINK` is the mean pause in seconds before the next one (0).
"""

from __future__ import annotations

import os
import random
from pathlib import Path

from locust import HttpUser, task

__all__ = ["Person"]

_QUESTIONS = [line for line in Path(os.environ["QUESTIONS"]).read_text("utf-8").splitlines() if line.strip()]
_THINK_S = float(os.environ.get("THINK", "0"))


class Person(HttpUser):
    """Asks one question after another; one in five is streamed."""

    def wait_time(self) -> float:
        """Seconds until the next question."""
        return random.expovariate(1 / _THINK_S) if _THINK_S else 0.0

    @task(4)
    def ask(self) -> None:
        """The whole answer at once."""
        with self.client.post("/api/ask", json={"question": random.choice(_QUESTIONS)}, catch_response=True) as reply:
            if reply.status_code == 200 and not reply.json().get("answer"):
                reply.failure("a reply without an answer")

    @task(1)
    def stream(self) -> None:
        """Claim by claim."""
        body = {"question": random.choice(_QUESTIONS)}
        with self.client.post("/api/ask/stream", json=body, catch_response=True) as reply:
            if reply.status_code == 200 and "event: done" not in reply.text:
                reply.failure("a stream without its end")
