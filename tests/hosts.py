"""Real web servers, each with the rules that a release carries, on a free port of this machine."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

APACHE_MODULES = Path("/usr/lib/apache2/modules")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def hosted(kind: str, release: Path, base: str, folder: Path) -> Iterator[str]:
    """Serve a release; yield the address that stands for its base. Skips, aloud, where the server is missing."""
    program = shutil.which({"apache": "apache2"}.get(kind, kind))
    if program is None:
        pytest.skip(f"{kind.upper()} IS MISSING: its rules are not tested (apt-get install nginx apache2 caddy)")
    port, path = free_port(), urlsplit(base).path
    command = COMMANDS[kind](program, release.resolve(), path, port, folder)
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log, cwd=folder) as server:
        try:
            address = f"http://127.0.0.1:{port}{path}"
            _wait(address, server, folder / "log")
            yield address
        finally:
            server.terminate()


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(100):
        try:
            requests.get(address, timeout=5)
        except requests.ConnectionError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text())


def nginx(program: str, release: Path, _path: str, port: int, folder: Path) -> list[str]:
    rules = (release / "nginx.conf").read_text()
    rules = rules.replace("/srv/release", str(release)).replace("listen 8080", f"listen 127.0.0.1:{port}")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    head = f"daemon off; pid {folder}/pid; error_log stderr; events {{}}\nhttp {{ access_log off;\n{temporary}"
    user = "user root;\n" if Path("/root").owner() == "root" else ""
    (folder / "nginx.conf").write_text(f"{user}{head}{rules}}}\n")
    return [program, "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", "stderr"]


def apache(program: str, release: Path, path: str, port: int, folder: Path) -> list[str]:
    modules = "mpm_event authz_core mime dir alias negotiation headers"
    loaded = "".join(f"LoadModule {name}_module {APACHE_MODULES}/mod_{name}.so\n" for name in modules.split())
    (folder / "apache.conf").write_text(
        f"ServerRoot {folder}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {folder}/pid\n{loaded}"
        f"User www-data\nGroup www-data\nErrorLog /dev/stderr\nTypesConfig /etc/mime.types\n"
        f"Alias {path} {release}/\n<Directory {release}>\nAllowOverride All\nRequire all granted\n</Directory>\n"
    )
    return [program, "-f", str(folder / "apache.conf"), "-DFOREGROUND"]


def caddy(program: str, release: Path, _path: str, port: int, folder: Path) -> list[str]:
    rules = (release / "Caddyfile").read_text()
    rules = rules.replace("/srv/release", str(release)).replace(":8080", f"http://127.0.0.1:{port}")
    (folder / "Caddyfile").write_text("{\n\tadmin off\n\tauto_https off\n}\n" + rules)
    return [program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


COMMANDS = {"nginx": nginx, "apache": apache, "caddy": caddy}
