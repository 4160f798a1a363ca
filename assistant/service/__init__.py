"""The service: JSON for programs, pages for people, both over one `Workspace`."""

from __future__ import annotations

from assistant.service.app import create_app

__all__ = ["create_app"]
