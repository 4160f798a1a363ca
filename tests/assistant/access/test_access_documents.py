"""The pages on security and identity say what is there."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from assistant.access.roles import GRANTS, OPEN_GRANTS, Permission, Role
from assistant.settings import Settings

ROOT = Path(__file__).parents[3]
SECURITY = (ROOT / "docs" / "security.md").read_text("utf-8")
IDENTITY = (ROOT / "docs" / "identity.md").read_text("utf-8")


def test_every_test_that_the_page_names_exists():
    named = set(re.findall(r"`(test_\w+)`", SECURITY))
    written = {
        n
        for p in (ROOT / "tests").rglob("test_*.py")
        for n in re.findall(r"^ *def (test_\w+)", p.read_text("utf-8"), re.M)
    }
    assert len(named) > 40
    assert named - written == set()


def test_every_row_names_a_test():
    tables = SECURITY.split("## OWASP")[1:]
    rows = [line for table in tables for line in table.splitlines() if re.match(r"\| (V\d|LLM\d)", line)]
    assert {row.split()[1] for row in rows if row.startswith("| LLM")} == {f"LLM{n:02}" for n in range(1, 11)}
    assert all("`test_" in row for row in rows)


def test_the_number_of_injections_is_the_one_told():
    spec = importlib.util.spec_from_file_location("chitieu_access_cases", Path(__file__).parent / "injections.py")
    cases = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(cases)
    told = (len(cases.IN_DOCUMENTS), len(cases.IN_QUESTIONS), len(cases.FORGED))
    found = re.search(r"\((\d+) in documents, (\d+) in questions, (\d+) forged", SECURITY)
    assert tuple(map(int, found.groups())) == told


def test_the_table_of_permissions_is_the_one_in_force():
    rows = {m[0]: m[1] for m in re.findall(r"^\| `(\w+)` \| (.+) \|$", IDENTITY, re.M) if m[0] in set(Permission)}
    assert set(rows) == set(Permission)
    for name, cells in rows.items():
        granted = [cell.strip() == "yes" for cell in cells.split("|")[1:]]
        assert granted == [name in GRANTS[r] for r in (Role.READER, Role.EDITOR, Role.ADMIN)] + [name in OPEN_GRANTS]


def test_the_settings_that_the_page_names_exist():
    named = set(re.findall(r"`((?:oidc|rate|session|trusted|request|upload|max_upload|access|public)_\w+)`", IDENTITY))
    assert named <= set(Settings.model_fields)
    assert set(re.findall(r"^(\w+) = ", IDENTITY, re.M)) <= set(Settings.model_fields)
