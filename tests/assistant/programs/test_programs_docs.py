"""What the page on programs shows is run, and what it says is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from assistant.client import Client, errors
from assistant.mcp.server import make_server
from assistant.mcp.tools import _DESCRIPTIONS
from assistant.service.routes.v1.conversation import LONGEST, TURNS

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "programs.md").read_text("utf-8")
TWIN = (DOCS / "programs.vi.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_runs(server, tmp_path, number):
    code = EXAMPLES[number].replace("http://localhost:8000", server.url).replace("ctk_...", server.key)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_every_method_of_the_client_and_every_error_is_named():
    methods = {n for n in vars(Client) if not n.startswith("_") and callable(getattr(Client, n))} - {"close"}
    assert {m for m in methods if f"`{m}`" not in PAGE} == set()
    kinds = [n for n in errors.__all__ if n[0].isupper() and n != "StatusError"]
    assert [n for n in kinds if n not in PAGE] == []


def test_every_tool_is_named_with_its_bounds():
    rows = {name: row for name, row in re.findall(r"^\| `(\w+)` (\|.*)$", PAGE, re.MULTILINE) if name in _DESCRIPTIONS}
    assert set(rows) == set(_DESCRIPTIONS)
    assert "2,000" in rows["ask"]
    assert make_server is not None
    assert f"{LONGEST:,}" in PAGE
    assert f"the {TURNS} `user`" in PAGE


def test_the_configurations_can_be_read():
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 2
    webui, librechat = map(yaml.safe_load, blocks)
    assert {re.sub("#.*", "", b) for b in re.findall(r"```(?:yaml|json)\n(.*?)```", TWIN, re.DOTALL)} == {
        re.sub("#.*", "", b) for b in re.findall(r"```(?:yaml|json)\n(.*?)```", PAGE, re.DOTALL)
    }
    assert webui["services"]["open-webui"]["environment"]["OPENAI_API_BASE_URL"].endswith("/v1")
    assert librechat["endpoints"]["custom"][0]["baseURL"].endswith("/v1")


def test_the_vietnamese_page_has_the_same_tools_and_examples_that_stand_in_the_english_one():
    assert all(f"| `{name}` |" in TWIN for name in _DESCRIPTIONS)
    for example in re.findall(r"```python\n(.*?)```", TWIN, re.DOTALL):
        kept = [line for line in example.splitlines() if line.strip() and "import" not in line]
        assert all(line in PAGE for line in kept), kept
