"""A primary with a streaming replica: the replica answers reads, and takes over without losing what was committed."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import tempfile
import threading
import time
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import MissingPart, StoreError, WorkError
from corpus.store import Store
from eval.nodes import Node


def article(number: int) -> Document:
    text = f"Điều 1. Xã thứ {number} lắp {number} trạm bơm."
    return Document(id=f"xa-{number:04}", text=text, sha256=hashlib.sha256(text.encode()).hexdigest())


@pytest.fixture
def pair():
    """A primary that waits for its replica at each commit, and the replica."""
    folder = Path(tempfile.mkdtemp(prefix="chitieu-pg-"))
    folder.chmod(0o711)
    primary = Node(folder / "primary", ["synchronous_standby_names=*"])
    nodes = [primary]
    try:
        primary.create()
        primary.options = ()
        primary.start()
        nodes.append(primary.replica(folder / "replica"))
        primary.stop()
        primary.options = ("synchronous_standby_names=*",)
        primary.start()
        yield nodes
    except MissingPart as error:
        pytest.skip(f"PostgreSQL cannot run here: {error}")
    finally:
        for made in nodes:
            with contextlib.suppress(WorkError):
                made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def eventually(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.02)


def opened(url, seconds=20):
    """The store of a replica, which has its tables once they came through."""
    end = time.monotonic() + seconds
    while True:
        try:
            return Store(url)
        except StoreError:
            assert time.monotonic() < end, "the tables did not come through"
            time.sleep(0.02)


def test_the_replica_reads_and_takes_over_with_every_committed_document(pair):
    primary, replica = pair
    writing = Store(primary.url())
    writing.put(article(0))
    reading = opened(replica.url())
    eventually(lambda: len(reading.summaries()) == 1)
    assert reading.get("xa-0000") == article(0)
    with pytest.raises(StoreError, match="chỉ đọc"):
        reading.put(article(1))

    committed: list[str] = []

    def fill() -> None:
        try:
            for number in range(1, 2000):
                writing.put(article(number))
                committed.append(article(number).id)
        except StoreError:
            pass

    thread = threading.Thread(target=fill)
    thread.start()
    eventually(lambda: len(committed) >= 20)
    primary.kill()
    thread.join()
    replica.promote()

    kept = {summary.id for summary in reading.summaries()}
    assert len(committed) >= 20
    assert kept.issuperset(committed)
    assert all(reading.get(id).sha256 == article(int(id[3:])).sha256 for id in kept)
    assert reading.put(article(5000))
    assert reading.get("xa-5000") == article(5000)
    writing.close()
    reading.close()
