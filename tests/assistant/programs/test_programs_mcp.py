"""The MCP server as a real process over its standard streams, driven by the official SDK's client."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp_types import ResourceTemplateReference

from assistant.cli import app
from assistant.cli.edge import run
from assistant.client import Client as ServiceClient
from assistant.mcp import Allowed, Remote
from assistant.mcp.reading import document_page
from assistant.mcp.server import make_server
from corpus.errors import ChitieuError, InputError, NotFound
from corpus.load import document

QUESTION = "Đến năm 2015 bao nhiêu phần trăm hồ sơ khai thuế được nộp qua mạng?"
DOCUMENT = "1605-qd-ttg-2010_tom-luoc"
TEXT = "Điều 1. Mục tiêu\nĐến năm 2032, 85% thư viện xã có máy quét; 60% chợ có điểm thu gom pin cũ.\n"
COMMAND = ["-c", "from assistant.cli import main; main()"]
TOOLS = {"ask", "search", "extract", "get_document", "list_documents"}


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHITIEU_")}
    return {**kept, "OMP_NUM_THREADS": "1"}


def _with_server(arguments: list[str], work, log: Path):
    """What `work(client)` gives, with a server started for it."""

    async def run():
        with log.open("w") as said:
            started = StdioServerParameters(command=sys.executable, args=[*COMMAND, *arguments], env=_environment())
            async with Client(stdio_client(started, errlog=said)) as client:
                return await work(client)

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, run()).result(400)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A folder that `extract` may read, and beside it what it may not."""
    root = tmp_path_factory.mktemp("files")
    allowed = root / "allowed"
    (allowed / "sub").mkdir(parents=True)
    (allowed / "quyết định.txt").write_text(TEXT, "utf-8")
    (allowed / "sub" / "two.txt").write_text(TEXT, "utf-8")
    (root / "secret.txt").write_text(TEXT, "utf-8")
    (root / "allowed-not").mkdir()
    (root / "allowed-not" / "three.txt").write_text(TEXT, "utf-8")
    (allowed / "link.txt").symlink_to(root / "secret.txt")
    (allowed / "out").symlink_to(root)
    (allowed / "inside.txt").symlink_to(allowed / "sub" / "two.txt")
    os.mkfifo(allowed / "pipe.txt")
    return allowed


ASKED = {
    "tools": None,
    "answer": ("ask", {"question": QUESTION}),
    "followed": (
        "ask",
        {"question": "Còn đến năm 2010?", "history": [{"role": "user", "content": QUESTION}]},
    ),
    "declined": ("ask", {"question": QUESTION, "as_of": "2001-01-01"}),
    "scoped": ("ask", {"question": QUESTION, "scope": ["48-2009-qd-ttg_tom-luoc"]}),
    "found": ("search", {"query": "hồ sơ khai thuế", "k": 3}),
    "text": ("extract", {"text": TEXT, "name": "thử"}),
    "file": ("extract", {"path": "quyết định.txt"}),
    "second": ("extract", {"text": TEXT, "offset": 1, "limit": 1}),
    "list": ("list_documents", {"limit": 2}),
    "named": ("list_documents", {"q": "1729 ung dung"}),
    "first": ("get_document", {"id": DOCUMENT, "limit": 200}),
    "next": ("get_document", {"id": DOCUMENT, "offset": 200, "limit": 40_000}),
}
WRONG = {
    "empty": ("ask", {"question": ""}),
    "long": ("ask", {"question": "a" * 2001}),
    "day": ("ask", {"question": "a", "as_of": "2026-02-30"}),
    "missing argument": ("ask", {}),
    "many": ("search", {"query": "a", "k": 51}),
    "outside": ("extract", {"path": "../secret.txt"}),
    "absolute": ("extract", {"path": "/etc/passwd"}),
    "link": ("extract", {"path": "link.txt"}),
    "neither": ("extract", {}),
    "both": ("extract", {"text": "a", "path": "a"}),
    "nothing": ("extract", {"text": "  "}),
    "no such file": ("extract", {"path": "none.txt"}),
    "no such document": ("get_document", {"id": "khong-co"}),
    "no such provision": ("get_document", {"id": DOCUMENT, "provision": "Điều 99"}),
    "behind": ("get_document", {"id": DOCUMENT, "offset": 10**9}),
    "page": ("get_document", {"id": DOCUMENT, "limit": 40_001}),
    "no such tool": ("drop", {}),
}


async def _ask_everything(client: Client):
    said = {"tools": (await client.list_tools()).tools}
    for name, call in {**ASKED, **WRONG}.items():
        if call:
            said[name] = await client.call_tool(*call)
    said["templates"] = (await client.list_resource_templates()).resource_templates
    said["resource"] = (await client.read_resource(f"chitieu://documents/{DOCUMENT}")).contents[0]
    try:
        await client.read_resource("chitieu://documents/khong-co")
    except MCPError as error:
        said["no resource"] = error
    reference = ResourceTemplateReference(uri="chitieu://documents/{id}")
    said["completed"] = (await client.complete(reference, {"name": "id", "value": "1605"})).completion
    said["together"] = await asyncio.gather(*(client.call_tool("ask", {"question": QUESTION}) for _ in range(4)))
    return said


@pytest.fixture(scope="module")
def said(digests_home, files, tmp_path_factory):
    """What one process says to everything."""
    log = tmp_path_factory.mktemp("mcp") / "errors.log"
    made = _with_server(["mcp", "--home", str(digests_home), "--files", str(files)], _ask_everything, log)
    return {**made, "log": log.read_text("utf-8")}


def test_the_tools_are_described_in_vietnamese_with_bounds_and_shapes(said):
    tools = {tool.name: tool for tool in said["tools"]}
    assert set(tools) == TOOLS
    for tool in tools.values():
        assert any(c in tool.description for c in "ăâđêôơưạảấầậắặẻệọộợụứ")
        assert tool.annotations.read_only_hint is True
        assert tool.output_schema["type"] == "object"
        for name, field in tool.input_schema["properties"].items():
            assert field.get("description"), (tool.name, name)
    question = tools["ask"].input_schema["properties"]["question"]
    assert (question["minLength"], question["maxLength"]) == (1, 2000)
    assert tools["ask"].input_schema["required"] == ["question"]


def test_an_answer_is_structured_and_cited(said):
    answer = said["answer"].structured_content
    assert "50%" in answer["answer"]
    assert answer["citations"][0]["quote"] in _text(said, answer["citations"][0])
    assert json.loads(said["answer"].content[0].text) == answer
    assert "hồ sơ khai thuế" in said["followed"].structured_content["standalone"]
    for name in ("declined", "scoped"):
        assert said[name].structured_content["abstained"], name
        assert said[name].structured_content["reason"]
    assert {r.structured_content["answer"] for r in said["together"]} == {answer["answer"]}


def _text(said, citation):
    assert citation["document"]
    return said["resource"].text if citation["document"] == DOCUMENT else citation["quote"]


def test_passages_are_found(said):
    found = said["found"].structured_content
    assert len(found["hits"]) == 3
    assert all(hit["end"] - hit["start"] == len(hit["text"]) for hit in found["hits"])


@pytest.mark.parametrize(("name", "document"), [("text", "thử"), ("file", "quyết định")])
def test_targets_come_from_a_text_or_an_allowed_file(said, name, document):
    extracted = said[name].structured_content
    assert (extracted["document"], extracted["total"], extracted["next_offset"]) == (document, 2, None)
    for target in extracted["targets"]:
        cited = target["citation"]
        assert TEXT[cited["start"] : cited["end"]] == cited["quote"]


def test_long_results_come_in_pages(said):
    assert [t["value"] for t in said["second"].structured_content["targets"]] == [60]
    first, rest = said["first"].structured_content, said["next"].structured_content
    assert first["text"] + rest["text"] == said["resource"].text
    assert (first["length"], first["next_offset"], rest["next_offset"]) == (len(said["resource"].text), 200, None)
    assert first["outline"]
    assert rest["outline"] == []
    listed = said["list"].structured_content
    assert (len(listed["documents"]), listed["total"], listed["next_offset"]) == (2, 5, 2)
    assert [d["id"] for d in said["named"].structured_content["documents"]] == ["1729-btttt-udcntt-2012_tom-luoc"]


def test_documents_are_resources(said):
    assert [t.uri_template for t in said["templates"]] == ["chitieu://documents/{id}"]
    assert said["resource"].mime_type == "text/plain"
    assert "khong-co" in str(said["no resource"])
    assert set(said["completed"].values) == {"1605-du-thao-2010_tom-luoc", DOCUMENT}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_in_one_line(said, name):
    result = said[name]
    assert result.is_error
    line = result.content[0].text
    assert line
    assert "\n" not in line
    assert "Traceback" not in line
    assert "Error executing" not in line
    assert result.structured_content is None


def test_nothing_of_the_machine_is_told(said, files):
    lines = " ".join(said[name].content[0].text for name in WRONG)
    assert str(files) not in lines
    assert str(files.parent) not in lines
    assert "85" not in said["link"].content[0].text


def test_the_log_has_no_tracebacks(said):
    assert "Traceback" not in said["log"], said["log"]


def test_only_the_protocol_is_on_stdout(digests_home):
    """Without the SDK: every line that comes out is a message, and a line that is none is answered or passed over."""
    start = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "0"}}
    messages = [
        {"id": 1, "method": "initialize", "params": start},
        {"method": "notifications/initialized"},
        {"id": 2, "method": "tools/call", "params": {"name": "ask", "arguments": {"question": QUESTION}}},
        {"id": 3, "method": "tools/call", "params": {"name": "extract", "arguments": {"text": TEXT}}},
        {"id": 4, "method": "no/such"},
    ]
    process = subprocess.Popen(
        [sys.executable, *COMMAND, "mcp", "--home", str(digests_home)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(), encoding="utf-8",
    )  # fmt: skip
    with process:
        process.stdin.write("this is no message\n")
        for message in messages:
            process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        process.stdin.flush()
        answered = {}
        while set(answered) < {1, 2, 3, 4}:
            said = json.loads(process.stdout.readline())
            assert said["jsonrpc"] == "2.0"
            answered[said.get("id")] = said
        process.stdin.close()
        assert process.stdout.read().strip() == ""
        assert process.wait(20) == 0
    assert "50%" in answered[2]["result"]["structuredContent"]["answer"]
    assert answered[4]["error"]["code"] == -32601


def _elsewhere(server, files, key: str, names):
    """What the tools say over a service with `key`, in this process."""

    async def work():
        with ServiceClient(server.url, key) as service:
            async with Client(make_server(Remote(service), Allowed([files]))) as client:
                return {name: await client.call_tool(*{**ASKED, **WRONG}[name]) for name in names}

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work()).result(400)


def test_a_service_elsewhere_is_asked_with_a_key(server, files):
    names = ("answer", "declined", "found", "text", "file", "list", "first", "no such document", "link")
    said = _elsewhere(server, files, server.key, names)
    assert "50%" in said["answer"].structured_content["answer"]
    assert said["declined"].structured_content["abstained"]
    assert len(said["found"].structured_content["hits"]) == 3
    assert said["text"].structured_content["total"] == said["file"].structured_content["total"] == 2
    assert said["list"].structured_content["total"] == 5
    assert said["first"].structured_content["id"] == DOCUMENT
    assert said["no such document"].is_error
    assert said["link"].is_error


def test_a_wrong_key_is_told_in_one_line(server, files):
    said = _elsewhere(server, files, "ctk_0_wrong", ("answer", "list"))
    for result in said.values():
        assert result.is_error
        assert "\n" not in result.content[0].text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--url", "x"], "--url"), (["--files", "/no/such/folder"], "--files"), (["--file"], "--file")],
)
def test_wrong_use_is_one_line(arguments, said, tmp_path, capsys):
    status = run(app, [f"--home={tmp_path}", "mcp", *arguments])
    told = capsys.readouterr()
    assert (status, told.out) == (2, "")
    assert len(told.err.strip().splitlines()) == 1
    assert said in told.err


@pytest.mark.parametrize(
    "path",
    ["link.txt", "../secret.txt", "out/secret.txt", "/etc/passwd", "sub/../../secret.txt", "../allowed-not/three.txt",
     "pipe.txt", "sub", ".", "", "none.txt", "a\0b", "~/x", "x" * 5000],
    ids=range(14),
)  # fmt: skip
def test_no_path_leads_outside(files, path):
    with pytest.raises(InputError) as refused:
        Allowed([files]).read(path)
    assert "\n" not in str(refused.value)
    assert str(files) not in str(refused.value)


@pytest.mark.parametrize("path", ["quyết định.txt", "sub/two.txt", "sub/../inside.txt", "inside.txt", "./sub/two.txt"])
def test_what_lies_inside_is_read(files, path):
    assert Allowed([files]).read(path)[1].decode() == TEXT
    assert Allowed([files]).read(str(files / path))[1].decode() == TEXT


def test_no_folder_no_file_and_no_large_file(files):
    with pytest.raises(InputError, match="--files"):
        Allowed().read("quyết định.txt")
    with pytest.raises(InputError, match="lớn hơn"):
        Allowed([files], largest=10).read("quyết định.txt")
    with pytest.raises(NotFound, match="--files"):
        Allowed([files / "none"])


STRUCTURED = "QUYẾT ĐỊNH\nĐiều 1. Mục tiêu\n1. Trồng cây.\n2. Tưới cây.\nĐiều 2. Hiệu lực\nTừ ngày ký.\n"


def test_one_provision_can_be_read():
    made = document(STRUCTURED, id="a")
    page = document_page(made, 0, 1000, "khoản 2 điều 1")
    assert page.text.strip() == "2. Tưới cây."
    assert STRUCTURED[page.start : page.start + len(page.text)] == page.text
    assert [h.path for h in document_page(made, 0, 1000, None).outline] == ["Điều 1", "Điều 2"]
    assert document_page(made, 0, 1000, "ĐIỀU 2").text == "Điều 2. Hiệu lực\nTừ ngày ký.\n"
    with pytest.raises(NotFound, match="outline"):
        document_page(made, 0, 1000, "Điều 11")


def test_the_sdk_is_optional(monkeypatch):
    from corpus.errors import MissingPart

    monkeypatch.setitem(sys.modules, "mcp.server", None)
    found = importlib.util.find_spec("assistant.mcp.server")
    with pytest.raises(MissingPart, match=r"chitieu\[mcp\]"):
        found.loader.exec_module(importlib.util.module_from_spec(found))


def test_a_number_leads_to_its_document_in_a_service_elsewhere(own_server):
    text = "QUYẾT ĐỊNH\nSố: 31/QĐ-SGT\n\nĐiều 1. Đến năm 2029, 40% bến đò ngang có phao cứu sinh.\n"
    sent = {"files": {"file": ("ben-do-ngang.txt", text.encode())}, "timeout": 60}
    bearer = {"Authorization": f"Bearer {own_server.key}"}
    assert httpx.post(f"{own_server.url}/api/documents", headers=bearer, **sent).status_code == 201
    with ServiceClient(own_server.url, own_server.key) as service:
        for number in ("31/QĐ-SGT", "31/qđ-sgt", "ben-do-ngang"):
            assert Remote(service).document(number).id == "ben-do-ngang"
        for number in ("31/QĐ", "32/QĐ-SGT", "/", "../31"):
            with pytest.raises(ChitieuError, match="Không có"):
                Remote(service).document(number)
