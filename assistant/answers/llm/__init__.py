"""An optional language model that puts verified claims in smoother words, and the check that lets them out.

It never sees a refusal, never adds a fact, and is never needed: whatever goes wrong, the composed answer stands.
"""

from __future__ import annotations

from assistant.answers.llm.endpoint import Endpoint, refused
from assistant.answers.llm.listening import heard_by
from assistant.answers.llm.phraser import Phraser, phraser_of

__all__ = ["Endpoint", "Phraser", "heard_by", "phraser_of", "refused"]
