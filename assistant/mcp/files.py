"""Which files `extract` may read: those inside the folders that the person who starts the server names."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from assistant.why import why
from corpus.errors import InputError, NotFound

__all__ = ["Allowed"]


class Allowed:
    """The folders, none by default: then only text that is handed over is read."""

    def __init__(self, folders: Iterable[Path] = (), largest: int = 32 * 1024 * 1024) -> None:
        """`largest` is the most that a file may have, in bytes.

        Raises:
            NotFound: a folder is not there.
        """
        self.folders = tuple(_folder(folder) for folder in folders)
        self.largest = largest

    def read(self, path: str) -> tuple[str, bytes]:
        """Name and content of the file at `path`, which may be relative to an allowed folder.

        The path is resolved before it is compared, and the file that was opened is compared with the one that was
        resolved, so that neither `..` nor a link leads outside.

        Raises:
            InputError: no folder is allowed, the file lies outside, is no regular file or is too large.
            NotFound: there is no such file.
        """
        if not self.folders:
            raise InputError("máy chủ không cho đọc tệp; hãy gửi nội dung trong text, hoặc chạy lại với --files DIR")
        inside = self._inside(path)
        try:
            handle = os.open(inside, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as error:
            raise InputError(f"{inside.name}: không mở được ({why(error)})") from None
        try:
            opened = os.fstat(handle)
            if not stat.S_ISREG(opened.st_mode) or not os.path.samestat(opened, os.stat(self._inside(str(inside)))):
                raise InputError(f"{inside.name}: không phải tệp thường")
            if opened.st_size > self.largest:
                raise InputError(f"{inside.name}: lớn hơn {self.largest // 1_048_576} MB; hãy tách nhỏ tệp")
            with os.fdopen(os.dup(handle), "rb") as file:
                return inside.name, file.read(self.largest)
        finally:
            os.close(handle)

    def _inside(self, path: str) -> Path:
        """The resolved path.

        Raises:
            InputError: it lies outside of every folder; the message is the same whether it is there or not.
            NotFound: it would lie inside, but is not there.
        """
        missing = False
        for folder in self.folders:
            try:
                found = Path(os.path.realpath(folder / path))
            except (OSError, ValueError):
                continue
            if found.is_relative_to(folder):
                if os.path.exists(found):
                    return found
                missing = True
        if missing:
            raise NotFound(f"{Path(path).name}: không có tệp này trong thư mục được phép đọc")
        raise InputError("tệp nằm ngoài thư mục được phép đọc; hãy gửi nội dung trong text")


def _folder(folder: Path) -> Path:
    found = Path(os.path.realpath(folder))
    if not found.is_dir():
        raise NotFound(f"{folder}: không có thư mục này; hãy kiểm tra --files")
    return found
