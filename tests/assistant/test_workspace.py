"""The workspace: files in, documents, index and targets out, whatever is among the files and whoever else adds."""

from __future__ import annotations

import json
import operator
import os
import threading
from functools import partial
from pathlib import Path

import pytest

from assistant import intake
from assistant.intake import extracted, extractor, files, loaded
from assistant.settings import Settings
from assistant.shelf import pending
from assistant.workspace import Workspace
from corpus.citation import cite
from corpus.document import Span
from corpus.errors import InputError, NotFound, StoreError
from indexer.build import current
from indexer.generation import generations, referenced


def decision(subject: str, percent: int = 70, year: int = 2027) -> str:
    return (
        f"QUYẾT ĐỊNH\nVề việc phê duyệt đề án {subject}\n\n"
        f"Điều 1. Mục tiêu\n1. Đến năm {year}, {percent}% {subject} được kiểm định an toàn.\n"
        "2. Xây dựng quy trình vận hành thống nhất.\n\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký.\n"
    )


SUBJECTS = ("cầu treo dân sinh", "bến đò ngang", "hồ chứa nước", "trạm bơm tiêu úng", "kè chắn sóng", "cống ngăn mặn")


def folder_of(root: Path, subjects: tuple[str, ...] = SUBJECTS[:3], **more: int) -> Path:
    root.mkdir(parents=True, exist_ok=True)
    for at, subject in enumerate(subjects):
        (root / f"de-an-{at}.txt").write_text(decision(subject, **more), "utf-8")
    return root


def settings(**values: object) -> Settings:
    return Settings(**{"readers": 1, **values})


@pytest.fixture
def room(tmp_path) -> Workspace:
    return Workspace(tmp_path / "home", settings())


def test_documents_are_stored_indexed_and_their_targets_registered(room, tmp_path):
    report = room.add([folder_of(tmp_path / "in")])
    assert report.added == ("de-an-0", "de-an-1", "de-an-2")
    assert (report.unchanged, report.failed, report.incomplete) == ((), (), ())
    (hit, *_) = room.search("bến đò ngang", k=1)
    assert hit.passage.document == "de-an-1"
    found = room.targets("de-an-1")
    assert [(t.value, t.unit, t.deadline) for t in found] == [(70.0, "%", "2027")]
    document = room.document("de-an-1")
    for target in room.targets():
        cited = target.citation
        if cited.document == document.id:
            assert cite(document, Span(start=cited.start, end=cited.end)).quote == cited.quote


def test_adding_again_changes_nothing_and_builds_nothing(room, tmp_path):
    source = folder_of(tmp_path / "in")
    room.add([source])
    before = current(room.home)
    report = room.add([source])
    assert (report.added, report.unchanged) == ((), ("de-an-0", "de-an-1", "de-an-2"))
    assert current(room.home) == before


def test_a_changed_file_replaces_its_document_and_nothing_else(room, tmp_path):
    source = folder_of(tmp_path / "in")
    room.add([source])
    (source / "de-an-2.txt").write_text(decision(SUBJECTS[2], percent=85), "utf-8")
    assert room.add([source]).added == ("de-an-2",)
    assert [t.value for t in room.targets("de-an-2")] == [85.0]
    assert len(room.targets()) == 3


def test_bad_files_are_named_with_a_reason_and_the_good_ones_are_in(room, tmp_path):
    source = folder_of(tmp_path / "in")
    (source / "trong.txt").write_text("", "utf-8")
    (source / "hong.docx").write_bytes(b"PK\x03\x04 cut off")
    (source / "hong.pdf").write_bytes(b"%PDF-1.7\n%%EOF")
    report = room.add([source, tmp_path / "khong-co"])
    assert len(report.added) == 3
    failed = {f.name: f.reason for f in report.failed}
    assert failed.keys() == {"trong.txt", "hong.docx", "hong.pdf", str(tmp_path / "khong-co")}
    assert all(reason and "\n" not in reason and "Traceback" not in reason for reason in failed.values())
    assert len(room.documents()) == 3


def test_a_file_that_cannot_be_opened_is_named(room, tmp_path):
    source = folder_of(tmp_path / "in")
    (source / "lien-ket.txt").symlink_to(source / "khong-co.txt")
    assert [f.name for f in room.add([source]).failed] == ["lien-ket.txt"]


def test_the_manifest_and_the_command_state_metadata(room, tmp_path):
    source = folder_of(tmp_path / "in", SUBJECTS[:2])
    stated = [{"file": "de-an-0.txt", "number": "11/QĐ-UBND", "issued_on": "2024-02-03", "kind": "quyết định"}]
    (tmp_path / "sidecar.json").write_text(json.dumps(stated), "utf-8")
    room.add([source], manifest=tmp_path / "sidecar.json")
    document = room.document("de-an-0")
    assert (document.number, document.issued_on) == ("11/QĐ-UBND", "2024-02-03")
    assert document.provenance["number"].source == "sidecar"
    room.add([source / "de-an-0.txt"], overrides={"number": "12/QĐ-UBND"})
    assert room.document("de-an-0").number == "12/QĐ-UBND"
    assert room.targets("de-an-0")[0].citation.number == "12/QĐ-UBND"
    assert room.document("12/qđ-ubnd").id == "de-an-0"


def test_a_number_for_several_files_is_refused(room, tmp_path):
    with pytest.raises(InputError, match="một tệp"):
        room.add([folder_of(tmp_path / "in")], overrides={"number": "1/QĐ-UBND"})


def test_one_stem_from_two_folders_is_two_documents_unless_the_text_is_the_same(room, tmp_path):
    for folder, subject in (("a", "cầu phao"), ("b", "cầu khỉ"), ("c", "cầu phao")):
        folder_of(tmp_path / folder, (subject,))
    paths = [tmp_path / folder / "de-an-0.txt" for folder in "abc"]
    assert room.add(paths[:2]).added == ("de-an-0", "de-an-0-2")
    assert room.add([paths[2]]).unchanged == ("de-an-0",)
    assert room.add(paths[:2]).unchanged == ("de-an-0", "de-an-0-2")
    paths[1].write_text(decision("cầu khỉ", percent=95), "utf-8")
    assert room.add([paths[1]]).added == ("de-an-0-2",)
    assert len(room.documents()) == 2


def test_removed_documents_leave_list_index_and_register(room, tmp_path):
    room.add([folder_of(tmp_path / "in")])
    with pytest.raises(NotFound, match="de-an-1"):
        room.remove(["de-an-0", "de-an"])
    assert len(room.documents()) == 3
    room.remove(["de-an-1"])
    assert [d.id for d in room.documents()] == ["de-an-0", "de-an-2"]
    assert all(hit.passage.document != "de-an-1" for hit in room.search("bến đò ngang", k=10))
    assert {t.citation.document for t in room.targets()} == {"de-an-0", "de-an-2"}


def test_the_last_document_can_be_removed(room, tmp_path):
    room.add([folder_of(tmp_path / "in", SUBJECTS[:1])])
    room.remove(["de-an-0"])
    assert room.documents() == []
    assert room.search("cầu treo") == []
    assert room.ask("Đến năm 2027 bao nhiêu phần trăm cầu treo dân sinh được kiểm định an toàn?").abstained


def test_superseded_texts_stay_while_a_generation_quotes_them_and_not_longer(room, tmp_path):
    source = folder_of(tmp_path / "in", SUBJECTS[:1])
    hashes = []
    for percent in (60, 70, 80, 90):
        (source / "de-an-0.txt").write_text(decision(SUBJECTS[0], percent), "utf-8")
        room.add([source])
        hashes.append(room.document("de-an-0").sha256)
    assert referenced(room.home) == {("de-an-0", h) for h in hashes[-2:]}
    assert "80%" in room.store.get("de-an-0", hashes[-2]).text
    with pytest.raises(NotFound):
        room.store.get("de-an-0", hashes[0])


def test_an_answer_cites_words_of_the_document(room, tmp_path):
    room.add([folder_of(tmp_path / "in")])
    answer = room.ask("Đến năm 2027 bao nhiêu phần trăm hồ chứa nước được kiểm định an toàn?")
    assert "70%" in answer.answer
    cited = answer.citations[0]
    assert cited.document == "de-an-2"
    assert room.document("de-an-2").text[cited.start : cited.end] == cited.quote


def test_an_empty_home_says_how_to_fill_it(room):
    with pytest.raises(NotFound, match="chitieu add"):
        room.ask("Có gì không?")
    assert room.documents() == []


def test_a_long_lived_workspace_sees_what_another_process_adds(room, tmp_path):
    room.add([folder_of(tmp_path / "in", SUBJECTS[:1])])
    assert room.search("trạm bơm", k=1)[0].passage.document == "de-an-0"
    Workspace(room.home, settings()).add([folder_of(tmp_path / "more", SUBJECTS)])
    assert "trạm bơm tiêu úng" in room.search("trạm bơm tiêu úng", k=1)[0].passage.text


def test_two_adds_at_once_both_get_in(tmp_path):
    home = tmp_path / "home"
    sources = [folder_of(tmp_path / name, (f"đập tràn {name}",)) for name in ("mot", "hai", "ba")]
    threads = [threading.Thread(target=Workspace(home, settings()).add, args=([s],)) for s in sources]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    room = Workspace(home, settings())
    assert [d.id for d in room.documents()] == ["de-an-0", "de-an-0-2", "de-an-0-3"]
    assert room.settled()
    assert {d.id for d in room.documents()} == {id for id, _ in referenced(home)}


def test_readers_are_never_dropped_while_the_index_changes(tmp_path):
    home = tmp_path / "home"
    writer, reader = Workspace(home, settings()), Workspace(home, settings())
    writer.add([folder_of(tmp_path / "in")])
    stop = threading.Event()
    wrong: list[str] = []

    def read() -> None:
        while not stop.is_set():
            try:
                for hit in reader.search("kiểm định an toàn", k=3):
                    text = reader.store.get(hit.passage.document, hit.passage.sha256).text
                    if text[hit.passage.start : hit.passage.end] != hit.passage.text:
                        wrong.append(hit.passage.document)
                answer = reader.ask("Bao nhiêu phần trăm hồ chứa nước được kiểm định an toàn?")
                if answer.abstained:
                    wrong.append(answer.answer)
            except Exception as error:
                wrong.append(repr(error))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for percent in (55, 65, 75, 85):
        writer.add([folder_of(tmp_path / "in", percent=percent)])
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_damaged_index_falls_back_and_the_next_change_mends_it(room, tmp_path):
    source = folder_of(tmp_path / "in", SUBJECTS[:2])
    room.add([source])
    room.add([folder_of(tmp_path / "in")])
    serving = current(room.home)
    (serving / "vectors.f16").write_bytes(b"cut")
    fresh = Workspace(room.home, settings())
    assert fresh.search("bến đò", k=1)[0].passage.document == "de-an-1"
    fresh.reindex()
    assert current(room.home) != serving
    assert serving not in generations(room.home)
    assert Workspace(room.home, settings()).search("hồ chứa nước", k=1)[0].passage.document == "de-an-2"


def test_targets_are_extracted_anew_when_the_rules_change(room, tmp_path):
    room.add([folder_of(tmp_path / "in")])
    assert pending(room.store, extractor()) == []
    assert [id for id, _ in pending(room.store, "other rules")] == ["de-an-0", "de-an-1", "de-an-2"]


def test_progress_tells_every_step_to_its_end(room, tmp_path):
    told: list[tuple[str, int, int]] = []
    room.add([folder_of(tmp_path / "in")], progress=lambda *step: told.append(step))
    assert [step for step in told if step[1] == step[2]] == [
        ("đọc tệp", 3, 3),
        ("trích chỉ tiêu", 3, 3),
        ("lập chỉ mục", 3, 3),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "home").mkdir(mode=0o500)
    with pytest.raises(StoreError, match="quyền"):
        Workspace(tmp_path / "home", settings()).add([folder_of(tmp_path / "in")])


def test_a_home_below_a_file_is_named(tmp_path):
    (tmp_path / "tep").write_text("")
    with pytest.raises(StoreError, match="tep"):
        Workspace(tmp_path / "tep" / "home", settings()).documents()


def test_several_processes_read_the_same_as_one(tmp_path):
    source = folder_of(tmp_path / "in", SUBJECTS)
    (source / "trong.txt").write_text("")
    paths, _ = files([source])
    alone, shared = list(loaded(paths)), list(loaded(paths, processes=2))
    assert alone == shared
    documents = [r.document for r in alone if not hasattr(r, "reason")]
    assert list(extracted(documents)) == list(extracted(documents, processes=2))


def test_a_file_that_kills_its_process_does_not_stop_the_others():
    jobs = [partial(os._exit, 9) if at == 2 else partial(str, at) for at in range(7)]
    results = [result for _, result in intake._in_processes(operator.call, jobs, 2)]
    assert results == ["0", "1", None, "3", "4", "5", "6"]


def test_jobs_are_asked_for_a_few_ahead(tmp_path):
    asked: list[int] = []

    def jobs():
        for n in range(60):
            asked.append(n)
            yield n

    ahead = 2 * intake._AHEAD
    for done, (job, result) in enumerate(intake._in_processes(operator.neg, jobs(), 2)):
        assert (job, result) == (done, -done)
        assert len(asked) <= done + ahead + 1
    assert len(asked) == 60
