"""Generations hold what older programs cut: whoever changes how passages or terms are made must say so."""

from __future__ import annotations

from hashlib import sha256

from corpus.load import document
from indexer.generation import CUT
from indexer.lexical import terms
from indexer.passages import passages

_TEXT = """\
ỦY BAN NHÂN DÂN TỈNH
Số: 31/KH-UBND

KẾ HOẠCH
Cải tạo các trạm đo mưa

I. MỤC TIÊU
1. Mục tiêu chung: theo dõi lũ sớm hơn trước đây.
a) Đến hết quý III/2029 có 64% số xã vùng trũng được lắp máy; hoà mạng, quí này.
b) Từ năm 2031, 100% số liệu gửi trong 15 phút.
| Chỉ tiêu | Đơn vị | 2031 |
| Trạm tự động | trạm | 210 |

Điều 1. Phạm vi
Kế hoạch này dùng cho các xã nêu ở phụ lục. UBND xã giữ máy theo Quyết định số 12/2027/QĐ-UBND.
Điều 2. Thi hành
1. Sở Nông nghiệp và Môi trường hướng dẫn.
2. Các xã báo cáo trước ngày 15 tháng 12 hằng năm.
"""

_MADE = {1: "60b4e413bd7444e3"}
"""What stood in the index of the text above, by `CUT`."""


def test_what_the_text_becomes_changes_only_with_the_number_of_the_rules():
    found = passages(document(_TEXT, id="31-kh-ubnd"))
    held = [
        (p.start, p.end, p.path, p.units, p.context, [t.tolist() for t in (*terms(p.context), *terms(p.text))])
        for p in found
    ]
    mark = sha256(repr(held).encode()).hexdigest()[:16]
    assert len(found) > 2
    assert mark == _MADE.get(CUT), f"passages or terms are made otherwise: raise CUT in indexer.generation, note {mark}"
