"""Fixtures for all rooms."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

SHARED = Path(__file__).parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the checkout; tests that need it skip where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("the real documents in ../shared are not on this machine")
    return SHARED


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """Gives the URL of a new, empty database of a real PostgreSQL server at each call; skips where none can run."""
    import psycopg

    from corpus.errors import MissingPart, WorkError
    from eval.nodes import node

    folder = Path(tempfile.mkdtemp(prefix="chitieu-pg-"))
    folder.chmod(0o711)
    numbers = itertools.count()
    running = node(folder / "data")
    try:
        server = running.__enter__()
    except (MissingPart, WorkError) as error:
        pytest.skip(f"PostgreSQL cannot run here: {error}")

    def make() -> str:
        name = f"test{next(numbers)}"
        with psycopg.connect(f"host={server.folder} user=postgres dbname=postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
        return server.url(name)

    try:
        yield make
    finally:
        running.__exit__(None, None, None)
        shutil.rmtree(folder, ignore_errors=True)
