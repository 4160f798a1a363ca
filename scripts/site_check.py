"""Checks a built site: nothing in it is fetched from another host, and its search knows Vietnamese.

python scripts/site_check.py [FOLDER]    exit 1 and one line for each fault
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

FETCHED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
}
LINKED = {"stylesheet", "preconnect", "dns-prefetch", "prefetch", "preload", "modulepreload", "icon", "manifest"}
ELSEWHERE = re.compile(r"^(?:[a-z]+:)?//", re.I)
STYLE = re.compile(r"(?:@import\s+(?:url\()?|url\()\s*['\"]?((?:https?:)?//[^'\")\s]+)", re.I)


class Fetches(HTMLParser):
    """The addresses that a browser fetches by itself when it shows a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the address of one element."""
        given = {name: value or "" for name, value in attrs}
        if tag in FETCHED:
            self.found.append(given.get(FETCHED[tag], ""))
            self.found += [part.split()[0] for part in given.get("srcset", "").split(",") if part.strip()]
        elif tag == "link" and LINKED & set(given.get("rel", "").split()):
            self.found.append(given.get("href", ""))
        self.found += STYLE.findall(given.get("style", ""))


def main() -> int:
    """Look the site over; returns the exit status."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    faults = [*fetched(site), *search(site)]
    print("\n".join(faults) or f"{site}: {len(list(site.rglob('*.html')))} pages, nothing from another host")
    return bool(faults)


def fetched(site: Path) -> Iterator[str]:
    """One line for each address on another host that a page or a style sheet fetches."""
    for path in sorted(site.rglob("*.html")):
        page = Fetches()
        page.feed(path.read_text("utf-8"))
        yield from (f"{path}: fetches {address}" for address in page.found if ELSEWHERE.match(address))
    for path in sorted(site.rglob("*.css")):
        yield from (f"{path}: fetches {address}" for address in STYLE.findall(path.read_text("utf-8")))


def search(site: Path) -> Iterator[str]:
    """What is wrong with the search: no entries, another language, or the theme's own plug-in."""
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    if index["config"]["lang"] != ["vi"]:
        yield f"search: the language is {index['config']['lang']}"
    if not any("sao lưu" in entry["text"].lower() for entry in index["docs"]):
        yield "search: no entry speaks of 'sao lưu'"
    plugin = site / "assets" / "javascripts" / "lunr" / "min" / "lunr.vi.min.js"
    if "twice-vi" not in plugin.read_text("utf-8"):
        yield f"{plugin}: is the theme's, which cuts Vietnamese words"


if __name__ == "__main__":
    sys.exit(main())
