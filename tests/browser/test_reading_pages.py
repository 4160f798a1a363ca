"""Ask, click a citation, read the highlighted words: with a mouse, with keys alone, without scripts, on a phone."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.browser

QUESTION = "Đến năm 2027 bao nhiêu phần trăm trạm quan trắc truyền số liệu?"
WORDS = "80% trạm quan trắc nước mặt truyền số liệu tự động về trung tâm"
ASKED = "/?q=" + quote(QUESTION)
DOCUMENT = "/documents/123-qd-ttg-2024"
PAGES = [
    "/",
    ASKED,
    "/?q=" + quote("Giá vàng?"),
    "/?q=" + quote("Còn năm 2030?") + "&before=" + quote(QUESTION),
    "/documents",
    "/documents?q=khong+co",
    DOCUMENT,
    DOCUMENT + "?q=tram",
    "/nowhere",
]

VISIBLE = """marks => {
  const r = marks[0].getBoundingClientRect();
  return r.height > 0 && r.top >= 0 && r.bottom <= innerHeight;
}"""


def _lit(page) -> str:
    return "".join(page.locator(".text mark.lit, .text mark.cited").all_inner_texts())


def test_from_a_question_to_the_highlighted_words(open_page, server):
    page = open_page(server + "/")
    page.get_by_label("Câu hỏi").fill(QUESTION)
    page.get_by_role("button", name="Hỏi", exact=True).click()
    page.locator(".claims .ref").first.click()
    page.wait_for_url("**/documents/**")
    page.wait_for_selector("mark.lit")
    assert _lit(page) == WORDS
    assert page.locator("mark.lit, mark.cited").evaluate_all(VISIBLE)


def test_the_same_without_scripts(open_page, server):
    page = open_page(server + "/", java_script_enabled=False)
    page.get_by_label("Câu hỏi").fill(QUESTION)
    page.get_by_role("button", name="Hỏi", exact=True).click()
    page.get_by_role("link", name="Xem trong văn bản").first.click()
    assert _lit(page) == WORDS
    box = page.locator("mark.cited").first.bounding_box()
    assert 0 <= box["y"] <= 768


@pytest.mark.parametrize("scripts", [True, False])
def test_a_question_follows_another(open_page, server, scripts):
    page = open_page(server + ASKED, java_script_enabled=scripts)
    page.get_by_label("Câu hỏi tiếp theo").fill("Còn năm 2030?")
    page.get_by_role("button", name="Hỏi", exact=True).click()
    page.locator(".turns").wait_for()
    assert QUESTION in page.locator(".turns").inner_text()
    assert "100%" in page.locator(".claims").inner_text()
    assert page.get_by_text("Hiểu câu hỏi là").is_visible()
    page.get_by_role("link", name="Bắt đầu cuộc hỏi mới").click()
    page.get_by_role("heading", name="Anh, chị cần tra cứu nội dung gì?").wait_for()


def test_the_same_with_keys_alone(open_page, server):
    page = open_page(server + "/")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer:focus")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "ref"
    page.keyboard.press("Enter")
    page.wait_for_selector("mark.lit:focus")
    assert _lit(page) == WORDS


def test_a_hash_alone_lights_words_behind_an_emoji(open_page, server):
    page = open_page(server + DOCUMENT)
    text = page.request.get(server + "/api" + DOCUMENT).json()["text"]
    words = "mỗi tỉnh có tối thiểu 12 trạm"
    start = text.index(words)
    page.evaluate(f"location.hash = 'c={start}-{start + len(words)}'")
    page.wait_for_selector("mark.lit")
    assert _lit(page) == words
    page.evaluate("location.hash = 'c=0-7'")
    page.wait_for_function("document.querySelector('mark.lit').textContent === 'THỦ TƯỚ'.slice(0, 7)")
    assert "".join(page.locator(".text [data-s]").all_inner_texts()).count(words) == 1


def test_a_mark_over_several_lines(open_page, server):
    page = open_page(server + DOCUMENT)
    text = page.request.get(server + "/api" + DOCUMENT).json()["text"]
    start, end = text.index("a) 80%"), text.index("Giảm 40%") + 8
    page.evaluate(f"location.hash = 'c={start}-{end}'")
    page.wait_for_selector("mark.lit")
    assert re.sub(r"\s", "", _lit(page)) == re.sub(r"\s", "", text[start:end])


def test_enter_that_ends_a_composition_does_not_send(open_page, server):
    page = open_page(server + "/")
    field = page.get_by_label("Câu hỏi")
    field.fill("Đến năm 2027 trạm quan tr")
    enter = "f => f.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    assert field.evaluate(enter), "the browser must go on composing"
    assert page.url == server + "/"
    field.press("Shift+Enter")
    assert page.url == server + "/"


def test_copy_with_citation(open_page, server):
    page = open_page(server + ASKED)
    page.get_by_role("button", name="Sao chép kèm trích dẫn").click()
    page.get_by_role("button", name="Đã sao chép").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert WORDS in copied
    assert f"{server}/documents/123-qd-ttg-2024?c=" in copied


def test_a_refusal_leads_on(open_page, server):
    page = open_page(server + "/?q=" + quote("Giá vàng hôm nay?"))
    assert page.get_by_role("heading", name="Không tìm thấy căn cứ trong kho văn bản").is_visible()
    page.locator(".suggestions a").first.click()
    assert page.get_by_role("heading", name="Trả lời").is_visible()


def test_suggested_questions_are_answered(open_page, server):
    page = open_page(server + "/")
    for question in page.locator(".suggestions a").all_inner_texts():
        assert not page.request.post(server + "/api/ask", data={"question": question}).json()["abstained"]


def test_outline_search_and_margin(open_page, server):
    page = open_page(server + DOCUMENT + "?q=tram+do")
    assert page.get_by_text("Thấy 2 chỗ.").is_visible()
    page.get_by_role("link", name="Điều 3").click()
    assert page.url.endswith("#dieu_3")
    page.locator(".margin a").nth(1).click()
    lit = page.locator("a.at:target + mark")
    assert lit.inner_text().startswith("Ít nhất 65%")


def test_a_permalink_goes_to_its_unit(open_page, server):
    page = open_page(server + "/vn/qd-ttg/2024/123@2024-02-15#dieu_1.khoan_2")
    assert page.url == server + DOCUMENT + "#dieu_1.khoan_2"
    assert page.evaluate("document.querySelector(':target').parentElement.textContent").startswith(
        "2. Mục tiêu đến năm 2030"
    )


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(open_page, server, axe, path):
    page = open_page(server + path, expect_errors=path == "/nowhere")
    assert axe(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_overflows_at_320(open_page, server, overflows, path):
    page = open_page(server + path, width=320, height=568, expect_errors=path == "/nowhere")
    assert not overflows(page)


def test_print_shows_the_document_alone(open_page, server):
    page = open_page(server + DOCUMENT)
    page.emulate_media(media="print")
    assert page.locator(".text").is_visible()
    for part in (".top", ".side", ".margin >> nth=0", ".facts", ".bottom"):
        assert not page.locator(part).is_visible()


def test_skip_link_is_the_first_stop(open_page, server):
    page = open_page(server + "/documents")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
