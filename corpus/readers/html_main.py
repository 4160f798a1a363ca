"""The main content of a web page: menus, banners, side columns and comments set aside."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["main_content", "prune"]

# fmt: off
_NEVER = frozenset((
    "script", "style", "noscript", "template", "nav", "aside", "iframe", "svg", "form", "button", "select",
    "dialog",
))
# fmt: on
_NOISE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|sidebar|side-?bar|breadcrumbs?|footer|comments?|related|share|sharing|social|"
    r"advert\w*|ads?|banner|cookies?|popup|modal|login|signin|toolbar|pagination|pager|widget|newsletter|subscribe|"
    r"tags?|hot-?news|most-?read|box-?news|tin-?lien-?quan|binh-?luan|quang-?cao)(?:$|[\s_-])",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_LEGAL = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA|Độc\s+lập\s*-\s*Tự\s+do|^\s*Điều\s+\d+\s*[.:]|^\s*Căn\s+cứ\s|"
    r"^\s*Nơi\s+nhận\s*:|^\s*PHỤ\s+LỤC|^\s*(?:Số|Luật số|Nghị quyết số)\s*:",
    re.M | re.I,
)
_SENTENCE = 80
"""Characters of text outside links from which a part counts as something that a page says."""


def prune(root: Any) -> None:
    """Takes out of `root` what is never content: scripts, menus, hidden and named side parts without a legal text."""
    for element in [e for e in root.iter() if isinstance(e.tag, str) and _is_noise(e)]:
        if element.getparent() is not None:
            element.clear(keep_tail=True)


def _is_noise(element: Any) -> bool:
    if element.tag in ("html", "body", "main", "article", "table", "td", "tr", "tbody"):
        return False
    if element.tag in _NEVER:
        return element.tag != "form" or not _speaks(element)
    if _HIDDEN.search(element.get("style") or "") or element.get("hidden") is not None:
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    if element.tag in ("header", "footer") or (named.strip() and _NOISE.search(named)):
        return not _speaks(element)
    return False


def _speaks(element: Any) -> bool:
    """Whether legal marks stand in the text of `element`, or most of the page does."""
    text = element.text_content()
    return len(_LEGAL.findall(text)) >= 2 or len(text) > 20_000


def main_content(root: Any) -> Any:
    """The narrowest element of `root` outside of which the page says nothing.

    From the body down, the child that holds most of the text is entered as long as what would be left outside is
    links, short labels or side notes: no heading of the page, no mark of a legal text, few whole sentences.
    """
    body = root.find("body")
    at = body if body is not None else root
    weights = _weights(at)
    while True:
        children = [c for c in at if isinstance(c.tag, str)]
        best = max(children, key=lambda c: weights.get(c, 0), default=None)
        if best is None or best.tag in ("p", "table", "ul", "ol") or weights[best] < 0.5 * weights[at]:
            return at
        outside = [c for c in children if c is not best]
        if (at.text or "").strip() or any((c.tail or "").strip() for c in children):
            return at
        if any(_matters(c, weights[c]) for c in outside):
            return at
        at = best


def _matters(element: Any, weight: int) -> bool:
    """Whether `element` is part of what the page says: a heading, a paragraph, a legal mark, whole sentences."""
    text = " ".join(element.text_content().split())
    if element.tag in ("h1", "h2", "p", "table"):
        return bool(text)
    return bool(_LEGAL.search(text)) or (weight >= _SENTENCE and weight >= 0.7 * len(text))


def _weights(root: Any) -> dict[Any, int]:
    """For each element below and with `root`, the characters of its text in whole sentences outside links."""
    weights: dict[Any, int] = {}
    for element in reversed(list(root.iter())):
        if not isinstance(element.tag, str):
            continue
        own = len((element.text or "").strip()) if element.tag != "a" else 0
        for child in element:
            if isinstance(child.tag, str) and element.tag != "a":
                own += weights[child]
            own += len((child.tail or "").strip()) if element.tag != "a" else 0
        weights[element] = own
    return weights
