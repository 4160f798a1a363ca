"""A typed client of the service: `Client` and, with the same methods to await, `AsyncClient`.

    from assistant.client import Client

    with Client("https://chitieu.example.vn", key="...") as chitieu:
        answer = chitieu.ask("Đến năm 2027 bao nhiêu phần trăm trạm quan trắc truyền số liệu tự động?")
        print(answer.answer, answer.citations)

Replies are the models of the service itself; fields that a newer service adds are left aside. `docs/programs.md` has
more examples.
"""

from __future__ import annotations

from assistant.answers.answer import Answer, Claim, Reason, Turn
from assistant.client.asynchronous import AsyncClient
from assistant.client.errors import (
    BadReply,
    ClientError,
    Forbidden,
    InvalidRequest,
    NotFound,
    NotReady,
    RequestRefused,
    ServerFailed,
    TimedOut,
    TooManyRequests,
    Unauthorized,
    Unreachable,
)
from assistant.client.events import Citations, Done, Event, Restart, Said, Searching, Targets
from assistant.client.synchronous import Client
from assistant.service.shapes import (
    DocumentLine,
    DocumentList,
    DocumentReply,
    ExtractReply,
    HealthReply,
    HitLine,
    SearchReply,
    TargetList,
)
from assistant.targets.target import Target
from corpus.document import Citation

__all__ = [
    "Answer",
    "AsyncClient",
    "BadReply",
    "Citation",
    "Citations",
    "Claim",
    "Client",
    "ClientError",
    "DocumentLine",
    "DocumentList",
    "DocumentReply",
    "Done",
    "Event",
    "ExtractReply",
    "Forbidden",
    "HealthReply",
    "HitLine",
    "InvalidRequest",
    "NotFound",
    "NotReady",
    "Reason",
    "RequestRefused",
    "Restart",
    "Said",
    "SearchReply",
    "Searching",
    "ServerFailed",
    "Target",
    "TargetList",
    "Targets",
    "TimedOut",
    "TooManyRequests",
    "Turn",
    "Unauthorized",
    "Unreachable",
]
