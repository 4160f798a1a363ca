"""Makes the offline bundle: everything that a machine without a network needs, in one .tar.gz.

    scripts/bundle [-o FILE] [--python VERSION]... [--machine x86_64|aarch64] [--full]

Needs the network (a package index) once; what it makes needs none. Versions are those of `constraints.txt`, wheels are
installed by hash, and `SHA256SUMS` covers every other file. Only the standard library and pip are used here.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from licences import collect

ROOT = Path(__file__).parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
EXTRAS = ("oidc", "postgres", "mcp", "otel", "rerank")
HEAVY = {"torch", "sentence-transformers"}
"""Only encoders other than the bundled ones import these; with them the bundle is three times as large."""
INSTALLER = "pip==26.3"
"""Carried because Debian's Python makes virtual environments without pip unless python3-venv is installed."""
PACKAGES = ("corpus", "indexer", "assistant", "eval")
NOT_INSTALLED = re.compile(r"^assistant/widget/|/__pycache__/")
GLIBC = range(5, 29)
"""manylinux_2_5 to manylinux_2_28: Debian 10, Ubuntu 20.04, RHEL 8 and later."""


def main() -> int:
    """Make the bundle and print its size, hash and duration; returns the exit status."""
    wanted = arguments()
    began = time.monotonic()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    name = f"chitieu-{project['version']}-linux-{wanted.machine}{'-full' if wanted.full else ''}"
    output = wanted.output or ROOT / "dist" / f"{name}.tar.gz"
    with tempfile.TemporaryDirectory(prefix="chitieu-bundle-") as room:
        wheels = Path(room) / name / "wheels"
        wheels.mkdir(parents=True)
        try:
            build(Path(room) / "source", wheels)
            for version in wanted.python:
                download(requirements(project, wanted.full), version, wanted.machine, wheels)
            about = {"version": project["version"], "machine": wanted.machine, "pythons": wanted.python}
            count = finish(wheels.parent, about | {"full": wanted.full})
        except (subprocess.CalledProcessError, ValueError) as error:
            print(f"scripts/bundle: {error}", file=sys.stderr)
            return 1
        pack(wheels.parent, output)
    digest = hashlib.sha256(output.read_bytes()).hexdigest()
    output.with_name(output.name + ".sha256").write_text(f"{digest}  {output.name}\n", "utf-8")
    size = output.stat().st_size / 1_048_576
    print(f"{output}: {size:.0f} MB, {count} packages, sha256 {digest}, {time.monotonic() - began:.0f} s")
    return 0


def finish(folder: Path, about: dict[str, object]) -> int:
    """Puts beside `folder/wheels` what installing them takes; returns the number of packages."""
    (folder / "requirements.txt").write_text("\n".join(pinned(folder / "wheels")) + "\n", "utf-8")
    (folder / "bundle.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")
    companions(folder)
    count = collect(folder / "wheels", folder / "LICENSES")
    seal(folder)
    return count


def arguments() -> argparse.Namespace:
    """The command line; `--python` given once or more replaces all supported versions."""
    parser = argparse.ArgumentParser(prog="scripts/bundle", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: dist/chitieu-VERSION-....tar.gz")
    help_python = f"a Python of the target machine; may be repeated (default: {', '.join(PYTHONS)})"
    parser.add_argument("--python", action="append", choices=PYTHONS, help=help_python)
    parser.add_argument("--machine", choices=("x86_64", "aarch64"), default="x86_64", help="its processor")
    full = "carry torch (CPU build) and sentence-transformers too, for encoders other than the bundled ones"
    parser.add_argument("--full", action="store_true", help=full)
    wanted = parser.parse_args()
    wanted.python = wanted.python or list(PYTHONS)
    return wanted


def build(source: Path, wheels: Path, *tools: str) -> Path:
    """The wheel of chitieu, built from a copy so that the checkout stays as it is; every data file must be in it.

    `tools` go to pip: `--no-build-isolation` takes setuptools from here instead of the package index.
    """
    names = tracked()
    for name in names:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, source / name)
    pip("wheel", "--no-deps", *tools, "--wheel-dir", wheels, source)
    wheel = next(wheels.glob("chitieu-*.whl"))
    missing = absent(wheel, names)
    if missing:
        raise ValueError(f"the wheel lacks {', '.join(missing)}; add the suffix to package-data in pyproject.toml")
    return wheel


def tracked() -> list[str]:
    """The files that git does not ignore, as paths from the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted({name for name in listed.split("\0") if name and (ROOT / name).is_file()})


def absent(wheel: Path, names: list[str]) -> list[str]:
    """The files of the packages that `wheel` does not hold."""
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    ours = (n for n in names if n.split("/")[0] in PACKAGES and not NOT_INSTALLED.search(n))
    return [name for name in ours if name not in held]


def requirements(project: dict[str, object], full: bool) -> list[str]:
    """What the program needs at run time, its optional parts included."""
    extras = project["optional-dependencies"]
    needed = [*project["dependencies"], *(need for extra in EXTRAS for need in extras[extra])]
    if full:
        pins = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text("utf-8").split() if "==" in line)
        return [*needed, INSTALLER, f"torch=={pins['torch']}+cpu"]
    named = {re.split(r"[^\w.-]", need)[0].lower() for need in needed}
    beside = {"safetensors"} - named  # the bundled model is a safetensors file
    return [n for n in needed if re.split(r"[^\w.-]", n)[0].lower() not in HEAVY] + sorted(beside) + [INSTALLER]


def download(needed: list[str], version: str, machine: str, wheels: Path) -> None:
    """The wheels of `needed` and of what they need, for one Python."""
    print(f"wheels for Python {version} on {machine} ...", file=sys.stderr)
    platforms = [f"manylinux_2_{minor}_{machine}" for minor in reversed(GLIBC)]
    platforms += [f"manylinux{year}_{machine}" for year in ("2014", "2010", "1")]
    flags = [part for platform in platforms for part in ("--platform", platform)]
    target = ["--only-binary=:all:", "--python-version", version, *flags, "--constraint", ROOT / "constraints.txt"]
    pip("download", "--dest", wheels, *target, *needed)


def pinned(wheels: Path) -> list[str]:
    """One line a package, with the hashes of its wheels for all Pythons.

    Raises:
        ValueError: two versions of a package came, because `constraints.txt` does not pin it.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for wheel in sorted(wheels.iterdir()):
        name, version = wheel.name.split("-")[:2]
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        found.setdefault(name.lower().replace("_", "-"), {}).setdefault(version, []).append(digest)
    loose = [f"{name} ({', '.join(versions)})" for name, versions in found.items() if len(versions) > 1]
    if loose:
        raise ValueError(f"several versions of {', '.join(loose)}; pin them in constraints.txt")
    pairs = ((name, version, digests) for name, held in found.items() for version, digests in held.items())
    return [f"{n}=={v}" + "".join(f" \\\n    --hash=sha256:{d}" for d in digests) for n, v, digests in pairs]


def companions(folder: Path) -> None:
    """What lies beside the wheels: the installer, files for servers, documents."""
    for name in tracked():
        if name.startswith(("deploy/", "docs/")) or name in ("LICENSE", "README.md", "README.vi.md", "CHANGELOG.md"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    shutil.move(folder / "deploy" / "install.sh", folder / "install.sh")


def seal(folder: Path) -> None:
    """Writes `SHA256SUMS` over everything else, in the form that `sha256sum --check` reads."""
    lines = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder)}" for p in files(folder)]
    (folder / "SHA256SUMS").write_text("\n".join(lines) + "\n", "utf-8")


def files(folder: Path) -> Iterator[Path]:
    """The files below `folder`, in order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def pack(folder: Path, output: Path) -> None:
    """`folder` as one archive with the same bytes for the same content; `output` appears only when it is whole."""
    output.parent.mkdir(parents=True, exist_ok=True)
    partial = output.with_name(f".{output.name}.partial")

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = moment()
        entry.mode = 0o755 if entry.isdir() or entry.name.endswith(".sh") else 0o644
        return entry

    try:
        with (
            partial.open("wb") as file,
            gzip.GzipFile("", "wb", compresslevel=1, fileobj=file, mtime=moment()) as packed,
            tarfile.open(fileobj=packed, mode="w") as archive,
        ):
            for path in files(folder):
                archive.add(path, f"{folder.name}/{path.relative_to(folder)}", filter=plain)
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)


def moment() -> int:
    """The time that files in the bundle carry: `SOURCE_DATE_EPOCH`, else the last commit's."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    told = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return int(told.stdout.strip() or 0)


def pip(*given: object) -> None:
    """Runs pip quietly; what it says when it fails is shown."""
    quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "SOURCE_DATE_EPOCH": str(moment())}
    command = [sys.executable, "-m", "pip", "--quiet", *map(str, given)]
    done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(f"pip {given[0]} failed:\n{done.stderr.strip()}")


if __name__ == "__main__":
    sys.exit(main())
