"""The committed scripts are what the sources build, so that users need no Node."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
WIDGET = ROOT / "assistant" / "widget"


def test_committed_scripts_are_fresh(tmp_path):
    if not shutil.which("node") or not (WIDGET / "node_modules" / "esbuild").is_dir():
        pytest.skip("Node or esbuild is missing; run `npm ci` in assistant/widget")
    subprocess.run(["node", "build.mjs", str(tmp_path)], cwd=WIDGET, check=True, capture_output=True, timeout=60)
    built = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert built.keys() == {"ask.js", "viewer.js", "workbench.js", "widget.js"}
    for name, content in built.items():
        assert (ROOT / "assistant" / "service" / "static" / name).read_bytes() == content, "run `npm run build`"
