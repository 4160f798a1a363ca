"""Questions become verified, cited answers or refusals."""

from __future__ import annotations

from assistant.answers.answer import Answer, Claim, Reason, Turn
from assistant.answers.answerer import Answerer

__all__ = ["Answer", "Answerer", "Claim", "Reason", "Turn"]
