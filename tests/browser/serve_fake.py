"""Serves the application over the fake workspace: `serve_fake.py PORT HOME [ORIGIN...]`."""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn

sys.path.insert(0, str(Path(__file__).parent.parent / "assistant" / "service"))

from fake_desk import FakeDesk

from assistant.service import create_app
from assistant.service.options import Options

if __name__ == "__main__":
    port, home, *origins = sys.argv[1:]
    app = create_app(Path(home), desk=FakeDesk(), options=Options(origins=tuple(origins), max_upload=256 * 1024))
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning")
