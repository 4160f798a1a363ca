"""Hooks of mkdocs: pages from outside `docs/`, links between all of them, a menu that follows the folder.

A document keeps the links that work in the repository; where both ends are pages of the site, the link is made to work
there, and where the target is a file that the site does not hold, its text stays without the link.
"""

from __future__ import annotations

import posixpath
import re
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parent.parent
OUTSIDE = {"README.vi.md": "index.md", "README.md": "readme.md", "CONTRIBUTING.md": "CONTRIBUTING.md"}
OUTSIDE |= {"CHANGELOG.md": "CHANGELOG.md", "assistant/service/static/favicon.svg": "images/favicon.svg"}
LINK = re.compile(r"(?P<image>!?)\[(?P<text>(?:[^\[\]]|!\[[^\]]*\]\([^)]*\))*)\]\((?P<target>[^)\s]+)\)")
CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.S)


def outside() -> dict[str, str]:
    """The pages from outside `docs/`: path in the repository -> path in the site."""
    results = {str(p.relative_to(ROOT)): f"results/{p.name}" for p in sorted((ROOT / "eval" / "results").glob("*.md"))}
    cards = {str(p.relative_to(ROOT)): f"models/{p.parent.name}.md" for p in ROOT.glob("indexer/models/*/README.md")}
    return {path: page for path, page in (OUTSIDE | results | cards).items() if (ROOT / path).is_file()}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Leaves out menu entries without a page, fills in `*`, and puts pages that no entry names last."""
    pages = sorted(str(p.relative_to(ROOT / "docs")) for p in (ROOT / "docs").rglob("*.md"))
    pages += sorted(p for p in outside().values() if p.endswith(".md"))
    named: set[str] = set()
    menu = [entry for entry in (_kept(e, pages, named) for e in config.nav or []) if entry]
    rest = [page for page in pages if page not in named]
    config.nav = [*menu, {"Khác": rest}] if rest else menu
    return config


def _kept(entry: Any, pages: list[str], named: set[str]) -> Any:
    if isinstance(entry, dict):
        name, inner = next(iter(entry.items()))
        kept = _kept(inner, pages, named)
        return {name: kept} if kept else None
    if isinstance(entry, list):
        return [kept for kept in (_kept(e, pages, named) for e in entry) if kept]
    found = [page for page in pages if fnmatch(page, entry)]
    named.update(found)
    return found if "*" in entry else entry if found else None


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages from outside `docs/`."""
    for path, page in outside().items():
        files.append(File.generated(config, page, abs_src_path=str(ROOT / path)))
    return files


def on_page_markdown(markdown: str, page: Page, files: Files, **_: Any) -> str:
    """Makes the links of one page lead to pages of the site."""
    by_path = {f"docs/{f.src_uri}": f.src_uri for f in files if not f.generated_by} | outside()
    here = next(path for path, uri in by_path.items() if uri == page.file.src_uri)

    def moved(link: re.Match[str]) -> str:
        target, _, anchor = link["target"].partition("#")
        if "://" in target or target.startswith("mailto:") or not target:
            return link[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(here), target))
        if path not in by_path:
            return link["text"]
        led = posixpath.relpath(by_path[path], posixpath.dirname(page.file.src_uri) or ".")
        return f"{link['image']}[{link['text']}]({led}{'#' + anchor if anchor else ''})"

    parts = CODE.split(markdown)
    return "".join(part if at % 2 else LINK.sub(moved, part) for at, part in enumerate(parts))
