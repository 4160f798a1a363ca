"""Messages of a chat as a question and the turns before it; what asks for another kind of reply is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.answer import Turn
from assistant.service.routes.v1.errors import Refused
from assistant.service.routes.v1.noted import without_notes
from assistant.service.routes.v1.shapes import MODEL, ChatRequest, Message
from assistant.service.words import say

__all__ = ["Asked", "asked"]

LONGEST = 2000
"""Characters of a question, as on every other route."""
TURNS, SAID = 40, 8000
"""Turns before the question that are read, and characters of each."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`question` after the turns of `history`."""

    question: str
    history: tuple[Turn, ...]


def asked(request: ChatRequest) -> Asked:
    """What the conversation asks.

    System, developer and tool messages are data for some other model and are left aside: what chitieu may say is
    decided by the documents alone.

    Raises:
        Refused: the last message is no question, or the reply should be of a kind that there is not.
    """
    _servable(request)
    said = [(n, m) for n, m in enumerate(request.messages) if m.role in ("user", "assistant")]
    if not said or said[-1][1].role != "user":
        raise Refused(say("v1.no_question"), "messages", "no_question")
    place, last = said[-1]
    question = " ".join(_text(place, last).split())
    if not question:
        raise Refused(say("v1.no_question"), f"messages[{place}].content", "no_question")
    if len(question) > LONGEST:
        raise Refused(say("v1.long", most=LONGEST), f"messages[{place}].content", "context_length_exceeded")
    return Asked(question, _turns(said[:-1]))


def _turns(said: Sequence[tuple[int, Message]]) -> tuple[Turn, ...]:
    made = []
    for place, message in said[-TURNS:]:
        text = _text(place, message)
        text = without_notes(text) if message.role == "assistant" else text
        if text.strip():
            made.append(Turn(role=message.role, content=text[:SAID]))
    return tuple(made)


def _text(place: int, message: Message) -> str:
    if not isinstance(message.content, list):
        return _clean(message.content or "")
    for n, part in enumerate(message.content):
        if part.type not in ("text", "refusal"):
            raise Refused(say("v1.part", type=part.type[:40]), f"messages[{place}].content[{n}]", "unsupported_content")
    return _clean("\n".join(part.text or "" for part in message.content))


def _clean(text: str) -> str:
    """`text` without NUL, which PostgreSQL cannot hold."""
    return text.replace("\x00", "")


def _servable(request: ChatRequest) -> None:
    if request.model != MODEL:
        raise Refused(say("v1.model", model=request.model, known=MODEL), "model", "model_not_found", 404)
    forced = request.tool_choice not in (None, "auto", "none") or request.function_call not in (None, "auto", "none")
    refusals = {
        "n": request.n not in (None, 1),
        "response_format": request.response_format is not None and request.response_format.type != "text",
        "modalities": any(kind != "text" for kind in request.modalities or ()),
        "logprobs": bool(request.logprobs),
        "tool_choice": forced,
    }
    for param, wrong in refusals.items():
        if wrong:
            raise Refused(say("v1.unsupported", param=param), param, "unsupported_parameter")
