"""The tools: arguments with bounds, results with shapes, all of them read-only."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from urllib.parse import quote

from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError, ToolError
from mcp_types import Completion, ToolAnnotations
from pydantic import Field

from assistant.answers.answer import Answer, Turn
from assistant.client.errors import ClientError
from assistant.client.errors import NotFound as NotFoundThere
from assistant.mcp.backend import Backend
from assistant.mcp.files import Allowed
from assistant.mcp.reading import document_page
from assistant.mcp.shapes import DocumentPage, Documents, Extracted, Found
from assistant.service.shapes import IsoDay
from corpus.errors import ChitieuError, NotFound

if TYPE_CHECKING:
    from assistant.mcp.server import Server

__all__ = ["Tools"]

Result = TypeVar("Result")
_LARGEST_TEXT = 1_000_000
_LARGEST_PAGE = 40_000
_LARGEST_RESOURCE = 400_000
_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

_Scope = Annotated[
    list[Annotated[str, Field(max_length=255)]] | None,
    Field(max_length=500, description="Mã các văn bản: chỉ dùng những văn bản này. Bỏ trống: cả kho."),
]
_Offset = Annotated[int, Field(ge=0, description="Bắt đầu từ vị trí này.")]


class Tools:
    """The tools over one backend."""

    def __init__(self, backend: Backend, allowed: Allowed) -> None:
        self._backend = backend
        self._allowed = allowed

    def attach(self, server: Server) -> None:
        """Gives the tools, and documents as resources, to `server`."""
        titles: dict[Callable[..., Any], str] = {
            self.ask: "Hỏi",
            self.search: "Tìm đoạn văn",
            self.extract: "Trích chỉ tiêu",
            self.get_document: "Đọc văn bản",
            self.list_documents: "Danh sách văn bản",
        }
        for tool, title in titles.items():
            description = _DESCRIPTIONS[tool.__name__]
            server.add_tool(tool, title=title, description=description, annotations=_READS, structured_output=True)
        server.resource(
            "chitieu://documents/{id}",
            name="document",
            title="Toàn văn",
            description="Toàn văn một văn bản trong kho, theo mã.",
            mime_type="text/plain",
        )(self.document_text)
        complete: Callable[[Any], Any] = server.completion()  # type: ignore[no-untyped-call]
        complete(self._completed)

    def ask(
        self,
        question: Annotated[str, Field(min_length=1, max_length=2000, description="Câu hỏi tiếng Việt.")],
        history: Annotated[
            list[Turn] | None,
            Field(max_length=40, description="Các lượt hỏi đáp trước, cũ nhất trước; role là user hoặc assistant."),
        ] = None,
        as_of: Annotated[
            IsoDay | None, Field(description="Hỏi theo quy định tại ngày này, dạng 2026-01-31; bỏ trống: hiện nay.")
        ] = None,
        scope: _Scope = None,
    ) -> Answer:
        """See `_DESCRIPTIONS`."""
        return _tried(lambda: self._backend.ask(question, history or (), as_of, scope or ()))

    def search(
        self,
        query: Annotated[str, Field(min_length=1, max_length=2000, description="Từ ngữ cần tìm.")],
        k: Annotated[int, Field(ge=1, le=50, description="Số đoạn văn.")] = 8,
        scope: _Scope = None,
    ) -> Found:
        """See `_DESCRIPTIONS`."""
        return Found(query=query, hits=_tried(lambda: self._backend.search(query, k, scope or ())))

    def extract(
        self,
        text: Annotated[
            str | None, Field(max_length=_LARGEST_TEXT, description="Nội dung văn bản, thay cho path.")
        ] = None,
        path: Annotated[
            str | None,
            Field(max_length=1000, description="Tệp (txt, md, html, docx, pdf, ...) trong thư mục được phép đọc."),
        ] = None,
        name: Annotated[str, Field(max_length=200, description="Tên gọi cho text.")] = "van-ban",
        offset: _Offset = 0,
        limit: Annotated[int, Field(ge=1, le=200, description="Số chỉ tiêu một trang.")] = 50,
    ) -> Extracted:
        """See `_DESCRIPTIONS`."""
        if (text is None) == (path is None):
            raise ToolError("cần đúng một trong hai: text hoặc path")

        def extracted() -> tuple[str, list[Any]]:
            file = (f"{name}.txt", text.encode()) if text is not None else self._allowed.read(path or "")
            return self._backend.extract(*file)

        document, targets = _tried(extracted)
        page = targets[offset : offset + limit]
        return Extracted(document=document, total=len(targets), targets=page, next_offset=_next(offset, limit, targets))

    def get_document(
        self,
        id: Annotated[str, Field(min_length=1, max_length=255, description="Mã văn bản, hoặc số, ký hiệu.")],
        provision: Annotated[
            str | None, Field(max_length=300, description="Chỉ đọc đơn vị này, ví dụ: khoản 2 Điều 1.")
        ] = None,
        offset: _Offset = 0,
        limit: Annotated[int, Field(ge=1, le=_LARGEST_PAGE, description="Số ký tự một lần đọc.")] = 8000,
    ) -> DocumentPage:
        """See `_DESCRIPTIONS`."""
        return _tried(lambda: document_page(self._backend.document(id), offset, limit, provision))

    def list_documents(
        self,
        q: Annotated[str, Field(max_length=200, description="Các từ trong số, trích yếu, cơ quan, loại.")] = "",
        offset: _Offset = 0,
        limit: Annotated[int, Field(ge=1, le=200, description="Số văn bản một trang.")] = 50,
    ) -> Documents:
        """See `_DESCRIPTIONS`."""
        found = _tried(lambda: self._backend.documents(q))
        page = found[offset : offset + limit]
        return Documents(total=len(found), documents=page, next_offset=_next(offset, limit, found))

    def document_text(self, id: str) -> str:
        """The text of the document.

        Raises:
            ResourceError: it cannot be read, or is too long to be handed over at once.
        """
        try:
            text = self._backend.document(id).text
        except (NotFound, NotFoundThere) as error:
            raise ResourceNotFoundError(_one_line(error)) from error
        except (ChitieuError, ClientError) as error:
            raise ResourceError(_one_line(error)) from error
        if len(text) > _LARGEST_RESOURCE:
            raise ResourceError(f"văn bản dài {len(text)} ký tự; hãy đọc từng phần bằng get_document")
        return text

    async def _completed(self, _ref: Any, argument: Any, _context: Any) -> Completion | None:
        if argument.name != "id":
            return None
        import anyio

        found = await anyio.to_thread.run_sync(self._backend.documents, "")
        near = [quote(d.id, safe="") for d in found if argument.value.lower() in d.id.lower()]
        return Completion(values=near[:100], total=len(near), has_more=len(near) > 100)


_DESCRIPTIONS = {
    "ask": "Trả lời câu hỏi về các văn bản trong kho. Mỗi ý kèm trích dẫn nguyên văn và đã được đối chiếu; khi văn bản "
    "không nêu thì abstained là true và reason cho biết lý do.",
    "search": "Tìm các đoạn văn sát với từ ngữ hỏi, kèm vị trí trong văn bản. Dùng khi cần nguyên văn, không cần câu "
    "trả lời.",
    "extract": "Trích các chỉ tiêu (tỷ lệ, số lượng, thời hạn, đối tượng) từ một văn bản chưa có trong kho: gửi nội "
    "dung trong text, hoặc path của tệp trong thư mục được phép đọc. Văn bản không được lưu lại.",
    "get_document": "Đọc một văn bản trong kho: thông tin, mục lục và nguyên văn theo từng phần. Đọc tiếp bằng "
    "next_offset, hoặc chỉ một điều, khoản bằng provision.",
    "list_documents": "Liệt kê các văn bản trong kho, mới nhất trước.",
}


def _tried(work: Callable[[], Result]) -> Result:
    """What `work` gives; what goes wrong on purpose is told to the model, the rest is a crash."""
    try:
        return work()
    except (ChitieuError, ClientError) as error:
        raise ToolError(_one_line(error)) from None


def _one_line(error: Exception) -> str:
    from assistant.service.failures import without_folders

    return without_folders(" ".join(str(error).split()))


def _next(offset: int, limit: int, found: list[Any]) -> int | None:
    return offset + limit if offset + limit < len(found) else None
