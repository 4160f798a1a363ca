"""Made-up decisions, and targets quoted from them, for every test of this room."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.targets.target import Target
from corpus.citation import cite
from corpus.document import Document, Span

Make = Callable[..., Target]


def document_of(text: str, id: str, **fields) -> Document:
    return Document(id=id, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), **fields)


def target_in(document: Document, quote: str, **fields) -> Target:
    start = document.text.index(quote)
    fields.setdefault("indicator", quote)
    fields.setdefault("target_class", "numeric" if "value" in fields else "quantifier")
    return Target(citation=cite(document, Span(start=start, end=start + len(quote))), **fields)


@pytest.fixture(scope="session")
def make() -> Make:
    """`make(indicator, value=..., ...)`: a target of a one-sentence document."""

    def build(
        indicator: str, *, id: str = "van-ban", number: str | None = None, issued_on: str | None = None, **fields
    ) -> Target:
        document = document_of(f"- {indicator}.", id, number=number, issued_on=issued_on)
        return target_in(document, indicator, **fields)

    return build


@pytest.fixture(scope="session")
def gold(shared: Path) -> Callable[[str], list[Target]]:
    """`gold(stem)`: the annotated targets of a real document as `Target`s."""
    manifest = {
        Path(m["file"]).stem: m for m in json.loads((shared / "documents" / "manifest.json").read_text("utf-8"))
    }

    def read(stem: str) -> list[Target]:
        about = manifest[stem]
        text = (shared / "documents" / f"{stem}.txt").read_bytes().decode("utf-8")
        document = document_of(
            text, stem, number=about.get("number"), about=about.get("about"), issued_on=about.get("issued_on")
        )
        lines = (shared / "gold" / f"{stem}.jsonl").read_text("utf-8").splitlines()
        return [_gold_target(document, json.loads(line)) for line in lines]

    return read


def _gold_target(document: Document, row: dict) -> Target:
    kinds = {"numeric", "quantifier", "milestone"}
    return Target(
        indicator=row["indicator"],
        comparator=row["comparator"],
        value=row["value"],
        value_max=row.get("value_max"),
        unit=row["unit"],
        qualitative=row["qualitative"],
        deadline=str(row["deadline"]) if row["deadline"] else None,
        period=tuple(row["period"]) if row["period"] else None,
        scope=row["scope"],
        section=row.get("section"),
        status=row["status"],
        target_class=row["target_class"] if row["target_class"] in kinds else "numeric",
        citation=cite(document, Span(start=row["start"], end=row["end"])),
    )
