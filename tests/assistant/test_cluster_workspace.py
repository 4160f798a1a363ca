"""Two homes on one PostgreSQL, as two machines: what one adds the other answers from; both may add."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from assistant.doctor import State, check, mend
from assistant.settings import CONFIG
from assistant.workspace import Workspace
from corpus.errors import InputError, NotFound, StoreError

TEXT = "Điều 1. Xã Sơn Hạ lắp {0} trạm bơm tưới trước năm 2031.\nĐiều 2. Đến năm 2031, {0}% hộ dân có nước sạch.\n"


@pytest.fixture
def rooms(postgres, tmp_path):
    url = postgres()
    made = []
    for name in ("mot", "hai"):
        home = tmp_path / name
        home.mkdir()
        (home / CONFIG).write_text(f'database = "{url}"\nreaders = 1\n')
        made.append(Workspace(home))
    yield made
    for room in made:
        room.store.close()


def write(folder: Path, *numbers: int) -> list[Path]:
    paths = []
    for number in numbers:
        path = folder / f"xa-{number}.txt"
        path.write_text(TEXT.format(number), "utf-8")
        paths.append(path)
    return paths


def test_what_one_machine_adds_the_other_finds_and_answers(rooms, tmp_path):
    one, other = rooms
    assert set(one.add(write(tmp_path, 41, 52)).added) == {"xa-41", "xa-52"}
    assert other.search("lắp bao nhiêu trạm bơm", 1)[0].passage.document in {"xa-41", "xa-52"}
    assert "41" in other.ask("Xã Sơn Hạ lắp bao nhiêu trạm bơm theo văn bản xa-41?").answer
    assert 41 in {t.value for t in other.targets("xa-41")}
    assert one.add(write(tmp_path, 41)).unchanged == ("xa-41",)
    assert one.settled()
    assert other.settled()


def test_an_open_room_follows_what_another_machine_changes(rooms, tmp_path):
    one, other = rooms
    one.add(write(tmp_path, 41))
    assert len(other.search("trạm bơm", 9)) == len(one.search("trạm bơm", 9))
    one.add(write(tmp_path, 63))
    assert {h.passage.document for h in other.search("trạm bơm tưới", 9)} == {"xa-41", "xa-63"}
    one.remove(["xa-41"])
    assert {h.passage.document for h in other.search("trạm bơm tưới", 9)} == {"xa-63"}
    with pytest.raises(NotFound):
        other.document("xa-41")


def test_machines_that_add_at_once_wait_for_each_other(rooms, tmp_path):
    threads = [
        threading.Thread(target=room.add, args=(write(tmp_path, *numbers),))
        for room, numbers in zip(rooms, [(41, 42), (51, 52)], strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for room in rooms:
        assert {d.id for d in room.documents()} == {"xa-41", "xa-42", "xa-51", "xa-52"}
        assert room.settled()
        assert len({h.passage.document for h in room.search("trạm bơm", 20)}) == 4


def test_generations_are_listed_and_switched(rooms, tmp_path):
    one, other = rooms
    one.add(write(tmp_path, 41))
    one.add(write(tmp_path, 52))
    newest, before = other.generations()
    assert (newest.serving, newest.documents, before.documents) == (True, 2, 1)
    other.switch(before.name)
    assert {h.passage.document for h in one.search("trạm bơm", 9)} == {"xa-41"}
    one.reindex()
    assert {h.passage.document for h in other.search("trạm bơm", 9)} == {"xa-41", "xa-52"}


def test_the_doctor_looks_the_database_over_and_mends_the_index(rooms, tmp_path):
    one, _ = rooms
    assert {f.part: f.state for f in check(one.home)}["chỉ mục"] is State.NOTED
    one.add(write(tmp_path, 41))
    found = {f.part: f for f in check(one.home)}
    assert (found["kho"].state, found["chỉ mục"].state) == (State.FINE, State.FINE)
    with one.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM passages_1")
    broken = {f.part: f for f in check(one.home)}["chỉ mục"]
    assert broken.state is State.BROKEN
    assert "doctor --repair" in broken.mending
    mend(one.home)
    assert {f.part: f.state for f in check(one.home)}["chỉ mục"] is State.FINE


def test_a_server_that_is_away_is_told_in_one_line(tmp_path):
    (tmp_path / CONFIG).write_text(f'database = "postgresql://nobody@/chitieu?host={tmp_path}"\n')
    with pytest.raises(StoreError, match="không kết nối được") as caught:
        Workspace(tmp_path).search("trạm bơm")
    assert "\n" not in str(caught.value)


def test_what_was_put_right_on_one_machine_holds_on_the_other(rooms, tmp_path):
    one, other = rooms
    (file,) = write(tmp_path, 41)
    one.add([file])
    assert other.amended("xa-41") == {}
    one.amend("xa-41", {"number": "41/QĐ-UBND", "issued_on": "3/2/2024", "title": ""})
    assert other.amended("xa-41") == {"number": "41/QĐ-UBND", "issued_on": "2024-02-03"}
    assert other.document("41/QĐ-UBND").id == "xa-41"
    file.write_text(TEXT.format(45), "utf-8")
    assert other.add([file]).added == ("xa-41",)
    again = one.document("xa-41")
    assert "45 trạm bơm" in again.text
    assert (again.number, again.issued_on) == ("41/QĐ-UBND", "2024-02-03")
    assert not list(tmp_path.glob("*/metadata.json"))
    other.amend("xa-41", {})
    assert one.amended("xa-41") == {}
    assert one.document("xa-41").number is None


def test_a_file_from_before_is_read_until_the_database_says_otherwise(rooms, tmp_path):
    one, other = rooms
    (tmp_path / "mot" / "metadata.json").write_text('{"xa-41": {"number": "9/KH-SGT"}}', "utf-8")
    one.add(write(tmp_path, 41))
    assert one.document("xa-41").number == "9/KH-SGT"
    assert other.amended("xa-41") == {}
    one.amend("xa-41", {"number": "10/KH-SGT"})
    assert one.amended("xa-41") == other.amended("xa-41") == {"number": "10/KH-SGT"}
    other.amend("xa-41", {})
    assert one.amended("xa-41") == {}


def test_a_wrong_date_is_refused_and_nothing_is_kept(rooms, tmp_path):
    one, other = rooms
    one.add(write(tmp_path, 41))
    with pytest.raises(InputError):
        one.amend("xa-41", {"issued_on": "hôm qua"})
    assert other.amended("xa-41") == {}
