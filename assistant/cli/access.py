"""Commands on who may do and see what: `chitieu key`, `chitieu collection`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.edge import emit, home_of, say, workspace

if TYPE_CHECKING:
    from assistant.access.keys import Key, Keys

__all__ = ["attach"]

_Groups = Annotated[
    list[str] | None,
    typer.Option(
        "--collection", metavar="NHÓM", help="Nhóm văn bản xem được; lặp lại hoặc cách bằng dấu phẩy; * là tất cả."
    ),
]
_AsJson = Annotated[bool, typer.Option("--json", help="Mỗi dòng một đối tượng JSON.")]


def attach(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    key = typer.Typer(no_args_is_help=True, help="Tạo, liệt kê, thu hồi khóa truy cập.")
    key.command("create")(_create)
    key.command("list")(_keys)
    key.command("revoke")(_revoke)
    app.add_typer(key, name="key")
    collection = typer.Typer(no_args_is_help=True, help="Xếp văn bản vào nhóm chỉ một số người xem được.")
    collection.command("list")(_collections)
    collection.command("add")(_join)
    collection.command("remove")(_leave)
    app.add_typer(collection, name="collection")


def _create(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="TÊN", help="Khóa này của ai, dùng ở đâu.")],
    role: Annotated[str, typer.Option(metavar="VAI TRÒ", help="reader, editor hoặc admin.")] = "reader",
    collection: _Groups = None,
    scope: Annotated[
        list[str] | None,
        typer.Option(metavar="QUYỀN", help="Chỉ quyền này của vai trò: ask, read, try, correct, store, manage."),
    ] = None,
    days: Annotated[
        int | None,
        typer.Option(min=1, max=3650, metavar="NGÀY", help="Số ngày khóa có hiệu lực.", show_default="không hết hạn"),
    ] = None,
) -> None:
    """Tạo một khóa và in ra một lần duy nhất.

    Khóa in trên stdout, mọi lời khác trên stderr. Chương trình chỉ giữ mã băm, không ai xem lại được khóa.
    """
    from assistant.access.roles import Permission, Role
    from assistant.access.words import chosen

    scopes = None if scope is None else [chosen(Permission, one, "--scope") for one in scope]
    key, shown = _of(ctx).create(name, chosen(Role, role, "--role"), collection or (), scopes, days)
    _noted(ctx, "key.create", f"{key.id} {key.name}")
    say(f"Đã tạo khóa {_line(key)}. Hãy cất khóa dưới đây ngay; không xem lại được:")
    typer.echo(shown)


def _keys(ctx: typer.Context, as_json: _AsJson = False) -> None:
    """Liệt kê các khóa, không có phần bí mật."""
    keys = _of(ctx).listed()
    if not keys and not as_json:
        say("Chưa có khóa nào; hãy tạo bằng: chitieu key create TÊN")
    for key in keys:
        emit({**key.model_dump(mode="json"), "works": key.works}) if as_json else typer.echo(_line(key))


def _revoke(
    ctx: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="MÃ", help="Mã khóa, xem bằng: chitieu key list.")],
) -> None:
    """Thu hồi khóa: hết hiệu lực ngay, không phục hồi được."""
    keys = _of(ctx)
    for id in ids:
        key = keys.revoke(id)
        _noted(ctx, "key.revoke", f"{key.id} {key.name}")
        typer.echo(f"Đã thu hồi khóa {key.id} ({key.name}).")


def _collections(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NHÓM", help="Chỉ nhóm này.", show_default="mọi nhóm")] = None,
    as_json: _AsJson = False,
) -> None:
    """Liệt kê các nhóm và văn bản trong đó."""
    from assistant.access.names import collection_name

    wanted = None if name is None else collection_name(name)
    rows = sorted((group, id) for id, own in workspace(ctx).collections.all().items() for group in own)
    rows = [(group, id) for group, id in rows if wanted in (None, group)]
    if not rows and not as_json:
        say("Chưa có văn bản nào trong nhóm; mọi người dùng đều xem được tất cả văn bản.")
    for group, id in rows:
        emit({"collection": group, "document": id}) if as_json else typer.echo(f"{group}  {id}")


def _join(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NHÓM", help="Tên nhóm, ví dụ: kế hoạch.")],
    ids: Annotated[list[str], typer.Argument(metavar="ID", help="Mã văn bản, xem bằng: chitieu list.")],
) -> None:
    """Xếp văn bản vào nhóm: từ lúc này chỉ người được cấp nhóm xem được, kể cả trong câu trả lời."""
    from assistant.access.names import collection_name

    room, group = workspace(ctx), collection_name(name)
    found = [room.document(id).id for id in ids]
    room.collections.join(found, [group])
    _noted(ctx, "collections", f"+ {group}: {', '.join(found)}")
    typer.echo(f"Nhóm {group}: thêm {len(set(found))} văn bản.")


def _leave(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NHÓM", help="Tên nhóm.")],
    ids: Annotated[list[str], typer.Argument(metavar="ID", help="Mã văn bản.")],
) -> None:
    """Đưa văn bản ra khỏi nhóm; văn bản không còn nhóm nào thì ai cũng xem được."""
    from assistant.access.names import collection_name

    room, group = workspace(ctx), collection_name(name)
    room.collections.leave(ids, [group])
    _noted(ctx, "collections", f"- {group}: {', '.join(ids)}")
    everybody = [id for id in dict.fromkeys(ids) if not room.collections.of(id)]
    typer.echo(
        f"Nhóm {group}: bớt {len(set(ids))} văn bản."
        + (f" Ai cũng xem được: {', '.join(everybody)}." if everybody else "")
    )


def _of(ctx: typer.Context) -> Keys:
    from assistant.access.keys import Keys
    from assistant.access.ledger import Ledger

    room = workspace(ctx)
    return Keys(Ledger(lambda: room.store))


def _noted(ctx: typer.Context, action: str, subject: str) -> None:
    """Writes it to the audit log, as done by whoever is at this machine."""
    from assistant.watch import audit

    audit.did(home_of(ctx), action, subject)


def _line(key: Key) -> str:
    every = key.identity().sees_all
    sees = "mọi văn bản" if every else ", ".join(key.collections) or "văn bản chung"
    may = "" if key.scopes is None else f"; chỉ {', '.join(key.scopes)}"
    until = f"; đến {key.expires_at[:10]}" if key.expires_at else ""
    state = "" if key.works else "; đã thu hồi" if key.revoked_at else "; đã hết hạn"
    used = f"; dùng lần cuối {key.used_at[:16].replace('T', ' ')}" if key.used_at else ""
    return f"{key.id}  {key.name}  ({key.role}; xem {sees}{may}{until}{used}{state})"
