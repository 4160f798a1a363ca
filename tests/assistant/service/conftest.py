"""The service over a fake workspace, called without a network."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

_SPEC = importlib.util.spec_from_file_location("chitieu_fake_desk", Path(__file__).parent / "fake_desk.py")
fake = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = fake
_SPEC.loader.exec_module(fake)


@pytest.fixture
def desk():
    """A fresh fake workspace."""
    return fake.FakeDesk()


@pytest.fixture
def service(desk, tmp_path):
    """The application over the fake workspace."""
    from assistant.service import create_app
    from assistant.service.options import Options

    return create_app(
        tmp_path, desk=desk, options=Options(origins=("https://intranet.example.vn",), max_upload=64 * 1024)
    )


@pytest.fixture
def client(service):
    """A client of the application; its lifespan runs."""
    with TestClient(service, raise_server_exceptions=False) as client:
        yield client
