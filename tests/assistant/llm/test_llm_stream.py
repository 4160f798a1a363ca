"""The model behind the workspace and behind the stream of the service: what is heard, and what stands."""

from __future__ import annotations

import asyncio
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from assistant.answers.answer import Answer, Claim
from assistant.service.options import Options
from assistant.service.routes.ask import _stream
from assistant.service.shapes import AskRequest
from assistant.service.thinking import Thinking
from assistant.settings import Settings
from assistant.workspace import Workspace
from corpus.document import Citation
from corpus.errors import InvalidSetting

QUOTES = ("40% tuyến xe buýt có sàn thấp", "hỗ trợ 25 tỷ đồng thay xe cũ")
CLAIMS = (f"Theo Kế hoạch số 7/KH-SGT: {QUOTES[0]}.", f"Theo Kế hoạch số 7/KH-SGT: {QUOTES[1]}.")
PHRASED = (f"Kế hoạch số 7/KH-SGT nêu: {QUOTES[0]}.", f"Hỗ trợ 25 tỷ đồng thay xe cũ, theo {CLAIMS[1][5:25]}.")


@pytest.fixture(autouse=True)
def no_variables(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CHITIEU_{name.upper()}", raising=False)


@pytest.fixture
def composed() -> Answer:
    cited = [
        Citation(document="kh", number=None, title=None, path="", start=0, end=len(q), quote=q, link="kh")
        for q in QUOTES
    ]
    claims = tuple(Claim(text=text, citations=(i,)) for i, text in enumerate(CLAIMS))
    return Answer(question="xe buýt?", standalone="xe buýt?", answer="\n".join(CLAIMS), citations=cited, claims=claims)


@pytest.fixture
def room(tmp_path, composed, fake, monkeypatch):
    monkeypatch.setenv("CHITIEU_LLM_BASE_URL", fake.url)
    monkeypatch.setenv("CHITIEU_LLM_MODEL", "thử")
    room = Workspace(tmp_path)
    monkeypatch.setattr(room._serving, "use", lambda _: composed)
    yield room
    if room._phraser:
        room._phraser.close()


def streamed(room: Workspace, seen: int = 0, on_claim=lambda: None) -> list[tuple[str, object]]:
    """The events of one question; `on_claim` is called as each claim comes."""
    at = SimpleNamespace(desk=room, home=room.home, options=Options(), thinking=Thinking(phrased=True))

    async def connected() -> bool:
        return False

    async def collect() -> list[tuple[str, object]]:
        out = []
        request = SimpleNamespace(is_disconnected=connected)
        async for piece in _stream(at, AskRequest(question="xe buýt?"), request, seen):
            for frame in piece.strip().split("\n\n"):
                lines = dict(line.split(": ", 1) for line in frame.split("\n"))
                out.append((lines["event"], json.loads(lines["data"])))
                if lines["event"] == "claim":
                    on_claim()
        return out

    # In a thread of its own: the browser tests leave an event loop running in the main one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, collect()).result()


def test_the_workspace_gives_the_words_of_the_model(room, fake, composed):
    fake.say(f"{PHRASED[0]} [1]\n{PHRASED[1]} [2]")
    answer = room.ask("xe buýt?")
    assert (answer.phrased_by, answer.answer) == ("thử", "\n".join(PHRASED))
    fake.say("Không biết.")
    assert room.ask("xe buýt?") == composed


def test_without_an_address_nobody_is_asked(room, fake, composed, monkeypatch):
    monkeypatch.delenv("CHITIEU_LLM_BASE_URL")
    room.settings = Settings.load(room.home)
    assert room.ask("xe buýt?") is composed
    assert fake.asked == []


def test_a_missing_key_is_told_and_not_passed_over(room, monkeypatch):
    monkeypatch.setenv("CHITIEU_LLM_KEY_ENV", "KHOA_KHONG_CO")
    room.settings = Settings.load(room.home)
    with pytest.raises(InvalidSetting, match="KHOA_KHONG_CO"):
        room.ask("xe buýt?")


def test_a_claim_is_heard_while_the_model_still_speaks(room, fake):
    heard = threading.Event()

    def waiting(handler) -> None:
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream")
        handler.end_headers()
        for text, reason in ((f"{PHRASED[0]} [1]\n", None), (f"{PHRASED[1]} [2]", "stop")):
            choice = {"delta": {"content": text}, "finish_reason": reason}
            handler.wfile.write(b"data: " + json.dumps({"choices": [choice]}).encode() + b"\n\n")
            handler.wfile.flush()
            assert reason or heard.wait(5)

    fake.reply = waiting
    events = streamed(room, on_claim=heard.set)
    assert [name for name, _ in events] == ["status", "citations", "claim", "claim", "done"]
    assert [data["text"] for name, data in events if name == "claim"] == list(PHRASED)
    assert events[-1][1]["phrased_by"] == "thử"


def test_claims_that_do_not_stand_are_taken_back(room, fake, composed):
    fake.say(f"{PHRASED[0]} [1]\n{PHRASED[1].replace('25', '52')} [2]")
    events = streamed(room)
    names = [name for name, _ in events]
    assert names == ["status", "citations", "claim", "restart", "citations", "claim", "claim", "done"]
    assert [data["text"] for name, data in events[4:] if name == "claim"] == list(CLAIMS)
    assert events[-1][1] == composed.model_dump(mode="json")
    assert "52" not in json.dumps(events)


@pytest.mark.parametrize("seen", [1, 3, 9])
def test_whoever_comes_back_gets_the_whole_answer_in_the_end(room, fake, composed, seen):
    fake.say("Không biết.")
    assert streamed(room, seen)[-1] == ("done", composed.model_dump(mode="json"))
