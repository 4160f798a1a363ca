"""The settings as a person sees them: a commented `config.toml` to begin with, and what is in force and why."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from assistant.settings import CONFIG, PREFIX, Settings
from assistant.settings_vi import EXAMPLES, MEANINGS
from corpus.document import Frozen
from corpus.errors import StoreError

__all__ = ["InForce", "in_force", "strangers", "template", "write_template"]

_HEAD = """\
# Thiết lập của chitieu cho thư mục dữ liệu này.
#
# Mỗi thiết lập được tắt bằng dấu # ở đầu dòng và đang có giá trị mặc định. Muốn đổi: bỏ dấu #, sửa giá trị,
# chạy "chitieu config --check", rồi khởi động lại dịch vụ. Biến môi trường CHITIEU_... được ưu tiên hơn tệp này.
# Tên thiết lập viết sai thì chương trình từ chối và nêu tên đúng gần nhất.
"""
_SECRET = re.compile(r"(?:^|_)(?:token|secret|password|passphrase|key|keys)$")
_USERINFO = re.compile(r"(?<=://)([^/@:\s]*):[^/@\s]*@")
_HIDDEN = "********"
_SOMETHING = "thay-bang-gia-tri-can-dat"
_ELSEWHERE = frozenset({"HOME", "TRACEBACK", "VENV"})
"""Variables with our prefix that are no settings, beside those of tests."""


class InForce(Frozen):
    """One setting: its value as TOML, secrets hidden, and where it comes from."""

    name: str
    value: str
    origin: str

    def __str__(self) -> str:
        return f"{self.name} = {self.value}  # {self.origin}"


def template() -> str:
    """A whole `config.toml`: each setting with its meaning, bounds and variable, switched off at its default."""
    return "\n".join([_HEAD, *("\n".join(_entry(name, f)) for name, f in Settings.model_fields.items())])


def write_template(home: Path) -> bool:
    """Writes the template to `home`, readable by its owner alone; False where a `config.toml` stands already.

    Raises:
        StoreError: it cannot be written.
    """
    from assistant.why import why

    path = home / CONFIG
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(template())
    except FileExistsError:
        return False
    except OSError as error:
        raise StoreError(f"{path}: không ghi được ({why(error)}); hãy kiểm tra quyền hoặc chọn --home khác") from None
    return True


def in_force(home: Path) -> list[InForce]:
    """Every setting of `home` with its origin: a variable, the file, or the default.

    Raises:
        InvalidSetting: a setting is unknown or out of bounds.
    """
    settings = Settings.load(home)
    path = home / CONFIG
    stated = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    return [
        InForce(name=name, value=_shown(name, getattr(settings, name)), origin=_origin(name, stated, path))
        for name in Settings.model_fields
    ]


def strangers() -> list[tuple[str, str]]:
    """Variables `CHITIEU_...` that are no setting, each with the nearest one that is."""
    from rapidfuzz import process

    known = {PREFIX + name.upper() for name in Settings.model_fields}
    known |= {PREFIX + name for name in _ELSEWHERE}
    odd = [
        n for n in sorted(os.environ) if n.startswith(PREFIX) and n not in known and not n.startswith(f"{PREFIX}TEST_")
    ]
    return [(name, process.extractOne(name, sorted(known))[0]) for name in odd]


def _entry(name: str, field: FieldInfo) -> Iterator[str]:
    for line in _wrapped(MEANINGS.get(name) or str(field.description)):
        yield f"# {line}"
    told = [t for t in (_bounds(field), f"biến {PREFIX}{name.upper()}") if t]
    yield f"# ({'; '.join(told)})"
    yield f"#{name} = {_toml(_sample(name, field))}"
    yield ""


def _wrapped(text: str) -> list[str]:
    import textwrap

    return textwrap.wrap(text[:1].upper() + text[1:], 110)


def _sample(name: str, field: FieldInfo) -> Any:
    """The default where there is one, else an example."""
    if field.default not in (None, ()) and name != "readers":
        return field.default
    if name == "readers":
        return 2
    example = field.examples[0] if field.examples else EXAMPLES.get(name, _SOMETHING)
    return (example,) if field.default == () else example


def _bounds(field: FieldInfo) -> str:
    low = next((m.ge for m in field.metadata if hasattr(m, "ge")), None)
    high = next((m.le for m in field.metadata if hasattr(m, "le")), None)
    return f"từ {low} đến {high}" if low is not None and high is not None else ""


def _origin(name: str, stated: dict[str, Any], path: Path) -> str:
    variable = PREFIX + name.upper()
    return f"biến {variable}" if variable in os.environ else str(path) if name in stated else "mặc định"


def _shown(name: str, value: Any) -> str:
    if value in (None, (), ""):
        return '""' if not isinstance(value, tuple) else "[]"
    if isinstance(value, str) and _SECRET.search(name):
        return _toml(_HIDDEN)
    return _USERINFO.sub(rf"\1:{_HIDDEN}@", _toml(value))


def _toml(value: Any) -> str:
    """`value` as TOML; JSON strings, numbers, booleans and lists are TOML as well."""
    if isinstance(value, tuple | list | frozenset | set):
        return json.dumps([str(v) for v in value], ensure_ascii=False)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_toml(key)} = {_toml(own)}" for key, own in value.items()) + "}"
    return json.dumps(value if isinstance(value, bool | int | float) else str(value), ensure_ascii=False)
