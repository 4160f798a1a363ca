"""Vietnamese dates, whole or with blanks: "ngày 05 tháng 7 năm 2012", "5/7/2012", "tháng 7 năm 2012"."""

from __future__ import annotations

import re
from datetime import date, timedelta

__all__ = ["DATE", "day_before", "earliest", "iso", "latest", "written"]

_BLANK = r"[\s.…_]{0,30}"
DATE = (
    rf"(?:ngày{_BLANK}\d{{0,2}}{_BLANK}tháng{_BLANK}\d{{0,2}}{_BLANK}năm{_BLANK}\d{{4}}"
    r"|(?:ngày\s+)?\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}"
    r"|tháng\s+\d{1,2}(?:\s+năm\s+|\s?[/-]\s?)\d{4})"
)
"""A date in words or figures; `iso` reads what it finds."""

_WORDS = re.compile(
    rf"ngày{_BLANK}(\d{{0,2}}){_BLANK}tháng{_BLANK}(\d{{0,2}}){_BLANK}năm{_BLANK}(\d{{4}})", re.IGNORECASE
)
_FIGURES = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})")
_MONTH = re.compile(r"()tháng\s+(\d{1,2})(?:\s+năm\s+|\s?[/-]\s?)(\d{4})", re.IGNORECASE)


def iso(words: str) -> str | None:
    """The first date in `words` as ISO 8601, shortened to month or year where the rest is left blank.

    Returns None when there is no date, or one that the calendar does not have.
    """
    for form in (_WORDS, _FIGURES, _MONTH):
        match = form.search(words)
        if match:
            return _checked(*match.groups())
    return None


def written(day: str) -> list[str]:
    """Ways in which a whole ISO date may be printed, for finding it in a text."""
    year, month, number = (int(part) for part in day.split("-"))
    months, days = {str(month), f"{month:02}"}, {str(number), f"{number:02}"}
    return [
        form
        for m in sorted(months)
        for d in sorted(days)
        for form in (f"ngày {d} tháng {m} năm {year}", f"{d}/{m}/{year}", f"{d}-{m}-{year}", f"{d}.{m}.{year}")
    ]


def earliest(day: str) -> date:
    """The first day that a shortened ISO date may mean."""
    parts = [int(part) for part in day.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def latest(day: str) -> date:
    """The last day that a shortened ISO date may mean."""
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = (parts[0], parts[1]) if len(parts) == 2 else (parts[0], 12)
    first = date(year + month // 12, month % 12 + 1, 1) if year < 9999 else date(9999, 12, 31)
    return date.fromordinal(first.toordinal() - 1)


def _checked(day: str, month: str, year: str) -> str | None:
    if not 1900 <= int(year) <= 2200:
        return None
    if not month:
        return year
    if not day:
        return f"{year}-{int(month):02}" if 1 <= int(month) <= 12 else None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def day_before(day: str) -> str:
    """The day before a whole ISO date; a shortened one stays, since the day is not known."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat() if len(day) == 10 else day
