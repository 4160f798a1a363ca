"""Keys, collections and ended sessions in PostgreSQL, as in SQLite."""

from __future__ import annotations

import pytest

from assistant.access.desk import Access, AccessOptions
from assistant.access.identity import NOBODY
from assistant.access.roles import Role
from corpus.store import Store


@pytest.fixture
def stores(postgres):
    """Two processes' worth of connections to one database."""
    url = postgres()
    made = [Store(url), Store(url)]
    yield made
    for store in made:
        store.close()


def test_what_one_process_writes_the_other_sees_at_once(stores, tmp_path):
    one, two = (Access(tmp_path, lambda store=store: store, AccessOptions(mode="keys")) for store in stores)
    assert two.keys.listed() == []
    key, shown = one.keys.create("Phòng Kế hoạch", Role.EDITOR, ["Kế hoạch"], days=3)
    assert two.bearer(shown) == key.identity()
    assert two.keys.listed()[0].used_at is not None
    one.collections.put(["mật-1", "chung"], ["Mật"])
    assert two.hidden(key.identity()) == two.hidden(NOBODY) == {"mật-1", "chung"}
    two.collections.leave(["chung"], ["mật"])
    one.collections.join(["mật-1"], ["kế hoạch"])
    assert (two.hidden(key.identity()), two.hidden(NOBODY)) == (frozenset(), {"mật-1"})
    cookie = one.sessions.begin("key", key.id, key.name)
    session = two.sessions.find(cookie)
    assert two.in_session(session) == key.identity()
    one.sessions.end(session)
    assert two.sessions.find(cookie) is None
    two.keys.revoke(key.id)
    assert one.bearer(shown) is None
