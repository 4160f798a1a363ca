"""The edge between commands and the shell: the home, one-line errors, exit statuses, quiet ends."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from typer.core import TyperGroup

from assistant.watch.call import acting
from assistant.why import how, why

if TYPE_CHECKING:
    from assistant.filling import Progress
    from assistant.intake import Failure
    from assistant.workspace import Workspace

__all__ = [
    "Commands",
    "emit",
    "end_on_sigterm",
    "ending",
    "home_first",
    "home_of",
    "iso_date",
    "operator",
    "progress",
    "run",
    "say",
    "workspace",
]

GROUP = "chitieu.commands"

_USAGE = (
    (r"No such option: (\S+?)\.?(?: \(Possible options: (.+)\)| Did you mean (.+)\?)?", "không có tùy chọn {0}"),
    (r"No such command '(.+?)'\.?(?: Did you mean (.+)\?)?", "không có lệnh {0}"),
    (r"Missing command\.", "thiếu tên lệnh"),
    (r"Missing (?:argument|option|parameter) '(.+?)'\..*", "thiếu {0}"),
    (r"Option '(.+)' requires an argument\.", "tùy chọn {0} cần một giá trị"),
    (r"Option '(.+)' does not take a value\.", "tùy chọn {0} không nhận giá trị"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.+)\)", "thừa tham số: {0}"),
    (r"Invalid value for '?(.+?)'?: .*valid integer.*", "giá trị của {0} phải là số nguyên"),
    (r"Invalid value for '?(.+?)'?: .*greater than or equal to (.+)", "giá trị của {0} phải từ {1} trở lên"),
    (r"Invalid value for '?(.+?)'?: .*less than or equal to (.+)", "giá trị của {0} không được quá {1}"),
    (r"Invalid value for '?(.+?)'?: (?:Value error, )?'(.+)' is not one of (.+?)\.", "{0} phải là một trong {2}: {1}"),
    (r"Invalid value for '?(.+?)'?: (.+)", "giá trị của {0} không hợp lệ: {1}"),
)
"""What typer says, and the same in Vietnamese; one group more than the words use is what it suggests instead."""


class Commands(TyperGroup):
    """The commands of the program and those that other packages declare under `chitieu.commands`."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Own commands in their order, then declared ones."""
        return [*super().list_commands(ctx), *sorted(entry.name for entry in _declared())]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command; a declared one is imported only now."""
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        entry = next((entry for entry in _declared() if entry.name == cmd_name), None)
        return None if entry is None else _named(typer.main.get_command(entry.load()), cmd_name)


def _named(command: Any, name: str) -> Any:
    command.name = name
    return command


def _declared() -> Any:
    from importlib.metadata import entry_points

    return entry_points(group=GROUP)


def home_first(arguments: Sequence[str]) -> list[str]:
    """`arguments` with `--home DIR` moved to the front, from wherever it stands before `--`."""
    moved: list[str] = []
    rest: list[str] = []
    left = iter(arguments)
    for argument in left:
        if argument == "--":
            rest += [argument, *left]
        elif argument == "--home":
            moved.append(f"--home={next(left, '')}")
        elif argument.startswith("--home="):
            moved.append(argument)
        else:
            rest.append(argument)
    return moved + rest


def run(app: typer.Typer, arguments: list[str]) -> int:
    """Runs the command and returns its exit status; whatever goes wrong is one line on stderr."""
    try:
        with acting(operator()):
            done = app(arguments, prog_name="chitieu", standalone_mode=False)
        sys.stdout.flush()
        return done if isinstance(done, int) else 0
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (typer.TyperException, typer.Abort) as error:
        return _wrong_use(error)
    except Exception as error:
        return _failed(error)


def operator() -> str:
    """The account that gives the command, and who lent it; variables like `USER` are not believed."""
    import pwd

    try:
        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        name = f"uid {os.getuid()}"
    lent = os.environ.get("SUDO_USER")
    return f"{name} (sudo {lent})" if lent and os.getuid() == 0 else name


def end_on_sigterm() -> None:
    """Lets a terminated process clean up: temporary files go, worker processes end."""

    def end(_signal: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + signal.SIGTERM)

    signal.signal(signal.SIGTERM, end)


def _wrong_use(error: Exception) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":
        say(str(getattr(error, "message", error)))
        return 2
    said = " ".join(str(getattr(error, "format_message", error.__str__)()).split())
    ctx = getattr(error, "ctx", None)
    command = ctx.command_path if ctx is not None else "chitieu"
    say(f"chitieu: {_in_vietnamese(said)}; xem: {command} --help")
    return 2


def _in_vietnamese(said: str) -> str:
    for pattern, words in _USAGE:
        if match := re.fullmatch(pattern, said):
            found = [group.replace("'", "") for group in match.groups() if group]
            near = found[-1] if len(found) > words.count("{") else ""
            return words.format(*found) + (f" (gần nhất: {near})" if near else "")
    return said


def _failed(error: Exception) -> int:
    from corpus.errors import ChitieuError

    if isinstance(error, ChitieuError):
        say(f"chitieu: {' '.join(str(error).split())}")
        return error.exit_status
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        say("; ".join(filter(None, (f"chitieu: {where}{why(error)}", how(error)))))
        return 1
    said = " ".join(f"{type(error).__name__}: {error}".split())
    if os.environ.get("CHITIEU_TRACEBACK"):
        raise error
    say(f"chitieu: lỗi không lường trước ({said}); đặt CHITIEU_TRACEBACK=1 rồi chạy lại để lấy chi tiết báo lỗi")
    return 1


def home_of(ctx: typer.Context) -> Path:
    """The home directory of this call."""
    from assistant.settings import home_directory

    return home_directory(ctx.find_root().obj)


def workspace(ctx: typer.Context) -> Workspace:
    """The workspace of this call's home."""
    from assistant.workspace import Workspace

    return Workspace(home_of(ctx))


def say(line: str) -> None:
    """One line on stderr."""
    typer.echo(line, err=True)


def emit(value: Any) -> None:
    """`value` as one line of JSON on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def ending(good: int, failed: Sequence[Failure]) -> None:
    """Names what failed on stderr and ends with 2 when nothing was good, 1 when something was not."""
    for failure in failed:
        say(f"chitieu: {failure.name}: {failure.reason}")
    if failed:
        raise typer.Exit(1 if good else 2)


def iso_date(value: str | None) -> str | None:
    """A date as ISO 8601; accepts 2020-03-04, 2020-03, 2020 and 04/03/2020."""
    if value is None:
        return None
    import datetime

    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", value.strip())
    iso = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else value.strip()
    if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", iso):
        try:
            datetime.date.fromisoformat((iso + "-01-01")[:10] if len(iso) != 7 else iso + "-01")
        except ValueError:
            pass
        else:
            return iso
    raise typer.BadParameter(f"{value!r} không phải ngày; viết 2020-03-04 hoặc 04/03/2020")


@contextmanager
def progress() -> Iterator[Progress | None]:
    """Shows progress bars on stderr while it is a terminal; None otherwise."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done)

        yield tell
