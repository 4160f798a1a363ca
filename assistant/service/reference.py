"""The table of routes for `docs/api.md`.

python -m assistant.service.reference    prints it
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from assistant.service.description import describe
from assistant.service.routes import routers

__all__ = ["table"]


def table() -> str:
    """All JSON routes as a Markdown table: address, what it does, statuses."""
    app = FastAPI()
    for router in routers:
        app.include_router(router)
    describe(app, common=False)
    rows = ["| route | does | replies |", "|---|---|---|"]
    for path, item in app.openapi()["paths"].items():
        rows += [_row(method.upper(), path, operation) for method, operation in item.items()]
    return "\n".join(rows)


def _row(method: str, path: str, operation: dict[str, Any]) -> str:
    fields = [p["name"] for p in operation.get("parameters", []) if p["in"] == "query"]
    query = f"<br>query: {', '.join(f'`{name}`' for name in fields)}" if fields else ""
    does = " ".join(operation["description"].split())
    return f"| `{method} {path}`{query} | {does} | {', '.join(sorted(operation['responses']))} |"


if __name__ == "__main__":
    print(table())  # noqa: T201
