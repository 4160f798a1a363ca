"""schemathesis makes requests out of the OpenAPI description and holds a real process to it, all checks on.

A few cases of each operation run always; `CHITIEU_TEST_OPENAPI=40` runs that many of each with all phases (minutes).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

CONFIG = Path(__file__).parent / "schemathesis.toml"
LONG = int(os.environ.get("CHITIEU_TEST_OPENAPI", "0"))


def _run(server, folder: Path, *arguments: str) -> str:
    command = [
        sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()",
        "--config-file", str(CONFIG), "run", f"{server.url}/openapi.json",
        "-H", f"Authorization: Bearer {server.key}", "--checks", "all", "--continue-on-failure",
        "--generation-database", "none", "--suppress-health-check", "all", "--request-timeout", "60", "--no-color",
        *arguments,
    ]  # fmt: skip
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=3600)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-8000:]
    return said


def test_every_operation_keeps_its_description(own_server, tmp_path):
    phases = "examples,coverage,fuzzing,stateful" if LONG else "examples,fuzzing"
    said = _run(own_server, tmp_path, "--phases", phases, "--max-examples", str(LONG or 3), "--seed", "20261121")
    tested, selected = re.search(r"Selected: (\d+)/\d+\s+Tested: (\d+)", said).groups()
    assert tested == selected
    assert int(re.search(r"(\d+) generated", said)[1]) >= 3 * int(tested) / 2
    if LONG:
        print(said[said.index("SUMMARY") :])  # noqa: T201
