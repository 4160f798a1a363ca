"""Runs of text in fonts from before Unicode, told by the font's name, turned into Unicode."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Run", "printed"]


class Run(NamedTuple):
    """A stretch of text in one font."""

    text: str
    font: str


def printed(runs: list[Run], remarks: dict[str, None]) -> str:
    """The words that `runs` show on paper; `remarks` gains a sentence for each old encoding met."""
    return "".join(run.text for run in runs)
