"""What lies in `deploy/`: the unit, the image, the compose file, nginx; run for real where the program is there."""

from __future__ import annotations

import http.client
import http.server
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin")


def lines(path: Path) -> list[str]:
    """The lines of `path` that are no comment, continued ones joined."""
    joined = path.read_text("utf-8").replace("\\\n", " ")
    return [line.strip() for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("name", ["deploy/install.sh", "scripts/bundle", "scripts/site"])
def test_scripts_are_sound_bash(name):
    assert subprocess.run(["bash", "-n", ROOT / name], check=False).returncode == 0
    if shutil.which("shellcheck"):
        done = subprocess.run(
            ["shellcheck", "-S", "warning", "-e", "SC2154", ROOT / name], capture_output=True, text=True, check=False
        )
        assert done.stdout == ""


# The unit.


@pytest.fixture(scope="module")
def unit(tmp_path_factory) -> Path:
    """The unit as `install.sh` writes it, for a program that is there."""
    place = tmp_path_factory.mktemp("unit")
    (place / "current" / "bin").mkdir(parents=True)
    (place / "current" / "bin" / "chitieu").symlink_to(shutil.which("true"))
    text = (DEPLOY / "chitieu.service").read_text("utf-8")
    filled = text.replace("@PREFIX@", str(place)).replace("@HOME@", str(place)).replace("@ACCOUNT@", "daemon")
    (place / "chitieu.service").write_text(filled, "utf-8")
    return place / "chitieu.service"


def test_the_unit_has_every_key_once_but_those_that_add_up():
    keys = [line.split("=")[0] for line in lines(DEPLOY / "chitieu.service") if "=" in line]
    assert {k for k in keys if keys.count(k) > 1} <= {"SystemCallFilter"}
    wanted = {"ProtectSystem", "NoNewPrivileges", "PrivateTmp", "CapabilityBoundingSet", "MemoryMax", "IPAddressDeny"}
    assert wanted <= set(keys)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not on this machine")
def test_systemd_takes_the_unit(unit):
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    told = [line for line in done.stderr.splitlines() if unit.name in line]
    assert told == [], done.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not on this machine")
def test_systemd_finds_little_exposed(unit):
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", unit]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "Overall exposure" not in done.stdout:
        pytest.skip("this systemd looks at no unit outside its own folders")
    assert float(re.search(r"exposure level[^:]*: ([\d.]+)", done.stdout)[1]) <= 2.0


def test_the_installer_fills_in_every_placeholder_of_the_unit():
    named = set(re.findall(r"@[A-Z]+@", (DEPLOY / "chitieu.service").read_text("utf-8")))
    filled = set(re.findall(r"s\|(@[A-Z]+@)\|", (DEPLOY / "install.sh").read_text("utf-8")))
    assert named == filled


# The image and the compose file.


def test_the_image_runs_as_a_plain_user_and_copies_only_what_a_bundle_holds():
    steps = [line.split(maxsplit=1) for line in lines(DEPLOY / "Dockerfile")]
    words = [step[0] for step in steps]
    assert set(words) <= {"FROM", "COPY", "RUN", "ARG", "ENV", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK",
                          "ENTRYPOINT", "CMD"}  # fmt: skip
    assert words.index("USER") < words.index("ENTRYPOINT")
    assert dict(steps)["USER"] == "10001"
    assert "--require-hashes" in str(steps)
    assert "--no-index" in str(steps)
    held = {"wheels", "requirements.txt", "LICENSE", "LICENSES", "deploy", "docs"}
    copied = [s[1].split()[:-1] for s in steps if s[0] == "COPY" and "--from" not in s[1]]
    assert {name for names in copied for name in names} <= held
    health = next(s[1] for s in steps if s[0] == "HEALTHCHECK")
    compile(re.search(r'"-c", "(.*)"\]', health)[1], "health", "exec")


def test_the_compose_file_gives_the_container_nothing_it_does_not_need():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    service = compose["services"]["chitieu"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["user"] == "10001"
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert compose["services"]["database"]["profiles"] == ["postgres"]
    assert compose["networks"]["inside"] == {"internal": True}
    for part in compose["services"].values():
        assert set(part["networks"]) <= set(compose["networks"])
        assert {v.split(":")[0] for v in part["volumes"]} <= set(compose["volumes"])
        assert (DEPLOY / part.get("build", {}).get("dockerfile", "Dockerfile").removeprefix("deploy/")).is_file()


@pytest.mark.skipif(
    subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode
    if shutil.which("docker")
    else True,
    reason="docker compose is not on this machine",
)
def test_docker_takes_the_compose_file():
    command = ["docker", "compose", "-f", DEPLOY / "compose.yaml", "--profile", "postgres", "config", "-q"]
    assert subprocess.run(command, check=False).returncode == 0


# nginx, with a stand-in for chitieu behind it.


class StandIn(http.server.BaseHTTPRequestHandler):
    """Tells what it was asked; `/api/ask/stream` sends two events, the second when it is let go."""

    protocol_version = "HTTP/1.1"
    seen: dict[str, str]
    go = threading.Event()

    def do_GET(self):
        self._reply()

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self._reply()

    def _reply(self):
        type(self).seen = dict(self.headers)
        self.send_response(200)
        if self.path != "/api/ask/stream":
            self.send_header("Content-Length", "2")
            self.send_header("Access-Control-Allow-Origin", "https://intranet.example.vn")
            self.end_headers()
            self.wfile.write(b"ok")
            return
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._chunk(b"event: status\n\n")
        StandIn.go.wait(10)
        self._chunk(b"event: done\n\n")
        self._chunk(b"")

    def _chunk(self, data: bytes):
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def log_message(self, *_):
        pass


def free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def certificate(folder: Path) -> None:
    """A certificate for 127.0.0.1 that is good for an hour."""
    import datetime
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "chitieu.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "chitieu.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))


@pytest.fixture(scope="module")
def nginx(tmp_path_factory):
    """The ports for TLS and for plain HTTP of a running nginx with our file; only ports and paths are changed."""
    if NGINX is None:
        pytest.skip("nginx is not on this machine")
    place = tmp_path_factory.mktemp("nginx")
    certificate(place)
    behind = http.server.ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    tls, plain = free(), free()
    ours = (DEPLOY / "nginx.conf").read_text("utf-8")
    ours = re.sub(r"^ *listen \[::\].*\n", "", ours, flags=re.M)
    ours = ours.replace("listen 443", f"listen 127.0.0.1:{tls}").replace("listen 80;", f"listen 127.0.0.1:{plain};")
    ours = ours.replace("127.0.0.1:8000", f"127.0.0.1:{behind.server_port}").replace("/etc/nginx/tls", str(place))
    (place / "chitieu.conf").write_text(ours.replace("/var/log/nginx", str(place)), "utf-8")
    temps = "".join(f"{t}_temp_path {place}/{t};" for t in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    main = f"pid {place}/pid; error_log {place}/error.log; daemon off; events {{}}\n"
    (place / "main.conf").write_text(f"{main} http {{ {temps} include {place}/chitieu.conf; }}\n", "utf-8")
    command = [NGINX, "-p", place, "-c", place / "main.conf"]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    running = subprocess.Popen(command, stderr=subprocess.PIPE)
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", tls), 1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield tls, plain, place
    running.terminate()
    running.communicate(timeout=10)
    behind.shutdown()
    behind.server_close()


def over_tls(nginx) -> http.client.HTTPSConnection:
    tls, _, place = nginx
    context = ssl.create_default_context(cafile=str(place / "chitieu.crt"))
    return http.client.HTTPSConnection("127.0.0.1", tls, context=context, timeout=10)


def test_plain_http_is_sent_to_tls(nginx):
    link = http.client.HTTPConnection("127.0.0.1", nginx[1], timeout=10)
    link.request("GET", "/documents?q=1")
    reply = link.getresponse()
    assert reply.status == 301
    assert reply.headers["Location"].startswith("https://")
    link.close()


def test_what_a_browser_claims_about_its_address_is_not_passed_on(nginx):
    link = over_tls(nginx)
    link.request("GET", "/widget.js", headers={"X-Forwarded-For": "10.9.8.7", "Origin": "https://intranet.example.vn"})
    reply = link.getresponse()
    assert reply.read() == b"ok"
    assert StandIn.seen["X-Forwarded-For"] == "127.0.0.1"
    assert StandIn.seen["X-Forwarded-Proto"] == "https"
    assert re.fullmatch(r"[0-9a-f]{32}", StandIn.seen["X-Request-ID"])
    assert reply.headers.get_all("Access-Control-Allow-Origin") == ["https://intranet.example.vn"]
    assert "max-age" in reply.headers["Strict-Transport-Security"]
    link.close()


def test_events_of_an_answer_come_at_once(nginx):
    StandIn.go.clear()
    link = over_tls(nginx)
    link.request("POST", "/api/ask/stream", body=b"{}", headers={"Accept-Encoding": "gzip"})
    reply = link.getresponse()
    assert reply.readline() == b"event: status\n"
    StandIn.go.set()
    assert b"event: done" in reply.read()
    link.close()


def test_a_body_over_the_limit_does_not_reach_chitieu(nginx):
    StandIn.seen = {}
    link = over_tls(nginx)
    link.putrequest("POST", "/api/extract")
    link.putheader("Content-Length", str(35 << 20))
    link.endheaders()
    assert link.getresponse().status == 413
    assert StandIn.seen == {}
    link.close()


def test_questions_in_addresses_are_not_logged(nginx):
    link = over_tls(nginx)
    link.request("GET", "/api/search?q=luong-bi-mat")
    link.getresponse().read()
    link.close()
    logged = ""
    until = time.monotonic() + 5
    while "/api/search" not in logged and time.monotonic() < until:
        logged = (nginx[2] / "chitieu.log").read_text("utf-8")
        time.sleep(0.02)
    assert "/api/search" in logged
    assert "luong-bi-mat" not in logged


def test_too_many_requests_from_one_address_are_refused_with_429(nginx):
    link = over_tls(nginx)
    got = set()
    for _ in range(120):
        link.request("GET", "/documents")
        reply = link.getresponse()
        reply.read()
        got.add(reply.status)
        if 429 in got:
            break
    assert got == {200, 429}
    link.close()


def test_the_upload_limits_of_nginx_and_chitieu_belong_together():
    from assistant.settings import Settings

    stated = int(re.search(r"client_max_body_size (\d+)m", (DEPLOY / "nginx.conf").read_text("utf-8"))[1])
    assert Settings.model_fields["max_upload_mb"].default < stated
