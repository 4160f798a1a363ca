"""Markdown: marks removed, printed numbers kept, tables as lines of cells between pipes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["plain"]

_RULE_ROW = re.compile(r"^ *\|?(?: *:?-{2,}:? *\|)+(?: *:?-{2,}:? *)?\|? *$")
_BREAK = re.compile(r"^ {0,3}([-*_])(?: *\1){2,} *$")
_HEADING = re.compile(r"^ {0,3}#{1,6} +")
_BULLET = re.compile(r"^( *)[*•] +")
_QUOTE = re.compile(r"^ {0,3}(?:> ?)+")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)")
_FRONT = re.compile(r"\A---\n(?:[\w-]+ *:.*\n|[ -].*\n)+---\n")
_MARKED = re.compile(r"[*_`\[\]<>\\&!~]")


def plain(text: str) -> str:
    """`text` without markdown marks, line by line: "1." and "a)" stay as printed, `* ` becomes a dash item."""
    text = _FRONT.sub("", text.replace("\r\n", "\n"))
    lines: list[str] = []
    for line in text.split("\n"):
        if _RULE_ROW.match(line) or _FENCE.match(line) or _BREAK.match(line):
            continue
        lines.append(_line(line))
    return "\n".join(lines)


def _line(line: str) -> str:
    line = _QUOTE.sub("", line)
    line, headings = _HEADING.subn("", line)
    if headings:
        line = re.sub(r" +#+ *$", "", line)
    line = _BULLET.sub(r"\1- ", line).strip()
    if line.startswith("|"):
        return _row(line)
    return _inline(line)


def _row(line: str) -> str:
    cells = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
    return "| " + " | ".join(_inline(c.strip()).replace("|", "/").replace("\n", " ") for c in cells) + " |"


def _inline(text: str) -> str:
    if not _MARKED.search(text):
        return text
    tokens = _parser().parseInline(text)
    return "".join(_words(token) for token in tokens[0].children or [])


def _words(token: Token) -> str:
    if token.type in ("text", "code_inline", "text_special"):
        return token.content
    if token.type in ("softbreak", "hardbreak") or re.match(r"<br\b", token.content, re.I):
        return "\n"
    return ""


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True}).enable("strikethrough")
