"""Pages for people, written on the server; scripts only add comfort."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.service.pages import admin, ask, listing, login, permalinks, register, viewer, workbench

__all__ = ["router"]

router = APIRouter(include_in_schema=False)
for part in (ask, listing, viewer, register, workbench, admin, login, permalinks):
    router.include_router(part.router)
