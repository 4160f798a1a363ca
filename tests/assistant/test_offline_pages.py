"""No page, script, style or line of the program names a host that it would fetch from."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SERVICE = ROOT / "assistant" / "service"
ADDRESS = re.compile(r"(?:https?:|wss?:)?//[\w-]+(?:\.[\w-]+)+[^\s\"'<>)`]*")
COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*|<!--.*?-->|\{#.*?#\}", re.S | re.M)
NAMES = ("http://www.w3.org/", "http://docs.oasis-open.org/", "http://schemas.openxmlformats.org/")
"""Names of XML vocabularies, which nobody fetches."""
EXAMPLES = re.compile(r"//(?:[\w-]+\.)*(?:example(?:\.\w+)*|localhost|127\.0\.0\.1)(?![\w-])")


def elsewhere(text: str) -> list[str]:
    found = ADDRESS.findall(text)
    return [a for a in found if not a.startswith(NAMES) and not EXAMPLES.search(a)]


def shown() -> list[Path]:
    """What a browser gets, and the sources of the widget."""
    kinds = {".html", ".css", ".js", ".svg", ".ts", ".json"}
    places = (SERVICE / "static", SERVICE / "pages", ROOT / "assistant" / "widget" / "src")
    return [p for place in places for p in sorted(place.rglob("*")) if p.suffix in kinds]


def test_there_is_something_to_look_at():
    assert {p.name for p in shown()} >= {"widget.js", "base.html", "app.css", "ask.js"}


@pytest.mark.parametrize("path", shown(), ids=lambda p: str(p.relative_to(ROOT)))
def test_what_a_browser_gets_names_no_other_host(path):
    assert elsewhere(COMMENT.sub("", path.read_text("utf-8"))) == []


def test_style_sheets_fetch_no_fonts_or_images():
    for path in shown():
        if path.suffix == ".css":
            text = COMMENT.sub("", path.read_text("utf-8"))
            assert "@font-face" not in text, path
            assert re.findall(r"url\(\s*['\"]?(?!data:|#|/static/|/)[^)]", text) == [], path


@pytest.mark.parametrize("package", ["corpus", "indexer", "assistant"])
def test_the_program_holds_no_address_of_another_host(package):
    wrong = []
    for path in sorted((ROOT / package).rglob("*.py")):
        if "training" in path.parts or "node_modules" in path.parts:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value:
                wrong += [f"{path.relative_to(ROOT)}:{node.lineno}: {found}" for found in elsewhere(node.value)]
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://cdn.example-host.net/x.js">',
        "@import url(//fonts.host.com/css)",
        'fetch("https://api.host.vn/v1")',
    ],
)
def test_an_address_of_another_host_is_found(text):
    assert elsewhere(text)


def test_names_and_examples_are_let_be():
    assert elsewhere('xmlns="http://www.w3.org/2000/svg" https://intranet.example.vn/a http://127.0.0.1:8000/') == []
