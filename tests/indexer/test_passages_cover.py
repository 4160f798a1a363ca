from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Provision, ProvisionKind, Span
from corpus.structure import provisions
from indexer.passages import LIMIT, passages

LINES = st.lists(
    st.sampled_from(
        [
            "Điều 1. Phạm vi",
            "1. Nâng cấp hệ thống cấp nước tại các thị trấn;",
            "a) Trồng mới rừng ngập mặn ven cửa sông",
            "- Lắp đặt trạm quan trắc " + "tự động " * 40,
            "Chương II",
            "NHIỆM VỤ VÀ GIẢI PHÁP",
            "| Chỉ tiêu | 2030 |",
            "",
            "x" * 3000,
            "Nơi nhận:",
            "- Lưu: VT.",
        ]
    ),
    max_size=25,
).map("\n".join)


def check(document: Document) -> None:
    found = passages(document)
    covered = bytearray(len(document.text))
    for passage in found:
        assert passage.text == document.text[passage.start : passage.end]
        assert passage.text == passage.text.strip() != ""
        assert len(passage.text) <= LIMIT or not any(c.isspace() for c in passage.text[LIMIT // 2 : -1])
        assert not any(covered[passage.start : passage.end]), "passages overlap"
        covered[passage.start : passage.end] = b"\1" * len(passage.text)
    for node in document.provisions:
        if node.kind is ProvisionKind.RECIPIENTS:
            covered[node.span.start : node.span.end] = b"\1" * len(node.span)
    missed = "".join(c for c, seen in zip(document.text, covered, strict=True) if not seen)
    assert missed.strip() == ""
    assert [p.start for p in found] == sorted(p.start for p in found)


@given(LINES)
def test_passages_hold_all_text_once(made, text):
    check(made("x", text))
    check(made("x", text, provisions=provisions(text)))


@pytest.mark.shared
def test_passages_of_real_documents(made, shared):
    for path in sorted((shared / "documents").glob("*.txt"))[:12]:
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        check(made(path.stem, text, provisions=provisions(text)))


def test_headings_above_a_passage_are_its_context(made):
    text = "Điều 4. Cấp nước\n1. Đạt 95% vào năm 2031.\nĐiều 5. Thoát nước\n1. " + "Cải tạo kênh. " * 200
    document = made("d", text, title="Kế hoạch hạ tầng", provisions=provisions(text))
    first, *rest = passages(document)
    assert first.context.startswith("Kế hoạch hạ tầng")
    assert "Thoát nước" not in first.context
    assert len(rest) > 1
    assert all("Thoát nước" in p.context for p in rest[1:])
    assert all(any(u.startswith("khoản 1 Điều 5") for u in p.units) for p in rest[1:])


def test_the_first_row_of_a_table_goes_with_its_later_parts(made):
    rows = ["| Chỉ tiêu | Năm 2031 |", *(f"| Tiêu chí thứ {i} về cấp điện nông thôn | {i} |" for i in range(60))]
    text = "\n".join(rows)
    table = Provision(kind=ProvisionKind.TABLE, span=Span(start=0, end=len(text)))
    nodes, at = [table], 0
    for row in rows:
        stop = min(at + len(row) + 1, len(text))
        nodes.append(Provision(kind=ProvisionKind.ROW, span=Span(start=at, end=stop), parent=0))
        at = stop
    first, *rest = passages(made("t", text, provisions=tuple(nodes)))
    assert rest
    assert first.context == ""
    assert all(p.context == rows[0] for p in rest)


def test_recipients_are_left_out(made):
    body, tail = "Lắp 40 trạm đo mưa.\n", "Nơi nhận:\n- Lưu: VT."
    nodes = (
        Provision(kind=ProvisionKind.PARAGRAPH, span=Span(start=0, end=len(body))),
        Provision(kind=ProvisionKind.RECIPIENTS, span=Span(start=len(body), end=len(body + tail))),
    )
    assert [p.text for p in passages(made("r", body + tail, provisions=nodes))] == [body.strip()]


@pytest.mark.parametrize("text", ["", "  \n \n"])
def test_an_empty_text_has_no_passage(made, text):
    assert passages(made("e", text)) == []
