"""The JSON routes, one file a subject."""

from __future__ import annotations

from assistant.service.routes import (
    ask,
    documents,
    exports,
    extract,
    feedback,
    health,
    intake,
    me,
    originals,
    search,
    suggestions,
    targets,
    v1,
)

__all__ = ["routers"]

routers = (
    ask.router,
    extract.router,
    search.router,
    documents.router,
    originals.router,
    exports.router,
    targets.router,
    suggestions.router,
    feedback.router,
    health.router,
    intake.router,
    me.router,
    v1.router,
)
