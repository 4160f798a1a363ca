"""A file becomes a `Document`: read, canonicalised, parsed, and told apart by where each fact came from."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from corpus.canonical import canonicalise
from corpus.document import Document, Provenance
from corpus.errors import InputError, UnreadableFile
from corpus.metadata import Found, metadata
from corpus.readers import read
from corpus.readers.archive import expand
from corpus.readers.kind import Kind, kind_of
from corpus.relations import relations
from corpus.sidecar import beside, fields
from corpus.structure import provisions

__all__ = ["Loaded", "document", "load", "loaded", "walk"]

_NOT_DOCUMENTS = frozenset({"manifest.json", "facts.jsonl"})
_VAGUE = frozenset({"văn bản", "tài liệu"})
"""Kinds that say nothing of a decision; against an article they say that the text is the decision itself."""
_MAX_NESTING = 2
_FIELDS = ("number", "kind", "issuer", "signer", "issued_on", "effective_from", "effective_to", "title", "about")


class Loaded(NamedTuple):
    """A document with what its reader says to the person who adds the file: pages that OCR doubts, a guessed encoding.

    `notes` are whole Vietnamese sentences, none where the file was read as it stands.
    """

    document: Document
    notes: tuple[str, ...] = ()


def load(
    path: Path,
    sidecar: Mapping[str, Any] | None = None,
    overrides: Mapping[str, Any] | None = None,
    id: str | None = None,
) -> Document:
    """The document in the file at `path`; its id is the stem of the file name unless `id` is given.

    `sidecar` holds the fields that a manifest states about this file; None looks for a `manifest.json` in the
    folder of the file, `{}` does without. `overrides` come from the command line and win.

    Raises:
        UnreadableFile: the file is not a document that can be read.
        MissingPart: reading it needs a program that is not installed.
        InputError: a field of the sidecar or of the overrides has the wrong form.
    """
    return loaded(path, sidecar, overrides, id).document


def loaded(
    path: Path,
    sidecar: Mapping[str, Any] | None = None,
    overrides: Mapping[str, Any] | None = None,
    id: str | None = None,
) -> Loaded:
    """What `load` gives, with the reader's notes beside the document; it raises the same."""
    stated = beside(path) if sidecar is None else sidecar
    reading = read(path)
    made = document(
        reading.text, id=id or path.stem, sidecar=stated, overrides=overrides, source=str(path), name=path.name
    )
    return Loaded(made, reading.notes)


def document(
    raw_text: str,
    *,
    id: str,
    sidecar: Mapping[str, Any] | None = None,
    overrides: Mapping[str, Any] | None = None,
    source: str | None = None,
    name: str | None = None,
) -> Document:
    """The document that `raw_text` is, with its provisions, metadata and relations.

    Each metadata field comes from the text unless `sidecar` or, before it, `overrides` state it; `provenance`
    records which. A sidecar's kind that says nothing ("văn bản") leaves the one in the heading. `name` is the
    file's name for error messages.

    Raises:
        UnreadableFile: there is not one word in the text.
        InputError: a field of `sidecar` or `overrides` has the wrong form.
    """
    text, _ = canonicalise(raw_text)
    if not text.strip():
        raise UnreadableFile(name or id, "tệp không có chữ nào")
    units = provisions(text)
    values, provenance = _facts(metadata(text, units), sidecar or {}, overrides or {}, name or id)
    return Document(
        id=id,
        text=text,
        provisions=units,
        relations=relations(text, values.get("number") or values.get("about"), units),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        source=(sidecar or {}).get("source") or source,
        provenance=provenance,
        **values,
    )


def _facts(
    stated: Mapping[str, Found], sidecar: Mapping[str, Any], overrides: Mapping[str, Any], name: str
) -> tuple[dict[str, str], dict[str, Provenance]]:
    """Each field's value and origin: the text's, then the sidecar's over it, then the command line's over both."""
    found = {field: fact for field, fact in stated.items() if field in _FIELDS}
    values = {field: str(fact.value) for field, fact in found.items()}
    provenance = {field: Provenance(source="text", span=fact.span) for field, fact in found.items()}
    layers: tuple[tuple[Literal["sidecar", "command"], dict[str, str]], ...] = (
        ("sidecar", fields(sidecar, name)),
        ("command", fields(overrides, name)),
    )
    for origin, given in layers:
        # What speaks about a decision has no number of its own, whatever numbers its text mentions.
        if "about" in given and "number" not in given:
            values.pop("number", None)
            provenance.pop("number", None)
        for field, value in given.items():
            if field in _FIELDS and not (
                field == "kind" and origin == "sidecar" and _says_less(value, values.get(field))
            ):
                values[field] = value
                provenance[field] = Provenance(source=origin)
    return values, provenance


def _says_less(given: str, read: str | None) -> bool:
    """Whether the sidecar's kind is too general to stand over the kind that the text's own heading states."""
    return given.strip().casefold() in _VAGUE and read is not None and not read.startswith("bài viết")


def walk(paths: Iterable[Path], scratch: Path | None = None) -> Iterator[Path]:
    """The files that `paths` name, folders searched through, each once, sorted within its folder.

    Hidden files, sidecars and fact lists are passed over; links are handed on and not followed into. A zip archive
    is unpacked under `scratch`, or else where it stays until the program ends, and its members are handed on; one
    that cannot be unpacked is handed on itself, and `load` gives the reason.

    Raises:
        InputError: a path that does not exist.
    """
    seen: set[Path] = set()
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise InputError(f"{path}: không có tệp hoặc thư mục này")
        for file in _files(path) if path.is_dir() else _unpacked(path, scratch, 0):
            key = file.absolute()
            if key not in seen:
                seen.add(key)
                yield from _unpacked(file, scratch, 0) if path.is_dir() else [file]


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name in _NOT_DOCUMENTS:
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


def _unpacked(path: Path, scratch: Path | None, depth: int) -> Iterator[Path]:
    """`path`, or the files in it where it is a zip archive, and in the archives inside that."""
    if depth > _MAX_NESTING or path.is_symlink() or not _is_archive(path):
        yield path
        return
    folder = Path(tempfile.mkdtemp(dir=scratch or _scratch())) / path.name
    try:
        members = list(expand(path, folder))
    except (UnreadableFile, OSError):
        members = []
    if not members:
        shutil.rmtree(folder.parent, ignore_errors=True)
        yield path
        return
    for member in members:
        if member.name not in _NOT_DOCUMENTS:
            yield from _unpacked(member, scratch, depth + 1)


def _is_archive(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(2) == b"PK" and kind_of(path) is Kind.ZIP
    except (UnreadableFile, OSError):
        return False


@lru_cache(maxsize=1)
def _scratch() -> str:
    """A folder for unpacked archives that goes when the program ends."""
    folder = tempfile.mkdtemp(prefix="chitieu-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
