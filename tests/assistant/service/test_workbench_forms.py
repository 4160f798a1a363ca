"""The workbench without a browser: what its forms do, and what they refuse."""

from __future__ import annotations

import html
import json
import re

import pytest

from corpus.load import load
from eval.targets import evaluate

PLAN = "Điều 1. Mục tiêu\n1. Đến năm 2028, 70% bến xe khách cấp tỉnh có mái che.\n2. Đến năm 2030, 100% trường học có nước sạch 📱.\n"


@pytest.fixture
def worked(client):
    """The hidden fields of the page that a file gives."""
    page = client.post("/workbench", files={"file": ("Kế hoạch 5.txt", PLAN.encode())}).text
    return {
        name: html.unescape(re.search(rf'<textarea name="{name}"[^>]*>([^<]*)</textarea>', page)[1])
        for name in ("targets", "text")
    }


def _form(fields, **more):
    return {
        "files": [(k, (None, v)) for k, v in {**fields, **more}.items() if k != "keep"]
        + [("keep", (None, n)) for n in more.get("keep", [])]
    }


def test_a_kept_check_is_a_case_that_evaluation_reads(client, worked, tmp_path):
    targets = json.loads(worked["targets"])
    assert len(targets) == 2
    targets[0]["value"] = 75
    fields = {**worked, "targets": json.dumps(targets), "name": "Kế hoạch 5", "who": "Nguyễn Thị Kiểm"}
    reply = client.post("/workbench/corrections", **_form(fields, keep=["1", "2"]))
    assert reply.status_code == 200
    assert "Nguyễn Thị Kiểm" in reply.text
    folder = tmp_path / "corrections"
    (log,) = (json.loads(line) for line in (folder / "log.jsonl").read_text("utf-8").splitlines())
    assert (log["who"], log["found"], log["kept"]) == ("Nguyễn Thị Kiểm", 2, 2)
    (text,) = (folder / "text").glob("*.txt")
    assert load(text, sidecar={}).text == PLAN
    report = evaluate(folder / "gold", folder / "text")
    assert report.recall.value == 0.5


def test_rejected_rows_are_left_out_and_a_later_check_replaces(client, worked, tmp_path):
    for keep in (["1", "2"], ["2"]):
        client.post("/workbench/corrections", **_form({**worked, "name": "a/../b", "who": "K"}, keep=keep))
    (gold,) = (tmp_path / "corrections" / "gold").glob("*.jsonl")
    assert gold.read_text("utf-8").count("\n") == 1
    assert (tmp_path / "corrections" / "log.jsonl").read_text("utf-8").count("\n") == 2


def test_export_takes_the_kept_rows(client, worked):
    reply = client.post("/workbench/export", **_form({**worked, "format": "json", "name": "Kế hoạch 5"}, keep=["2"]))
    assert [t["value"] for t in reply.json()] == [100]
    assert "Ke%CC%82" not in reply.headers["content-disposition"]


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("/workbench/corrections", {"who": "  "}),
        ("/workbench/corrections", {"who": "K", "text": "not json"}),
        (
            "/workbench/corrections",
            {"who": "K", "text": '"another text altogether, long enough to hold the offsets of all quotes"'},
        ),
        ("/workbench/export", {"targets": "[{}]"}),
        ("/workbench/export", {"targets": ""}),
        ("/workbench/export", {"format": "exe"}),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_kept(client, worked, tmp_path, path, changes):
    reply = client.post(path, **_form({**worked, **changes}, keep=["1"]))
    assert (reply.status_code, reply.json()["error"]["code"]) == (422, "invalid_input")
    assert not (tmp_path / "corrections").exists()


def test_an_unknown_document_to_compare_with_is_told_on_the_page(client):
    reply = client.post("/workbench", files={"file": ("a.txt", PLAN.encode())}, data={"against": "none"})
    assert reply.status_code == 404
    assert 'role="alert"' in reply.text
