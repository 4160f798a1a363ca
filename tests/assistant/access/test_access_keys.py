"""API keys and the commands that make them: what is kept, what is shown, what ends them."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from hashlib import sha256

import pytest

from assistant.access.identity import Identity
from assistant.access.keys import Keys
from assistant.access.ledger import Ledger, keys, now
from assistant.access.roles import GRANTS, Permission, Role, grants
from assistant.cli import main
from corpus.errors import InputError, NotFound, StoreError
from corpus.store import Store


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="module")
def store(folder):
    return Store(f"sqlite:///{folder / 'chitieu.db'}")


@pytest.fixture(scope="module")
def keeper(store):
    return Keys(Ledger(lambda: store))


def chitieu(*arguments):
    with pytest.raises(SystemExit) as ended:
        main([str(a) for a in arguments])
    return ended.value.code


def test_nothing_is_written_until_a_key_is_made(keeper, folder):
    assert keeper.listed() == []
    assert keeper.check("ctk_a_b") is None
    with sqlite3.connect(folder / "chitieu.db") as db:
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert not any(t.startswith("access_") for t in tables)


def test_a_key_is_kept_as_a_hash_alone(keeper, folder):
    key, shown = keeper.create("Cổng thông tin")
    prefix, id, secret = shown.split("_", 2)
    assert (prefix, id) == ("ctk", key.id)
    assert len(secret) == 43
    everything = b"".join(p.read_bytes() for p in folder.iterdir())
    assert secret.encode() not in everything
    assert sha256(secret.encode()).hexdigest().encode() in everything
    assert len({keeper.create("x")[1] for _ in range(5)}) == 5


def test_only_the_whole_key_opens(keeper):
    key, shown = keeper.create("Một")
    _, other = keeper.create("Hai")
    assert keeper.check(shown) == key
    mixed = shown[: shown.rindex("_", 0, 15) + 1] + other.split("_", 2)[2]
    for wrong in (
        "",
        "ctk_",
        shown[:-1],
        shown + "x",
        shown.upper(),
        mixed,
        f"ctk_{key.id}_",
        shown[4:],
        "ctk_" + "x" * 5000,
        "ctk_\ud800",
    ):
        assert keeper.check(wrong) is None, wrong


def test_a_key_ends_on_its_day_or_when_it_is_revoked(keeper, store):
    key, shown = keeper.create("Một tháng", days=30)
    assert keeper.check(shown) is not None
    with store.writing() as connection:
        connection.execute(keys.update().where(keys.c.id == key.id).values(expires_at=now()))
    assert keeper.check(shown) is None
    assert keeper.find(key.id) is None
    other, again = keeper.create("Bị mất")
    first = keeper.revoke(again)
    assert keeper.check(again) is None
    assert keeper.revoke(other.id).revoked_at == first.revoked_at
    with pytest.raises(NotFound, match="chitieu key list"):
        keeper.revoke("0000000000")


def test_when_a_key_was_used_is_noted_to_the_minute(keeper, store):
    _, shown = keeper.create("Một")
    keeper.used(keeper.check(shown))
    first = keeper.check(shown).used_at
    assert first is not None
    with store.writing() as connection:
        connection.execute(keys.update().values(used_at="2020-01-01T00:00:00Z"))
    keeper.used(keeper.check(shown))
    assert keeper.check(shown).used_at >= first


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\x00b", "a\x1b[31m"])
def test_names_that_cannot_be_shown_are_refused(keeper, name):
    with pytest.raises(InputError):
        keeper.create(name)


@pytest.mark.parametrize("collection", ["*a", "x" * 101, "a\x07", "**"])
def test_names_of_collections_are_checked(keeper, collection):
    with pytest.raises(InputError):
        keeper.create("Một", collections=[collection])


def test_a_scope_narrows_a_role_and_never_widens_it(keeper):
    key, _ = keeper.create("Khung chat", Role.EDITOR, scopes=[Permission.ASK])
    assert key.identity().permissions == {Permission.ASK}
    with pytest.raises(InputError, match="manage"):
        keeper.create("Một", Role.READER, scopes=[Permission.MANAGE])
    for role in Role:
        assert grants(role, frozenset({Permission.READ})) == {Permission.READ}


def test_each_role_holds_the_one_before():
    assert GRANTS[Role.READER] < GRANTS[Role.EDITOR] < GRANTS[Role.ADMIN] == frozenset(Permission)


def test_who_sees_what():
    def somebody(*collections, permissions=()):
        return Identity(
            subject="x", name="x", kind="key", permissions=frozenset(permissions), collections=frozenset(collections)
        )

    assert somebody().sees(())
    assert somebody().sees({"public", "mật"})
    assert not somebody().sees({"mật"})
    assert not somebody("kế hoạch").sees({"mật"})
    assert somebody("kế hoạch", "mật").sees({"mật"})
    assert somebody("*").sees({"mật"})
    assert somebody(permissions=[Permission.MANAGE]).sees({"mật"})


def test_two_processes_may_make_the_tables_at_once(tmp_path):
    Store(f"sqlite:///{tmp_path / 'chitieu.db'}").close()
    code = (
        "from corpus.store import Store; from assistant.access.keys import Keys; from assistant.access.ledger import Ledger\n"
        f"s = Store('sqlite:///{tmp_path / 'chitieu.db'}'); Keys(Ledger(lambda: s)).create('x')"
    )
    running = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) for _ in range(3)]
    assert [(p.wait(60), p.communicate()[1]) for p in running] == [(0, b"")] * 3
    store = Store(f"sqlite:///{tmp_path / 'chitieu.db'}")
    assert len(Keys(Ledger(lambda: store)).listed()) == 3


def test_without_a_database_nothing_opens_and_nothing_is_kept():
    nowhere = Keys(Ledger(lambda: None))
    assert nowhere.check("ctk_a_b") is None
    with pytest.raises(StoreError):
        nowhere.create("x")


def test_the_commands_make_list_and_revoke(tmp_path, capsys):
    assert chitieu("key", "list", "--home", tmp_path) == 0
    capsys.readouterr()
    made = chitieu(
        "key", "create", "Cổng", "--role", "editor", "--collection", "Kế hoạch, Mật", "--days", 30, "--home", tmp_path
    )
    out, err = capsys.readouterr()
    assert made == 0
    assert re.fullmatch(r"ctk_[0-9a-f]{10}_[\w-]{43}\n", out)
    assert out.strip() not in err
    assert chitieu("key", "list", "--json", "--home", tmp_path) == 0
    listed = capsys.readouterr().out
    row = json.loads(listed)
    assert (row["role"], row["collections"], row["works"]) == ("editor", ["kế hoạch", "mật"], True)
    assert out.strip().split("_", 2)[2] not in listed
    assert chitieu("key", "revoke", row["id"], "--home", tmp_path) == 0
    capsys.readouterr()
    assert chitieu("key", "list", "--home", tmp_path) == 0
    assert "đã thu hồi" in capsys.readouterr().out
    log = (tmp_path / "audit.jsonl").read_text("utf-8")
    assert "key.create" in log
    assert "key.revoke" in log
    assert out.strip().split("_", 2)[2] not in log


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("key", "create", "x", "--role", "boss"), "reader, editor, admin"),
        (("key", "create", "x", "--scope", "fly"), "ask, read"),
        (("key", "create", "x", "--scope", "manage"), "manage"),
        (("key", "create", "x", "--days", "0"), "--days"),
        (("key", "revoke", "zzz"), "chitieu key list"),
        (("collection", "add", "a,b", "x"), "dấu phẩy"),
        (("collection", "add", "*", "x"), "chitieu list"),
    ],
)
def test_wrong_use_is_one_line_and_ends_with_two(folder, capsys, arguments, told):
    assert chitieu(*arguments, "--home", folder) == 2
    err = capsys.readouterr().err
    assert told in err
    assert len(err.splitlines()) == 1
