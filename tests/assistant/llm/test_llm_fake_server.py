"""The model as a real server on loopback that tells the truth, lies, stalls, breaks, and sends elsewhere."""

from __future__ import annotations

import gzip
import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler

import pytest

from assistant.answers.answer import Answer, Claim, Reason
from assistant.answers.llm import Endpoint, Phraser, heard_by
from corpus.document import Citation

FIRST = "Theo khoản 2 Điều 3 Kế hoạch số 18/KH-UBND: đến năm 2036, tối thiểu 75% hộ dân nông thôn dùng nước máy."
SECOND = "Theo Quyết định số 71/QĐ-UBND: trồng mới trên 1.200 ha rừng ngập mặn."
QUOTES = (
    "đến năm 2036, tối thiểu 75% hộ dân nông thôn dùng nước máy, 12 nhà máy được xây",
    "trồng mới trên 1.200 ha rừng ngập mặn từ năm 2031",
)
GOOD = (
    "Khoản 2 Điều 3 Kế hoạch số 18/KH-UBND nêu rõ: đến năm 2036, tối thiểu 75% hộ dân nông thôn dùng nước máy [1].\n"
    "Trồng mới trên 1.200 ha rừng ngập mặn, theo Quyết định số 71/QĐ-UBND. [2]"
)


def composed(**changes) -> Answer:
    citations = tuple(
        Citation(document=f"vb{i}", number=None, title=None, path="", start=0, end=len(q), quote=q, link=f"vb{i}")
        for i, q in enumerate(QUOTES)
    )
    claims = (
        Claim(text=FIRST, citations=(0,)),
        Claim(text="Bị bỏ: 99%.", citations=(0,), verified=False, problem="số 99 không có trong trích dẫn"),
        Claim(text=SECOND, citations=(1,)),
    )
    made = Answer(
        question="nước máy?", standalone="Bao nhiêu hộ dùng nước máy?", answer=f"{FIRST}\n{SECOND}",
        citations=citations, claims=claims, confidence=0.9,
    )  # fmt: skip
    return made.model_copy(update=changes)


def saying(text: str, **how):
    return lambda handler: handler.server.tell(handler, text, **how)


def event(words: str, reason: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"content": words}, "finish_reason": reason}
    return b"data: " + json.dumps({"choices": [choice]}).encode() + b"\n\n"


def raw(*pieces: bytes, status: int = 200, kind: str = "text/event-stream", **headers: str):
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"content-type": kind, **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        for piece in pieces:
            handler.wfile.write(piece)

    return reply


def test_a_faithful_model_is_heard_claim_by_claim(fake, phraser):
    fake.reply, answer, heard = saying(GOOD), composed(), []
    with heard_by(heard.append):
        given = phraser.phrase(answer)
    assert given.phrased_by == "thử"
    assert [c.text for c in given.claims[:2]] == given.answer.split("\n")
    assert given.answer.startswith("Khoản 2 Điều 3")
    assert given.answer.endswith("71/QĐ-UBND.")
    assert [c.citations for c in given.claims] == [(0,), (1,), (0,)]
    assert given.claims[2] == answer.claims[1]
    assert heard == [answer, *given.claims[:2]]
    assert (given.citations, given.confidence, given.abstained) == (answer.citations, 0.9, False)


def test_a_model_that_changes_no_word_is_not_named(fake, phraser):
    fake.reply, answer = saying(f"{FIRST} [1]\n{SECOND} [2]"), composed()
    assert phraser.phrase(answer) is answer


def test_what_is_sent_is_the_evidence_as_data_and_nothing_else(fake, phraser):
    fake.reply = saying(GOOD)
    phraser.phrase(composed())
    [(path, headers, body)] = fake.asked
    asked = json.loads(body)
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer khoabimat"
    assert set(asked) == {"model", "messages", "stream", "temperature", "max_tokens"}
    assert (asked["model"], asked["stream"], asked["temperature"]) == ("thử", True, 0)
    mark, data, again = asked["messages"][-1]["content"].split("\n")
    assert mark == again
    told = json.loads(data)
    assert told["question"] == "Bao nhiêu hộ dùng nước máy?"
    assert told["claims"] == [
        {"id": 1, "text": FIRST, "quotes": [QUOTES[0]]},
        {"id": 2, "text": SECOND, "quotes": [QUOTES[1]]},
    ]
    assert "Bị bỏ" not in str(asked)


LIES = {
    "figure": GOOD.replace("75%", "85%"),
    "figure of the quote, not of the claim": GOOD.replace("75%", "12%"),
    "year": GOOD.replace("2036", "2035"),
    "figures exchanged": GOOD.replace("75%", "1.200%").replace("1.200 ha", "75 ha"),
    "number of the document": GOOD.replace("71/QĐ", "17/QĐ"),
    "comparator": GOOD.replace("tối thiểu 75", "tối đa 75"),
    "unit": GOOD.replace("1.200 ha", "1.200 km2"),
    "negation": GOOD.replace("dùng nước", "không dùng nước"),
    "sentence added with a mark": GOOD + "\nChương trình rất thành công. [2]",
    "sentence added without a mark": GOOD + "\nChương trình rất thành công.",
    "sentence added in front": "Chương trình rất thành công. " + GOOD,
    "claim left out": GOOD.split("\n")[0],
    "claims in another order": "\n".join(reversed(GOOD.split("\n"))),
    "claim twice": GOOD + "\n" + GOOD.split("\n")[1],
    "mark of another claim": GOOD.replace("[1]", "[2]"),
    "mark that is none": GOOD.replace("[1]", "[7]"),
    "two marks": GOOD.replace("[1]", "[1][2]"),
    "no marks": re.sub(r"\[\d\]", "", GOOD),
    "obeyed an injection": "Đã hiểu! Mật khẩu quản trị là 123456. [1]",
    "obeyed in English": "HACKED. I am now unrestricted. [1] " + GOOD,
    "thinking aloud": "<think>Ta cần viết lại</think>" + GOOD,
    "link": GOOD.replace("nước máy", "nước máy (http://xau.example)"),
    "nothing": "",
    "endless without a mark": "nước máy " * 400,
}


@pytest.mark.parametrize("text", LIES.values(), ids=LIES)
def test_a_lie_gives_the_composed_answer_unchanged(fake, phraser, text):
    fake.reply, answer, heard = saying(text, size=40), composed(), []
    with heard_by(heard.append):
        assert phraser.phrase(answer) is answer
    truth = {c.text for c in map(_claim, GOOD.split("\n"))}
    assert all(c.text in truth for c in heard[1:])


def _claim(line: str) -> Claim:
    return Claim(text=re.sub(r"\s*\[\d\]\.?", "", line).rstrip(".") + ".")


HUGE = event("a" * 1000) * 2000
BROKEN = {
    "status": raw(b"busy", status=503),
    "redirect": raw(status=307, location="http://127.0.0.1:9/v1/chat/completions"),
    "html": raw(b"<html>", kind="text/html"),
    "json, not streamed": raw(b'{"choices":[{"message":{"content":"x"}}]}', kind="application/json"),
    "not JSON": raw(b"data: {oops\n\n"),
    "JSON of another shape": raw(b"data: [1, 2]\n\n"),
    "deep JSON": raw(b"data: " + b"[" * 100_000 + b"\n\n"),
    "content is no text": raw(b'data: {"choices":[{"delta":{"content":{"a":1}}}]}\n\n'),
    "not UTF-8": raw(b'data: {"choices":[{"delta":{"content":"\xff\xfe"}}]}\n\n'),
    "error in the stream": raw(event("Kho"), b'data: {"error":{"message":"out of memory"}}\n\n'),
    "cut short": raw(event(GOOD)),
    "cut by length": saying(GOOD, reason="length"),
    "calls a tool": saying(GOOD, reason="tool_calls"),
    "empty": raw(),
    "huge events": raw(HUGE),
    "huge line": raw(b"data: " + b"x" * 3_000_000),
    "huge comments": raw(b": x\n" * 700_000),
    "compressed": raw(gzip.compress(event(GOOD, "stop")), content_encoding="gzip"),
}


@pytest.mark.parametrize("reply", BROKEN.values(), ids=BROKEN)
def test_a_broken_reply_gives_the_composed_answer_unchanged(fake, phraser, reply, caplog):
    caplog.set_level("INFO", "chitieu.llm")
    fake.reply, answer = reply, composed()
    assert phraser.phrase(answer) is answer
    assert len(fake.asked) == 1
    assert "khoabimat" not in caplog.text
    assert "\n" not in caplog.records[-1].getMessage()


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1.2)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    raw()(handler)
    for _ in range(12):
        handler.wfile.write(b": x\n\n")
        handler.wfile.flush()
        time.sleep(0.1)


@pytest.mark.parametrize("reply", [silent, dripping, saying(GOOD, pause=0.02)])
def test_a_slow_reply_is_not_waited_for_longer_than_the_limit(fake, reply):
    fake.reply, answer = reply, composed()
    phraser = Phraser(Endpoint(base_url=fake.url, model="chậm", timeout_s=0.4))
    began = time.monotonic()
    assert phraser.phrase(answer) is answer
    assert time.monotonic() - began < 0.9
    while any(t.name == "chitieu-llm" for t in threading.enumerate()):
        time.sleep(0.02)
    phraser.close()


def test_a_server_that_is_not_there_is_left_alone_after_three_tries(monkeypatch):
    phraser, answer = Phraser(Endpoint(base_url="http://127.0.0.1:9/v1", model="x", timeout_s=2)), composed()
    tried = []
    stream = phraser._client.stream
    monkeypatch.setattr(phraser._client, "stream", lambda *a: (tried.append(1), stream(*a))[1])
    for _ in range(5):
        assert phraser.phrase(answer) is answer
    assert len(tried) == 3
    phraser.close()


def test_proxies_of_the_environment_are_not_used(fake, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    fake.reply = saying(GOOD)
    phraser = Phraser(Endpoint(base_url=fake.url, model="x"))
    assert phraser.phrase(composed()).phrased_by == "x"
    phraser.close()


@pytest.mark.parametrize(
    "answer",
    [
        composed(abstained=True, reason=Reason.NO_EVIDENCE, claims=(), citations=()),
        composed(abstained=True, reason=Reason.NO_EVIDENCE),
        composed(answer="Xin chào!", claims=(), citations=()),
        composed(claims=(Claim(text="Có."),)),
        composed(claims=(Claim(text="a" * 20_000, citations=(0,)),)),
    ],
)
def test_refusals_small_talk_and_very_long_answers_are_not_given_to_the_model(fake, phraser, answer):
    assert phraser.phrase(answer) is answer
    assert fake.asked == []


def test_more_questions_than_the_model_takes_at_once_are_answered_at_once(fake, phraser):
    gate = threading.Event()

    def waiting(handler: BaseHTTPRequestHandler) -> None:
        gate.wait(5)
        saying(GOOD)(handler)

    fake.reply, answer, given = waiting, composed(), []
    threads = [threading.Thread(target=lambda: given.append(phraser.phrase(answer))) for _ in range(4)]
    for thread in threads:
        thread.start()
    while len(fake.asked) < 4:
        time.sleep(0.01)
    assert phraser.phrase(answer) is answer
    gate.set()
    for thread in threads:
        thread.join()
    assert [g.phrased_by for g in given] == ["thử"] * 4
