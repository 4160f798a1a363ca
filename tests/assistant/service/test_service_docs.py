"""The docs say what is there."""

from __future__ import annotations

import ast
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


def _python():
    return [p for p in SERVICE.rglob("*.py") if p.name != "samples.py"]


def test_every_word_of_the_pages_is_in_the_catalogue_and_used():
    catalogue = json.loads((SERVICE / "pages" / "vi.json").read_text("utf-8"))
    text = "\n".join(p.read_text("utf-8") for p in [*(SERVICE / "pages").rglob("*.html"), *_python()])
    asked = set(re.findall(r'\b(?:t|say)\(\s*"([\w.]+)"', text))
    assert {k for k in asked if not k.endswith(".")} <= set(catalogue)
    built = ("refusal.", "change.", "admin.do.", "field.", "origin.", "error.", "wrong.")
    pages = {f"admin.{section}" for section in re.findall(r'_page\(\s*request,\s*visit,\s*"(\w+)"', text)}
    unused = {k for k in catalogue if k not in asked | pages and not k.startswith(built) and f'"{k}"' not in text}
    assert unused == set()


def test_no_words_stand_outside_the_catalogue():
    for template in (SERVICE / "pages" / "templates").glob("*.html"):
        text = re.sub(r"\{[{%#].*?[}%#]\}", "", template.read_text("utf-8"), flags=re.DOTALL)
        words = re.findall(r"[À-ỹĐđ]+", re.sub(r"<[^>]*>", "", text))
        assert not words, (template.name, words)


MATCHED = {"layout.py": 1, "prose.py": 4, "viewer.py": 1, "search.py": 1, "state.py": 1, "workers.py": 1}
"""Words that are looked for in documents, or an example, and not said to anybody."""


def test_no_words_stand_in_the_code():
    for path in _python():
        tree = ast.parse(path.read_text("utf-8"))
        apart = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call)):
            if ast.unparse(call.func) == "re.compile":
                apart |= {id(a) for a in call.args}
        said = [
            n.value
            for n in ast.walk(tree)
            if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in apart
            if re.search("[À-ỹĐđ]", n.value)
        ]
        assert len(said) == MATCHED.get(path.name, 0), (path.name, said)


def test_no_words_stand_in_the_widget_outside_its_catalogue():
    for path in WIDGET.rglob("*.ts"):
        if path.name != "strings.ts":
            code = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL)
            patterns = re.compile(r"/[^/\n]+/[giu]*\.(?:test|exec)|/đ/g")
            assert not re.findall(r"[À-ỹđ]+", patterns.sub("", code)), path.name


def test_both_catalogues_of_the_widget_say_the_same_things():
    source = (WIDGET / "chat" / "strings.ts").read_text("utf-8")
    parts = re.split(r"export const \w+: Strings = ", source)[1:]
    keys = [re.findall(r"^  (\w+):", part.split("\n};")[0], re.MULTILINE) for part in parts]
    assert keys[0] == keys[1]
    holes = [sorted(re.findall(r"\{(\w+)\}", part.split("\n};")[0])) for part in parts]
    assert holes[0] == holes[1]
