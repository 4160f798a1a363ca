"""The examples in the OpenAPI description of `/v1/`, made of those of `/api/ask`."""

from __future__ import annotations

import json
from typing import Any

from assistant.answers.answer import Answer
from assistant.service import samples
from assistant.service.routes.v1.noted import counted, prose
from assistant.service.routes.v1.shapes import MODEL, Outcome

__all__ = ["EVENT", "REPLIES", "REQUESTS"]

_HEAD = {"id": "chatcmpl-5f0c6a52b7c94f6d0a1b2c3d", "created": 1767225600, "model": MODEL, "system_fingerprint": None}
_QUESTION = {"role": "user", "content": samples.ASK["question"]}


def _completion(answer: dict[str, Any]) -> dict[str, Any]:
    made = Answer.model_validate(answer)
    said = prose(made, "https://chitieu.example.vn")
    read, written = counted(made.question), counted(said.content)
    message = {
        "role": "assistant",
        "content": said.content,
        "refusal": None,
        "annotations": [a.model_dump() for a in said.annotations],
    }
    return {
        **_HEAD,
        "object": "chat.completion",
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written},
        "citations": [note.model_dump(mode="json") for note in said.notes],
        "chitieu": Outcome.model_validate(made, from_attributes=True).model_dump(mode="json"),
    }


def _event() -> dict[str, str]:
    choice = {"index": 0, "delta": {"content": samples.ANSWER["answer"]}, "logprobs": None, "finish_reason": None}
    return {"data": json.dumps({**_HEAD, "object": "chat.completion.chunk", "choices": [choice]}, ensure_ascii=False)}


REQUESTS: dict[str, Any] = {
    "question": {"value": {"model": MODEL, "messages": [_QUESTION]}},
    "stream": {"value": {"model": MODEL, "messages": [_QUESTION], "stream": True}},
}
REPLIES: dict[str, Any] = {
    "answer": {"value": _completion(samples.ANSWER)},
    "refusal": {"value": _completion(samples.REFUSAL)},
}
EVENT = _event()
