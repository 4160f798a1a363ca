"""What somebody sees does not tell whether there are documents that they may not see: replies are those of a home without.

Only the order and the scores of a search, and how sure an answer is, may differ: words are counted over all documents.
"""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient

from assistant.access.collections import Collections
from assistant.access.desk import AccessOptions
from assistant.access.keys import Keys
from assistant.access.ledger import Ledger
from assistant.access.roles import Role
from assistant.service import create_app
from assistant.service.options import Options
from assistant.workspace import Workspace

OPEN = {
    "tu-sach": "QUYẾT ĐỊNH\nSố: 21/QĐ-THU\nNgày 03 tháng 4 năm 2026\nVề tủ sách\n\nĐiều 1. Mục tiêu\n"
    "Đến năm 2027, ít nhất 41% số xã có tủ sách pháp luật; 90% cán bộ xã được tập huấn.\n",
    "cay-xanh": "KẾ HOẠCH\nSố: 8/KH-THU\nVề cây xanh\n\n1. Đến năm 2028, trồng 12.000 cây bóng mát ở các phường.\n",
}
HIDDEN = {
    "kho-lanh": "QUYẾT ĐỊNH\nSố: 22/QĐ-THU\nVề kho lạnh vaccine Zorblaxin\n\nĐiều 1. Mục tiêu\nĐến năm 2028, ít nhất "
    "57% số huyện có kho lạnh Zorblaxin; 63% số xã có tủ lạnh. Trung tâm kiểm soát dịch tễ (sau đây gọi tắt là "
    "TTKSDT) chủ trì.\n",
    "sua-tu-sach": "QUYẾT ĐỊNH\nSố: 23/QĐ-THU\nNgày 05 tháng 6 năm 2026\nVề việc thay thế Quyết định số 21/QĐ-THU\n\n"
    "Điều 1. Quyết định này thay thế Quyết định số 21/QĐ-THU. Đến năm 2027, 77% số xã có tủ sách pháp luật.\n",
}
CANARIES = ("zorblaxin", "57%", "63%", "77%", "22/qđ-thu", "23/qđ-thu", "kho-lanh", "sua-tu-sach", "dịch tễ")

QUESTIONS = (
    "Đến năm 2027 bao nhiêu phần trăm số xã có tủ sách pháp luật?",
    "Kho lạnh Zorblaxim đạt bao nhiêu phần trăm số huyện?",
    "TTKSDT là gì?",
    "Quyết định 22/QĐ-THU nói gì?",
    "Văn bản nào thay thế Quyết định 21/QĐ-THU?",
    "Trồng bao nhiêu cây bóng mát?",
    "tu sach phap luat",
    "có những văn bản nào?",
)
READ = (
    "/api/documents",
    "/api/documents?q=lạnh",
    "/api/documents/tu-sach",
    "/api/documents/kho-lanh",
    "/api/documents/22%2FQ%C4%90-THU",
    "/api/documents/kho-lan",
    "/api/targets",
    "/api/targets?document=kho-lanh",
    "/api/targets/export?format=csv",
    "/api/suggestions",
    "/documents",
    "/documents/tu-sach",
    "/documents/kho-lanh",
    "/targets",
    "/targets?q=tủ",
    "/v1/models",
    "/api/me",
)


def _client(root, texts, hidden=()):
    folder = root / "in"
    folder.mkdir(parents=True)
    for id, text in texts.items():
        (folder / f"{id}.txt").write_text(text, "utf-8")
    home = root / "home"
    workspace = Workspace(home)
    workspace.add(sorted(folder.iterdir()))
    ledger = Ledger(lambda: workspace.store)
    if hidden:
        Collections(ledger).put(hidden, ["noi-bo"])
    _, key = Keys(ledger).create("lan", Role.READER)
    app = create_app(home, options=Options(access=AccessOptions(mode="keys")))
    app.state.service.warm()
    return TestClient(app, headers={"Authorization": f"Bearer {key}"}, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """A reader's client of a home with hidden documents, and of one that never had them."""
    root = tmp_path_factory.mktemp("leaks")
    return _client(root / "with", OPEN | HIDDEN, HIDDEN), _client(root / "without", OPEN)


def _plain(value):
    """`value` without what may differ: scores, moments, identifiers of the reply."""
    if isinstance(value, dict):
        apart = ("score", "confidence", "created", "id_of_reply", "subject")
        return {k: _plain(v) for k, v in value.items() if k not in apart and not (k == "id" and "chatcmpl" in str(v))}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _same(one, other, path):
    assert one.status_code == other.status_code, path
    if "json" in one.headers.get("content-type", ""):
        assert _plain(one.json()) == _plain(other.json()), path
    else:
        assert one.text == other.text, path
    assert len(one.text) - len(other.text) in range(-60, 61), path


@pytest.mark.parametrize("path", READ)
def test_what_is_read_is_the_same_as_without_them(both, path):
    _same(both[0].get(path), both[1].get(path), path)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_answered_is_the_same_as_without_them(both, question):
    body = {"question": question}
    chat = {"model": "chitieu", "messages": [{"role": "user", "content": question}]}
    for path, sent in (("/api/ask", body), ("/v1/chat/completions", chat)):
        _same(*(client.post(path, json=sent) for client in both), path)
    streamed = [client.post("/api/ask/stream", json=body).text for client in both]
    assert [line for line in streamed[0].splitlines() if line.startswith("event")] == [
        line for line in streamed[1].splitlines() if line.startswith("event")
    ]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_search_finds_the_same_passages_as_without_them(both, question):
    found = [client.get("/api/search", params={"q": question, "k": 50}).json()["hits"] for client in both]
    places = [sorted((hit["document"], hit["start"], hit["end"], hit["text"]) for hit in hits) for hits in found]
    assert places[0] == places[1]


def test_no_word_number_or_name_of_them_comes_out_anywhere(both):
    said = [both[0].get(path).text for path in READ]
    for question in QUESTIONS:
        said += [both[0].post(path, json={"question": question}).text for path in ("/api/ask", "/api/ask/stream")]
        said.append(json.dumps(both[0].get("/api/search", params={"q": question}).json()["hits"], ensure_ascii=False))
    asked = " ".join((*QUESTIONS, *READ)).lower()
    for canary in CANARIES:
        if canary not in asked:
            assert not [text for text in said if canary in text.lower()], canary
