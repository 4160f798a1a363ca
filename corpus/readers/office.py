"""Old office formats (.doc, .rtf, .odt): LibreOffice turns them into .docx; antiword reads .doc where it is alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from corpus.errors import MissingPart, UnreadableFile
from corpus.readers import docx
from corpus.readers.kind import Kind, kind_of
from corpus.reading import Reading

__all__ = ["read"]

_SECONDS = 150
_SUFFIX = {Kind.DOC: ".doc", Kind.RTF: ".rtf", Kind.ODT: ".odt"}


def read(path: Path) -> Reading:
    """The text of the .doc, .rtf or .odt at `path`, as the Word document that LibreOffice makes of it.

    Macros are not run, links are not followed, and the office starts with an empty profile of its own.

    Raises:
        MissingPart: neither LibreOffice nor, for .doc, antiword is installed.
        UnreadableFile: the program could not open the file.
    """
    kind = kind_of(path)
    if office := shutil.which("soffice") or shutil.which("libreoffice"):
        return replace(_through_libreoffice(office, path, kind), media=kind)
    if kind is Kind.DOC and (antiword := shutil.which("antiword")):
        note = "Đọc bằng antiword vì máy không có LibreOffice; cài gói libreoffice-writer-nogui để giữ đủ bảng biểu."
        return Reading(_through_antiword(antiword, path), kind, (note,))
    raise MissingPart(
        f"{path.name}: tệp {_SUFFIX[kind]} cần LibreOffice; hãy cài gói Debian libreoffice-writer-nogui rồi thêm lại"
    )


def _through_libreoffice(office: str, path: Path, kind: Kind) -> Reading:
    with tempfile.TemporaryDirectory(prefix="chitieu-office-") as folder:
        work = Path(folder)
        source = work / f"in{_SUFFIX[kind]}"
        shutil.copyfile(path, source)
        command = [
            office,
            f"-env:UserInstallation={(work / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(work / "out"),
            str(source),
        ]
        _run(command, path.name, {**os.environ, "HOME": folder, "SAL_USE_VCLPLUGIN": "svp"})
        made = work / "out" / "in.docx"
        if not made.is_file():
            raise UnreadableFile(
                path.name, f"LibreOffice không mở được tệp {_SUFFIX[kind]} này; tệp bị hỏng hoặc có mật khẩu"
            )
        return docx.read(made)


def _through_antiword(antiword: str, path: Path) -> str:
    output = _run([antiword, "-m", "UTF-8.txt", "-w", "0", str(path)], path.name, dict(os.environ))
    if not output.strip():
        raise UnreadableFile(path.name, "antiword không mở được tệp .doc này; hãy cài gói libreoffice-writer-nogui")
    return output.decode("utf-8", "replace")


def _run(command: list[str], name: str, variables: dict[str, str]) -> bytes:
    try:
        done = subprocess.run(
            command, env=variables, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFile(name, f"{Path(command[0]).name} chạy quá {_SECONDS} giây, đã dừng") from None
    return done.stdout
