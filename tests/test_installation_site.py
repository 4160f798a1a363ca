"""The documents as a site: built without a network, fetching nothing, searched in Vietnamese with and without marks."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium")

SEARCH = """
import functools, http.server, json, sys, threading
from playwright.sync_api import sync_playwright

class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass

handler = functools.partial(Quiet, directory=sys.argv[1])
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = f"http://127.0.0.1:{server.server_port}/"
found, fetched = {}, []
with sync_playwright() as tools:
    browser = tools.chromium.launch(executable_path=sys.argv[2], args=["--no-sandbox"])
    for words in sys.argv[3:]:
        page = browser.new_page()
        page.on("request", lambda request: fetched.append(request.url))
        page.goto(base + "index.html")
        page.click("input[name=query]", force=True)
        page.locator("input[name=query]").press_sequentially(words, delay=20)
        page.wait_for_selector(".md-search-result__article mark", timeout=30000, state="attached")
        page.wait_for_timeout(1000)
        marked = page.locator(".md-search-result__article mark").all_text_contents()
        found[words] = [m.lower() for m in marked]
        page.close()
    browser.close()
print(json.dumps({"found": found, "elsewhere": [url for url in fetched if not url.startswith(base)]}))
"""


def script(name: str):
    spec = importlib.util.spec_from_file_location(f"scripts_{name}", ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def documents() -> list[Path]:
    """The pages of `docs/`, as paths in it."""
    return sorted(p.relative_to(ROOT / "docs") for p in (ROOT / "docs").rglob("*.md"))


@pytest.fixture(scope="module")
def site(tmp_path_factory, documents) -> Path:
    """The built site."""
    pytest.importorskip("mkdocs")
    folder = tmp_path_factory.mktemp("site")
    wall = ["unshare", "--net"] if os.geteuid() == 0 and shutil.which("unshare") else []
    if wall and subprocess.run([*wall, "true"], capture_output=True, check=False).returncode:
        wall = []
    command = [*wall, sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", folder]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def check():
    return script("site_check")


def test_the_site_fetches_nothing_and_searches_in_vietnamese(site, check):
    assert [*check.fetched(site), *check.search(site)] == []


def test_every_document_is_a_page_that_the_menu_leads_to(site, documents):
    home = (site / "index.html").read_text("utf-8")
    for page in (path.with_suffix(".html") for path in documents):
        assert (site / page).is_file()
        assert f'href="{page}"' in home, page


def test_links_between_documents_and_results_lead_to_pages(site):
    readme = (site / "readme.html").read_text("utf-8")
    assert 'href="results/retrieval.html"' in readme
    assert 'href="architecture.html"' in readme
    assert ".md" not in {name.rpartition("#")[0] for name in readme.split('href="') if name.startswith("docs/")}


@pytest.mark.parametrize(
    "planted",
    [
        '<script src="https://cdn.host.net/a.js"></script>',
        '<link rel="stylesheet" href="//fonts.host.net/a.css">',
        '<img src="/a.png" srcset="https://host.net/b.png 2x">',
        '<p style="background: url(http://host.net/a.png)">',
    ],
)
def test_what_a_page_would_fetch_elsewhere_is_found(check, tmp_path, planted):
    (tmp_path / "a.html").write_text(f"<html><body>{planted}<a href='https://host.net/'>x</a></body></html>", "utf-8")
    assert len(list(check.fetched(tmp_path))) == 1


def test_fonts_of_a_style_sheet_are_found(check, tmp_path):
    (tmp_path / "a.css").write_text("@font-face { src: url('https://fonts.host.net/a.woff2') }", "utf-8")
    assert len(list(check.fetched(tmp_path))) == 1


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not on this machine")
def test_a_browser_finds_words_with_and_without_marks(site):
    pytest.importorskip("playwright")
    words = ["sao lưu", "sao luu", "khong can mang"]
    command = [sys.executable, "-c", SEARCH, site, CHROMIUM, *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["elsewhere"] == []
    assert {"sao", "lưu"} <= set(told["found"]["sao lưu"])
    assert {"sao", "lưu"} <= set(told["found"]["sao luu"])
    assert {"không", "cần", "mạng"} <= set(told["found"]["khong can mang"])
