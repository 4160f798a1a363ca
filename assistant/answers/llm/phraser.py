"""Claims put in other words by a language model; each is let out only when it passed its check."""

from __future__ import annotations

import logging
import re
import threading
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from assistant.answers.answer import Answer, Claim
from assistant.answers.llm.checking import problem
from assistant.answers.llm.client import Client, Unusable
from assistant.answers.llm.endpoint import Endpoint, key_from
from assistant.answers.llm.listening import listener
from assistant.answers.llm.prompt import messages

__all__ = ["Phraser", "phraser_of"]

if TYPE_CHECKING:
    from assistant.settings import Settings

_MARK = re.compile(r"\s*\[(\d{1,3})\]")
_AT_ONCE = 4
"""Answers phrased at one time; one more is given as composed, so that a slow model does not hold up the service."""
_FAILURES, _PAUSE = 3, 30.0
"""Failures of the endpoint in a row after which it is left alone, and for how many seconds."""
_LARGEST = 12_000
"""Characters of claims and quotes up to which a model is asked at all."""

log = logging.getLogger("chitieu.llm")


class _Unfit(Exception):
    """A phrased sentence did not pass; the message says why, in Vietnamese, for the log."""


class Phraser:
    """Phrases answers by the model of one endpoint; safe for many threads."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._client = Client(endpoint)
        self._places = threading.BoundedSemaphore(_AT_ONCE)
        self._failures = 0
        self._again_at = 0.0

    def phrase(self, answer: Answer) -> Answer:
        """`answer` in the words of the model, or `answer` itself where nothing better comes.

        The listener of this context hears `answer` first, then each phrased claim as soon as it has passed.
        """
        claims = [c for c in answer.claims if c.verified]
        if answer.abstained or not claims or not all(c.citations for c in claims) or _size(answer) > _LARGEST:
            return answer
        if time.monotonic() < self._again_at or not self._places.acquire(blocking=False):
            return answer
        try:
            return self._phrased(answer, claims)
        finally:
            self._places.release()

    def close(self) -> None:
        """Closes the connections to the endpoint."""
        self._client.close()

    def _phrased(self, answer: Answer, claims: Sequence[Claim]) -> Answer:
        try:
            said = self._said(answer, claims)
        except Unusable as error:
            self._failures += 1
            if self._failures >= _FAILURES:
                self._again_at = time.monotonic() + _PAUSE
            log.warning("giữ câu trả lời không qua mô hình: %s", error)
            return answer
        except _Unfit as error:
            self._failures = 0
            log.info("giữ câu trả lời không qua mô hình: %s", error)
            return answer
        self._failures = 0
        if [c.text for c in said] == [c.text for c in claims]:
            log.info("mô hình giữ nguyên câu chữ")
            return answer
        greyed = [c for c in answer.claims if not c.verified]
        words = "\n".join(c.text for c in said)
        changed = {"answer": words, "claims": (*said, *greyed), "phrased_by": self.endpoint.model}
        return answer.model_copy(update=changed)

    def _said(self, answer: Answer, claims: Sequence[Claim]) -> list[Claim]:
        """Each of `claims`, in order, as the model says it.

        Raises:
            Unusable: the endpoint gave no whole reply.
            _Unfit: a sentence did not pass, or there are more or fewer than claims.
        """
        hear = listener()
        hear(answer)
        said: list[Claim] = []
        longest = 64 + sum(len(c.text) for c in claims)
        with closing(self._client.stream(messages(answer, claims), longest)) as reply:
            for id, text in _sentences(reply, 2 * longest):
                if id != len(said) + 1 or id > len(claims):
                    raise _Unfit(f"mã [{id}] không đúng chỗ")
                claim = claims[id - 1]
                quotes = [answer.citations[at].quote for at in claim.citations]
                found = problem(text, claim, quotes)
                if found:
                    raise _Unfit(found)
                said.append(claim.model_copy(update={"text": text}))
                hear(said[-1])
        if len(said) < len(claims):
            raise _Unfit(f"thiếu câu [{len(said) + 1}]")
        return said


def phraser_of(settings: Settings) -> Phraser | None:
    """What phrases answers by the endpoint of `settings`, None where they name none.

    Raises:
        InvalidSetting: the variable that should hold the key does not.
    """
    if settings.llm_base_url is None:
        return None
    endpoint = Endpoint(
        base_url=settings.llm_base_url,
        model=settings.llm_model,
        timeout_s=settings.llm_timeout_s,
        key=key_from(settings.llm_key_env),
    )
    return Phraser(endpoint)


def _sentences(reply: Iterator[str], longest: int) -> Iterator[tuple[int, str]]:
    """What stands before each mark of a claim, with the number in the mark, as soon as the mark has come."""
    rest = ""
    for piece in reply:
        rest += piece
        while mark := _MARK.search(rest):
            text = unicodedata.normalize("NFC", rest[: mark.start()]).strip().lstrip(". ").strip()
            rest = rest[mark.end() :]
            yield int(mark.group(1)), text if text.endswith((".", "!", "?")) else f"{text}."
        if len(rest) > longest:
            raise _Unfit("câu quá dài mà không có mã")
    if rest.strip(" .\n"):
        raise _Unfit("có lời không kèm mã")


def _size(answer: Answer) -> int:
    return sum(len(c.text) for c in answer.claims) + sum(len(c.quote) for c in answer.citations)
