"""The log: one line a record from whichever logger, with the request it belongs to, without secrets or questions."""

from __future__ import annotations

import io
import json
import logging
import warnings

import pytest
import structlog

from assistant.watch.call import Call, beginning
from assistant.watch.logs import configure
from assistant.watch.redaction import GONE, clean

QUESTION = "Tỷ lệ bến đò có đèn hiệu năm 2031?"
SECRETS = (
    "ctk_9f8e7d6c5b4a39281706f5e4d3c2b1a0",
    "sk-proj-AbCd1234EfGh5678IjKl",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJsYW4ifQ.c2lnbmF0dXJl",
    "mot-ma-quan-tri-dai",
    "matkhau-cua-lan",
)


@pytest.fixture
def restored():
    """The loggers as they were, after the test."""
    root = logging.getLogger()
    names = ["uvicorn.access", "httpx", "httpx2", "httpcore", "urllib3", "opentelemetry", "asyncio"]
    names += ["multipart", "python_multipart"]
    loggers = {name: logging.getLogger(name) for name in names}
    loggers["uvicorn.error"] = logging.getLogger("uvicorn.error")
    kept = root.handlers[:], root.level, {n: (one.level, one.disabled) for n, one in loggers.items()}
    loggers["uvicorn.error"].setLevel(logging.NOTSET)  # a server of another test may have made it quiet
    yield
    root.handlers[:], root.level = kept[0], kept[1]
    for name, (level, disabled) in kept[2].items():
        loggers[name].setLevel(level)
        loggers[name].disabled = disabled
    logging.captureWarnings(False)
    structlog.reset_defaults()


@pytest.fixture(params=["json", "text"])
def form(request):
    return request.param


def said(form, write, level="info"):
    out = io.StringIO()
    configure(form, level, out)
    write()
    return out.getvalue()


@pytest.mark.usefixtures("restored")
class TestLines:
    def test_every_logger_goes_through_the_pipe(self):
        def write():
            logging.getLogger("chitieu.service").warning("đĩa còn %d MB", 12, extra={"route": "/x"})
            logging.getLogger("uvicorn.error").info("Started", extra={"color_message": "\x1b[1mStarted"})
            structlog.get_logger("other").info("made", count=3)
            logging.getLogger("uvicorn.access").info("GET /?q=bi-mat")
            with warnings.catch_warnings():
                warnings.simplefilter("always")
                warnings.warn("sắp bỏ", UserWarning, stacklevel=1)

        lines = [json.loads(line) for line in said("json", write).splitlines()]
        assert [line["logger"] for line in lines] == ["chitieu.service", "uvicorn.error", "other", "py.warnings"]
        assert (lines[0]["event"], lines[0]["route"], lines[0]["level"]) == ("đĩa còn 12 MB", "/x", "warning")
        assert lines[2]["count"] == 3
        assert all(line["at"].endswith("Z") for line in lines)
        assert "color_message" not in lines[1]

    def test_a_line_names_its_request_and_who_sent_it(self, form):
        class Lan:
            name = "Lan"

        def write():
            with beginning(Call(id="yeu-cau-0001", state={"identity": Lan()})):
                logging.getLogger("chitieu").info("xong")
            logging.getLogger("chitieu").info("ngoài")

        inside, outside = said(form, write).splitlines()
        assert "yeu-cau-0001" in inside
        assert "Lan" in inside
        assert "yeu-cau-0001" not in outside

    def test_a_text_cannot_begin_a_line_of_its_own(self, form):
        def write():
            logging.getLogger("chitieu").warning("hết\n2026-01-01 INFO chitieu: giả", extra={"why": "a\nb"})

        assert len(said(form, write).splitlines()) == 1

    def test_a_text_cannot_move_the_cursor_of_a_terminal(self, form):
        def write():
            logging.getLogger("chitieu").warning("GET /\x1b[2J\x07 failed", extra={"path": "/\x1b]0;x\x9b\u202e"})
            try:
                raise ValueError("\x1b[31mđỏ")
            except ValueError:
                logging.getLogger("chitieu").exception("hỏng")

        text = said(form, write)
        assert not [c for c in text if not c.isprintable() and c != "\n"]
        assert "[2J" in text
        assert "đỏ" in text

    def test_the_level_holds_for_every_logger(self):
        def write():
            logging.getLogger("uvicorn.error").setLevel(logging.INFO)
            logging.getLogger("uvicorn.error").info("a")
            logging.getLogger("chitieu").info("b")
            logging.getLogger("chitieu").warning("c")

        assert [json.loads(line)["event"] for line in said("json", write, "warning").splitlines()] == ["c"]

    def test_a_traceback_is_there_and_clean(self, form):
        def write():
            question = QUESTION
            with beginning(Call(id="a" * 16, private=[question])):
                try:
                    raise ValueError(f"không hiểu {question!r} với Authorization: Bearer {SECRETS[0]}")
                except ValueError:
                    logging.getLogger("chitieu").exception("hỏng: %s", question)

        text = said(form, write)
        assert "Traceback" in text
        assert "test_watch_logs.py" in text
        assert "ValueError" in text
        assert "bến đò" not in text
        assert SECRETS[0] not in text

    def test_planted_secrets_do_not_come_through(self, form):
        def write():
            log = logging.getLogger("chitieu")
            log.info("GET /api/search?q=tr%E1%BA%A1m&api_key=matkhau-cua-lan&k=3")
            log.info("postgresql+psycopg://chitieu:matkhau-cua-lan@db.example.vn/chitieu không mở được")
            log.info("gửi %s", {"Authorization": f"Bearer {SECRETS[0]}", "k": [{"password": "matkhau-cua-lan"}]})
            log.info("Bearer %s", SECRETS[2])
            log.info("khóa %s và %s", SECRETS[0], SECRETS[1])
            log.info("form", extra={"token": SECRETS[3], "cookie": f"chitieu_admin={SECRETS[3]}", "question": QUESTION})
            log.info("Cookie: chitieu_admin=%s; x=1", SECRETS[3])
            log.info("admin_token = '%s'", SECRETS[3])
            log.info("body", extra={"headers": [b"x-api-key", b"secret=matkhau-cua-lan"]})

        text = said(form, write)
        assert not [secret for secret in SECRETS if secret in text]
        assert "bến đò" not in text
        assert "tr%E1%BA%A1m" not in text
        assert text.count(GONE) >= 9
        assert "k=3" in text
        assert "db.example.vn" in text


def test_a_question_is_found_in_other_case_and_spacing():
    with beginning(Call(id="a" * 16, private=[QUESTION, "ngắn"])):
        assert clean(f"x {QUESTION.upper()} y") == f"x {GONE} y"
        assert clean("tỷ lệ  bến đò\ncó đèn hiệu năm 2031?") == GONE
        assert clean("câu ngắn thôi") == "câu ngắn thôi"
    assert clean(QUESTION) == QUESTION


@pytest.mark.parametrize(
    "line",
    [
        "KeyError: 'so_hieu'",
        "GET /documents/153-qd-ttg-2018 200",
        "monkey = 3; keyboard: 2",
        "thế hệ 12: 39 văn bản, 4100 đoạn",
        "https://chitieu.example.vn/documents/a?c=10-20",
        "basic rules apply",
    ],
)
def test_what_is_no_secret_stays(line):
    assert clean(line) == line
