"""What the service takes from the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import Field

from assistant.access.desk import AccessOptions
from assistant.access.options import access_options
from corpus.document import Frozen

__all__ = ["Options"]


class Options(Frozen):
    """`origins` are the sites whose pages may embed the widget ("https://intranet.example.vn", or "*" for all).

    `max_body` bounds a JSON body and `max_upload` an uploaded file, both in bytes.
    """

    origins: tuple[str, ...] = ()
    max_body: int = Field(default=256 * 1024, ge=1024)
    max_upload: int = Field(default=32 * 1024 * 1024, ge=1024)
    upload_paths: tuple[str, ...] = ("/api/extract", "/api/documents", "/workbench", "/admin/documents", "/mcp")
    admin_token: str | None = None
    keep_questions_days: int = 90
    public_url: str | None = None
    access: AccessOptions = Field(default_factory=AccessOptions)
    metrics: Literal["off", "local", "open"] = "local"
    otel_endpoint: str | None = None
    audit_questions_days: int = 90
    llm_model: str | None = None
    mcp: bool = False

    @classmethod
    def load(cls, home: Path) -> Self:
        """The options that the settings of `home` state.

        Raises:
            InvalidSetting: a setting is unknown or out of bounds.
        """
        from assistant.settings import Settings

        settings = Settings.load(home)
        return cls(
            origins=settings.origins,
            max_upload=settings.max_upload_mb * 1024 * 1024,
            admin_token=settings.admin_token,
            keep_questions_days=settings.keep_questions_days,
            public_url=settings.public_url,
            access=access_options(settings),
            metrics=settings.metrics,
            otel_endpoint=settings.otel_endpoint,
            audit_questions_days=settings.audit_questions_days,
            llm_model=settings.llm_model if settings.llm_base_url else None,
            mcp=settings.mcp,
        )
