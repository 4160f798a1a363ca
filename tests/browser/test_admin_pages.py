"""The administrator's pages over the real workspace: nothing for axe to find, nothing wider than a phone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

SECRET = "mot-ma-quan-tri-dai"
PAGES = ("/admin", "/admin/index", "/admin/questions", "/admin/health", "/admin/log", "/admin/documents/thu-9")
LETTER = "QUYẾT ĐỊNH\nSố: 9/QĐ-ABC\n\nĐiều 1. Đến năm 2031, 55% bến phà có phao tròn.\n"


@pytest.fixture(scope="module")
def admin(browser, tmp_path_factory, free_port, wait_for):
    """The address of the service over a home with one document, with a secret."""
    from assistant.workspace import Workspace

    home = tmp_path_factory.mktemp("admin")
    file = home / "thu-9.txt"
    file.write_text(LETTER, "utf-8")
    Workspace(home).add([file])
    port = free_port()
    program = Path(sys.executable).with_name("chitieu")
    environment = {**os.environ, "CHITIEU_ADMIN_TOKEN": SECRET}
    command = [str(program), "--home", str(home), "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def _enter(page, admin) -> None:
    page.get_by_label("Người thực hiện").fill("Lê Thị Kiểm")
    page.get_by_label("Mã quản trị").fill(SECRET)
    page.get_by_label("Mã quản trị").press("Enter")
    page.locator(".tabs").wait_for()


def test_axe_finds_nothing_and_nothing_overflows(open_page, admin, axe, overflows):
    page = open_page(admin + "/admin")
    found = {"door": axe(page)}
    page.request.post(admin + "/api/ask", data={"question": "Giá vàng hôm nay là bao nhiêu?"})
    _enter(page, admin)
    for scheme, width in (("light", 1366), ("dark", 320)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 700})
        for path in PAGES:
            page.goto(admin + path)
            found[f"{path} {scheme}"] = axe(page)
            assert not overflows(page), (path, width)
    assert not any(found.values()), found


@pytest.mark.parametrize("scripts", [True, False])
def test_add_and_remove(open_page, admin, tmp_path, scripts):
    page = open_page(admin + "/admin", java_script_enabled=scripts)
    _enter(page, admin)
    file = tmp_path / f"moi-{scripts}.txt"
    file.write_text(LETTER.replace("9/QĐ", "10/QĐ"), "utf-8")
    page.get_by_label("Thêm văn bản vào kho").set_input_files(file)
    page.get_by_role("button", name="Thêm", exact=True).click()
    page.get_by_text("Đã thêm 1 văn bản").wait_for()
    page.get_by_label(f"Chắc chắn đưa {file.stem} ra khỏi kho").check()
    page.get_by_role("button", name=f"Đưa ra khỏi kho: {file.stem}").click()
    page.get_by_text(f"Đã đưa {file.stem} ra khỏi kho.").wait_for()
