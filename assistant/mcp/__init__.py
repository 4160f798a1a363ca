"""A server of the Model Context Protocol: assistants of other makers ask, search, extract and read through it."""

from __future__ import annotations

from assistant.mcp.backend import Backend, Local, Remote
from assistant.mcp.files import Allowed

__all__ = ["Allowed", "Backend", "Local", "Remote", "serve"]


def serve(backend: Backend, allowed: Allowed) -> None:
    """Serves over standard input and output until the client hangs up.

    Raises:
        MissingPart: the SDK is not installed.
    """
    import logging

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    from assistant.mcp.server import make_server

    make_server(backend, allowed).run("stdio")
