"""Fields that a text states, and that it does not. The documents are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.canonical import canonicalise
from corpus.metadata import metadata


def _values(text: str) -> dict[str, str]:
    return {name: found.value for name, found in metadata(text).items()}


def _decision(**parts: str) -> str:
    head = parts.get(
        "head",
        "ỦY BAN NHÂN DÂN\nTỈNH LÚA VÀNG\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    )
    number = parts.get("number", "Số: 77/QĐ-UBND")
    day = parts.get("day", "Lúa Vàng, ngày 09 tháng 3 năm 2031")
    title = parts.get("title", "QUYẾT ĐỊNH\nVề việc mở chợ nổi\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH")
    effect = parts.get("effect", "Quyết định này có hiệu lực kể từ ngày ký.")
    return (
        f"{head}\n{number}\n{day}\n{title}\nCăn cứ Quyết định số 5/QĐ-TTg ngày 02 tháng 01 năm 2030 của Thủ tướng Chính phủ;\n"
        f"QUYẾT ĐỊNH:\nĐiều 1. Mở chợ nổi trên sông.\nĐiều 2. Hiệu lực thi hành\n{effect}\n"
        "Nơi nhận:\n- Như Điều 1;\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nTrần Văn Bèo\n"
    )


def test_a_whole_decision():
    assert _values(_decision()) == {
        "number": "77/QĐ-UBND",
        "kind": "quyết định",
        "issuer": "Ủy ban nhân dân tỉnh Lúa Vàng",
        "signer": "Trần Văn Bèo",
        "issued_on": "2031-03-09",
        "title": "Về việc mở chợ nổi",
        "effective_from": "2031-03-09",
    }


def test_every_field_comes_with_its_place():
    text = _decision(effect="Quyết định này có hiệu lực từ ngày 15/4/2031 đến hết ngày 31 tháng 12 năm 2032.")
    found = metadata(text)
    assert found["number"].span.of(text) == "77/QĐ-UBND"
    assert found["issued_on"].span.of(text) == "ngày 09 tháng 3 năm 2031"
    assert found["signer"].span.of(text) == "Trần Văn Bèo"
    assert found["title"].span.of(text) == "Về việc mở chợ nổi"
    assert found["effective_from"].span.of(text).endswith("ngày 15/4/2031")
    assert found["effective_to"].span.of(text).endswith("ngày 31 tháng 12 năm 2032")


@pytest.mark.parametrize("signed", ["ký", "ký ban hành", "ban hành", "được ký ban hành"])
def test_a_life_from_signing_to_a_day_has_both_ends(signed):
    found = _values(
        _decision(effect=f"Quyết định này có hiệu lực kể từ ngày {signed} đến hết ngày 28 tháng 02 năm 2033.")
    )
    assert (found["effective_from"], found["effective_to"]) == ("2031-03-09", "2033-02-28")


@pytest.mark.parametrize(
    ("printed", "number", "kind"),
    [
        ("Số: 77/QĐ-UBND", "77/QĐ-UBND", "quyết định"),
        ("Số : 08 /2031/ NĐ - CP", "08/2031/NĐ-CP", "quyết định"),
        ("Số: 12/QÐ-TTg", "12/QĐ-TTg", "quyết định"),
        ("Số: 07/2031/NĐ-СР", "07/2031/NĐ-CP", "quyết định"),
        ("Luật số: 9/2031/QH18", "9/2031/QH18", "quyết định"),
        ("Số: 15-NQ/TW", "15-NQ/TW", "quyết định"),
        ("| Số: 3/TTLT-BTC-BCA | Hà Nội |", "3/TTLT-BTC-BCA", "quyết định"),
        ("Số:       /QĐ-UBND", None, "quyết định"),
    ],
)
def test_numbers_as_printed(printed, number, kind):
    found = _values(_decision(number=printed))
    assert (found.get("number"), found["kind"]) == (number, kind)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("5/KH-UBND", "kế hoạch"),
        ("5/2031/TT-BYT", "thông tư"),
        ("5/2031/TTLT-BTC-BYT", "thông tư liên tịch"),
        ("5/CT-TTg", "chỉ thị"),
        ("5/BTC-CST", "công văn"),
        ("5/UBND-KT", "công văn"),
        ("5/2031/QH18", None),
        ("5/2031/UBTVQH18", None),
        ("15-NQ/TW", "nghị quyết"),
        ("5/VBHN-BTC", "văn bản hợp nhất"),
    ],
)
def test_the_number_tells_the_kind_where_no_heading_does(number, kind):
    text = f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: {number}\nHà Nội, ngày 02 tháng 5 năm 2031\nNội dung văn bản như sau.\n"
    assert _values(text).get("kind") == kind


@pytest.mark.parametrize(
    ("effect", "start", "end"),
    [
        ("Quyết định này có hiệu lực kể từ ngày ký ban hành.", "2031-03-09", None),
        ("Quyết định này có hiệu lực thi hành sau 45 ngày kể từ ngày ký.", "2031-04-23", None),
        ("1. Quyết định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2031, trừ khoản 2.", "2031-07-01", None),
        ("Quyết định này thay thế Quyết định số 3/QĐ-UBND và có hiệu lực từ ngày 1/7/2031.", "2031-07-01", None),
        ("Quyết định này có hiệu lực từ ngày 01/7/2031 đến ngày 30/6/2033.", "2031-07-01", "2033-06-30"),
        ("Quyết định này có hiệu lực sau 15 ngày kể từ ngày đăng Công báo.", None, None),
        ("Quyết định số 3/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.", None, None),
        ("Khoản 1 Điều 1 Quyết định này có hiệu lực từ ngày 01/9/2031.", None, None),
        ("Hồ sơ nộp trước ngày Quyết định này có hiệu lực thì làm theo quy định cũ.", None, None),
        ("Quyết định này có hiệu lực từ ngày 31 tháng 02 năm 2031.", None, None),
    ],
)
def test_days_of_effect(effect, start, end):
    found = _values(_decision(effect=effect))
    assert (found.get("effective_from"), found.get("effective_to")) == (start, end)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("Lúa Vàng, ngày 9 tháng 03 năm 2031", "2031-03-09"),
        ("Lúa Vàng, ngày      tháng 3 năm 2031", "2031-03"),
        ("Lúa Vàng, ngày ... tháng ... năm 2031", "2031"),
        ("TP. Lúa Vàng, ngày 09/3/2031", "2031-03-09"),
        ("Lúa Vàng, ngày 32 tháng 3 năm 2031", None),
    ],
)
def test_days_of_issue(day, value):
    assert _values(_decision(day=day)).get("issued_on") == value


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (
            "QUYẾT ĐỊNH\nBan hành quy định về đèn lồng;\nvề nến và về pháo giấy",
            "Ban hành quy định về đèn lồng; về nến và về pháo giấy",
        ),
        ("QUYẾT ĐỊNH VỀ VIỆC MỞ CHỢ NỔI", "VỀ VIỆC MỞ CHỢ NỔI"),
        ("QUYẾT ĐỊNH\nVề việc mở chợ nổi\n___________", "Về việc mở chợ nổi"),
        (
            "QUYẾT ĐỊNH\nSỬA ĐỔI QUY CHẾ CỦA\nHỘI ĐỒNG CHỢ\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH",
            "SỬA ĐỔI QUY CHẾ CỦA HỘI ĐỒNG CHỢ",
        ),
    ],
)
def test_titles_of_several_lines(heading, title):
    assert _values(_decision(title=heading))["title"] == title


def test_an_official_letter():
    text = (
        "BỘ THÔNG TIN VÀ TRUYỀN THÔNG\nSố: 41/BTTTT-KHTC\nV/v báo cáo số trạm phát sóng theo\nQuyết định số 8/QĐ-TTg\n"
        "Hà Nội, ngày 05 tháng 6 năm 2021\nKính gửi: Các Sở.\nĐề nghị báo cáo./.\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nĐỗ Văn Sóng\n"
    )
    found = _values(text)
    assert found["number"] == "41/BTTTT-KHTC"
    assert found["kind"] == "công văn"
    assert found["title"].startswith("báo cáo số trạm phát sóng")
    assert found["issuer"].lower() == "bộ thông tin và truyền thông"
    assert found["signer"] == "Đỗ Văn Sóng"


def test_a_law_is_dated_by_its_adoption():
    text = (
        "QUỐC HỘI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLuật số: 9/2031/QH18\nLUẬT\nCÂY XANH\nĐiều 1. Phạm vi\nCây.\n"
        "Điều 2. Hiệu lực thi hành\nLuật này có hiệu lực từ ngày được thông qua.\n"
        "Luật này được Quốc hội khóa XVIII thông qua ngày 12 tháng 6 năm 2031.\nCHỦ TỊCH QUỐC HỘI\nNguyễn Văn Cội\n"
    )
    found = _values(text)
    assert (found["kind"], found["title"], found["issuer"]) == ("luật", "CÂY XANH", "Quốc hội")
    assert found["issued_on"] == found["effective_from"] == "2031-06-12"


def test_drafts_are_called_so():
    assert _values(_decision(title="DỰ THẢO\nQUYẾT ĐỊNH\nVề việc mở chợ nổi"))["kind"] == "dự thảo quyết định"
    assert (
        _values("Bộ Xây dựng đang lấy ý kiến về dự thảo nghị định quản lý gác xép.\nMỗi nhà một gác.\n")["kind"]
        == "bài viết về dự thảo"
    )


@pytest.mark.parametrize(
    ("text", "about", "day"),
    [
        (
            "Chợ nổi đông vui\nNgày 3/4/2031, tỉnh đã ban hành Quyết định số 77/QĐ-UBND về chợ nổi.\n",
            "77/QĐ-UBND",
            "2031-04-03",
        ),
        ("Theo Nghị quyết 15-NQ/TW, chợ sẽ mở. Nghị quyết 15-NQ/TW nêu ba việc.\n", "15-NQ/TW", None),
        ("Chợ mở theo Quyết định số 1/QĐ-UBND và theo Quyết định số 2/QĐ-UBND.\n", None, None),
        ("Chợ nổi rất đông, dự án thuộc kế hoạch cũ số 9/KH-UBND.\n", None, None),
        ("Chợ nổi rất đông.\n", None, None),
    ],
)
def test_articles_speak_of_a_decision_when_one_stands_out(text, about, day):
    found = _values(text)
    assert (found.get("about"), found.get("issued_on")) == (about, day)
    assert "number" not in found


def test_a_cited_number_is_never_the_own_one():
    text = "Căn cứ Quyết định số 5/QĐ-TTg;\nĐiều 1. Thực hiện Quyết định số 6/QĐ-TTg.\nĐiều 2. Xong.\n"
    assert "number" not in _values(text)


@given(st.text(max_size=300))
def test_any_text_is_read_and_spans_lie_in_it(text):
    text = canonicalise(text)[0]
    for found in metadata(text).values():
        assert found.span.end <= len(text)
        assert found.value


@pytest.mark.shared
def test_real_decisions_state_the_number_that_their_manifest_names(shared):
    import json

    stated = 0
    for entry in json.loads((shared / "documents" / "manifest.json").read_text(encoding="utf-8")):
        text = canonicalise((shared / "documents" / entry["file"]).read_text(encoding="utf-8"))[0]
        found = _values(text)
        assert found.get("number", entry.get("number")) == entry.get("number"), entry["file"]
        assert found.get("about", entry.get("about")) == entry.get("about"), entry["file"]
        stated += "number" in found or "about" in found
    assert stated >= 30


def test_without_a_head_the_enacting_words_name_the_issuer():
    text = "THÔNG TƯ\nQuy định về mái ngói\nCăn cứ Luật Nhà ở;\nBộ trưởng Bộ Xây dựng ban hành Thông tư quy định về mái ngói.\nĐiều 1. Mái.\n"
    found = metadata(text)["issuer"]
    assert (found.value, found.span.of(text)) == ("Bộ Xây dựng", "Bộ Xây dựng")
