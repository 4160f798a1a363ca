"""What the tools give back; the fields are explained in Vietnamese, for the model that reads them."""

from __future__ import annotations

from pydantic import BaseModel, Field

from assistant.service.shapes import DocumentLine
from assistant.targets.target import Target

__all__ = ["DocumentPage", "Documents", "Extracted", "Found", "Heading", "Passage"]


class Passage(BaseModel):
    """A passage that was found."""

    document: str = Field(description="Mã văn bản, dùng cho get_document.")
    path: str = Field(description="Vị trí theo cách viện dẫn, ví dụ: điểm c khoản 2 Điều 1.")
    context: str = Field(description="Các đề mục bên trên đoạn văn.")
    start: int = Field(description="Vị trí ký tự đầu trong văn bản.")
    end: int = Field(description="Vị trí sau ký tự cuối trong văn bản.")
    text: str = Field(description="Nguyên văn.")
    score: float = Field(description="Điểm xếp hạng; chỉ so sánh được trong cùng một lần tìm.")


class Found(BaseModel):
    """The passages for a query."""

    query: str
    hits: list[Passage] = Field(description="Các đoạn văn, sát nhất trước.")


class Extracted(BaseModel):
    """A page of the targets of a text."""

    document: str = Field(description="Tên văn bản vừa đọc.")
    total: int = Field(description="Số chỉ tiêu tìm thấy.")
    targets: list[Target] = Field(description="Các chỉ tiêu từ offset trở đi, mỗi chỉ tiêu kèm nguyên văn.")
    next_offset: int | None = Field(default=None, description="offset của trang sau; null khi đã hết.")


class Heading(BaseModel):
    """A unit of a document by which one finds one's way."""

    path: str = Field(description="Tên đơn vị, ví dụ: Điều 1, Chương II, Phụ lục I.")
    heading: str = Field(description="Tên gọi in bên cạnh.")
    start: int
    end: int


class DocumentPage(BaseModel):
    """A document with a part of its text."""

    id: str
    number: str | None = Field(default=None, description="Số, ký hiệu.")
    about: str | None = Field(
        default=None, description="Số, ký hiệu của văn bản mà bài viết hoặc bản tóm lược nói tới."
    )
    kind: str | None = Field(default=None, description="Loại văn bản.")
    issuer: str | None = Field(default=None, description="Cơ quan ban hành.")
    title: str | None = Field(default=None, description="Trích yếu.")
    issued_on: str | None = Field(default=None, description="Ngày ban hành.")
    effective_from: str | None = Field(default=None, description="Ngày có hiệu lực.")
    effective_to: str | None = Field(default=None, description="Ngày hết hiệu lực, nếu biết.")
    length: int = Field(description="Số ký tự của toàn văn bản.")
    start: int = Field(description="Vị trí ký tự đầu của phần text.")
    text: str = Field(description="Nguyên văn của phần được hỏi.")
    next_offset: int | None = Field(default=None, description="offset để đọc tiếp; null khi đã hết.")
    outline: list[Heading] = Field(default_factory=list, description="Mục lục; chỉ có ở trang đầu.")


class Documents(BaseModel):
    """A page of the list of documents."""

    total: int = Field(description="Số văn bản khớp.")
    documents: list[DocumentLine]
    next_offset: int | None = Field(default=None, description="offset của trang sau; null khi đã hết.")
