"""A generation that was swept away while somebody held it says so, and the question goes to the one that serves."""

from __future__ import annotations

import pytest

from assistant.settings import Settings
from assistant.workspace import Workspace
from corpus.errors import NotFound

QUESTION = "Đến năm 2030 bao nhiêu phần trăm bến xe có mái che?"


def test_a_version_that_is_gone_does_not_pass_for_one_without_targets(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    other = Workspace(tmp_path / "home", Settings(readers=1))

    def add(percent: int) -> None:
        text = f"KẾ HOẠCH\nVề bến xe\n\nI. CHỈ TIÊU\n1. Đến năm 2030, {percent}% bến xe có mái che.\n"
        (source / "ben-xe.txt").write_text(text, "utf-8")
        other.add([source])

    add(41)
    room = Workspace(tmp_path / "home", Settings(readers=1))
    assert room.ask(QUESTION).targets
    held = room._serving.renew()
    room._serving._followed = True  # what a service does: the old generation answers until the new one is ready
    for percent in (42, 43, 44):
        add(percent)
    for look in (held.targets, held.summaries, lambda: held.targets("ben-xe")):
        with pytest.raises(NotFound):
            look()
    answer = room.ask(QUESTION)
    assert ("44%" in answer.answer, len(answer.targets)) == (True, 1)
