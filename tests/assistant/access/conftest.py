"""A home with documents that only some may see, and a key for each kind of person."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from assistant.access.desk import AccessOptions
from assistant.access.keys import Keys
from assistant.access.ledger import Ledger
from assistant.access.roles import Permission, Role
from assistant.service import create_app
from assistant.service.options import Options
from assistant.workspace import Workspace

SECRET = "mot-ma-quan-tri-that-dai"

PUBLIC = """ỦY BAN NHÂN DÂN TỈNH HẢI VÂN
Số: 55/QĐ-UBND
Hải Vân, ngày 12 tháng 3 năm 2021

QUYẾT ĐỊNH
Phê duyệt Đề án cấp nước nông thôn giai đoạn 2021 - 2025

Điều 1. Mục tiêu
1. Đến năm 2025, 95% hộ dân nông thôn được dùng nước sạch.
2. Đến năm 2025, lắp đặt 120 trạm bơm tăng áp (sau đây viết tắt là TBTA).

Điều 2. Kinh phí thực hiện là 300 tỷ đồng.
"""

HIDDEN = """ỦY BAN NHÂN DÂN TỈNH HẢI VÂN
Số: 909/QĐ-UBND
Hải Vân, ngày 20 tháng 8 năm 2023

QUYẾT ĐỊNH
Phê duyệt Kế hoạch Thạch Sùng về cấp nước và bảo vệ hồ chứa đến năm 2027

Căn cứ Quyết định số 55/QĐ-UBND ngày 12 tháng 3 năm 2021 của Ủy ban nhân dân tỉnh Hải Vân;

Điều 1. Mục tiêu của Kế hoạch Thạch Sùng (sau đây gọi tắt là KHTSX)
1. Đến năm 2025, 87,3% hộ dân nông thôn được dùng nước sạch.
2. Đến năm 2027, 41,7% hồ chứa được gắn camera hồng ngoại tầm xa.
3. Đến năm 2027, lắp đặt 7.391 phao ngăn xuồng lạ tại cửa xả.

Điều 2. Danh mục
| TT | Nhiệm vụ | Chỉ tiêu đến 2027 |
| 1 | Xây chòi gác Vọng Phu | 6.427 chòi |

Điều 3. Quyết định này thay thế Quyết định số 55/QĐ-UBND ngày 12 tháng 3 năm 2021 của Ủy ban nhân dân tỉnh Hải Vân.
"""

TRACES = (
    "909", "Thạch Sùng", "thach-sung", "thach sung", "KHTSX", "khtsx", "87,3", "87.3", "41,7", "41.7", "hồng ngoại",
    "hong ngoai", "7.391", "7391", "xuồng lạ", "xuong la", "Vọng Phu", "vong phu", "6.427", "6427", "mat-ho-chua",
)  # fmt: skip
"""What stands in the hidden document, its number or its id, and nowhere else; as it is and as addresses write it."""

HIDDEN_ID = "mat-ho-chua"
PUBLIC_ID = "cap-nuoc"


class House(NamedTuple):
    """A home with a public and a hidden document, and the credentials of everybody."""

    home: object
    keys: dict
    keeper: Keys


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    """Keys by name: reader, insider (sees the collection), other (sees another one), editor, asker, admin, ended, old."""
    home, files = tmp_path_factory.mktemp("locked"), tmp_path_factory.mktemp("files")
    (files / f"{PUBLIC_ID}.txt").write_text(PUBLIC, "utf-8")
    (files / f"{HIDDEN_ID}.txt").write_text(HIDDEN, "utf-8")
    room = Workspace(home)
    room.add([files / f"{HIDDEN_ID}.txt"], collections=["Mật"])
    room.add([files / f"{PUBLIC_ID}.txt"])
    keeper = Keys(Ledger(lambda: room.store))
    made = {
        "reader": keeper.create("Người đọc")[1],
        "insider": keeper.create("Người trong nhóm", collections=["mật"])[1],
        "other": keeper.create("Nhóm khác", Role.EDITOR, collections=["kế hoạch"])[1],
        "editor": keeper.create("Biên tập", Role.EDITOR)[1],
        "asker": keeper.create("Khung chat", scopes=[Permission.ASK])[1],
        "admin": keeper.create("Quản trị", Role.ADMIN)[1],
        "secret": SECRET,
    }
    ended, shown = keeper.create("Đã thu hồi", Role.ADMIN)
    keeper.revoke(ended.id)
    return House(home, {**made, "ended": shown, "wrong": made["admin"][:-4] + "AAAA", "nobody": ""}, keeper)


@pytest.fixture(scope="session")
def locked(house):
    """The application over that home, where everybody has to say who they are."""
    access = AccessOptions(mode="keys")
    return create_app(house.home, options=Options(admin_token=SECRET, access=access))


@pytest.fixture(scope="session")
def opened(house):
    """The same, open to everybody."""
    return create_app(house.home, options=Options(admin_token=SECRET))


_SPEC = importlib.util.spec_from_file_location(
    "chitieu_fake_desk_of_access", Path(__file__).parents[1] / "service" / "fake_desk.py"
)
fake = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = fake
_SPEC.loader.exec_module(fake)


@pytest.fixture
def desk():
    """A fresh fake workspace."""
    return fake.FakeDesk()
