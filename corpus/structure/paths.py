"""The names that lawyers give to provisions: "điểm c khoản 2 Điều 1"."""

from __future__ import annotations

import re

from corpus.document import ProvisionKind as Kind
from corpus.structure.tree import Node

__all__ = ["named"]

_ORDINAL_WORDS = {"dash": "gạch đầu dòng", "dot": "gạch đầu dòng", "plus": "dấu cộng", "star": "dấu sao"}
_GENRE = re.compile(
    r"\b(?i:quy chế|quy định|quy trình|kế hoạch|chương trình|đề án|chiến lược|điều lệ|danh mục|quy chuẩn|tiêu chuẩn|"
    r"phương án|dự án|nội quy|hướng dẫn|định mức|thể lệ|bộ tiêu chí|quy hoạch|định hướng|phụ lục|mẫu|bảng|biểu)\b"
)
_ZONES = {Kind.HEADER: "phần đầu", Kind.SIGNATURE: "chữ ký", Kind.RECIPIENTS: "nơi nhận"}


def named(nodes: list[Node]) -> list[tuple[Kind, str]]:
    """For each node its kind, told by the units around it, and its path."""
    done: list[tuple[Kind, str]] = []
    for node in nodes:
        above = _ancestors(nodes, node)
        kind, word = _kind(node, above, done)
        done.append((kind, _path(node, kind, word, above, nodes, done)))
    return done


def _ancestors(nodes: list[Node], node: Node) -> list[int]:
    chain: list[int] = []
    at = node.parent
    while at is not None:
        chain.append(at)
        at = nodes[at].parent
    return chain


def _kind(node: Node, above: list[int], done: list[tuple[Kind, str]]) -> tuple[Kind, str]:
    kinds = [done[at][0] for at in above]
    inside = Kind.DIEU in kinds
    nearest = next((k for k in kinds if k not in (Kind.ITEM, Kind.PARAGRAPH)), None)
    if node.style == "roman":
        wide = inside or Kind.PHAN in kinds or Kind.CHUONG in kinds
        return (Kind.MUC, "mục") if wide else (Kind.PHAN, "phần")
    if node.style == "digit" and not inside and nearest in (None, Kind.PHAN, Kind.CHUONG, Kind.PHU_LUC):
        return Kind.MUC, "mục"
    if node.style.startswith("digits"):
        if inside and Kind.KHOAN in kinds:
            return Kind.DIEM, "điểm"
        return (Kind.KHOAN, "khoản") if inside or Kind.KHOAN in kinds else (Kind.TIEU_MUC, "mục")
    if node.kind is Kind.DIEM:
        return Kind.DIEM, "tiết" if Kind.DIEM in kinds else "điểm"
    return node.kind, node.word


def _path(node: Node, kind: Kind, word: str, above: list[int], nodes: list[Node], done: list[tuple[Kind, str]]) -> str:
    around = done[above[0]][1] if above else ""
    if kind is Kind.PARAGRAPH:
        return around
    if kind in _ZONES:
        return f"{_ZONES[kind]} {around}".strip()
    if kind is Kind.DIEU:
        annex = next((done[at][1] for at in above if done[at][0] is Kind.PHU_LUC), "")
        return f"Điều {node.label} {annex}".strip()
    if kind is Kind.PHU_LUC:
        return f"{_annex(node)} {around}".strip()
    if kind in (Kind.TABLE, Kind.ROW):
        name = "bảng" if kind is Kind.TABLE else f"dòng {node.label}" if node.label else f"dòng thứ {node.ordinal}"
        return f"{name} {around}".strip()
    if kind is Kind.ITEM:
        return f"{_ORDINAL_WORDS[node.style]} thứ {node.ordinal} {around}".strip()
    if kind is not Kind.DIEM and node.style.startswith("digits"):
        around = _outside(node, above, nodes, done)
    return f"{word} {node.label} {around}".strip()


def _outside(node: Node, above: list[int], nodes: list[Node], done: list[tuple[Kind, str]]) -> str:
    """The path of what encloses the unit; outside a điều, 1.2.3 already names the units 1 and 1.2 around it."""
    for at in above:
        named_already = done[at][0] in (Kind.MUC, Kind.TIEU_MUC, Kind.KHOAN) and node.label.startswith(
            nodes[at].label + "."
        )
        if not named_already:
            return done[at][1]
    return ""


def _annex(node: Node) -> str:
    if node.style == "attached":
        genre = _GENRE.search(node.heading)
        return f"{genre.group().capitalize()} kèm theo" if genre else "Văn bản kèm theo"
    return f"{node.word} {node.label}".strip()
