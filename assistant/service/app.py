"""The application: guard, routes, pages, static files, one state."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from assistant.service import failures, pages, static
from assistant.service.admin import gate
from assistant.service.crossing import crossing
from assistant.service.description import describe
from assistant.service.desk import Desk
from assistant.service.gatekeeper import Gatekeeper
from assistant.service.guard import Guard
from assistant.service.options import Options
from assistant.service.patience import Patience
from assistant.service.routes import metrics, routers
from assistant.service.routes.v1 import errors as openai_errors
from assistant.service.state import Service
from assistant.service.words import say
from assistant.watch.middleware import Watching
from assistant.watch.tracing import tracing
from assistant.watch.watching import Watch

if TYPE_CHECKING:
    from assistant.mcp.door import Door

__all__ = ["create_app"]

_OFFSETS = "Offsets count Unicode code points of a document's canonical text and are half-open."


def create_app(home: Path, *, desk: Desk | None = None, options: Options | None = None) -> FastAPI:
    """The service over the workspace in `home` (or over `desk`, where one is given).

    Loading models takes seconds; it runs in a thread after start-up, and `/readyz` tells when it is done.

    Raises:
        InvalidSetting: an environment variable of the service has a value that cannot be used.
        MissingPart: spans are to be sent, or `/mcp` served, and the extra `otel` or `mcp` is not installed.
    """
    options = options or Options.load(home)
    given = options.access
    service = Service(home=home, desk=desk or _workspace(home), options=options)
    watch = _watch(service)
    door = _door(service) if options.mcp else None

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        threading.Thread(target=service.warm, name="chitieu-warm", daemon=True).start()
        watch.start()
        async with door.open() if door else nullcontext():
            with getattr(service.desk, "following", nullcontext)():
                yield
        watch.stop()

    app = FastAPI(
        title="chitieu",
        version=_version(),
        description=" ".join((say("api.about"), _OFFSETS)),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        # The framework's own spans name whole addresses, and a search has its words in the address.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.service = service
    app.state.watch = watch
    app.state.admin = gate.attach(service)
    for router in routers:
        app.include_router(router)
    app.include_router(metrics.router)
    app.include_router(pages.router)
    app.include_router(static.router)
    if door:
        app.router.routes.append(Route("/mcp", door, methods=["POST"], include_in_schema=False))
    failures.install(app)
    app.add_middleware(Gatekeeper, access=service.access)
    app.add_middleware(Patience, request_seconds=given.request_seconds, body_seconds=given.body_seconds)
    app.add_middleware(Guard, options=options)
    if options.origins:
        app.add_middleware(CORSMiddleware, **crossing(options))
    app.add_middleware(Watching, watch=watch)
    openai_errors.install(app)
    describe(app)
    return app


def _door(service: Service) -> Door:
    from assistant.mcp.door import Door

    return Door(service)


def _watch(service: Service) -> Watch:
    options = service.options
    return Watch(
        home=service.home,
        desk=service.desk,
        opening=options.metrics,
        version=_version(),
        phraser=options.llm_model,
        keep_questions_days=options.keep_questions_days,
        audit_questions_days=options.audit_questions_days,
        tracing=tracing(options.otel_endpoint),
        thinking=service.thinking.limiter,
    )


def _workspace(home: Path) -> Desk:
    from assistant.workspace import Workspace

    return Workspace(home)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("chitieu")
    except PackageNotFoundError:
        return "0"
