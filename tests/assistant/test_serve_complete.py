"""What the settings name is looked for before anybody is served: one line, and the command ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHITIEU = Path(sys.executable).with_name("chitieu")
SSO = (
    'oidc_issuer = "http://127.0.0.1:9/realm"\noidc_client_id = "chitieu"\noidc_key_env = "THU_KHONG_CO_SSO"\n'
    'public_url = "https://chitieu.example.vn"\naccess = "keys"\n'
)
MODEL = 'llm_base_url = "http://127.0.0.1:9/v1"\nllm_key_env = "THU_KHONG_CO_MO_HINH"\n'


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(("stated", "missed"), [(SSO, "THU_KHONG_CO_SSO"), (MODEL, "THU_KHONG_CO_MO_HINH")])
def test_a_secret_that_is_not_there_is_missed_at_the_start(tmp_path, stated, missed, workers):
    (tmp_path / "config.toml").write_text(stated, "utf-8")
    done = subprocess.run(
        [CHITIEU, "--home", tmp_path, "serve", "--port", "0", "--workers", str(workers)],
        capture_output=True, encoding="utf-8", timeout=60, env={**os.environ, "PYTHONUTF8": "1"}, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "chitieu: http" not in done.stdout
    (line,) = done.stderr.splitlines()
    assert missed in line
    assert "hãy" in line
