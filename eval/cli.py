"""The commands `chitieu eval ...`: each measures, prints, and with `--json` ends with one line for programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Đo chất lượng và tốc độ.",
)

_Json = Annotated[bool, typer.Option("--json", help="Thêm một dòng JSON ở cuối.")]
_Folder = Annotated[Path | None, typer.Option(metavar="DIR", help="Thư mục văn bản; bỏ trống là kho --home.")]


@app.callback()
def _measure() -> None:
    """Đo chất lượng và tốc độ."""


@app.command()
def retrieval(
    corpus: Annotated[Path, typer.Option(metavar="FILE", help='JSONL, mỗi dòng {"id", "title"?, "text"}.')],
    queries: Annotated[Path, typer.Option(metavar="FILE", help='JSONL, mỗi dòng {"qid", "question", "relevant"}.')],
    cache: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Giữ chỉ mục để lần sau không phải lập lại.")
    ] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="Mô hình khác thay cho mô hình kèm theo.")] = None,
    reranker: Annotated[
        str | None, typer.Option(metavar="NAME", help="Đo thêm cách có mô hình xếp lại này, ví dụ chitieu-rerank.")
    ] = None,
    rerank_depth: Annotated[int, typer.Option(metavar="N", min=1, max=60, help="Số đoạn được đọc lại.")] = 20,
    rerank_weight: Annotated[
        float, typer.Option(metavar="W", min=0, max=20, help="Mức mô hình xếp lại được tính.")
    ] = 1.2,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="Chỉ hỏi N câu đầu.")] = None,
    as_json: _Json = False,
) -> None:
    """Tìm đúng điều luật: BM25, véc-tơ, cách mặc định, cách có xếp lại."""
    from eval.retrieval import evaluate, show
    from indexer import reranking

    second = reranking.Reranking(reranking.reranker(reranker), rerank_depth, rerank_weight) if reranker else None
    typer.echo(show(evaluate(corpus, queries, cache, model, limit, second), as_json))


@app.command()
def corpus(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Thư mục có các tệp và facts.jsonl.")],
    as_json: _Json = False,
) -> None:
    """Đọc đúng số, trích yếu, ngày hiệu lực, số điều."""
    from eval.corpus import evaluate, show

    typer.echo(show(evaluate(directory), as_json))


@app.command()
def targets(
    gold: Annotated[
        Path, typer.Option(metavar="DIR", help="Thư mục chỉ tiêu do người gán, mỗi văn bản một tệp jsonl.")
    ],
    text: Annotated[Path, typer.Option(metavar="DIR", help="Thư mục văn bản cùng tên.")],
    manifest: Annotated[Path | None, typer.Option(metavar="FILE", help="Siêu dữ liệu của các văn bản.")] = None,
    as_json: _Json = False,
) -> None:
    """Trích đúng chỉ tiêu so với người gán."""
    from eval.targets import evaluate, show

    typer.echo(show(evaluate(gold, text, manifest), as_json))


@app.command()
def answers(
    ctx: typer.Context,
    questions: Annotated[Path, typer.Option(metavar="FILE", help="JSONL câu hỏi có đáp án.")],
    documents: _Folder = None,
    as_json: _Json = False,
) -> None:
    """Trả lời đúng, dẫn đúng, từ chối đúng lúc."""
    from assistant.settings import home_directory
    from eval.answers import evaluate, show

    home = None if documents else home_directory(ctx.find_root().obj)
    typer.echo(show(evaluate(questions, home=home, documents=documents), as_json))


@app.command()
def speed(
    ctx: typer.Context,
    documents: Annotated[Path | None, typer.Option(metavar="DIR", help="Thư mục văn bản; bỏ trống là kho mẫu.")] = None,
    questions: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help='JSONL, mỗi dòng có "question"; nhiều tệp thì xen kẽ.')
    ] = None,
    repeats: Annotated[int, typer.Option(metavar="N", min=1, max=100, help="Đo mỗi việc N lần.")] = 5,
    asking: Annotated[
        bool, typer.Option("--asking", help="Chỉ đo hỏi đáp trong kho --home: mỗi câu hỏi lần đầu, rồi hỏi lại.")
    ] = False,
    limit: Annotated[int | None, typer.Option(metavar="N", min=2, help="Chỉ hỏi N câu đầu, với --asking.")] = None,
    as_json: _Json = False,
) -> None:
    """Thời gian khởi động, đọc, trích, lập chỉ mục, hỏi."""
    if asking:
        from assistant.settings import home_directory
        from eval import asking as timed

        home = home_directory(ctx.find_root().obj)
        typer.echo(timed.show(timed.run(home, timed.questions_in(questions or [], limit)), as_json))
        return
    from eval.speed import run, show

    typer.echo(show(run(documents, questions[0] if questions else None, repeats), as_json))


@app.command()
def scale(
    corpus: Annotated[Path, typer.Option(metavar="FILE", help='JSONL, mỗi dòng {"id", "title"?, "text"}.')],
    queries: Annotated[Path, typer.Option(metavar="FILE", help='JSONL, mỗi dòng {"qid", "question", "relevant"}.')],
    sizes: Annotated[str, typer.Option(metavar="N,N", help="Số đoạn, cách nhau dấu phẩy.")] = "10000,30000,100000",
    backends: Annotated[str, typer.Option(metavar="TÊN,TÊN", help="embedded, cluster.")] = "embedded,cluster",
    cache: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Chỉ mục của eval retrieval --cache, để lấy từ và véc-tơ.")
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="Hỏi N câu đầu.")] = 100,
    compared: Annotated[int, typer.Option(metavar="N", min=0, help="So N câu đầu giữa hai cách.")] = 20,
    as_json: _Json = False,
) -> None:
    """Thời gian, bộ nhớ, đĩa theo số đoạn, trong tệp và trong PostgreSQL."""
    from eval.scale import parsed, run, show

    rows = list(run(corpus, queries, parsed(sizes), backends.split(","), cache, limit, compared))
    typer.echo(show(rows, as_json))


@app.command()
def growth(
    cache: Annotated[
        Path, typer.Option(metavar="DIR", help="Thư mục mà chitieu eval retrieval --cache đã lập chỉ mục.")
    ],
    queries: Annotated[Path, typer.Option(metavar="FILE", help='JSONL, mỗi dòng có "question".')],
    largest: Annotated[int, typer.Option(metavar="N", min=1000, help="Số đoạn nhiều nhất.")] = 1_000_000,
    tables: Annotated[int, typer.Option(metavar="N", min=0, help="Số đoạn nhiều nhất của bảng từ.")] = 100_000,
    as_json: _Json = False,
) -> None:
    """Thời gian, bộ nhớ, đĩa và độ đúng khi số đoạn tăng lên."""
    from eval.growth import SIZES, run, show

    typer.echo(show(run(cache, queries, [s for s in SIZES if s <= largest], tables), as_json))


@app.command()
def adding(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Văn bản chưa có trong kho.")],
    anew: Annotated[bool, typer.Option("--anew", help="Cuối cùng lập lại chỉ mục từ tất cả văn bản.")] = False,
    as_json: _Json = False,
) -> None:
    """Thêm, sửa, gỡ một văn bản trong bản sao của kho --home mất bao lâu."""
    from assistant.settings import home_directory
    from eval.adding import run, show

    typer.echo(show(run(home_directory(ctx.find_root().obj), files, anew), as_json))
