"""Everything that chitieu raises on purpose.

    ChitieuError
    ├── InputError          the caller can mend it: wrong use or bad input (exit 2, HTTP 4xx)
    │   ├── UnreadableFile  a file cannot be read as a document
    │   ├── NotFound        no such document, provision or path
    │   └── InvalidSetting  a setting is unknown or out of bounds
    └── WorkError           the operator can mend it: the work failed (exit 1, HTTP 5xx)
        ├── StoreError      the database cannot be opened, migrated or written
        ├── IndexDamaged    an index generation does not match its checksums
        └── MissingPart     an optional program, package or model is not installed

Each message is one line: what was found, then how to mend it.
"""

from __future__ import annotations

__all__ = [
    "ChitieuError",
    "IndexDamaged",
    "InputError",
    "InvalidSetting",
    "MissingPart",
    "NotFound",
    "StoreError",
    "UnreadableFile",
    "WorkError",
]


class ChitieuError(Exception):
    """Base of every error that chitieu raises on purpose; `code` names it in JSON."""

    code = "error"
    exit_status = 1
    http_status = 500


class InputError(ChitieuError):
    """The request cannot be served as given; catch it to tell the person who asked."""

    code = "invalid_input"
    exit_status = 2
    http_status = 422


class UnreadableFile(InputError):
    """A file is not a document that can be read: empty, broken, encrypted, or of an unknown kind."""

    code = "unreadable_file"
    http_status = 415

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class NotFound(InputError):
    """What was asked for by name is not there."""

    code = "not_found"
    http_status = 404


class InvalidSetting(InputError):
    """A setting is unknown, or its value is out of bounds."""

    code = "invalid_setting"


class WorkError(ChitieuError):
    """The request was fine; the work failed. Catch it to tell the operator."""

    code = "failed"


class StoreError(WorkError):
    """The database cannot be opened, migrated or written."""

    code = "store_error"


class IndexDamaged(WorkError):
    """An index generation does not match the checksums written with it."""

    code = "index_damaged"


class MissingPart(WorkError):
    """An optional program, package or model is needed and not installed; the message names it."""

    code = "missing_part"
    http_status = 501
