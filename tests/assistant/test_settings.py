"""Settings: defaults, then the file, then variables; what is wrong is named in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import Settings, home_directory, table
from corpus.errors import InvalidSetting


@pytest.fixture(autouse=True)
def no_variables(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CHITIEU_{name.upper()}", raising=False)
    monkeypatch.delenv("CHITIEU_HOME", raising=False)


def written(home: Path, text: str) -> Path:
    (home / "config.toml").write_text(text, "utf-8")
    return home


def test_a_home_without_a_file_has_the_defaults(tmp_path):
    settings = Settings.load(tmp_path)
    assert (settings.host, settings.port, settings.results) == ("127.0.0.1", 8000, 10)
    assert settings.url(tmp_path) == f"sqlite:///{tmp_path}/chitieu.db"


def test_variables_win_over_the_file_and_the_file_over_defaults(tmp_path, monkeypatch):
    written(tmp_path, 'port = 9000\nhost = "0.0.0.0"\ndatabase = "postgresql://db/chitieu"')
    monkeypatch.setenv("CHITIEU_PORT", "9001")
    settings = Settings.load(tmp_path)
    assert (settings.port, settings.host, settings.results) == (9001, "0.0.0.0", 10)
    assert settings.url(tmp_path) == "postgresql://db/chitieu"


@pytest.mark.parametrize(
    "stated", ['origins = "https://a.vn, https://b.vn/"', 'origins = ["https://a.vn", "https://b.vn"]']
)
def test_origins_are_a_list_or_separated_by_commas(tmp_path, stated):
    assert Settings.load(written(tmp_path, stated)).origins == ("https://a.vn", "https://b.vn")


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ("prot = 80", ["'prot'", "'port'"]),
        ("resutls = 80", ["'resutls'", "'results'"]),
        ("port = 70000", ["port = 70000", "từ 0 đến 65535"]),
        ("port = 'a'", ["port = 'a'", "số nguyên"]),
        ("results = 0", ["results = 0", "từ 1 đến 100"]),
        ("host = ''", ["host = ''", "chuỗi"]),
        ("port =", ["không đọc được"]),
        ("origins = ['intranet']", ["'intranet'", "https://"]),
        ("[server]\nport = 1", ["'server'"]),
    ],
)
def test_what_is_wrong_in_the_file_is_named_with_its_place(tmp_path, stated, told):
    with pytest.raises(InvalidSetting) as caught:
        Settings.load(written(tmp_path, stated))
    message = str(caught.value)
    assert "\n" not in message
    assert all(part in message for part in [str(tmp_path / "config.toml"), *told]), message


def test_a_wrong_variable_is_named_not_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("CHITIEU_PORT", "tám nghìn")
    with pytest.raises(InvalidSetting, match=r"^CHITIEU_PORT = 'tám nghìn'"):
        Settings.load(written(tmp_path, "port = 80"))


def test_variables_of_other_parts_are_no_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("CHITIEU_TEST_WORKERS", "2")
    Settings.load(tmp_path)


def test_the_home_is_given_or_in_the_environment_or_the_usual_one(tmp_path, monkeypatch):
    assert home_directory() == Path.home() / ".chitieu"
    monkeypatch.setenv("CHITIEU_HOME", str(tmp_path))
    assert home_directory() == tmp_path
    assert home_directory(Path("~/a")) == Path.home() / "a"
    monkeypatch.chdir(tmp_path)
    assert home_directory(Path("b")) == tmp_path / "b"


def test_the_page_names_every_setting_once():
    rows = [line.split(" | ")[0] for line in table().splitlines()[2:]]
    assert rows == [f"| `{name}`" for name in Settings.model_fields]
