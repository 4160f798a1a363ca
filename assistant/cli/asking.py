"""Commands that answer: ask, search."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from assistant.cli.edge import emit, iso_date, say, workspace
from assistant.why import why

if TYPE_CHECKING:
    from assistant.answers.answer import Answer
    from assistant.workspace import Workspace

__all__ = ["attach"]

_CITED = ("document", "number", "path", "quote", "start", "end", "link")


def attach(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    app.command("ask")(_ask)
    app.command("search")(_search)


def _ask(
    ctx: typer.Context,
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", help="Câu hỏi tiếng Việt.")] = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="NGÀY", callback=iso_date, help="Chỉ xét văn bản có hiệu lực vào ngày này."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Toàn bộ câu trả lời dạng JSON.")] = False,
    batch: Annotated[
        Path | None, typer.Option(metavar="IN", help='Tệp JSONL, mỗi dòng {"id", "question", "history"?}; - là stdin.')
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="OUT", help="Tệp JSONL để ghi câu trả lời; - là stdout.")
    ] = None,
) -> None:
    """Trả lời câu hỏi kèm trích dẫn, hoặc nêu lý do từ chối."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("cần một câu hỏi hoặc --batch, không phải cả hai", param_hint="QUESTION")
    room = workspace(ctx)
    if batch is not None:
        _answer_lines(room, batch, output or Path("-"), as_of)
        return
    assert question is not None
    if not question.strip():
        raise typer.BadParameter("câu hỏi trống", param_hint="QUESTION")
    answer = room.ask(question, as_of=as_of)
    if as_json:
        emit(answer.model_dump(mode="json"))
        return
    from assistant.cli.views import answered

    typer.echo("\n".join(answered(answer)))


def _search(
    ctx: typer.Context,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Từ ngữ cần tìm.")],
    k: Annotated[int | None, typer.Option("-k", min=1, max=1000, help="Số kết quả.", show_default="10")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Mảng JSON.")] = False,
) -> None:
    """Tìm những đoạn gần nhất với từ ngữ đã cho."""
    room = workspace(ctx)
    hits = room.search(query, k)
    numbers = {s.id: s.number or s.about or "" for s in room.documents()}
    if as_json:
        parts = ("document", "path", "start", "end", "text")
        emit(
            [
                hit.passage.model_dump(include=set(parts))
                | {"number": numbers.get(hit.passage.document) or None, "score": hit.score, "parts": hit.parts}
                for hit in hits
            ]
        )
        return
    from assistant.cli.views import found

    if not hits:
        say("Không tìm thấy đoạn nào.")
    for text in found(hits, numbers):
        typer.echo(text)


def _answer_lines(room: Workspace, source: Path, target: Path, as_of: str | None) -> None:
    """Answers each line of `source` in order; a line that cannot be answered is named on stderr and passed over."""
    good = bad = 0
    with _reading(source) as lines, _writing(target) as out:
        for at, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                out.write(_answer_line(room, line, as_of) + "\n")
                out.flush()
                good += 1
            except _bad_line() as error:
                bad += 1
                say(f"chitieu: {source}: dòng {at}: {_told(error)}")
    if bad:
        raise typer.Exit(1 if good else 2)


def _answer_line(room: Workspace, line: str, as_of: str | None) -> str:
    from assistant.answers.answer import Turn
    from corpus.errors import InputError

    asked = json.loads(line)
    if not isinstance(asked, dict) or not isinstance(asked.get("question"), str) or "id" not in asked:
        raise InputError('cần một đối tượng JSON có "id" và "question"')
    history = asked.get("history") or []
    if not isinstance(history, list):
        raise InputError('"history" phải là danh sách {"role", "content"}')
    answer = room.ask(asked["question"], tuple(Turn.model_validate(turn) for turn in history), as_of)
    return json.dumps({"id": asked["id"]} | _reply(answer), ensure_ascii=False)


def _reply(answer: Answer) -> dict[str, Any]:
    cited = [citation.model_dump(include=set(_CITED)) for citation in answer.citations]
    reason = str(answer.reason) if answer.reason is not None else None
    return {"answer": answer.answer, "abstained": answer.abstained, "reason": reason, "citations": cited}


def _bad_line() -> tuple[type[Exception], ...]:
    from corpus.errors import InputError

    return (InputError, ValueError)


def _told(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"không phải JSON hợp lệ (cột {error.colno})"
    if type(error).__name__ == "ValidationError":
        return 'mỗi mục của "history" phải là {"role": chuỗi, "content": chuỗi}'
    return " ".join(str(error).split())


@contextmanager
def _reading(path: Path) -> Iterator[TextIO]:
    if str(path) == "-":
        yield sys.stdin
        return
    from corpus.errors import InputError

    try:
        file = path.open(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise InputError(f"{path}: không mở được ({why(error)})") from None
    with file:
        yield file


@contextmanager
def _writing(path: Path) -> Iterator[TextIO]:
    if str(path) == "-":
        yield sys.stdout
        return
    from corpus.errors import InputError

    try:
        file = path.open("w", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: không ghi được ({why(error)})") from None
    with file:
        yield file
