"""Keeps the documents true: command output inside them is made by running the command, and every link leads somewhere.

    python scripts/docs.py           rewrite the generated blocks
    python scripts/docs.py --check   exit 1 and say where a block or a link is wrong

A generated block stands between `<!-- output of: COMMAND -->` and `<!-- end of output -->`.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"(<!-- output of: (?P<command>.+?) -->\n)(?P<body>.*?)(<!-- end of output -->)", re.S)
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.S)


def main() -> int:
    """Rewrite or check all Markdown files that git knows; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail on a difference")
    check = parser.parse_args().check
    problems = []
    for path in documents():
        before = path.read_text("utf-8")
        after = BLOCK.sub(lambda block: block[1] + output(block["command"]) + block[4], before)
        if after != before:
            problems.append(f"{path.relative_to(ROOT)}: generated text is out of date; run python scripts/docs.py")
            if not check:
                path.write_text(after, "utf-8")
        problems += broken_links(path, after)
    if check:
        print("\n".join(problems) or "documents: up to date, links lead somewhere")
    return bool(check and problems)


def documents() -> Iterator[Path]:
    """The Markdown files of the repository, new ones included."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    return (ROOT / name for name in sorted(set(names)) if name and (ROOT / name).is_file())


def output(command: str) -> str:
    """What `command` prints, as a fenced block; its first word is looked up beside this Python."""
    name, *arguments = shlex.split(command)
    program = Path(sys.executable).parent / name
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "CHITIEU_HOME": "~/.chitieu"}
    done = subprocess.run([program, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    body = "\n".join(line.rstrip() for line in done.stdout.strip("\n").split("\n"))
    return body + "\n" if body.startswith("|") else f"```\n{body}\n```\n"


def broken_links(path: Path, text: str) -> Iterator[str]:
    """One line for each relative link of `path` that leads to no file."""
    for link in LINK.finditer(CODE.sub("", text)):
        target = link["target"].split("#")[0]
        if target and "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists():
            yield f"{path.relative_to(ROOT)}: the link to {target} leads nowhere"


if __name__ == "__main__":
    sys.exit(main())
