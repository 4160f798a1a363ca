"""One JSON shape for every error: `{"error": {"code", "message", "detail"?}}`."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from corpus.errors import ChitieuError, WorkError

__all__ = [
    "ErrorReply",
    "NotReady",
    "Problem",
    "TooLarge",
    "WrongMedia",
    "documented",
    "failure",
    "install",
    "without_folders",
]

log = logging.getLogger("chitieu.service")


class Problem(BaseModel):
    """One thing that is wrong: `where` names the field or part, `problem` says what was found."""

    where: str
    problem: str


class ErrorBody(BaseModel):
    """`code` is for programs and stays the same; `message` is for people and says how to mend it."""

    code: str
    message: str
    detail: list[Problem] | None = None


class ErrorReply(BaseModel):
    """What every route sends instead of its reply when it cannot serve the request."""

    error: ErrorBody


class TooLarge(HTTPException):
    """The body is larger than the service accepts."""

    def __init__(self, limit: int) -> None:
        size = f"{limit / 1_048_576:.0f} MB" if limit >= 1_048_576 else f"{limit // 1024} KB"
        super().__init__(413, f"Nội dung gửi lên vượt quá {size}; hãy gửi tệp hoặc câu hỏi ngắn hơn.")


class WrongMedia(HTTPException):
    """The body is not of the media type that the route reads."""

    def __init__(self, expected: str) -> None:
        super().__init__(415, f"Nội dung gửi lên phải có kiểu {expected} (tiêu đề Content-Type).")


class NotReady(HTTPException):
    """The service runs but cannot answer yet; `problems` say which part is missing."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(503, "Dịch vụ chưa sẵn sàng trả lời: " + "; ".join(p.problem for p in problems))
        self.problems = list(problems)


_FOLDERS = re.compile(r"(?<![\w.:/])/(?:[^\s:;,/]+/)+")

_CODES = {
    400: ("bad_request", "Yêu cầu không đọc được."),
    403: ("forbidden", "Không có quyền thực hiện việc này, hoặc phiên làm việc đã hết; hãy đăng nhập lại."),
    404: ("not_found", "Không có địa chỉ này; xem danh sách địa chỉ tại /openapi.json."),
    405: ("method_not_allowed", "Địa chỉ này không nhận phương thức vừa dùng; xem tiêu đề Allow."),
    413: ("payload_too_large", "Nội dung gửi lên quá lớn."),
    415: ("unsupported_media_type", "Kiểu nội dung không được hỗ trợ."),
    422: ("invalid_input", "Yêu cầu có trường chưa đúng; xem mục detail."),
    500: ("internal_error", "Máy chủ gặp lỗi khi xử lý; hãy thử lại và báo người quản trị nếu lỗi lặp lại."),
    501: ("missing_part", "Máy chủ chưa cài phần cần để đọc loại tệp này."),
    503: ("not_ready", "Dịch vụ chưa sẵn sàng."),
}

_WORDS = {
    "missing": "bắt buộc phải có",
    "string_too_short": "không được để trống",
    "string_too_long": "dài quá {max_length} ký tự",
    "too_long": "có quá {max_length} mục",
    "string_type": "phải là chuỗi ký tự",
    "string_pattern_mismatch": "không đúng dạng {pattern}",
    "int_parsing": "phải là số nguyên",
    "greater_than_equal": "phải từ {ge} trở lên",
    "less_than_equal": "không được quá {le}",
    "literal_error": "phải là một trong: {expected}",
    "enum": "phải là một trong: {expected}",
    "list_type": "phải là danh sách",
    "json_invalid": "không phải là JSON hợp lệ",
    "model_attributes_type": "phải là một đối tượng JSON",
    "extra_forbidden": "không có trường này",
}


def failure(
    status: int,
    code: str | None = None,
    message: str | None = None,
    detail: Sequence[Problem] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The response for an error; `code` and `message` default to those of the HTTP status."""
    usual = _CODES.get(status, (HTTPStatus(status).name.lower(), HTTPStatus(status).phrase))
    body = ErrorBody(code=code or usual[0], message=message or usual[1], detail=list(detail) if detail else None)
    content = ErrorReply(error=body).model_dump(exclude_none=True)
    return JSONResponse(content, status_code=status, headers=dict(headers or {}))


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI `responses` for these statuses, each with an example of the shape."""
    return {status: _documented(status) for status in (*statuses, 500)}


def _documented(status: int) -> dict[str, Any]:
    code, message = _CODES[status]
    error: dict[str, Any] = {"code": code, "message": message}
    if status == 422:
        error["detail"] = [{"where": "question", "problem": "không được để trống"}]
    if status == 503:
        error["detail"] = [{"where": "index", "problem": "chưa có chỉ mục; hãy chạy `chitieu add`"}]
    return {
        "model": ErrorReply,
        "description": HTTPStatus(status).phrase,
        "content": {"application/json": {"example": {"error": error}}},
    }


def _problems(error: RequestValidationError) -> list[Problem]:
    found = []
    for item in error.errors():
        where = ".".join(str(part) for part in item["loc"] if part not in ("body", "query", "path")) or "body"
        words = _WORDS.get(item["type"])
        context = item.get("ctx") or {}
        found.append(Problem(where=where, problem=words.format(**context) if words else str(item["msg"])))
    return found


def of(error: Exception) -> JSONResponse:
    """The response for any exception that a route may raise."""
    if isinstance(error, RequestValidationError):
        problems = _problems(error)
        said = "; ".join(f"{p.where}: {p.problem}" for p in problems)
        return failure(422, message=f"Yêu cầu chưa đúng: {said}.", detail=problems)
    if isinstance(error, NotReady):
        return failure(503, message=error.detail, detail=error.problems, headers={"Retry-After": "5"})
    if isinstance(error, HTTPException):
        own = isinstance(error, TooLarge | WrongMedia)
        return failure(error.status_code, message=error.detail if own else None, headers=error.headers)
    if isinstance(error, ChitieuError):
        if isinstance(error, WorkError):
            log.error("%s: %s", error.code, error)
        return failure(error.http_status, error.code, without_folders(str(error)))
    return failure(500)


def without_folders(message: str) -> str:
    """`message` with absolute paths cut to their last part: where files lie is nobody's business outside."""
    return _FOLDERS.sub("", message)


def install(app: FastAPI) -> None:
    """Makes every error of `app` use the one shape; people who open a page get a page that says the same."""

    async def handle(request: Request, error: Exception) -> Response:
        reply = of(error)
        return _page(request, reply) if _wants_page(request) else reply

    for kind in (ChitieuError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, handle)


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")


def _page(request: Request, reply: JSONResponse) -> Response:
    import json

    from assistant.service.pages.layout import page

    error = json.loads(bytes(reply.body))["error"]
    message = (
        "Không tìm thấy trang này." if reply.status_code == 404 and "/api" in error["message"] else error["message"]
    )
    return page(request, "error.html", status=reply.status_code, status_code=reply.status_code, message=message)
