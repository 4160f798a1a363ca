"""The examples in the OpenAPI description: a made-up decision, so that no example ages with the corpus."""

from __future__ import annotations

from typing import Any

__all__ = [
    "ANSWER",
    "ASK",
    "DOCUMENT",
    "DOCUMENTS",
    "EXTRACTED",
    "FEEDBACK",
    "FEEDBACK_KEPT",
    "REFUSAL",
    "SEARCH",
    "SUGGESTIONS",
    "TARGETS",
]

_TEXT = "Điều 1. Mục tiêu\n1. Đến năm 2027, 80% trạm quan trắc nước truyền số liệu tự động."
_QUOTE = "80% trạm quan trắc nước truyền số liệu tự động"
_START = _TEXT.index(_QUOTE)

_CITATION: dict[str, Any] = {
    "document": "123-qd-ttg-2024",
    "number": "123/QĐ-TTg",
    "title": "Chương trình quan trắc nước đến năm 2027",
    "path": "khoản 1 Điều 1",
    "start": _START,
    "end": _START + len(_QUOTE),
    "quote": _QUOTE,
    "link": "vn/qd-ttg/2024/123@2024-02-15#dieu_1.khoan_1",
}
_TARGET: dict[str, Any] = {
    "indicator": "trạm quan trắc nước truyền số liệu tự động",
    "comparator": "=",
    "value": 80.0,
    "value_max": None,
    "unit": "%",
    "qualitative": None,
    "deadline": "2027",
    "period": None,
    "scope": None,
    "section": "Điều 1. Mục tiêu",
    "status": "target",
    "target_class": "numeric",
    "citation": _CITATION,
    "confidence": 0.93,
    "inherited": {},
    "review": [],
}
_LINE: dict[str, Any] = {
    "id": "123-qd-ttg-2024",
    "number": "123/QĐ-TTg",
    "about": None,
    "kind": "Quyết định",
    "issuer": "Thủ tướng Chính phủ",
    "title": "Chương trình quan trắc nước đến năm 2027",
    "issued_on": "2024-02-15",
    "effective_from": "2024-02-15",
    "effective_to": None,
}
_QUESTION = "Đến năm 2027 bao nhiêu phần trăm trạm quan trắc nước truyền số liệu tự động?"
_SAID = "Đến năm 2027, 80% trạm quan trắc nước truyền số liệu tự động (khoản 1 Điều 1, 123/QĐ-TTg)."

ASK: dict[str, Any] = {"question": _QUESTION, "history": [], "as_of": "2026-01-01", "scope": []}
ANSWER: dict[str, Any] = {
    "question": _QUESTION,
    "standalone": _QUESTION,
    "answer": _SAID,
    "abstained": False,
    "reason": None,
    "citations": [_CITATION],
    "targets": [_TARGET],
    "confidence": 0.91,
    "claims": [{"text": _SAID, "citations": [0], "verified": True, "problem": ""}],
    "suggestions": [],
}
REFUSAL: dict[str, Any] = {
    "question": "Ai vô địch bóng đá năm 2010?",
    "standalone": "Ai vô địch bóng đá năm 2010?",
    "answer": "Các văn bản trong kho không nói về việc này.",
    "abstained": True,
    "reason": "out_of_scope",
    "citations": [],
    "targets": [],
    "confidence": 0.02,
    "claims": [],
    "suggestions": [_QUESTION],
}
SEARCH: dict[str, Any] = {
    "query": "trạm quan trắc nước",
    "hits": [
        {
            "document": "123-qd-ttg-2024",
            "path": "khoản 1 Điều 1",
            "context": "Điều 1. Mục tiêu",
            "start": _TEXT.index("1. Đến"),
            "end": len(_TEXT),
            "text": _TEXT[_TEXT.index("1. Đến") :],
            "score": 0.031,
        }
    ],
}
DOCUMENTS: dict[str, Any] = {"total": 1, "documents": [_LINE]}
DOCUMENT: dict[str, Any] = {
    **_LINE,
    "signer": "Trần Thị Ví Dụ",
    "text": _TEXT,
    "provisions": [
        {
            "kind": "điều",
            "label": "1",
            "heading": "Mục tiêu",
            "span": {"start": 0, "end": len(_TEXT)},
            "parent": None,
            "path": "Điều 1",
        }
    ],
    "relations": [],
    "sha256": "0" * 64,
    "source": "123-qd-ttg-2024.txt",
    "provenance": {"number": {"source": "sidecar", "span": None}},
    "targets": [_TARGET],
}
SUGGESTIONS: dict[str, Any] = {"suggestions": [_QUESTION]}
TARGETS: dict[str, Any] = {"total": 1, "targets": [_TARGET]}
EXTRACTED: dict[str, Any] = {"document": "123-qd-ttg-2024", "targets": [_TARGET]}
FEEDBACK: dict[str, Any] = {
    "question": _QUESTION,
    "answer": _SAID,
    "verdict": "down",
    "comment": "Cần nêu thêm phạm vi áp dụng.",
    "citations": ["vn/qd-ttg/2024/123@2024-02-15#dieu_1.khoan_1"],
}
FEEDBACK_KEPT: dict[str, Any] = {"id": "5f0c6a52b7c94f6d"}
