"""Filters as conditions on `sources`, so that they hold inside every search."""

from __future__ import annotations

from typing import Any

from indexer.cluster.numbering import folded
from indexer.search import Filter

__all__ = ["conditions", "hidden"]


def conditions(edition: int, generation: int, only: Filter | None) -> tuple[str, dict[str, Any]]:
    """The condition that `s`, a row of `sources`, is in the generation and allowed, and its values by name.

    Days may be shortened to a month or a year, and are compared as far as they go.
    """
    parts = [f"s.edition = {edition} AND s.since <= {generation} AND (s.until IS NULL OR s.until > {generation})"]
    values: dict[str, Any] = {}
    if only is None:
        return parts[0], values
    if only.excluding:
        parts.append("s.document <> ALL(%(excluding)s)")
        values["excluding"] = list(only.excluding)
    listed = (("document", only.documents, str), ("kind", only.kinds, folded), ("issuer", only.issuers, folded))
    for name, wanted, form in listed:
        if wanted is not None:
            parts.append(f"s.{name} = ANY(%(of_{name})s)")
            values[f"of_{name}"] = [form(value) for value in wanted]
    if only.years is not None:
        parts.append("s.year = ANY(%(years)s)")
        values["years"] = list(only.years)
    if only.as_of is not None:
        parts.append("(s.begins IS NULL OR s.begins <= left(%(day)s, length(s.begins)))")
        parts.append(
            "(s.ends IS NULL OR NOT CASE WHEN length(s.ends) = length(%(day)s) THEN s.ends <= %(day)s"
            " ELSE s.ends < left(%(day)s, length(s.ends)) END)"
        )
        values["day"] = only.as_of
    return " AND ".join(parts), values


def hidden(edition: int, generation: int) -> str:
    """The query for the documents and source numbers of the edition that the generation does not hold.

    They are few: what came since, and what went and is not swept away yet.
    """
    within = "{0}.edition = {1} AND {0}.since <= {2} AND ({0}.until IS NULL OR {0}.until > {2})"
    return (
        f"SELECT h.document, h.source FROM sources h WHERE h.edition = {edition} AND (h.since > {generation}"
        f" OR h.until <= {generation}) AND NOT EXISTS (SELECT 1 FROM sources v WHERE v.document = h.document"
        f" AND v.source = h.source AND {within.format('v', edition, generation)})"
    )
