"""What a home says, generation by generation, and whether it is whole."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

from assistant.workspace import Workspace
from corpus.errors import ChitieuError
from corpus.store import Store
from eval.kills.world import QUERIES, QUESTIONS, room_of

__all__ = ["found", "inspect", "said", "stored"]

_NUMBER = re.compile(r"\d+/KH-UBND")


def said(answer: dict[str, Any]) -> str:
    """One line that differs when an answer, given as JSON, does in what it says, cites or lists.

    Numbers that an administrator states anew hold from that moment on for every generation: they are left out.
    """
    cited = [[c["document"], c["start"], c["end"], c["quote"]] for c in answer["citations"]]
    listed = [[t["citation"]["document"], t["value"], t["comparator"], t["unit"]] for t in answer["targets"]]
    words = _NUMBER.sub("<số>", answer["answer"])
    return json.dumps([answer["question"], words, answer["abstained"], answer["reason"], cited, listed])


def found(query: str, hits: list[dict[str, Any]]) -> str:
    """One line that differs when the hits of a search do."""
    return json.dumps([query, [[h["document"], h["start"], h["end"], h["sha256"]] for h in hits]])


def stored(store: Store) -> dict[str, str]:
    """The sha256 of each document that counts, each read whole and checked against it."""
    return {s.id: store.get(s.id).sha256 for s in store.summaries()}


def inspect(home: Path, known: Collection[str] = ()) -> dict[str, Any]:
    """What stands in `home`: `problems`, `documents` with their hashes, and all that its generations `say`.

    Generations whose names are `known` are only verified, unless they serve.
    """
    from indexer.build import current
    from indexer.generation import generations, verify

    problems: list[str] = []
    say: dict[str, list[str]] = {}
    room = room_of(home)
    broken = room.store.integrity()
    if broken:
        problems.append(f"store: {broken}")
    documents = stored(room.store)
    serving = current(home)
    for generation in generations(home):
        try:
            verify(generation)
            if generation == serving or generation.name not in known:
                say[generation.name] = _all(room, generation)
        except (ChitieuError, OSError) as error:
            problems.append(f"generation {generation.name}: {error}")
    if serving is None or serving.name not in say:
        problems.append(f"serving: {serving}")
    room.store.close()
    return {"problems": problems, "documents": documents, "say": say, "serving": serving.name if serving else ""}


def _all(room: Workspace, directory: Path) -> list[str]:
    """All that the generation in `directory` says to the questions and queries."""
    from assistant.serving import Generation
    from indexer.search import Index

    generation = Generation(Index(directory, room.encoder), room.store)
    answers = [generation.answerer.answer(question).model_dump(mode="json") for question in QUESTIONS]
    hits = [[h.passage.model_dump() for h in generation.index.search(query, k=5)] for query in QUERIES]
    return [said(a) for a in answers] + [found(q, h) for q, h in zip(QUERIES, hits, strict=True)]
