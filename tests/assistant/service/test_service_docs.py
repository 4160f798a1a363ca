"""The docs say what is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

from assistant.service.failures import _CODES
from assistant.service.reference import table

ROOT = Path(__file__).parents[3]
SERVICE = ROOT / "assistant" / "service"
WIDGET = ROOT / "assistant" / "widget" / "src"


def test_the_table_of_routes_is_the_generated_one():
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    shown = text.split("<!-- routes: python -m assistant.service.reference -->\n")[1].split("\n<!-- end -->")[0]
    assert shown == table(), "run: python -m assistant.service.reference"


def test_every_error_code_is_explained():
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    for status, (code, _) in _CODES.items():
        assert re.search(rf"\| {status} \| `{code}`", text)


def test_every_attribute_of_the_widget_is_explained():
    source = (WIDGET / "chat" / "widget.ts").read_text("utf-8")
    used = set(re.findall(r'getAttribute\("(\w+)"\)', source)) | {"theme", "open"}
    documented = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "widget.md").read_text("utf-8"), re.MULTILINE))
    assert used == documented


def test_every_word_of_the_pages_is_in_the_catalogue_and_used():
    catalogue = json.loads((SERVICE / "pages" / "vi.json").read_text("utf-8"))
    sources = [*(SERVICE / "pages").rglob("*.html"), *(SERVICE / "pages").glob("*.py")]
    text = "\n".join(p.read_text("utf-8") for p in sources)
    asked = set(re.findall(r'\bt\("([\w.]+)"', text))
    assert {k for k in asked if not k.endswith(".")} <= set(catalogue)
    built = ("refusal.", "change.")
    assert {k for k in catalogue if k not in asked and not k.startswith(built) and f'"{k}"' not in text} == set()


def test_no_words_stand_outside_the_catalogue():
    for template in (SERVICE / "pages" / "templates").glob("*.html"):
        text = re.sub(r"\{[{%#].*?[}%#]\}", "", template.read_text("utf-8"), flags=re.DOTALL)
        words = re.findall(r"[À-ỹĐđ]+", re.sub(r"<[^>]*>", "", text))
        assert not words, (template.name, words)


def test_both_catalogues_of_the_widget_say_the_same_things():
    source = (WIDGET / "chat" / "strings.ts").read_text("utf-8")
    parts = re.split(r"export const \w+: Strings = ", source)[1:]
    keys = [re.findall(r"^  (\w+):", part.split("\n};")[0], re.MULTILINE) for part in parts]
    assert keys[0] == keys[1]
    holes = [sorted(re.findall(r"\{(\w+)\}", part.split("\n};")[0])) for part in parts]
    assert holes[0] == holes[1]
