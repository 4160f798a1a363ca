"""What a Word paragraph or run inherits from its styles: the font, capitals, hidden text, automatic numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

__all__ = ["Look", "Styles", "W", "switch"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is shown: `font` names its typeface, `caps` prints capitals, `hidden` is not printed."""

    font: str = ""
    caps: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str
    run: Any
    number: tuple[str, int] | None


class Styles:
    """The styles of one document; each look-up follows "based on" and is remembered."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, _Style] = {}
        self._looks: dict[str, Look] = {}
        self._default = Look()
        self.default_paragraph = ""
        if root is None:
            return
        self._default = look(Look(), root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for style in root.iterfind(f"{W}style"):
            self._add(style)

    def _add(self, style: Any) -> None:
        name = style.get(f"{W}styleId") or ""
        parent = style.find(f"{W}basedOn")
        self._styles[name] = _Style(
            parent=parent.get(f"{W}val") or "" if parent is not None else "",
            run=style.find(f"{W}rPr"),
            number=numbering(style.find(f"{W}pPr")),
        )
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
            self.default_paragraph = name

    def look(self, name: str, depth: int = 0) -> Look:
        """How a run of style `name` looks before its own properties."""
        if name not in self._styles or depth > 20:
            return self._default
        if name not in self._looks:
            style = self._styles[name]
            self._looks[name] = look(self.look(style.parent, depth + 1), style.run)
        return self._looks[name]

    def number(self, name: str) -> tuple[str, int] | None:
        """The list (id, level) that style `name` numbers its paragraphs by."""
        for _ in range(20):
            style = self._styles.get(name)
            if style is None:
                return None
            if style.number is not None:
                return style.number
            name = style.parent
        return None


def look(base: Look, properties: Any) -> Look:
    """`base` changed by the run properties (`w:rPr`, or None)."""
    if properties is None:
        return base
    fonts = properties.find(f"{W}rFonts")
    font = (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or base.font) if fonts is not None else base.font
    return replace(
        base,
        font=font,
        caps=switch(properties, "caps", base.caps),
        hidden=switch(properties, "vanish", base.hidden),
    )


def switch(properties: Any, name: str, base: bool = False) -> bool:
    """Whether toggle property `name` is on in `properties`; `base` where it is not stated."""
    element = properties.find(W + name)
    if element is None:
        return base
    return element.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def numbering(properties: Any) -> tuple[str, int] | None:
    """The list (id, level) that paragraph properties (`w:pPr`, or None) state."""
    stated = properties.find(f"{W}numPr") if properties is not None else None
    if stated is None:
        return None
    number, level = stated.find(f"{W}numId"), stated.find(f"{W}ilvl")
    depth = level.get(f"{W}val", "0") if level is not None else "0"
    name = number.get(f"{W}val", "") if number is not None else ""
    return name, int(depth) if depth.isdecimal() else 0
