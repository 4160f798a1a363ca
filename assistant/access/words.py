"""Words that people choose from."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from corpus.errors import InputError

__all__ = ["chosen"]

Choice = TypeVar("Choice", bound=StrEnum)


def chosen(choices: type[Choice], given: str, option: str) -> Choice:
    """The member that `given` names.

    Raises:
        InputError: there is none; the message lists them.
    """
    try:
        return choices(given.strip().lower())
    except ValueError:
        raise InputError(f"{option}: {given!r} không có; phải là một trong {', '.join(choices)}") from None
