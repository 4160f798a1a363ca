"""The types that every room shares.

Offsets are half-open and count characters of a document's canonical text (see `corpus.canonical`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

__all__ = [
    "Citation",
    "Document",
    "Frozen",
    "IsoDate",
    "Provenance",
    "Provision",
    "ProvisionKind",
    "Relation",
    "RelationKind",
    "Span",
]

IsoDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""An ISO 8601 date, shortened to month or year when no more is known."""


class Frozen(BaseModel):
    """A value: equal by content, never changed in place, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Frozen):
    """Characters `start` (inclusive) to `end` (exclusive) of a canonical text."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"span ends at {self.end}, before it starts at {self.start}")
        return self

    def __len__(self) -> int:
        return self.end - self.start

    def holds(self, other: Span) -> bool:
        """Whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]


class ProvisionKind(StrEnum):
    """The units of a Vietnamese legal text, from the widest to the narrowest."""

    PHAN = "phần"
    CHUONG = "chương"
    MUC = "mục"
    TIEU_MUC = "tiểu mục"
    DIEU = "điều"
    KHOAN = "khoản"
    DIEM = "điểm"
    ITEM = "gạch đầu dòng"
    PHU_LUC = "phụ lục"
    TABLE = "bảng"
    ROW = "dòng bảng"
    PARAGRAPH = "đoạn"
    HEADER = "phần đầu"
    SIGNATURE = "chữ ký"
    RECIPIENTS = "nơi nhận"


class Provision(Frozen):
    """One node of a document's structure.

    `label` is the number as printed ("1", "a", "IV"; empty for items and paragraphs), `heading` the words
    printed beside it, `parent` the place of the parent in `Document.provisions`, and `path` the name that a
    lawyer would use ("điểm c khoản 2 Điều 1"). A parent's span holds its children's; the spans of the nodes
    without children tile the text.
    """

    kind: ProvisionKind
    label: str = ""
    heading: str = ""
    span: Span
    parent: int | None = None
    path: str = ""


class RelationKind(StrEnum):
    """What one document says about another."""

    BASIS = "căn cứ"
    REPLACES = "thay thế"
    REPEALS = "bãi bỏ"
    AMENDS = "sửa đổi, bổ sung"
    GUIDES = "hướng dẫn"
    REFERS = "dẫn chiếu"
    EXTENDS = "kéo dài"


class Relation(Frozen):
    """A statement at `span` about the document numbered `number`, which may not be in the corpus."""

    kind: RelationKind
    number: str
    span: Span
    issued_on: IsoDate | None = None
    provision: str | None = None


class Provenance(Frozen):
    """Where a metadata field came from: a span of the text, a sidecar file, the command line, the file name."""

    source: Literal["text", "sidecar", "command", "name"]
    span: Span | None = None


class Document(Frozen):
    """A decision, plan, letter or article with its canonical text, structure and metadata.

    `about` is the number that an article or summary speaks of, `sha256` the hash of the canonical text in
    UTF-8, `source` where the file came from, `provenance` the origin of each metadata field that is set. It holds from
    `effective_from` to the end of `effective_to`, the last day in force.
    """

    id: str = Field(min_length=1)
    number: str | None = None
    kind: str | None = None
    issuer: str | None = None
    signer: str | None = None
    issued_on: IsoDate | None = None
    effective_from: IsoDate | None = None
    effective_to: IsoDate | None = None
    title: str | None = None
    about: str | None = None
    text: str
    provisions: tuple[Provision, ...] = ()
    relations: tuple[Relation, ...] = ()
    sha256: str
    source: str | None = None
    provenance: dict[str, Provenance] = Field(default_factory=dict)


class Citation(Frozen):
    """The exact words of a document: `document.text[start:end] == quote`, checked by `corpus.citation.cite`.

    `path` names the provision as a lawyer would, `link` is the permalink of that place.
    """

    document: str
    number: str | None = None
    title: str | None = None
    path: str = ""
    start: int = Field(ge=0)
    end: int
    quote: str = Field(min_length=1)
    link: str = ""

    @model_validator(mode="after")
    def _measured(self) -> Self:
        if self.end - self.start != len(self.quote):
            raise ValueError(f"quote of {len(self.quote)} characters cannot fill [{self.start}:{self.end}]")
        return self
