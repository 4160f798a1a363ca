"""The bundle is made, installed, upgraded, rolled back: by the real `install.sh`, with no network.

The wheel of chitieu is built here and installed as in a real bundle. What it needs is not downloaded: one more wheel
leads to the packages of this environment. `CHITIEU_TEST_BUNDLE=1` makes a whole bundle, which needs a package index.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
THIS = f"{sys.version_info.major}.{sys.version_info.minor}"
QUESTION = "Đến năm 2015 bao nhiêu phần trăm hồ sơ khai thuế được nộp qua mạng?"


def script(name: str):
    """A module of `scripts/`, which is no package."""
    spec = importlib.util.spec_from_file_location(f"scripts_{name}", ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bundle():
    return script("bundle")


def packages_of_this_environment(wheels: Path) -> None:
    """A wheel whose only file makes Python look for packages here as well."""
    info = "here-1.dist-info"
    with zipfile.ZipFile(wheels / "here-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("here.pth", sysconfig.get_path("purelib") + "\n")
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: here\nVersion: 1\nLicense: MIT\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", f"here.pth,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n")


def made(bundle, room: Path, version: str) -> Path:
    """A bundle of this checkout under another version number, unpacked."""
    folder = room / f"chitieu-{version}"
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    try:
        bundle.build(room / f"source-{version}", wheels, "--no-build-isolation")
    except ValueError as error:
        if "setuptools" in str(error):
            pytest.skip("building a wheel without a network needs setuptools here")
        raise
    rename(next(wheels.glob("chitieu-*.whl")), version)
    packages_of_this_environment(wheels)
    pip = next(Path(importlib.util.find_spec("ensurepip").origin).parent.glob("_bundled/pip-*.whl"), None)
    if pip is None:
        pytest.skip("this Python carries no pip wheel")
    shutil.copy2(pip, wheels)
    bundle.finish(folder, {"version": version, "machine": "x86_64", "pythons": [THIS]})
    return folder


def rename(wheel: Path, version: str) -> None:
    """The same wheel under another version."""
    old = wheel.name.split("-")[1]
    target = wheel.with_name(f"chitieu-{version}-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(wheel.with_suffix(".new"), "w") as out:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith(".dist-info/METADATA"):
                data = data.replace(f"\nVersion: {old}\n".encode(), f"\nVersion: {version}\n".encode())
            if not name.endswith("RECORD"):
                out.writestr(name.replace(f"chitieu-{old}", f"chitieu-{version}"), data)
        names = [n.replace(f"chitieu-{old}", f"chitieu-{version}") for n in source.namelist()]
        out.writestr(f"chitieu-{version}.dist-info/RECORD", "".join(f"{n},,\n" for n in names))
    wheel.unlink()
    wheel.with_suffix(".new").rename(target)


@pytest.fixture(scope="module")
def first(bundle, tmp_path_factory) -> Path:
    return made(bundle, tmp_path_factory.mktemp("bundle"), "1.0.0")


@pytest.fixture(scope="module")
def second(first, bundle, tmp_path_factory) -> Path:
    """The next version: the same files under a higher number."""
    folder = tmp_path_factory.mktemp("bundle") / "chitieu-1.1.0"
    shutil.copytree(first, folder)
    for name in ("SHA256SUMS", "requirements.txt", "bundle.json"):
        (folder / name).unlink()
    shutil.rmtree(folder / "LICENSES")
    rename(next((folder / "wheels").glob("chitieu-*.whl")), "1.1.0")
    bundle.finish(folder, {"version": "1.1.0", "machine": "x86_64", "pythons": [THIS]})
    return folder


def alone(*command: object, **more) -> subprocess.CompletedProcess[str]:
    """Runs without a network where this user may take it away, and with an empty environment."""
    wall = ["unshare", "--net"] if os.geteuid() == 0 and shutil.which("unshare") else []
    if wall and subprocess.run([*wall, "true"], capture_output=True, check=False).returncode:
        wall = []
    environment = {
        "PATH": os.pathsep.join([str(Path(sys.base_prefix) / "bin"), "/usr/bin", "/bin"]),
        "HOME": "/nonexistent",
    }
    words = [*wall, *map(str, command)]
    return subprocess.run(words, env=environment, capture_output=True, text=True, timeout=300, check=False, **more)


def install(folder: Path, place: Path, *more: str) -> subprocess.CompletedProcess[str]:
    where = [
        "--prefix",
        place / "prefix",
        "--home",
        place / "home",
        "--python",
        Path(sys.base_prefix) / "bin" / f"python{THIS}",
    ]
    return alone(folder / "install.sh", *where, *more)


@pytest.fixture(scope="module")
def place(first, tmp_path_factory) -> Path:
    """A machine on which the first version was installed."""
    place = tmp_path_factory.mktemp("machine")
    done = install(first, place)
    assert done.returncode == 0, done.stderr
    return place


def command(place: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return alone(place / "prefix" / "bin" / "chitieu", *words)


def version(place: Path) -> str:
    return command(place, "--version").stdout.strip()


def test_an_installed_program_answers_from_the_bundled_corpus(place):
    told = command(place, "ask", QUESTION)
    assert told.returncode == 0, told.stderr
    assert "50%" in told.stdout
    assert "1605/QĐ-TTg" in told.stdout
    assert (place / "home" / "config.toml").read_text("utf-8").startswith("# Thiết lập")
    assert (place / "prefix" / "current" / "docs" / "settings.md").is_file()


def test_installing_again_changes_nothing(first, place):
    before = sorted(p.name for p in (place / "prefix" / "releases").iterdir())
    (place / "home" / "config.toml").write_text("results = 3\n", "utf-8")
    done = install(first, place)
    assert done.returncode == 0, done.stderr
    assert "đã có" in done.stdout
    assert sorted(p.name for p in (place / "prefix" / "releases").iterdir()) == before
    assert (place / "home" / "config.toml").read_text("utf-8") == "results = 3\n"
    assert not (place / "prefix" / "backups").exists()


def test_an_upgrade_keeps_the_data_and_a_rollback_brings_back_those_of_before(first, second, place, tmp_path):
    assert install(first, place).returncode == 0
    (tmp_path / "truoc.txt").write_text("KẾ HOẠCH\n1. Đến năm 2031, 45% vườn chè có mã số.\n", "utf-8")
    assert command(place, "add", tmp_path / "truoc.txt").returncode == 0
    done = install(second, place)
    assert done.returncode == 0, done.stderr
    assert version(place) == "chitieu 1.1.0"
    assert "45%" in command(place, "ask", "Đến năm 2031 bao nhiêu phần trăm vườn chè có mã số?").stdout
    assert len(list((place / "prefix" / "backups").glob("*.tar.gz"))) == 1
    (tmp_path / "sau.txt").write_text("KẾ HOẠCH\n1. Đến năm 2032, 46% vườn quế có mã số.\n", "utf-8")
    assert command(place, "add", tmp_path / "sau.txt").returncode == 0

    back = install(second, place, "--rollback")
    assert back.returncode == 0, back.stderr
    assert version(place) == "chitieu 1.0.0"
    listed = command(place, "list").stdout
    assert "truoc" in listed
    assert "sau" not in listed
    aside = next(place.glob("home.*"))
    assert (aside / "chitieu.db").is_file()
    assert str(aside) in back.stdout
    assert install(second, place).returncode == 0


def test_a_new_version_that_cannot_use_the_data_leaves_the_old_one_in_place(first, bundle, place, tmp_path):
    before = version(place)
    broken = tmp_path / "chitieu-1.2.0"
    shutil.copytree(first, broken)
    for name in ("SHA256SUMS", "requirements.txt", "bundle.json"):
        (broken / name).unlink()
    shutil.rmtree(broken / "LICENSES")
    wheel = next((broken / "wheels").glob("chitieu-*.whl"))
    rename(wheel, "1.2.0")
    wheel = next((broken / "wheels").glob("chitieu-*.whl"))
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(wheel.with_suffix(".new"), "w") as out:
        for name in source.namelist():
            out.writestr(name, b"raise SystemExit(3)" if name == "assistant/doctor.py" else source.read(name))
    wheel.with_suffix(".new").rename(wheel)
    bundle.finish(broken, {"version": "1.2.0", "machine": "x86_64", "pythons": [THIS]})
    done = install(broken, place)
    assert done.returncode == 1
    assert "đã trở lại phiên bản cũ" in done.stderr
    assert version(place) == before
    assert "50%" in command(place, "ask", QUESTION).stdout


@pytest.mark.parametrize("harm", ["changed", "missing", "added"])
def test_a_bundle_that_is_not_as_it_was_made_installs_nothing(first, tmp_path, harm):
    folder = tmp_path / "bundle"
    shutil.copytree(first, folder)
    wheel = next((folder / "wheels").glob("chitieu-*.whl"))
    if harm == "changed":
        wheel.write_bytes(wheel.read_bytes()[:-1] + b"x")
    elif harm == "missing":
        wheel.unlink()
    else:
        shutil.copy2(wheel, folder / "wheels" / "numpy-99-py3-none-any.whl")
    done = install(folder, tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "không nguyên vẹn" in done.stderr
    assert not (tmp_path / "home").exists()
    assert not (tmp_path / "prefix" / "releases").exists()


def test_pip_itself_refuses_a_wheel_whose_hash_is_not_listed(first, bundle, tmp_path):
    folder = tmp_path / "bundle"
    shutil.copytree(first, folder)
    wanted = (folder / "requirements.txt").read_text("utf-8")
    digest = wanted.split("chitieu==1.0.0 \\\n    --hash=sha256:")[1][:64]
    (folder / "requirements.txt").write_text(wanted.replace(digest, "0" * 64), "utf-8")
    (folder / "SHA256SUMS").unlink()
    bundle.seal(folder)
    done = install(folder, tmp_path)
    assert done.returncode == 1
    assert "HASH" in done.stderr.upper()
    assert not any((tmp_path / "prefix" / "releases").iterdir())


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["--prefxi", "/x"], 2, "không có tùy chọn --prefxi"),
        (["--home"], 2, "--home cần một giá trị"),
        (["--python", "/bin/true"], 1, "không có Python phù hợp"),
        (["--check"], 0, ""),
    ],
)
def test_wrong_use_is_one_line(first, tmp_path, words, status, told):
    done = alone(first / "install.sh", "--prefix", tmp_path / "p", *words)
    if words == ["--check"] and done.returncode and "Python phù hợp" in done.stderr:
        pytest.skip("no Python of this version on the plain PATH")
    assert done.returncode == status, done.stderr
    assert told in done.stderr
    assert done.stderr.count("\n") == (1 if status else 0)


def test_the_archive_unpacks_to_the_same_files(first, bundle, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    bundle.pack(first, tmp_path / "a.tar.gz")
    bundle.pack(first, tmp_path / "b.tar.gz")
    with tarfile.open(tmp_path / "a.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    assert os.access(tmp_path / first.name / "install.sh", os.X_OK)
    names = [p.relative_to(first) for p in bundle.files(first)]
    assert all((tmp_path / first.name / n).read_bytes() == (first / n).read_bytes() for n in names)
    assert hashlib.sha256((tmp_path / "a.tar.gz").read_bytes()).digest() == (
        hashlib.sha256((tmp_path / "b.tar.gz").read_bytes()).digest()
    )


def test_a_package_without_a_pin_is_refused(bundle, tmp_path):
    for name in ("a-1-py3-none-any.whl", "a-2-py3-none-any.whl"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(ValueError, match="pin them in"):
        bundle.pinned(tmp_path)


def test_the_bundle_leaves_out_what_only_other_encoders_need(bundle):
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    plain = " ".join(bundle.requirements(project, full=False))
    assert "torch" not in plain
    assert "sentence-transformers" not in plain
    assert all(name in plain for name in ("authlib", "psycopg", "mcp", "safetensors", "fastapi"))
    assert "+cpu" in " ".join(bundle.requirements(project, full=True))


@pytest.mark.skipif(
    "CHITIEU_TEST_BUNDLE" not in os.environ, reason="downloads 100 wheels; CHITIEU_TEST_BUNDLE=1 does it"
)
def test_the_whole_bundle_runs_on_a_machine_with_nothing(tmp_path):
    done = subprocess.run([ROOT / "scripts" / "bundle", "-o", tmp_path / "b.tar.gz", "--python", THIS], check=False)
    assert done.returncode == 0
    with tarfile.open(tmp_path / "b.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    folder = next(tmp_path.glob("chitieu-*"))
    assert json.loads((folder / "bundle.json").read_text("utf-8"))["pythons"] == [THIS]
    done = install(folder, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "50%" in command(tmp_path, "ask", QUESTION).stdout
