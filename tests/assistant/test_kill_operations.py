"""Every operation is killed at random steps and moments while others ask; see `eval.kills`.

`CHITIEU_TEST_KILLS` sets how often (a few unless told); with it, planted bugs must be found too.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from eval.kills import Campaign, oracle
from eval.kills.campaign import warm
from eval.kills.plants import PLANTS
from eval.kills.steps import Death, apart, perform
from eval.kills.world import World

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks, and finds processes through /proc")

KILLS = int(os.environ.get("CHITIEU_TEST_KILLS", "0"))
RELEASED = Path(__file__).parents[1] / "corpus" / "released"


def campaign(root: Path, kills: int, plant: str | None = None) -> tuple[int, tuple[str, ...]]:
    """Kills and findings of a campaign in a process of its own, which forks."""

    def work() -> dict:
        warm()
        return Campaign(root, kills, 7, 1, 0, plant, RELEASED).run().model_dump()

    report = apart(work)
    return report.get("kills", 0), tuple(report.get("findings", report.get("problems")))


def test_whatever_is_killed_leaves_nothing_torn_lost_or_wrong(tmp_path):
    kills, findings = campaign(tmp_path, KILLS or 4)
    assert findings == ()
    assert kills == (KILLS or 4)


@pytest.mark.skipif(not KILLS, reason="takes minutes; set CHITIEU_TEST_KILLS")
@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_bug_is_found(tmp_path, plant):
    assert campaign(tmp_path, 60, plant)[1]


def test_work_dies_right_before_the_step_that_is_named(tmp_path):
    def work() -> None:
        for name in "abc":
            (tmp_path / name).write_text(name)

    assert perform(work, Death(step=3)).killed
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b"]
    done = perform(work, Death())
    assert (done.killed, done.error, done.steps) == (False, "", 3)


def test_what_fails_by_itself_is_told():
    outcome = perform(lambda: 1 // 0, Death())
    assert not outcome.killed
    assert "ZeroDivisionError" in outcome.error


def test_damage_is_seen(tmp_path):
    """A generation with a file gone, one cut, and a document that is not there are each told."""
    world = World(tmp_path)
    world.found()
    whole = oracle.inspect(world.home)
    assert whole["problems"] == []
    assert len(whole["documents"]) == 8
    one, two = sorted(p for p in (world.home / "index").iterdir() if p.name.isdigit())
    (one / "words.txt").unlink()
    (two / "passages.jsonl").write_bytes(b"")
    assert len(oracle.inspect(world.home)["problems"]) == 3


def test_an_answer_with_another_figure_or_place_is_another_line():
    answer = {
        "question": "hỏi",
        "answer": "Theo Kế hoạch số 3/KH-UBND: 5%.",
        "abstained": False,
        "reason": None,
        "citations": [{"document": "a", "start": 1, "end": 4, "quote": "5%."}],
        "targets": [],
    }
    moved = answer | {"citations": [{"document": "a", "start": 2, "end": 5, "quote": "5%."}]}
    renamed = answer | {"answer": "Theo Kế hoạch số 4/KH-UBND: 5%."}
    assert oracle.said(answer) == oracle.said(renamed)
    assert len({oracle.said(answer), oracle.said(moved), oracle.said(answer | {"answer": "6%."})}) == 3
