"""A replaced index generation leaves memory, however often the documents change: a service runs for months."""

from __future__ import annotations

import gc
import os
import weakref
from pathlib import Path

import pytest

from assistant.workspace import Workspace


def _decision(home: Path, share: int) -> Path:
    folder = home.parent / "in"
    folder.mkdir(exist_ok=True)
    path = folder / "quyet-dinh.txt"
    text = f"QUYẾT ĐỊNH\nSố: 12/QĐ-THU\nVề tổ số\n\nĐiều 1. Đến năm 2027, ít nhất {share}% số xã có tổ số.\n"
    path.write_text(text, "utf-8")
    return path


def _deleted() -> list[str]:
    """Files of an index that this process holds although they were deleted."""
    maps = Path("/proc/self/maps").read_text().splitlines()
    links = [f"/proc/self/fd/{n}" for n in os.listdir("/proc/self/fd")]
    opened = [os.readlink(link) for link in links if os.path.islink(link)]
    return [line for line in (*maps, *opened) if "/index/" in line and "(deleted)" in line]


@pytest.mark.parametrize("followed", [False, True], ids=["command", "service"])
def test_a_replaced_generation_goes_with_all_its_files(tmp_path, followed):
    workspace = Workspace(tmp_path / "home")
    gone = []

    def change(share: int) -> None:
        workspace.add([_decision(workspace.home, share)])
        answer = workspace.ask("Đến năm 2027 bao nhiêu phần trăm số xã có tổ số?")
        assert f"{share}%" in answer.answer
        workspace.ask("tổ số?", excluding=["khac"])
        workspace.search("tổ số", 3)
        gone.append(weakref.ref(workspace._serving._generation))

    def changes() -> None:
        for share in range(31, 36):
            change(share)

    if followed:
        with workspace.following():
            changes()
    else:
        changes()
    gc.collect()
    assert [ref() is not None for ref in gone] == [False] * 4 + [True]
    assert not _deleted()
