"""Words of questions beside the chain: kept for their days, then gone, and the chain as whole as before."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest

from assistant.settings import Settings
from assistant.watch import audit, texts
from assistant.watch.call import acting
from assistant.watch.verify import verify
from corpus.errors import StoreError

QUESTION = "Đến năm 2031 bao nhiêu bến đò có đèn hiệu?"
NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)


@pytest.fixture
def home(tmp_path):
    audit.govern(tmp_path, Settings())
    return tmp_path


def governed(home, **stated):
    audit.govern(home, Settings(**stated))


def ask(home, question=QUESTION):
    with acting("lan"):
        audit.asked(home, "ask", question, "answered")
    return audit.last(home, 1)[0]


def test_the_chain_holds_a_salted_hash_and_never_the_words(home):
    first, second = ask(home), ask(home)
    assert first["question"] != second["question"]
    assert QUESTION not in (home / "audit.jsonl").read_text("utf-8")
    assert hashlib.sha256(QUESTION.encode()).hexdigest() != first["question"]
    kept = [
        json.loads(line)
        for path in (home / "audit" / "questions").glob("*.jsonl")
        for line in path.read_bytes().splitlines()
    ]
    assert all(texts.matches(k["hash"], k["salt"], QUESTION) for k in kept)
    assert not texts.matches(kept[0]["hash"], kept[0]["salt"], QUESTION + " ")
    assert texts.texts(home) == {first["question"]: QUESTION, second["question"]: QUESTION}


def test_only_the_owner_may_read_them(home):
    ask(home)
    assert {p.stat().st_mode & 0o777 for p in (home / "audit" / "questions").glob("*.jsonl")} == {0o600}


def test_words_go_when_their_days_are_over_and_the_chain_stays(home):
    for days in (0, 1, 29, 30, 31, 400):
        texts.keep(home, f"câu hỏi {days} ngày trước", 30, NOW - timedelta(days=days))
    ask(home)
    head = verify(home).head
    gone = texts.erase(home, 30, NOW)
    assert gone == ["2025-10-17", "2026-10-21", "2026-10-22"]
    left = set(texts.texts(home).values())
    assert {"câu hỏi 0 ngày trước", "câu hỏi 1 ngày trước", "câu hỏi 29 ngày trước"} <= left
    assert not left & {f"câu hỏi {days} ngày trước" for days in (30, 31, 400)}
    assert texts.erase(home, 30, NOW) == []
    assert verify(home, head).whole


def test_nothing_outlives_its_days(home):
    asked = datetime(2026, 11, 21, 0, 0, 1, tzinfo=UTC)
    texts.keep(home, "a?", 1, asked)
    assert texts.erase(home, 1, asked + timedelta(hours=23, minutes=59)) in ([], ["2026-11-21"])
    texts.erase(home, 1, asked + timedelta(hours=24))
    assert texts.texts(home) == {}


def test_a_clock_that_goes_back_erases_nothing_early(home):
    texts.keep(home, "a?", 30, NOW)
    assert texts.erase(home, 30, NOW - timedelta(days=900)) == []
    assert list(texts.texts(home).values()) == ["a?"]


def test_with_no_days_nothing_is_ever_written(home):
    ask(home)
    governed(home, audit_questions_days=0)
    assert ask(home)["question"] == ""
    assert len(texts.texts(home)) == 1
    texts.erase(home, 0, NOW)
    assert texts.texts(home) == {}
    assert verify(home).whole


def test_changes_alone_or_nothing_at_all(home):
    governed(home, audit="changes")
    with acting("lan"):
        audit.asked(home, "ask", QUESTION, "answered")
        audit.did(home, "export", "a.csv")
    assert [r["action"] for r in audit.last(home)] == ["export", "begin"]
    governed(home, audit="off")
    with acting("lan"), audit.recorded(home, "remove", "a"):
        audit.did(home, "export", "b.csv")
    assert len(audit.last(home)) == 2
    assert texts.texts(home) == {}


def test_where_nobody_acts_nothing_is_recorded(home):
    audit.asked(home, "ask", QUESTION, "answered")
    audit.did(home, "export", "a")
    assert audit.last(home) == []


def test_a_change_has_a_beginning_and_an_end(home):
    with pytest.raises(StoreError), acting("lan"), audit.recorded(home, "add", "a.txt"):
        raise StoreError("ổ đĩa đã đầy")
    with pytest.raises(ZeroDivisionError), acting("lan"), audit.recorded(home, "add", "b.txt"):
        raise ZeroDivisionError
    ends = [(r["subject"], r["outcome"]) for r in audit.last(home)]
    assert ends[:4] == [
        ("b.txt", "failed: ZeroDivisionError"),
        ("b.txt", ""),
        ("a.txt", "failed: ổ đĩa đã đầy"),
        ("a.txt", ""),
    ]


def test_what_cannot_be_recorded_is_not_done_but_questions_are_answered(home, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(audit.Ledger, "append", full)
    done = []
    with acting("lan") as call:
        with pytest.raises(StoreError, match="ổ đĩa đã đầy"), audit.recorded(home, "add", "a.txt"):
            done.append("a.txt")
        audit.asked(home, "ask", QUESTION, "answered")
        assert call.unrecorded == 1
    assert done == []


def test_texts_that_are_no_text_do_no_harm(home):
    odd = 'a"b\n\ud800\x00' + "é" * 3000
    with acting(odd):
        audit.asked(home, "ask", odd, "answered")
        audit.did(home, "export", odd)
    assert verify(home).whole
    assert len(audit.last(home)) == 3
    assert audit.last(home, 1)[0]["subject"].endswith("…")


def test_a_day_forgotten_between_listing_and_reading_is_no_fault(tmp_path, monkeypatch):
    texts.keep(tmp_path, "còn?", 90)
    listed = [*texts._files(tmp_path), tmp_path / "audit" / "questions" / "2020-01-01.jsonl"]
    monkeypatch.setattr(texts, "_files", lambda _home: iter(listed))
    ((digest, kept),) = texts.texts(tmp_path).items()
    assert kept == "còn?"
    assert texts.forget(tmp_path, {digest}) == 1
