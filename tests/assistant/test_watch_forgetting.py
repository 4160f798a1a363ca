"""Declined questions and feedback: forgotten by a running service, and nothing lost that is kept meanwhile."""

from __future__ import annotations

import json
import subprocess
import sys

WRITER = """
import sys
from pathlib import Path
from assistant.service.feedback import keep
from assistant.service.shapes import FeedbackRequest
for number in range(60):
    keep(Path(sys.argv[1]), FeedbackRequest(question=f"{sys.argv[2]} {number}", answer="x", verdict="up"))
"""
SWEEPER = """
import json, sys
from pathlib import Path
from assistant.service.questions import forget
home = Path(sys.argv[1])
from assistant.service import feedback
for number in range(120):
    with feedback.changing(home), (home / "feedback.jsonl").open("a") as out:
        out.write(json.dumps({"at": "2020-01-01T00:00:00+00:00", "question": "old"}) + "\\n")
    forget(home, 30)
"""


def test_what_is_kept_while_another_process_forgets_is_not_lost(tmp_path):
    commands = [[WRITER, "a"], [WRITER, "b"], [SWEEPER, ""]]
    work = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name]) for code, name in commands]
    assert [one.wait(timeout=60) for one in work] == [0, 0, 0]
    kept = [json.loads(line)["question"] for line in (tmp_path / "feedback.jsonl").read_text("utf-8").splitlines()]
    assert {q for q in kept if q != "old"} == {f"{name} {n}" for name in "ab" for n in range(60)}
    assert kept.count("old") == 0
