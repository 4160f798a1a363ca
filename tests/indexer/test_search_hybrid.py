from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus.structure import provisions
from indexer.embedded import EmbeddedIndexes
from indexer.search import Filter

TEXTS = {
    "nuoc": ("Điều 1. Cấp nước\n1. Đến năm 2031, 95% hộ dân thị trấn có nước sạch.\n2. Mỗi xã đảo có một bể chứa.\n"
             "Điều 2. Thoát nước\n1. Cải tạo 40 km kênh tiêu."),
    "rung": "Điều 1. Trồng rừng\n1. Trồng mới 300 ha rừng ngập mặn ven cửa sông.\n2. Giao khoán 80% diện tích.",
    "mua": "Lắp đặt 60 trạm đo mưa tự động trên lưu vực sông; số liệu truyền về trung tâm trong 10 phút.",
    "thu-vien": "Thư viện huyện mở cửa cả ngày chủ nhật từ năm 2032 và cho mượn sách nói.",
}  # fmt: skip
FIELDS = {
    "nuoc": {"number": "217/QĐ-UBND", "kind": "Quyết định", "issuer": "UBND tỉnh An Hải", "issued_on": "2029-03-02"},
    "rung": {
        "number": "217/2030/QĐ-UBND",
        "kind": "quyết định",
        "issued_on": "2030-05-06",
        "effective_to": "2033-01-01",
    },
    "mua": {"number": "880/KH-UBND", "kind": "Kế hoạch", "issued_on": "2031", "effective_from": "2031-07-01"},
    "thu-vien": {"about": "1450/QĐ-BVHTTDL", "kind": "bài viết"},
}


@pytest.fixture(scope="module", params=["embedded", "cluster", "cluster, led"])
def index(request, tmp_path_factory, made, encoding, opened):
    documents = [made(id, text, provisions=provisions(text), **FIELDS[id]) for id, text in sorted(TEXTS.items())]
    if request.param == "embedded":
        return opened(EmbeddedIndexes(tmp_path_factory.mktemp("index")), documents, encoding)
    cluster = request.getfixturevalue("cluster")()
    return opened(cluster, documents, encoding, exact=request.param == "cluster")


def first(index, query, **only):
    hits = index.search(query, 3, Filter(**only) if only else None)
    return hits[0].passage.document if hits else None


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("bao nhiêu hộ dân thị trấn có nước sạch", "nuoc"),
        ("bao nhieu ho dan thi tran co nuoc sach", "nuoc"),
        ("trạm đo mưa tự động", "mua"),
        ("tram do mua tu dong", "mua"),
        ("mượn sách nói ở thư viện", "thu-vien"),
        ("quyết định 880 nói gì", "mua"),
        ("880/KH-UBND", "mua"),
        ("QĐ 1450", "thu-vien"),
        ("1450", "thu-vien"),
        ("217/2030", "rung"),
        ("khoản 2 Điều 1 quyết định 217/2030/QĐ-UBND", "rung"),
    ],
)
def test_the_right_document_comes_first(index, query, document):
    assert first(index, query) == document


@pytest.mark.parametrize(
    ("only", "documents"),
    [
        ({"documents": frozenset({"rung"})}, {"rung"}),
        ({"excluding": frozenset({"rung", "mua"})}, {"nuoc", "thu-vien"}),
        ({"kinds": frozenset({"quyết định"})}, {"nuoc", "rung"}),
        ({"issuers": frozenset({"ubnd tỉnh an hải"})}, {"nuoc"}),
        ({"years": frozenset({2031})}, {"mua"}),
        ({"as_of": "2029-03-01"}, {"thu-vien"}),
        ({"as_of": "2029-03-02"}, {"nuoc", "thu-vien"}),
        ({"as_of": "2031-06-30"}, {"nuoc", "rung", "thu-vien"}),
        ({"as_of": "2033-01-01"}, {"nuoc", "mua", "thu-vien"}),
        ({"kinds": frozenset({"luật"})}, set()),
        ({"documents": frozenset()}, set()),
    ],
)
def test_filters_hold_inside_the_search(index, only, documents):
    hits = index.search("nước rừng mưa thư viện", 50, Filter(**only))
    assert {hit.passage.document for hit in hits} == documents


def test_a_provision_is_found_by_its_name(index):
    hit = index.search("khoản 2 Điều 1 quyết định 217/2030/QĐ-UBND", 1)[0]
    assert any(unit.lower() == "khoản 2 điều 1" for unit in hit.passage.units)
    assert hit.parts["provision"] == hit.parts["number"] == 1


def test_hits_come_in_order_with_their_parts(index):
    hits = index.search("trạm đo mưa tự động", 10)
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert all(set(h.parts) == {"lexical", "dense", "number", "provision"} for h in hits)
    assert -1 <= min(h.parts["dense"] for h in hits) <= max(h.parts["dense"] for h in hits) <= 1.001


def test_at_most_so_many_passages_of_one_document(index):
    documents = [h.passage.document for h in index.search("điều 1 trồng cấp nước", 10, per_document=1)]
    assert len(documents) == len(set(documents)) >= 3


@pytest.mark.parametrize("query", ["", "   ", "\n"])
def test_a_blank_question_finds_nothing(index, query):
    assert index.search(query) == []


def test_threads_find_the_same(index):
    queries = ["nước sạch", "rừng ngập mặn", "đo mưa", "sách nói"] * 8
    alone = [index.search(q, 5) for q in queries]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda q: index.search(q, 5), queries)) == alone


@pytest.mark.parametrize("backend", ["embedded", "cluster"])
def test_an_index_without_documents_finds_nothing(request, tmp_path, hashed, opened, backend):
    indexes = EmbeddedIndexes(tmp_path) if backend == "embedded" else request.getfixturevalue("cluster")()
    index = opened(indexes, [], hashed)
    assert len(index) == 0
    assert index.search("nước sạch") == []
