from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Span
from corpus.encoding import ENCODINGS, convert, convert_mapped, detect, encode, is_syllable, repair, share_of_syllables
from corpus.encoding.tables import LETTERS, table
from corpus.readers import read

SENTENCES = (
    "Ủy ban nhân dân huyện tổ chức kiểm kê đất rừng phòng hộ trước ngày 15 tháng 7 hằng năm.",
    "Đến hết quý III, ít nhất 85% trạm y tế xã được nối mạng cáp quang.",
    "Giám đốc sở chịu trách nhiệm giải quyết khiếu nại của người dân về phí thoát nước.",
    "Quỹ hỗ trợ nghề cá chi không quá 1.200 đồng cho mỗi lượt tàu cập bến.",
)
PAGE = "\n".join(SENTENCES)
words = st.text(alphabet=LETTERS + "abcdghiklmnopqrstuvxyABCDGHIKLMNOPQRSTUVXY ,.;:%0123456789()/-\n", max_size=200)


@pytest.mark.parametrize("encoding", [e for e in ENCODINGS if e != "Windows-1258"])
def test_each_of_the_134_letters_has_a_code_of_its_own(encoding):
    assert len(set(LETTERS)) == 134
    assert sorted(table(encoding).values()) == sorted(LETTERS)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_letter_comes_back(encoding):
    for letter in LETTERS:
        assert convert(encode(letter, encoding).decode("latin-1"), encoding) == letter


@pytest.mark.parametrize(
    ("surface", "encoding", "text"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "TCVN3", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "TCVN3", "Độc lập - Tự do - Hạnh phúc"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "VNI", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("ÑOÄC LAÄP - TÖÏ DO", "VNI", "ĐỘC LẬP - TỰ DO"),
        ("Cµ phª, ®­êng, s÷a", "TCVN3", "Cà phê, đường, sữa"),
    ],
)
def test_known_words_of_the_fonts(surface, encoding, text):
    assert convert(surface, encoding) == text


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=words)
def test_the_way_there_and_back_is_exact(encoding, text):
    raw = encode(text, encoding).decode("latin-1")
    assert convert(raw, encoding) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=words)
def test_each_new_character_leads_back_to_its_codes(encoding, text):
    raw = encode(text, encoding).decode("latin-1")
    made, back = convert_mapped(raw, encoding)
    for at in range(len(made)):
        place = back.span(Span(start=at, end=at + 1))
        assert convert_mapped(place.of(raw), encoding)[0] == made[at]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("length", [1, 2, 4])
def test_the_encoding_is_told_from_a_few_sentences(encoding, length):
    text = "\n".join(SENTENCES[:length])
    guess = detect(encode(text, encoding).decode("latin-1"))
    assert guess is not None
    assert guess.encoding == encoding
    assert guess.confidence > 0.9
    assert repair(encode(text, encoding).decode("latin-1"))[0] == text


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_vietnamese_is_left_alone(form):
    text = unicodedata.normalize(form, PAGE)
    assert repair(text) == (text, None)


@pytest.mark.parametrize(
    "text",
    [
        "Le café du théâtre est fermé à la fin de l’été; les élèves préfèrent étudier.",
        "Müller fährt über die Straße; schöne Grüße aus Köln und Düsseldorf.",
        "The quick brown fox – “jumps” over 3 × 4 °C §5 ® © ½.",
        "",
    ],
)
def test_other_languages_are_left_alone(text):
    assert repair(text) == (text, None)


def test_lines_already_in_unicode_stay_among_converted_ones():
    old = encode(PAGE, "TCVN3").decode("latin-1")
    text = f"{old}\nĐường ống cấp nước được kiểm định.\n{old}"
    assert repair(text)[0] == f"{PAGE}\nĐường ống cấp nước được kiểm định.\n{PAGE}"


def test_headings_set_in_capital_fonts_become_capitals():
    heading = "UỶ BAN NHÂN DÂN HUYỆN"
    typed = "".join(c if c.isascii() else encode(c.lower(), "TCVN3").decode("latin-1") for c in heading)
    assert repair(typed + "\n" + encode(PAGE, "TCVN3").decode("latin-1"))[0].split("\n")[0] == heading


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_file_in_an_old_encoding_is_read_and_says_so(tmp_path, encoding):
    path = tmp_path / "cu.txt"
    path.write_bytes(encode(PAGE, encoding))
    reading = read(path)
    assert unicodedata.normalize("NFC", reading.text) == PAGE
    assert encoding in reading.notes[0]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told(tmp_path, encoding):
    path = tmp_path / "rong.txt"
    path.write_bytes(PAGE.encode(encoding))
    assert read(path).text == PAGE


@pytest.mark.parametrize(
    "word", ["quyết", "nghiêng", "gì", "giếng", "khuỷu", "thuở", "quốc", "ý", "Đắk", "ươm", "yêu", "ngoằn", "oạch"]
)
def test_syllables_are_known(word):
    assert is_syllable(word) is (word != "Đắk")


@pytest.mark.parametrize("word", ["ph", "quyêt", "àb", "thế́", "bcd", "strasse", "qquan", "ằng3"])
def test_other_words_are_not_syllables(word):
    assert not is_syllable(word)


@pytest.mark.shared
def test_every_real_document_survives_each_encoding(shared):
    for path in sorted((shared / "documents").glob("*.txt")):
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        text = "".join(c if (c.isascii() and c.isprintable()) or c == "\n" or c in LETTERS else " " for c in text)
        assert share_of_syllables(text)[0] > 0.9
        for encoding in ENCODINGS:
            raw = encode(text, encoding).decode("latin-1")
            assert convert(raw, encoding) == text, (path.name, encoding)
            guess = detect(raw[:6000])
            assert guess is not None, (path.name, encoding)
            assert guess.encoding == encoding, (path.name, encoding)
