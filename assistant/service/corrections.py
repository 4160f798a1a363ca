"""Checked extractions, kept with who and when: `chitieu eval targets` reads them as hand annotation.

corrections/text/NAME.txt      the canonical text
corrections/gold/NAME.jsonl    its targets as the person left them
corrections/log.jsonl          who kept what, when; one object a line, only ever appended
corrections/decisions.jsonl    what became of each row: approved, edited, added, rejected; likewise
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from assistant.service.words import say
from assistant.targets.target import Target
from corpus.errors import InputError, StoreError

__all__ = ["FOLDER", "Decision", "keep"]

FOLDER = "corrections"
_turn = threading.Lock()


class Decision(NamedTuple):
    """What a person did with a row; `found` is the row as the extractor had it, None for one that was added."""

    target: Target
    found: Target | None
    kept: bool

    @property
    def name(self) -> str:
        """The word for it."""
        if not self.kept:
            return "rejected"
        if self.found is None:
            return "added"
        return "approved" if self.found == self.target else "edited"


def keep(home: Path, name: str, text: str, decisions: Sequence[Decision], who: str) -> str:
    """Keeps the rows that were not rejected as the right ones for `text`; a later check of it takes their place.

    Returns the name that the case has.

    Raises:
        InputError: a quote does not stand in the text where the target says.
        StoreError: the files cannot be written.
    """
    targets = [d.target for d in decisions if d.kept]
    for number, target in enumerate(targets, 1):
        at = target.citation
        if text[at.start : at.end] != at.quote:
            raise InputError(say("error.quote", number=number))
    digest = hashlib.sha256(text.encode()).hexdigest()
    case = f"{re.sub(r'[^0-9A-Za-z._-]+', '-', name)[:80].strip('-.') or 'tai-lieu'}-{digest[:8]}"
    record = {
        "case": case,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "who": who,
        "sha256": digest,
        "found": sum(d.found is not None for d in decisions),
        "kept": len(targets),
    }
    try:
        with _turn:
            _write(home / FOLDER / "text" / f"{case}.txt", text)
            _write(home / FOLDER / "gold" / f"{case}.jsonl", "".join(_row(case, t) for t in targets))
            _list(home / FOLDER / "text")
            with (home / FOLDER / "log.jsonl").open("a", encoding="utf-8") as log:
                log.write(json.dumps(record, ensure_ascii=False) + "\n")
            with (home / FOLDER / "decisions.jsonl").open("a", encoding="utf-8") as log:
                log.writelines(_decided(record, d) for d in decisions)
    except OSError as error:
        raise StoreError(say("error.unwritten", file=FOLDER, why=error.strerror)) from error
    return case


def _decided(record: Mapping[str, Any], decision: Decision) -> str:
    """A line about one row: who decided what when, and what the row was where it was changed."""
    at, target = decision.target.citation, decision.target
    line = {key: record[key] for key in ("case", "at", "who")} | {"decision": decision.name}
    line |= {"start": at.start, "end": at.end, "indicator": target.indicator}
    if decision.name == "edited" and decision.found:
        before, after = decision.found.model_dump(mode="json"), target.model_dump(mode="json")
        line["changed"] = {field: [before[field], after[field]] for field in after if before[field] != after[field]}
    return json.dumps(line, ensure_ascii=False) + "\n"


def _row(case: str, target: Target) -> str:
    """`target` as a line of hand annotation."""
    at = target.citation
    fields = target.model_dump(mode="json", exclude={"citation", "confidence", "inherited", "review"})
    place = {"doc": case, "doc_number": at.number, "quote": at.quote, "start": at.start, "end": at.end}
    return json.dumps({**place, **fields}, ensure_ascii=False) + "\n"


def _list(folder: Path) -> None:
    """Names the texts in a manifest, as `chitieu eval targets` wants one."""
    _write(folder / "manifest.json", json.dumps([{"file": p.name} for p in sorted(folder.glob("*.txt"))]))


def _write(path: Path, content: str) -> None:
    """Replaces `path` in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
        out.write(content)
    os.replace(made, path)
