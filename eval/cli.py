"""The commands `chitieu eval ...`: each measures, prints, and with `--json` ends with one line for programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Đo chất lượng và tốc độ.")

_Json = Annotated[bool, typer.Option("--json", help="Thêm một dòng JSON ở cuối.")]


@app.command()
def retrieval(
    corpus: Annotated[Path, typer.Option(metavar="FILE", help='JSONL, mỗi dòng {"id", "title"?, "text"}.')],
    queries: Annotated[Path, typer.Option(metavar="FILE", help='JSONL, mỗi dòng {"qid", "question", "relevant"}.')],
    cache: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Giữ chỉ mục để lần sau không phải lập lại.")
    ] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="Mô hình khác thay cho mô hình kèm theo.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Chỉ hỏi chừng này câu đầu.")] = None,
    as_json: _Json = False,
) -> None:
    """Tìm đúng điều luật: BM25, véc-tơ, và cách tìm mặc định."""
    from eval.retrieval import evaluate, show

    typer.echo(show(evaluate(corpus, queries, cache, model, limit), as_json))


@app.command()
def answers(
    questions: Annotated[
        Path, typer.Option(metavar="FILE", help='JSONL, mỗi dòng {"id", "question", "answer", "quotes", "type"}.')
    ] = Path(__file__).parent / "questions" / "held_out.jsonl",
    documents: Annotated[Path | None, typer.Option(metavar="DIR", help="Thư mục văn bản để hỏi.")] = None,
    home: Annotated[Path | None, typer.Option(metavar="DIR", help="Thư mục dữ liệu đã có văn bản.")] = None,
    as_json: _Json = False,
) -> None:
    """Hỏi các câu đã biết đáp án: đúng, trích dẫn, không bịa, biết từ chối."""
    from eval.answers import evaluate, show

    typer.echo(show(evaluate(questions, home, documents), as_json))


@app.command()
def speed(
    documents: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Thư mục văn bản để đo; không có thì dùng bản tóm lược kèm theo.")
    ] = None,
    questions: Annotated[Path | None, typer.Option(metavar="FILE", help='JSONL, mỗi dòng {"question"}.')] = None,
    repeats: Annotated[int, typer.Option(min=1, max=100, help="Số lần đo mỗi việc, lấy lần nhanh nhất.")] = 5,
    limit: Annotated[int, typer.Option(min=1, help="Số câu hỏi nhiều nhất.")] = 60,
    as_json: _Json = False,
) -> None:
    """Tốc độ khởi động, đọc, trích chỉ tiêu, lập chỉ mục, tìm kiếm, trả lời."""
    from eval.speed import run, show

    typer.echo(show(run(documents, questions, repeats, limit), as_json))
