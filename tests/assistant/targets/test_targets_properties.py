"""What must hold for any text: exact quotes, no crash, and nothing that spelling or layout changes."""

from __future__ import annotations

import hashlib
import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.targets import extract
from assistant.targets.folding import fold
from corpus.canonical import canonicalise
from corpus.document import Document

SUBJECTS = ("xã", "trạm bơm", "bến đò", "hộ chăn nuôi", "làng nghề", "kho lạnh", "tàu cá", "thủy điện nhỏ")
STATES = ("có điện", "được kiểm tra hằng quý", "lắp công tơ", "đạt chuẩn hoà giải", "kết nối mạng")
PIECES = (
    "80%", "1.200", "đến năm 2030", "tối thiểu", "trên", "và", ",", ";", ":", "(", ")", ".", "\n", "\n- ", "| ", " |", "đạt", "giảm",
    "tăng gấp đôi", "không còn", "mục tiêu", "II. MỤC TIÊU\n", "| TT | Chỉ tiêu | Đơn vị | Năm 2030 |\n", "hộ", "tỷ đồng", "MW", "từ",
    "5 - 7%/năm", "1/2", "hầu hết", "nhóm 10 nước dẫn đầu", "‰", "\u0301", "İ", "\u200b", "TT Chỉ tiêu 1 A 2 B 3 C", "Điều 1.", "=", "≥",
)  # fmt: skip


def made(raw):
    text, _ = canonicalise(raw)
    return Document(id="x", text=text, sha256=hashlib.sha256(text.encode()).hexdigest())


def atoms(raw):
    return [
        (t.comparator, t.value, t.value_max, t.unit, t.deadline, t.status, t.qualitative) for t in extract(made(raw))
    ]


@st.composite
def goals(draw):
    lines = []
    for number in range(draw(st.integers(1, 5))):
        subject, state = draw(st.sampled_from(SUBJECTS)), draw(st.sampled_from(STATES))
        value = draw(st.integers(1, 99))
        form = draw(st.integers(0, 3))
        noun = f"{subject} khu {'abcde'[number]}"
        lines.append(
            [
                f"- {value}% {noun} {state}.",
                f"- Tỷ lệ {noun} {state} đạt tối thiểu {value}%.",
                f"- Số {noun} {state} giảm {value} - {value + 3}%/năm.",
                f"- Hỗ trợ {value} {noun} để {state} vào năm 2027.",
            ][form]
        )
    return lines


HEAD = "II. MỤC TIÊU\n1. Mục tiêu cụ thể đến năm 2030\n"


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40))
@settings(max_examples=250, deadline=None)
def test_any_text_gives_exact_quotes_and_never_a_crash(pieces):
    document = made(" ".join(pieces))
    for target in extract(document):
        assert document.text[target.citation.start : target.citation.end] == target.citation.quote
        for span in target.inherited.values():
            assert 0 <= span.start <= span.end <= len(document.text)
        assert target.value_max is None or target.value_max > target.value
        assert (target.value is None) == (target.target_class != "numeric") or target.qualitative == "ra khỏi danh sách"


@given(st.text(max_size=60))
def test_folding_keeps_every_offset(text):
    assert len(fold(text)) == len(text)


@given(goals(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_shuffled_items_give_the_same_atoms(lines, shuffler):
    shuffled = list(lines)
    shuffler.shuffle(shuffled)
    assert sorted(atoms(HEAD + "\n".join(lines)), key=str) == sorted(atoms(HEAD + "\n".join(shuffled)), key=str)


@given(goals())
@settings(max_examples=40, deadline=None)
def test_spelling_and_spacing_change_no_figure(lines):
    text = HEAD + "\n".join(lines)
    expected = atoms(text)
    assert atoms(unicodedata.normalize("NFD", text)) == expected
    assert atoms(text.replace("oà", "òa").replace("ủy", "uỷ").replace("ủ", "ủ")) == expected
    assert atoms(text.replace("Tỷ lệ", "Tỉ lệ")) == expected
    assert atoms(text.replace("% ", " % ").replace(" ", "  ").replace("\n", "\r\n")) == expected
    assert atoms(text.replace(" ", "\u00a0")) == expected
    assert atoms(text.replace(" - ", " – ")) == expected


def test_hard_wrapped_lines_change_no_figure():
    items = [
        f"- Tỷ lệ {subject} tại các xã ven biển và hải đảo được kiểm tra đầy đủ theo đúng quy trình kỹ thuật đạt {40 + i}%."
        for i, subject in enumerate(SUBJECTS)
    ]
    text = HEAD + "\n".join(items)
    wrapped = []
    for line in text.split("\n"):
        while len(line) > 70:
            cut = line.rfind(" ", 0, 70)
            wrapped.append(line[:cut])
            line = line[cut + 1 :]
        wrapped.append(line)
    assert atoms("\n".join(wrapped)) == atoms(text)


@pytest.mark.parametrize(
    "unit", ["phấn đấu 80% số xã đạt chuẩn, có 20 trạm y tế, ", "( 5% ) ", "1.2 số 5 đạt ", "không còn "]
)
def test_time_grows_with_length_only(unit):
    import time

    def seconds(length):
        document = made(unit * (length // len(unit)))
        started = time.process_time()
        extract(document)
        return time.process_time() - started

    assert seconds(32_000) < 12 * seconds(8_000) + 0.2


def test_the_same_text_gives_the_same_targets():
    lines = [f"- {random.Random(7).randint(1, 99)}% {s} có điện." for s in SUBJECTS]
    assert extract(made(HEAD + "\n".join(lines))) == extract(made(HEAD + "\n".join(lines)))
