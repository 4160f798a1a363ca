"""The licences of the wheels in a folder: one table, and the texts that the wheels carry."""

from __future__ import annotations

import re
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

__all__ = ["collect"]

_TEXT = re.compile(r"\.dist-info/(?:licenses/)?[^/]*(?:licen[cs]e|copying|notice|authors)[^/]*$", re.I)
_NESTED = re.compile(r"\.dist-info/licenses/.+", re.I)
_HEAD = """# Licences of what this bundle carries

Each package stands under its own licence; the texts that came with it lie in the folder of its name.

| package | version | licence | texts |
|---|---|---|---|
"""


def collect(wheels: Path, folder: Path) -> int:
    """Writes `folder/README.md` and the licence texts of each wheel; returns the number of packages."""
    folder.mkdir(parents=True)
    rows: dict[str, str] = {}
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            about = _metadata(archive)
            name = about["Name"]
            if name in rows:
                continue
            texts = _texts(archive, folder / name)
            rows[name] = f"| {name} | {about['Version']} | {_licence(about)} | {texts or 'none in the wheel'} |"
    table = "\n".join(rows[name] for name in sorted(rows, key=str.lower))
    (folder / "README.md").write_text(_HEAD + table + "\n", "utf-8")
    return len(rows)


def _metadata(archive: zipfile.ZipFile) -> Message:
    name = next(n for n in archive.namelist() if n.count("/") == 1 and n.endswith(".dist-info/METADATA"))
    return Parser().parsestr(archive.read(name).decode("utf-8"))


def _texts(archive: zipfile.ZipFile, folder: Path) -> int:
    found = [n for n in archive.namelist() if not n.endswith("/") and (_TEXT.search(n) or _NESTED.search(n))]
    for name in found:
        path = folder / name.split(".dist-info/", 1)[1].removeprefix("licenses/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(archive.read(name))
    return len(found)


def _licence(about: Message) -> str:
    """The SPDX expression, else the classifiers, else the first line of the licence field."""
    stated = about.get("License-Expression")
    if stated:
        return str(stated)
    classes = [c.split("::")[-1].strip() for c in about.get_all("Classifier", []) if c.startswith("License ::")]
    first = str(about.get("License") or "").strip().split("\n")[0]
    return ", ".join(classes) or first[:80].replace("|", "/") or "not stated; see the texts"
