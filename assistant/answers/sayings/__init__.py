"""Everyday words beside those of the law, field by field.

A row is (what people say, how the law may put it), the phrases of each side separated by " | ". It holds one way only:
who writes "ly hôn" does not mean every word that people have for it.
"""

from __future__ import annotations

from assistant.answers.sayings.dealings import DEALINGS
from assistant.answers.sayings.family import FAMILY
from assistant.answers.sayings.health import HEALTH
from assistant.answers.sayings.labour import LABOUR
from assistant.answers.sayings.land import LAND
from assistant.answers.sayings.living import LIVING
from assistant.answers.sayings.measures import MEASURES
from assistant.answers.sayings.money import MONEY
from assistant.answers.sayings.offices import OFFICES
from assistant.answers.sayings.order import ORDER
from assistant.answers.sayings.school import SCHOOL
from assistant.answers.sayings.traffic import TRAFFIC

__all__ = ["SAYINGS"]

_FIELDS = (TRAFFIC, LABOUR, FAMILY, LAND, HEALTH, SCHOOL, MONEY, OFFICES, ORDER, LIVING, MEASURES, DEALINGS)


def _rows(said: str, stated: str) -> list[tuple[str, ...]]:
    """One row for each everyday phrase: itself, then the phrases of the law."""
    law = stated.split(" | ")
    return [(phrase, *law) for phrase in said.split(" | ")]


SAYINGS: tuple[tuple[str, ...], ...] = tuple(
    row for field in _FIELDS for said, stated in field for row in _rows(said, stated)
)
"""What people say, and after it the phrases by which the law may state it."""
