from __future__ import annotations

from pathlib import Path

import pytest

from assistant.targets import export
from assistant.targets.align import APART, SAME
from assistant.targets.changes import ChangeKind
from assistant.targets.export.columns import COLUMNS
from assistant.targets.export.workbook import MAX_LINKS, MAX_ROWS, MAX_TEXT, SHEETS

DOCS = Path(__file__).parents[3] / "docs" / "targets-output.md"
NAMED = [
    *(column.heading for column in COLUMNS),
    *(f"`{sheet}`" for sheet in SHEETS),
    *(f"`{kind}`" for kind in ChangeKind),
    *(f"`{name}`" for name in export.FORMATS),
    *(f"{limit:,}" for limit in (MAX_LINKS, MAX_ROWS, MAX_TEXT)),
    f"from {SAME} on",
    f"at {APART} when",
]


@pytest.mark.parametrize("name", NAMED)
def test_the_page_names_what_the_program_has(name):
    assert name in DOCS.read_text("utf-8").replace("\n", " ")
