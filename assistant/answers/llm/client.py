"""The reply of a chat completion endpoint, streamed; everything that can be wrong with it is one error."""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from assistant.answers.llm.endpoint import Endpoint

if TYPE_CHECKING:
    import httpx

__all__ = ["Client", "Unusable"]

_CONNECT = 5.0
_WAITING = 64
"""Pieces read ahead of the one who takes them."""


class Unusable(Exception):
    """The endpoint gave no reply that can be used; the message says why, in Vietnamese, for the log."""


class Client:
    """Asks one endpoint, for many threads. No proxy of the environment is used and no redirect followed."""

    def __init__(self, endpoint: Endpoint) -> None:
        import httpx

        self._endpoint = endpoint
        headers = {"Accept": "text/event-stream", "Accept-Encoding": "identity"}
        if endpoint.key:
            headers["Authorization"] = f"Bearer {endpoint.key}"
        timeout = httpx.Timeout(endpoint.timeout_s, connect=min(_CONNECT, endpoint.timeout_s))
        self._http = httpx.Client(headers=headers, timeout=timeout, trust_env=False, follow_redirects=False)

    def stream(self, messages: Sequence[dict[str, str]], longest: int) -> Generator[str, None, None]:
        """The pieces of the reply as they come, at most `longest` tokens.

        Raises:
            Unusable: no connection, no reply in time, or a reply of another kind or size than asked for.
        """
        body = {
            "model": self._endpoint.model,
            "messages": list(messages),
            "stream": True,
            "temperature": 0,
            "max_tokens": longest,
        }
        until = time.monotonic() + self._endpoint.timeout_s
        pieces: queue.Queue[str | Exception | None] = queue.Queue(_WAITING)
        left = threading.Event()
        threading.Thread(target=self._read, args=(body, pieces, left, until), name="chitieu-llm", daemon=True).start()
        try:
            yield from _taken(pieces, until)
        finally:
            left.set()

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def _read(
        self, body: dict[str, Any], pieces: queue.Queue[str | Exception | None], left: threading.Event, until: float
    ) -> None:
        """Puts the pieces of a reply, then None or what went wrong, until nobody takes them any more."""
        last: Exception | None = None
        try:
            for piece in self._pieces(body):
                if not _put(pieces, piece, left, until):
                    return
        except Exception as error:
            last = error
        _put(pieces, last, left, until)

    def _pieces(self, body: dict[str, Any]) -> Iterator[str]:
        with self._http.stream("POST", self._endpoint.url, json=body) as reply:
            if reply.status_code != 200:
                raise Unusable(f"máy chủ mô hình trả mã {reply.status_code}")
            if not reply.headers.get("content-type", "").startswith("text/event-stream"):
                raise Unusable("máy chủ mô hình không trả luồng text/event-stream")
            if reply.headers.get("content-encoding", "identity") != "identity":
                raise Unusable("máy chủ mô hình trả dữ liệu nén")
            ended = False
            for data in _events(reply, self._endpoint.largest_reply):
                if data == "[DONE]":
                    break
                piece, ended = _piece(data, ended)
                if piece:
                    yield piece
            if not ended:
                raise Unusable("câu trả lời của mô hình bị đứt giữa chừng")


def _taken(pieces: queue.Queue[str | Exception | None], until: float) -> Iterator[str]:
    while True:
        try:
            piece = pieces.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            raise Unusable("mô hình trả lời quá chậm") from None
        if piece is None:
            return
        if isinstance(piece, Unusable):
            raise piece
        if isinstance(piece, Exception):
            raise Unusable(f"không nói chuyện được với máy chủ mô hình ({type(piece).__name__})") from piece
        yield piece


def _put(
    pieces: queue.Queue[str | Exception | None], piece: str | Exception | None, left: threading.Event, until: float
) -> bool:
    """Whether `piece` found a place before the one who takes them went away."""
    while not left.is_set() and time.monotonic() < until:
        try:
            pieces.put(piece, timeout=0.1)
        except queue.Full:
            continue
        return True
    return False


def _events(reply: httpx.Response, largest: int) -> Iterator[str]:
    """The `data` of each server-sent event; comments and other fields are passed over."""
    rest, size = b"", 0
    for chunk in reply.iter_raw():
        size += len(chunk)
        if size > largest:
            raise Unusable(f"câu trả lời của mô hình dài quá {largest} byte")
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            if line.startswith(b"data:"):
                yield line[5:].decode("utf-8").strip()


def _piece(data: str, ended: bool) -> tuple[str, bool]:
    """The words of one event, and whether the model has said that it came to its end."""
    try:
        event = json.loads(data)
        choices = event.get("choices") or []
        if "error" in event or (not choices and "usage" not in event):
            raise Unusable("máy chủ mô hình báo lỗi giữa luồng")
        if not choices:
            return "", ended
        words = choices[0].get("delta", {}).get("content") or ""
        reason = choices[0].get("finish_reason")
    except (ValueError, AttributeError, LookupError, TypeError, RecursionError):
        raise Unusable("câu trả lời của mô hình không đúng dạng") from None
    if not isinstance(words, str) or reason not in (None, "stop"):
        raise Unusable("câu trả lời của mô hình bị cắt ngắn hoặc không phải lời văn")
    return words, ended or reason == "stop"
