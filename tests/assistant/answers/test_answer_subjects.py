"""A provision that says what the asked thing is, or what it holds, goes before those that only mention it."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answers import Answerer
from assistant.answers.answer import Answer
from assistant.answers.library import Search
from corpus.document import Document
from corpus.load import document

TEXT = """BỘ NGHỀ THỦ CÔNG
Số: 8/2034/TT-BNTC
Đồi Xanh, ngày 05 tháng 01 năm 2034
THÔNG TƯ
Quy định về nghề dệt lụa
Điều 2. Giải thích từ ngữ
1. Mẻ chuẩn là lượng tơ mà một thợ dệt xong trong ngày theo định mức của xưởng.
2. Định mức mẻ chuẩn là số mẻ chuẩn mà thợ dệt lụa phải làm trong một năm.
Điều 3. Lệ phí đăng ký khung cửi
1. Thợ dệt lụa đăng ký khung cửi tại vùng II thì nộp lệ phí đăng ký khung cửi theo mức của vùng I.
2. Các vùng được chia như sau:
a) Vùng I gồm: làng Tơ Vàng, làng Kén Bạc;
b) Vùng II gồm: làng Dâu Xanh, làng Bãi Soi.
"""


def ask(searching: Callable[[dict[str, Document]], Search], question: str) -> Answer:
    sidecar = {"number": "8/2034/TT-BNTC", "issuer": "Bộ Nghề thủ công", "issued_on": "2034-01-05"}
    made = {"thong-tu": document(TEXT, id="thong-tu", sidecar=sidecar)}
    return Answerer(searching(made), made.__getitem__, None, made.values()).answer(question)


def test_a_definition_opens_with_the_defined_term(searching: Callable[[dict[str, Document]], Search]) -> None:
    found = ask(searching, "Mẻ chuẩn của thợ dệt lụa được hiểu là gì?")
    assert "lượng tơ" in found.answer
    assert "số mẻ" in ask(searching, "Định mức mẻ chuẩn của thợ dệt lụa là gì?").answer


def test_a_list_opens_with_the_thing_that_holds_it(searching: Callable[[dict[str, Document]], Search]) -> None:
    found = ask(searching, "Vùng I của lệ phí đăng ký khung cửi gồm những làng nào?")
    assert "Kén Bạc" in found.answer
    assert "Bãi Soi" not in found.answer


def test_two_periods_of_one_document_are_set_side_by_side(searching: Callable[[dict[str, Document]], Search]) -> None:
    lines = """
Điều 4. Vốn cho nghề dệt lụa
1. Toàn bộ vốn cho khung cửi lấy từ quỹ nghề của tỉnh.
2. Vốn giai đoạn 2031-2035 là 90 tỷ đồng, trong đó nhà xưởng 70 tỷ đồng, khung cửi 20 tỷ đồng.
3. Vốn giai đoạn 2036-2040 là 80 tỷ đồng, trong đó nhà xưởng 45 tỷ đồng, khung cửi 35 tỷ đồng.
"""
    sidecar = {"number": "8/2034/TT-BNTC", "issuer": "Bộ Nghề thủ công", "issued_on": "2034-01-05"}
    made = {"thong-tu": document(TEXT + lines, id="thong-tu", sidecar=sidecar)}
    asked = "Vốn cho khung cửi giai đoạn 2031-2035 và 2036-2040 chênh nhau bao nhiêu?"
    found = Answerer(searching(made), made.__getitem__, None, made.values()).answer(asked)
    assert "khung cửi 20 tỷ đồng" in found.answer
    assert "khung cửi 35 tỷ đồng" in found.answer
