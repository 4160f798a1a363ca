"""Greetings, thanks, and questions about the assistant itself."""

from __future__ import annotations

from assistant.answers.normalise import is_bare, tokens
from assistant.answers.patterns import Phrase, Typed

__all__ = ["reply"]

_REPLIES: tuple[tuple[Phrase, str], ...] = (
    (
        Phrase(r"(bạn|mày|em|trợ lý|đây|chatbot|anh|chị) (là )?(ai|gì)( vậy| thế| đó)?|bạn tên (là )?gì"
        r"|giới thiệu (về )?bản thân"),
        "Tôi là trợ lý tra cứu văn bản. Tôi trả lời câu hỏi về nội dung các văn bản trong hệ thống, "
        "kèm trích dẫn nguyên văn; điều văn bản không nói, tôi sẽ nói là không có.",
    ),
    (
        Phrase(r"(bạn|trợ lý) (có thể |biết )?(làm|giúp|trả lời)( được)?( những)?( gì| tôi gì)( được)?"
        r"|hướng dẫn (sử dụng|dùng|tra cứu)|giúp (tôi )?(với|được gì)|dùng (như )?thế nào"),
        "Bạn có thể hỏi về chỉ tiêu, thời hạn, danh mục, trách nhiệm trong văn bản, so sánh hai văn bản, "
        "hoặc dán một câu hỏi như: “Quyết định số … đặt mục tiêu bao nhiêu phần trăm …?”",
    ),
    (Phrase(r"(xin |kính )?chào( \S+){0,4}|hello|hi|alo|hế lô|chào (bạn|anh|chị"
    r"|em)"), "Xin chào! Bạn muốn tra cứu điều gì trong các văn bản?"),
    (Phrase(r"(xin |rất )?cảm ơn( \S+){0,5}|cám ơn( \S+){0,5}|thank(s| you)?"), "Rất vui được giúp bạn."),
    (Phrase(r"(tạm biệt|bye|chào tạm biệt)( \S+){0,3}"), "Tạm biệt, hẹn gặp lại bạn."),
)  # fmt: skip
_LONG = 9
"""A message of more words than this is taken for a question even when it opens with a greeting."""


def reply(text: str) -> str | None:
    """The answer to a greeting or a question about the assistant, or None when `text` is neither."""
    words = tokens(text)
    if not words or len(words) > _LONG:
        return None
    typed = Typed(words, is_bare(text) or (len(words) < 3 and text.isascii()))
    for phrase, answer in _REPLIES:
        found = phrase.find(typed)
        if found and found[1] - found[0] >= 0.6 * len(words):
            return answer
    return None
