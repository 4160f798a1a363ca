"""MCP at `/mcp` of a real service with two workers, locked, driven by the official SDK's client."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from mcp import Client
from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client

from assistant.access.collections import Collections
from assistant.access.keys import Keys
from assistant.access.ledger import Ledger
from assistant.access.roles import Permission, Role
from assistant.watch.audit import last
from assistant.workspace import Workspace

OPEN = "QUYẾT ĐỊNH\nSố: 21/QĐ-THU\nVề tủ sách\n\nĐiều 1. Đến năm 2027, ít nhất 41% số xã có tủ sách pháp luật.\n"
SECRET = "QUYẾT ĐỊNH\nSố: 22/QĐ-THU\nVề kho lạnh\n\nĐiều 1. Đến năm 2028, ít nhất 57% số huyện có kho lạnh.\n"
COLD = "Đến năm 2028 bao nhiêu phần trăm số huyện có kho lạnh?"
TOOLS = {"ask", "search", "extract", "get_document", "list_documents"}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Address, home and keys of a service that holds an open and a hidden document."""
    root = tmp_path_factory.mktemp("mcp")
    for name, text in (("tu-sach", OPEN), ("kho-lanh", SECRET)):
        (root / f"{name}.txt").write_text(text, "utf-8")
    home = root / "home"
    workspace = Workspace(home)
    workspace.add([root / "tu-sach.txt", root / "kho-lanh.txt"])
    ledger = Ledger(lambda: workspace.store)
    Collections(ledger).put(["kho-lanh"], ["noi-bo"])
    keys = {
        "reader": Keys(ledger).create("lan", Role.READER)[1],
        "inside": Keys(ledger).create("an", Role.EDITOR, collections=["noi-bo"])[1],
        "asks": Keys(ledger).create("hoa", Role.READER, scopes=[Permission.ASK])[1],
    }
    (home / "config.toml").write_text('access = "keys"\nmcp = true\nworkers = 2\n', "utf-8")
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "--home", str(home), "serve"]
    with (root / "log").open("wb") as out:
        process = subprocess.Popen([*command, "--port", "0"], stdout=out, stderr=out)
    try:
        yield _address(root / "log"), home, keys
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def _address(log) -> str:

    for _ in range(1200):
        found = re.search(r"http://127\.0\.0\.1:\d+", log.read_text("utf-8", "replace"))
        if found:
            try:
                if httpx.get(f"{found.group()}/readyz", timeout=30).status_code == 200:
                    return found.group()
            except httpx.HTTPError:
                pass
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8", "replace"))


def _as(served, whose: str, work):
    """What `work(client)` gives, with the key of `whose`."""
    url, _, keys = served

    async def run():
        async with (
            create_mcp_http_client(headers={"Authorization": f"Bearer {keys[whose]}"}) as http,
            Client(streamable_http_client(f"{url}/mcp", http_client=http)) as client,
        ):
            return await work(client)

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, run()).result(200)


def _call(served, whose: str, tool: str, **arguments):
    return _as(served, whose, lambda client: client.call_tool(tool, arguments))


def test_the_tools_are_there_and_answer_with_citations(served):
    listed = _as(served, "reader", lambda client: client.list_tools())
    assert {tool.name for tool in listed.tools} == TOOLS
    asked = _call(served, "reader", "ask", question="Đến năm 2027 bao nhiêu phần trăm số xã có tủ sách pháp luật?")
    assert "41%" in asked.structured_content["answer"]
    assert asked.structured_content["citations"][0]["document"] == "tu-sach"


def test_a_hidden_document_is_in_no_tool(served):
    said = [
        _call(served, "reader", "ask", question=COLD),
        _call(served, "reader", "search", query="kho lạnh huyện", k=20),
        _call(served, "reader", "list_documents"),
        _call(served, "reader", "get_document", id="kho-lanh"),
        _call(served, "reader", "ask", question=COLD, scope=["kho-lanh"]),
    ]
    for one in said:
        text = json.dumps([part.model_dump() for part in one.content], ensure_ascii=False, default=str)
        assert "57%" not in text
        assert "22/QĐ-THU" not in text
    assert said[0].structured_content["abstained"]
    assert said[3].is_error
    assert [d["id"] for d in said[2].structured_content["documents"]] == ["tu-sach"]


def test_a_key_of_the_collection_sees_it_and_may_extract(served):
    assert "57%" in _call(served, "inside", "ask", question=COLD).structured_content["answer"]
    assert _call(served, "inside", "get_document", id="22/QĐ-THU").structured_content["id"] == "kho-lanh"
    found = _call(served, "inside", "extract", text=OPEN, name="thu").structured_content
    assert found["total"] == 1


def test_each_tool_needs_the_permission_of_its_address(served):
    assert not _call(served, "asks", "ask", question=COLD).is_error
    for tool, arguments in (("search", {"query": "xã"}), ("list_documents", {}), ("get_document", {"id": "tu-sach"})):
        refused = _call(served, "asks", tool, **arguments)
        assert refused.is_error
        assert "Không có quyền" in refused.content[0].text
    assert _call(served, "reader", "extract", text=OPEN).is_error
    assert _call(served, "inside", "extract", path="/etc/passwd").is_error


def test_what_was_done_is_recorded_under_the_name_of_the_key(served):
    _call(served, "inside", "ask", question=COLD)
    _call(served, "inside", "extract", text=OPEN, name="thu")
    done = {(one["who"], one["action"]) for one in last(served[1])}
    assert {("an", "ask"), ("an", "extract")} <= done


def test_without_a_key_from_another_page_or_by_get_nothing_is_said(served):
    url, _, keys = served
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"Accept": "application/json, text/event-stream"}
    assert httpx.post(f"{url}/mcp", json=body, headers=accept).status_code == 401
    key = {"Authorization": f"Bearer {keys['reader']}"}
    foreign = {**accept, **key, "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert httpx.post(f"{url}/mcp", json=body, headers=foreign).status_code == 403
    assert httpx.get(f"{url}/mcp", headers={**accept, **key}).status_code == 405
