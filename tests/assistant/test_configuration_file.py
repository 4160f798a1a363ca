"""The commented `config.toml`, and what `chitieu config` says is in force."""

from __future__ import annotations

import re
import stat
import tomllib

import pytest

from assistant.cli import app
from assistant.cli.edge import home_first, run
from assistant.configuration import in_force, strangers, template
from assistant.settings import CONFIG, Settings
from assistant.settings_vi import EXAMPLES, MEANINGS


def chitieu(*arguments: object) -> int:
    return run(app, home_first([str(a) for a in arguments]))


@pytest.fixture(autouse=True)
def no_variables(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CHITIEU_{name.upper()}", raising=False)


def test_every_setting_stands_in_the_template_once_and_switched_off():
    text = template()
    assert re.findall(r"^#([a-z_0-9]+) = ", text, re.M) == list(Settings.model_fields)
    assert tomllib.loads(text) == {}
    assert all(f"CHITIEU_{name.upper()}" in text for name in Settings.model_fields)
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_a_setting_switched_on_as_it_stands_is_valid(tmp_path, name):
    (tmp_path / CONFIG).write_text(re.sub(rf"^#({name} = )", r"\1", template(), flags=re.M), "utf-8")
    default = Settings.model_fields[name].default
    value = getattr(Settings.load(tmp_path), name)
    assert value == default or default in (None, ()) or name == "readers"


def test_what_is_told_in_vietnamese_is_a_setting():
    assert MEANINGS.keys() | EXAMPLES.keys() <= Settings.model_fields.keys()


def test_init_keeps_a_file_that_is_there_and_hides_a_new_one(tmp_path, capsys):
    home = tmp_path / "home"
    assert chitieu("init", "--home", home) == 0
    assert stat.S_IMODE((home / CONFIG).stat().st_mode) == 0o600
    (home / CONFIG).write_text("port = 9000\n", "utf-8")
    assert chitieu("init", "--home", home) == 0
    assert (home / CONFIG).read_text("utf-8") == "port = 9000\n"
    assert "giữ nguyên" in capsys.readouterr().out


def test_init_with_samples_answers_at_once(tmp_path, capsys):
    assert chitieu("init", "--samples", "--home", tmp_path) == 0
    assert chitieu("init", "--samples", "--home", tmp_path) == 0
    assert chitieu("ask", "Đến năm 2015 bao nhiêu phần trăm hồ sơ khai thuế nộp qua mạng?", "--home", tmp_path) == 0
    assert "50%" in capsys.readouterr().out


def test_init_where_nothing_can_be_written_is_one_line(tmp_path, capsys):
    (tmp_path / "tep").write_text("")
    assert chitieu("init", "--home", tmp_path / "tep" / "home") == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_each_value_names_its_origin(tmp_path, monkeypatch):
    (tmp_path / CONFIG).write_text("port = 9000\nresults = 5\n", "utf-8")
    monkeypatch.setenv("CHITIEU_RESULTS", "7")
    told = {line.name: (line.value, line.origin) for line in in_force(tmp_path)}
    assert told["port"] == ("9000", str(tmp_path / CONFIG))
    assert told["results"] == ("7", "biến CHITIEU_RESULTS")
    assert told["host"] == ('"127.0.0.1"', "mặc định")


def test_what_is_shown_is_toml_that_gives_the_same_settings(tmp_path, capsys):
    (tmp_path / CONFIG).write_text('port = 9000\norigins = ["https://a.vn"]\n', "utf-8")
    assert chitieu("config", "--show", "--home", tmp_path) == 0
    shown = {k: v for k, v in tomllib.loads(capsys.readouterr().out).items() if v != ""}
    (tmp_path / CONFIG).write_text("")
    again = Settings(**shown)
    assert (again.port, again.origins) == (9000, ("https://a.vn",))


def test_secrets_are_never_shown(tmp_path, monkeypatch, capsys):
    (tmp_path / CONFIG).write_text('admin_token = "0123456789-bi-mat"\n', "utf-8")
    monkeypatch.setenv("CHITIEU_DATABASE", "postgresql+psycopg://chitieu:mat-khau@db.example.vn/chitieu")
    assert chitieu("config", "--home", tmp_path) == 0
    out = capsys.readouterr().out
    assert "bi-mat" not in out
    assert "mat-khau" not in out
    assert "chitieu:********@db.example.vn" in out


def test_every_setting_that_sounds_secret_is_hidden():
    secret = [n for n in Settings.model_fields if re.search("token|secret|passw", n)]
    from assistant.configuration import _shown

    assert secret
    assert [n for n in secret if "xyz" in _shown(n, "xyz")] == []


def test_check_tells_a_mistake_in_one_line_and_ends_with_two(tmp_path, capsys):
    (tmp_path / CONFIG).write_text("prot = 80\n", "utf-8")
    assert chitieu("config", "--check", "--home", tmp_path) == 2
    assert "gần nhất là 'port'" in capsys.readouterr().err
    (tmp_path / CONFIG).write_text("port = 80\n", "utf-8")
    assert chitieu("config", "--check", "--home", tmp_path) == 0


def test_a_variable_that_is_no_setting_is_named(monkeypatch):
    monkeypatch.setenv("CHITIEU_PROT", "80")
    monkeypatch.setenv("CHITIEU_TEST_KILLS", "1")
    assert ("CHITIEU_PROT", "CHITIEU_PORT") in strangers()
    assert "CHITIEU_TEST_KILLS" not in dict(strangers())


def test_two_wishes_at_once_are_wrong_use(tmp_path):
    assert chitieu("config", "--check", "--show", "--home", tmp_path) == 2
