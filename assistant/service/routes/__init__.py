"""The JSON routes, one file a subject."""

from __future__ import annotations

from assistant.service.routes import ask, documents, extract, feedback, health, search, targets

__all__ = ["routers"]

routers = (
    ask.router,
    extract.router,
    search.router,
    documents.router,
    targets.router,
    feedback.router,
    health.router,
)
