"""Refusals: a reason with its Vietnamese sentence, and what the documents do say near by."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.answer import Answer, Reason
from corpus.document import Citation

__all__ = ["SENTENCES", "refusal"]

SENTENCES: dict[Reason, str] = {
    Reason.NO_EVIDENCE: "Tôi không tìm thấy nội dung này trong các văn bản hiện có.",
    Reason.NOT_IN_FORCE: "Văn bản được hỏi không có hiệu lực tại thời điểm nêu trong câu hỏi.",
    Reason.FIGURE_NOT_STATED: "Các văn bản hiện có nói đến vấn đề này nhưng không nêu điều được hỏi.",
    Reason.AMBIGUOUS: "Câu hỏi có thể chỉ nhiều văn bản khác nhau; xin cho biết văn bản nào.",
    Reason.OUT_OF_SCOPE: "Câu hỏi nằm ngoài phạm vi: tôi chỉ trả lời về nội dung của các văn bản đã được đưa "
    "vào hệ thống.",
}


def refusal(question: str, standalone: str, reason: Reason, near: Sequence[str] = (), detail: str = "",
            confidence: float = 0.0, citations: Sequence[Citation] = ()) -> Answer:  # fmt: skip
    """The refusal for `reason`; `near` are short statements that the documents do make, offered as suggestions.

    `citations` carry what `detail` says of the documents.
    """
    said = SENTENCES[reason] + (f" {detail}" if detail else "")
    return Answer(
        question=question,
        standalone=standalone,
        answer=said,
        abstained=True,
        reason=reason,
        citations=tuple(citations),
        confidence=confidence,
        suggestions=tuple(near),
    )
