from __future__ import annotations

import hashlib

import pytest

from assistant.targets.register import Register, find
from corpus.document import Document
from corpus.store import Store


@pytest.fixture(scope="session")
def rows(make):
    return [
        make(
            "cán bộ được tập huấn công nghệ thông tin",
            id="ke-hoach-a",
            number="12/KH-UBND",
            value=80,
            unit="%",
            deadline="2027",
            scope="UBND các xã miền núi",
        ),
        make(
            "máy tính phục vụ công việc",
            id="ke-hoach-a",
            number="12/KH-UBND",
            value=1200,
            unit="máy",
            deadline="2027",
            scope="Sở Nội vụ",
        ),
        make(
            "cán bộ, công chức dùng chữ ký số",
            id="ke-hoach-b",
            number="07/NQ-HĐND",
            value=95,
            unit="%",
            period=(2026, 2030),
            scope="các sở",
        ),
        make(
            "vốn đầu tư hạ tầng số",
            id="ke-hoach-b",
            number="07/NQ-HĐND",
            value=1.5,
            unit="tỷ đồng",
            deadline="2030-12",
            status="budget",
        ),
        make("trạm y tế có thư viện", id="du-thao", number=None, value=9, unit="trạm", deadline="2030", status="draft"),
    ]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("tập huấn công nghệ thông tin", 0),
        ("tap huan cong nghe thong tin", 0),
        ("tập huấn CNTT", 0),
        ("cán bộ Ủy ban nhân dân xã", 0),
        ("CHỮ KÝ SỐ", 2),
        ("chữ kí số", 2),
        ("tram y te", 4),
        ("vốn hạ tầng 2030", 3),
        ("máy tính 12/KH-UBND", 1),
    ],
)
def test_words_find_their_target_first(rows, query, first):
    assert find(rows, query)[0] is rows[first]


def test_a_target_that_holds_every_word_comes_before_one_that_holds_some(rows):
    assert find(rows, "cán bộ chữ ký số") == [rows[2]]
    assert find(rows, "cán bộ") == [rows[0], rows[2]]


def test_other_tones_count_less(make):
    rows = [make("trạm xã", value=1), make("trám xà", value=1)]
    assert find(rows, "trám xà") == rows[::-1]
    assert find(rows, "tram xa") == rows


@pytest.mark.parametrize("query", ["đường sắt cao tốc", "xyz", "số 9 ngoài hành tinh khác"])
def test_what_is_not_there_is_not_found(rows, query):
    assert find(rows, query) == []


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, [0, 1, 2, 3, 4]),
        ({"query": "  "}, [0, 1, 2, 3, 4]),
        ({"status": "draft"}, [4]),
        ({"year": 2027}, [0, 1, 2]),
        ({"year": 2028}, [2]),
        ({"year": 2030}, [2, 3, 4]),
        ({"unit": "%"}, [0, 2]),
        ({"unit": "triệu đồng"}, [3]),
        ({"unit": "đồng"}, [3]),
        ({"scope": "ubnd"}, [0]),
        ({"scope": "so noi vu"}, [1]),
        ({"document": "ke-hoach-b"}, [2, 3]),
        ({"document": "7/nq-hdnd"}, [2, 3]),
        ({"document": "khong-co"}, []),
        ({"year": 2027, "unit": "%", "query": "cán bộ tập huấn"}, [0]),
        ({"limit": 2}, [0, 1]),
        ({"query": "cán bộ", "limit": 1}, [0]),
    ],
)
def test_conditions_narrow(rows, conditions, expected):
    assert find(rows, **conditions) == [rows[at] for at in expected]


def test_nothing_in_nothing_out():
    assert find([], "cán bộ") == []


def test_the_register_finds_in_a_store(tmp_path, make):
    from assistant.shelf import keep

    store = Store(f"sqlite:///{tmp_path / 'kho.db'}")
    target = make("thôn có đường nhựa", id="duong-lang", value=70, unit="%", deadline="2029")
    text = f"- {target.indicator}."
    document = Document(id="duong-lang", text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
    store.put(document)
    keep(store, document, [target], "thu")
    assert Register(store).find("duong nhua", year=2029) == [target]
    assert Register(store).find("duong nhua", year=2030) == []
    store.remove("duong-lang")
    assert Register(store).find() == []
    store.close()
