"""How much each word of a question weighs: the rare ones decide, those that ask or that every plan has hardly count."""

from __future__ import annotations

from assistant.answers.lexicon import Lexicon
from assistant.answers.normalise import Token, tokens
from assistant.answers.patterns import Typed
from assistant.answers.units import UNITS

__all__ = ["ASKS_ONLY", "loose", "weight"]

_LIGHT = {
    word: weight
    for weight, words in (
        (0.12, "đi xong"),
        (0.2, "tới"),
        (0.15, "ấy"),
        (0.25, "đem vừa riêng bây đây muốn hiểu kể rồi thôi cỡ cở chừng tầm dạo nói nêu nhắc đòi hỏi"),
        (0.4, "ghi"),
        (0.3, "đạt ít nhất tỷ tỉ lệ quyết phấn nhau phần trăm chiếm kéo dài diễn bắt nhiều so nhằm cả lại"),
        (
            0.4,
            "áp thực hiện triển tối thiểu mục tiêu chỉ bảo đảm định kế hoạch chương trình đề nghị đấu cụ thể "
            "khác việt đầu kết thúc số thêm dùng đưa thuộc",
        ),
        (0.5, "khai sử dụng án toàn dự kiến cao thấp mỗi nam ban hành giữa quy mô"),
        (0.6, "văn bản hoàn tổng mới cũ hàng hằng nước nhà đơn vị bị lượng nội dung"),
        (0.7, "trung bình người tham gia"),
        (0.8, "công"),
    )
    for word in words.split()
}
"""Words that many questions and many provisions share, with the part of their weight that they keep."""
ASKS_ONLY = 0.35
"""What is left of the weight of a verb that only asks."""
LOOSE, UNMARKED, MARKED = 0.35, 0.6, 0.7
"""What a match by bare form alone is worth: of any word, of one that looks as if its mark was left out, and of one in
text without marks whose marks are known."""


def loose(typed: Typed, place: int, lexicon: Lexicon) -> float:
    """What a match by bare form is worth for the word at `place`.

    In text typed with diacritics, a word without any may lack its mark or may have none ("cua", "của"): the former only
    where the corpus has it, marked, beside the same neighbour.
    """
    word = typed.words[place]
    if typed.plain:
        return 1.0 if word.key == word.bare else MARKED
    if word.key != word.bare or lexicon.knows(word.key):
        return LOOSE
    before = typed.words[place - 1].bare if place else ""
    after = typed.words[place + 1].bare if place + 1 < len(typed.words) else ""
    return UNMARKED if lexicon.paired(before, word.bare) or lexicon.paired(word.bare, after) else LOOSE


_LIGHT_BARE = {tokens(w)[0].bare: f for w, f in _LIGHT.items() if w != "đi"}
"""Without "đi": "di" is a word of its own ("di động", "di sản")."""
_LIGHT_KEY = {tokens(w)[0].key: f for w, f in _LIGHT.items()}


def weight(word: Token, lexicon: Lexicon) -> float:
    """What a match of `word` is worth: 7 at most, less for what many provisions share."""
    if word.key in UNITS:
        return 0.3
    factor = _LIGHT_KEY.get(word.key) or (_LIGHT_BARE.get(word.bare) if word.key == word.bare else None) or 1.0
    return factor * min(lexicon.weight(word), 7.0)
