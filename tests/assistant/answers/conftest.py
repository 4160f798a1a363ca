from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence

import pytest

from assistant.answers import Answerer
from assistant.answers.library import Place, Search
from assistant.answers.normalise import bare_words
from corpus.document import Document
from corpus.load import document

DECISION = """ỦY BAN NHÂN DÂN TỈNH HẢI VÂN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 71/QĐ-UBND
Hải Vân, ngày 12 tháng 3 năm 2031
QUYẾT ĐỊNH
Phê duyệt Chương trình trồng rừng ngập mặn giai đoạn 2031 - 2035
ỦY BAN NHÂN DÂN TỈNH HẢI VÂN
QUYẾT ĐỊNH:
Điều 1. Phê duyệt Chương trình trồng rừng ngập mặn giai đoạn 2031 - 2035 với các nội dung sau:
1. Mục tiêu đến năm 2035
a) Tối thiểu 45% diện tích bãi triều được phủ rừng ngập mặn;
b) 60% số hộ nuôi tôm ven đê và 85% số hộ nuôi nghêu ký cam kết giữ rừng;
c) Trên 1.200 ha rừng được trồng mới; hỗ trợ xây dựng 4 vườn ươm cây giống tại các huyện ven biển.
2. Giải pháp
a) Ưu tiên các loài cây sau: đước, mắm, bần chua, vẹt dù;
b) Giao khoán bảo vệ rừng cho tổ cộng đồng.
3. Kinh phí thực hiện khoảng 96 tỷ đồng từ ngân sách tỉnh.
Điều 2. Quyết định này có hiệu lực từ ngày 01 tháng 4 năm 2031.
Điều 3. Sở Nông nghiệp chủ trì kiểm tra kết quả, báo cáo trước ngày 15/11 hằng năm.
Nơi nhận:
- Như Điều 3;
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Thị Sen
"""
DRAFT = """Sở Nông nghiệp vừa lấy ý kiến về dự thảo quyết định phê duyệt chương trình trồng rừng ngập mặn của tỉnh Hải Vân.
Theo dự thảo, đến năm 2035 có 55% diện tích bãi triều được phủ rừng ngập mặn; 60% số hộ nuôi tôm ven đê ký cam kết giữ rừng.
"""
PLAN = """ỦY BAN NHÂN DÂN TỈNH BẮC SƠN
Số: 18/KH-UBND
Bắc Sơn, ngày 02 tháng 5 năm 2032
KẾ HOẠCH
Cấp nước sạch nông thôn đến năm 2036
I. HIỆN TRẠNG
Hiện nay có 38% hộ dân nông thôn dùng nước máy.
II. MỤC TIÊU
- Đến năm 2036, 75% hộ dân nông thôn dùng nước máy.
- Lãi suất vay làm bể chứa giảm từ 7,2%/năm xuống 5,4%/năm.
| TT | Chỉ tiêu | Đơn vị | Kết quả | Cơ quan chủ trì |
| I | Đến năm 2036 | | | |
| 1 | Số nhà máy nước xây mới | Nhà máy | 12 | Sở Xây dựng |
| 2 | Tỷ lệ thất thoát nước | % | ≤ 15 | Sở Công Thương |
III. TỔ CHỨC THỰC HIỆN
1. Sở Xây dựng
a) Lập dự án và trình phê duyệt trong quý IV/2032.
"""
SIDECARS = {
    "quyet-dinh": {"number": "71/QĐ-UBND", "issuer": "UBND tỉnh Hải Vân", "issued_on": "2031-03-12"},
    "du-thao": {
        "kind": "bài viết về dự thảo",
        "title": "Dự thảo quyết định phê duyệt chương trình trồng rừng ngập mặn",
        "issued_on": "2030-11",
    },
    "ke-hoach": {
        "number": "18/KH-UBND",
        "issuer": "UBND tỉnh Bắc Sơn",
        "issued_on": "2032-05-02",
        "title": "Cấp nước sạch nông thôn đến năm 2036",
    },
}


@pytest.fixture(scope="session")
def documents() -> dict[str, Document]:
    texts = {"quyet-dinh": DECISION, "du-thao": DRAFT, "ke-hoach": PLAN}
    return {id: document(text, id=id, sidecar=SIDECARS[id]) for id, text in texts.items()}


@pytest.fixture(scope="session")
def searching() -> Callable[[dict[str, Document]], Search]:
    """A plain search over lines: summed inverse document frequencies, as a stand-in for the index."""
    return plain_search


@pytest.fixture(scope="session")
def answering() -> Callable[..., Answerer]:
    """What answers over texts given by their ids, or over documents of which more is told."""

    def made(**texts: str | Document) -> Answerer:
        known = {id: document(text, id=id) if isinstance(text, str) else text for id, text in texts.items()}
        return Answerer(plain_search(known), known.__getitem__, summaries=list(known.values()))

    return made


def plain_search(documents: dict[str, Document]) -> Search:
    rows: list[tuple[str, int, int, frozenset[str]]] = []
    for id, found in documents.items():
        at = 0
        for line in found.text.split("\n"):
            rows.append((id, at, at + len(line), bare_words(line)))
            at += len(line) + 1
    count: dict[str, int] = {}
    for *_, words in rows:
        for word in words:
            count[word] = count.get(word, 0) + 1

    def search(query: str, k: int, only: Collection[str] | None) -> Sequence[Place]:
        asked = bare_words(query)
        out = [
            Place(id, start, end, sum(math.log(1 + len(rows) / count[w]) for w in asked & words))
            for id, start, end, words in rows
            if only is None or id in only
        ]
        return sorted((p for p in out if p.score > 0), key=lambda p: -p.score)[:k]

    return search


@pytest.fixture(scope="session")
def answerer(documents: dict[str, Document]) -> Answerer:
    return Answerer(plain_search(documents), documents.__getitem__, None, documents.values())
