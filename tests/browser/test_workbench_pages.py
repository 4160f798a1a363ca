"""The workbench, the register and its timelines."""

from __future__ import annotations

import json
import zipfile

import pytest

pytestmark = pytest.mark.browser

PLAN = """QUYẾT ĐỊNH
Về Chương trình quan trắc nước

Điều 1. Mục tiêu
1. Đến năm 2028, 90% trạm quan trắc nước mặt truyền số liệu tự động về trung tâm.
2. Đến năm 2030, ít nhất 70% bến xe khách cấp tỉnh có mái che.
3. Đến năm 2030, 100% trường học có nước sạch.
"""


def _work(page, server, tmp_path, against: str = "") -> None:
    file = tmp_path / "Kế hoạch 5.txt"
    file.write_text(PLAN, "utf-8")
    page.goto(server + "/workbench")
    page.set_input_files("#file", file)
    page.select_option("#against", against)
    page.get_by_role("button", name="Trích chỉ tiêu").click()
    page.wait_for_selector(".panes")


def _kept(page) -> int:
    with page.expect_download() as download:
        page.get_by_role("button", name="json").click()
    return download.value.path().read_text("utf-8").count('"indicator"')


def test_a_row_lights_its_words(open_page, server, tmp_path):
    page = open_page(server + "/workbench")
    _work(page, server, tmp_path)
    page.locator("a.what", has_text="bến xe khách").click()
    assert "70% bến xe khách cấp tỉnh có mái che" in page.locator(".pane mark.lit").inner_text()
    assert page.locator(".rows tr.on").count() == 1


def test_filters_and_ticks_decide_what_is_exported(open_page, server, tmp_path):
    page = open_page(server + "/workbench")
    _work(page, server, tmp_path)
    everything = _kept(page)
    assert everything == 3
    page.get_by_label("Duyệt dòng 1").uncheck()
    assert _kept(page) == 2
    page.get_by_label("Lọc theo từ").fill("truong hoc")
    assert page.get_by_text("Đang hiện 1 / 3 dòng").is_visible()
    assert _kept(page) == 1
    with page.expect_download() as download:
        page.get_by_role("button", name="xlsx").click()
    assert download.value.suggested_filename == "Kế hoạch 5.xlsx"
    assert zipfile.is_zipfile(download.value.path())


def test_what_changed_against_an_earlier_decision(open_page, server, tmp_path):
    page = open_page(server + "/workbench")
    _work(page, server, tmp_path, against="98-qd-ttg-2019")
    row = page.locator("#changes ~ div tr").filter(has_text="tăng mức")
    assert "50%" in row.inner_text()
    row.get_by_role("link").click()
    page.wait_for_selector("mark.lit")
    assert page.url.startswith(server + "/documents/98-qd-ttg-2019")


def test_without_scripts(open_page, server, tmp_path):
    page = open_page(server + "/workbench", java_script_enabled=False)
    _work(page, server, tmp_path)
    page.locator("a.what", has_text="bến xe khách").click()
    assert page.url.endswith("#t-2")
    page.get_by_label("Duyệt dòng 3").uncheck()
    assert _kept(page) == 2


def test_a_broken_file_is_told_on_the_page(open_page, server, tmp_path):
    page = open_page(server + "/workbench", expect_errors=True)
    file = tmp_path / "hỏng.docx"
    file.write_bytes(b"\xff\xfe\x80")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Trích chỉ tiêu").click()
    assert "hỏng.docx" in page.get_by_role("alert").inner_text()


def test_a_text_without_targets_is_given_its_first_row(open_page, server, tmp_path):
    page = open_page(server + "/workbench")
    file = tmp_path / "thư.txt"
    file.write_text("Kính gửi các sở.\nHoàn thành lắp đặt phao tiêu trong quý này.\n", "utf-8")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Trích chỉ tiêu").click()
    page.wait_for_selector(".panes")
    page.evaluate(
        "() => { const range = document.createRange(); range.selectNodeContents(document.querySelectorAll('.pane.text"
        " [data-s]')[1]); getSelection().removeAllRanges(); getSelection().addRange(range); }"
    )
    page.get_by_role("button", name="Thêm từ đoạn đang chọn").click()
    page.get_by_role("button", name="Ghi vào bảng").click()
    assert _kept(page) == 1


def test_a_row_shows_where_its_deadline_comes_from_and_leads_to_its_timeline(open_page, server, tmp_path):
    page = open_page(server + "/workbench")
    file = tmp_path / "kế hoạch.txt"
    text = "Điều 1. Mục tiêu\n1. Mục tiêu đến năm 2029\na) 90% trạm quan trắc nước mặt truyền số liệu tự động về trung tâm;\n"
    file.write_text(text, "utf-8")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Trích chỉ tiêu").click()
    page.locator("a.from").first.click()
    assert "2029" in page.locator(".pane mark.lit").first.inner_text()
    page.locator("a.elsewhere").first.click()
    page.get_by_role("img").first.wait_for()


def test_register_and_timeline(open_page, server):
    page = open_page(server + "/targets")
    page.get_by_label("Tìm chỉ tiêu").fill("tram quan trac nuoc mat")
    page.get_by_role("button", name="Lọc").click()
    page.get_by_role("link", name="Xem diễn biến theo thời gian").click()
    picture = page.get_by_role("img").first
    assert picture.is_visible()
    table = page.locator(".chart").first.get_by_role("table")
    assert [table.get_by_text(f"{n}%", exact=True).count() for n in (50, 80, 100)] == [1, 1, 1]
    table.get_by_role("link").first.click()
    page.wait_for_selector("mark.lit")


def test_axe_finds_nothing(open_page, server, axe, tmp_path):
    page = open_page(server + "/workbench")
    found = {"workbench": axe(page)}
    _work(page, server, tmp_path, against="98-qd-ttg-2019")
    found["worked"] = axe(page)
    page.locator("a.what").first.click()
    found["worked, row lit"] = axe(page)
    page.emulate_media(color_scheme="dark")
    found["worked, dark"] = axe(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for path in ("/targets", "/targets/timeline?q=tram+quan+trac", "/workbench"):
            page.goto(server + path)
            found[f"{path}, {scheme}"] = axe(page)
    assert not any(found.values()), found


def test_nothing_overflows_at_320(open_page, server, overflows, tmp_path):
    page = open_page(server + "/workbench", width=320, height=568)
    assert not overflows(page)
    _work(page, server, tmp_path, against="98-qd-ttg-2019")
    assert not overflows(page)
    for path in ("/targets", "/targets/timeline?q=tram+quan+trac"):
        page.goto(server + path)
        assert not overflows(page), path


def test_edit_add_and_keep_a_check(open_page, server, tmp_path, home):
    page = open_page(server + "/workbench")
    _work(page, server, tmp_path)
    page.get_by_role("button", name="Sửa dòng 2").click()
    page.get_by_label("Giá trị", exact=True).fill("bảy mươi")
    page.get_by_role("button", name="Ghi vào bảng").click()
    assert page.locator("dialog [role=alert]").is_visible()
    page.get_by_label("Giá trị", exact=True).fill("1.075,5")
    page.get_by_label("Thời hạn").fill("6/2031")
    page.get_by_role("button", name="Ghi vào bảng").click()
    row = page.locator(".rows tbody tr").nth(1)
    assert "1.075,5%" in row.inner_text()
    assert "đã sửa" in row.inner_text()
    page.evaluate(
        "() => { const node = document.querySelector('.pane.text .dieu').firstChild; const range = document.createRange();"
        " const text = [...document.querySelectorAll('.pane.text [data-s]')].find(e => e.textContent.startsWith('Về Chương'));"
        " range.selectNodeContents(text); getSelection().removeAllRanges(); getSelection().addRange(range); }"
    )
    page.get_by_role("button", name="Thêm từ đoạn đang chọn").click()
    assert page.locator("dialog blockquote").inner_text() == "Về Chương trình quan trắc nước"
    page.get_by_label("Mức bằng lời").fill("ban hành")
    page.get_by_role("button", name="Ghi vào bảng").click()
    page.locator(".rows tbody tr").nth(3).locator("a.what").click()
    assert page.locator(".pane mark.lit").inner_text() == "Về Chương trình quan trắc nước"
    page.get_by_label("Người kiểm").fill("Lê Văn Thử")
    page.get_by_label("Người kiểm").press("Enter")
    page.get_by_role("heading", name="Đã lưu bản kiểm").wait_for()
    (gold,) = (home / "corrections" / "gold").glob("*.jsonl")
    rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    assert [(r["value"], r["deadline"]) for r in rows][1] == (1075.5, "2031-06")
    assert rows[3]["qualitative"] == "ban hành"
    assert PLAN[rows[3]["start"] : rows[3]["end"]] == rows[3]["quote"]


def test_axe_finds_nothing_in_the_editor(open_page, server, axe, tmp_path):
    page = open_page(server + "/workbench")
    _work(page, server, tmp_path)
    page.get_by_role("button", name="Sửa dòng 1").click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert axe(page) == []
