"""Targets as JSON: one object a line, or one array."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from assistant.targets.target import Target

__all__ = ["write_json", "write_jsonl"]


def write_jsonl(targets: Iterable[Target], out: BinaryIO) -> None:
    """One `Target` a line, in UTF-8; `citation.document` is the stem of the file it was read from."""
    for target in targets:
        out.write(target.model_dump_json().encode() + b"\n")


def write_json(targets: Iterable[Target], out: BinaryIO) -> None:
    """One array of `Target`s, in UTF-8, each on its own line."""
    separator = b"[\n"
    for target in targets:
        out.write(separator + target.model_dump_json().encode())
        separator = b",\n"
    out.write(b"[]\n" if separator == b"[\n" else b"\n]\n")
