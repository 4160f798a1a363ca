"""Which addresses may be asked, and what happens to settings that name others."""

from __future__ import annotations

import pytest

from assistant.answers.llm import phraser_of, refused
from assistant.settings import Settings
from corpus.errors import InvalidSetting


@pytest.fixture(autouse=True)
def no_variables(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CHITIEU_{name.upper()}", raising=False)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080/v1",
        "http://localhost:11434/v1",
        "http://[::1]:8000/v1",
        "http://10.2.3.4/v1",
        "https://192.168.1.9:8443/v1",
        "http://172.31.0.5/v1",
        "http://[fd00::5]/v1",
    ],
)
def test_addresses_inside_may_be_asked(url):
    assert refused(url, allow_remote=False) == ""


@pytest.mark.parametrize(
    "url",
    [
        "https://api.openai.com/v1",
        "http://8.8.8.8/v1",
        "http://172.32.0.1/v1",
        "http://169.254.169.254/v1",
        "http://0.0.0.0:8080/v1",
        "http://localhost.example.com/v1",
        "http://127.0.0.1.nip.io/v1",
        "http://127.1/v1",
        "http://2130706433/v1",
        "http://[::ffff:8.8.8.8]/v1",
        "http://mo-hinh.noi-bo/v1",
    ],
)
def test_addresses_outside_need_a_word_of_the_operator(url):
    assert "llm_allow_remote" in refused(url, allow_remote=False)
    assert refused(url, allow_remote=True) == ""


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:8080",
        "ftp://127.0.0.1/v1",
        "http:///v1",
        "http://user:pass@127.0.0.1/v1",
        "http://127.0.0.1/v1?x=1",
        "http://127.0.0.1/v1#a",
        "http://127.0.0.1:port/v1",
        "http://[::1/v1",
    ],
)
def test_what_is_no_plain_address_is_refused_even_with_that_word(url):
    assert refused(url, allow_remote=True)


def test_without_settings_there_is_no_model(tmp_path):
    assert phraser_of(Settings.load(tmp_path)) is None


def test_a_remote_address_is_refused_in_one_line_that_says_how_to_mend_it(tmp_path, monkeypatch):
    (tmp_path / "config.toml").write_text('llm_base_url = "https://api.example.com/v1"', "utf-8")
    with pytest.raises(InvalidSetting) as caught:
        Settings.load(tmp_path)
    message = str(caught.value)
    assert "\n" not in message
    assert all(part in message for part in ("config.toml: llm_base_url", "api.example.com", "llm_allow_remote"))
    monkeypatch.setenv("CHITIEU_LLM_ALLOW_REMOTE", "true")
    assert phraser_of(Settings.load(tmp_path)) is not None


@pytest.mark.parametrize("stated", ['llm_allow_remote = "có"', "llm_timeout_s = 0", 'llm_key_env = ""'])
def test_other_wrong_values_are_told_in_one_line(tmp_path, stated):
    (tmp_path / "config.toml").write_text(stated, "utf-8")
    with pytest.raises(InvalidSetting, match=stated.split(" = ")[0]):
        Settings.load(tmp_path)


@pytest.mark.parametrize("key", [None, "", "  ", "a\nb", "mật-ngữ"])
def test_a_key_that_cannot_be_used_is_told_without_showing_it(tmp_path, monkeypatch, key):
    (tmp_path / "config.toml").write_text('llm_base_url = "http://127.0.0.1:1/v1"\nllm_key_env = "KHOA_LLM"', "utf-8")
    if key is not None:
        monkeypatch.setenv("KHOA_LLM", key)
    with pytest.raises(InvalidSetting, match="KHOA_LLM") as caught:
        phraser_of(Settings.load(tmp_path))
    assert not (key and key.strip()) or key not in str(caught.value)


def test_the_key_comes_from_the_named_variable_and_is_not_shown(tmp_path, monkeypatch):
    (tmp_path / "config.toml").write_text('llm_base_url = "http://127.0.0.1:1/v1"\nllm_key_env = "KHOA_LLM"', "utf-8")
    monkeypatch.setenv("KHOA_LLM", "rat-bi-mat")
    phraser = phraser_of(Settings.load(tmp_path))
    assert phraser is not None
    assert phraser.endpoint.key == "rat-bi-mat"
    assert "rat-bi-mat" not in repr(phraser.endpoint)
    phraser.close()
