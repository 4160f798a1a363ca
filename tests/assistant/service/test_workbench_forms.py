"""The workbench without a browser: what its forms do, and what they refuse."""

from __future__ import annotations

import html
import io
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
        for name in ("targets", "text", "found")
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
    rows = [json.loads(line) for line in (folder / "decisions.jsonl").read_text("utf-8").splitlines()]
    assert [(r["decision"], r["who"]) for r in rows] == [("edited", "Nguyễn Thị Kiểm"), ("approved", "Nguyễn Thị Kiểm")]
    assert rows[0]["changed"] == {"value": [70, 75]}
    assert rows[0]["at"] == log["at"]
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
    decisions = (tmp_path / "corrections" / "decisions.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["decision"] for line in decisions] == ["approved", "approved", "rejected", "approved"]


def test_a_row_that_was_added_is_told_from_those_that_were_found(client, worked, tmp_path):
    targets = json.loads(worked["targets"])
    fields = {**worked, "targets": json.dumps([*targets, targets[0]]), "name": "K", "who": "K"}
    client.post("/workbench/corrections", **_form(fields, keep=["1", "2", "3"]))
    decisions = (tmp_path / "corrections" / "decisions.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["decision"] for line in decisions] == ["approved", "approved", "added"]


def test_a_text_without_targets_can_still_be_given_rows(client):
    page = client.post("/workbench", files={"file": ("thư.txt", "Kính gửi các cơ quan.\n".encode())}).text
    assert '<template id="fresh">' in page
    assert 'data-citation="{&#34;document&#34;' in page


def test_where_a_field_was_taken_from_is_marked_in_the_text(client):
    plan = "Điều 1. Mục tiêu\n1. Mục tiêu đến năm 2029\na) 45% bến tàu khách có phao cứu sinh;\nb) 60% đò ngang có áo phao.\n"
    page = client.post("/workbench", files={"file": ("a.txt", plan.encode())}).text
    (place, *_) = re.findall(r'class="from" href="#(i-1-\w+)" data-from="(\d+)" data-to="(\d+)"', page)
    assert "2029" in plan[int(place[1]) : int(place[2])]
    assert f'id="{place[0]}"' in page


def test_a_report_is_a_word_table(client, worked):
    from docx import Document

    reply = client.post("/workbench/export", **_form({**worked, "format": "docx", "name": "K"}, keep=["1", "2"]))
    table = Document(io.BytesIO(reply.content)).tables[0]
    assert [cell.text for cell in table.rows[1].cells][2:4] == ["70%", "năm 2028"]
    assert len(table.rows) == 3


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
