"""The environment in ``.venv``: made by uv, filled from the committed hashed locks.

Owns the locks as well. uv itself comes from pip, at the version and hash the project names.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from setup.places import BUILD, ROOT, VENV, VENV_BIN, VENV_PYTHON
from setup.problems import CERTIFICATE_SIGNS, SetupError, has_sign, problem_of_program
from setup.stamps import fingerprint, is_current, write_stamp
from setup.steps import Command, run_logged, run_quietly, step

# What an environment is for, and the lock that says what is in it; each holds the one before.
PRODUCTION = "requirements.txt"
EMBEDDED = "requirements-embedded.txt"
DEV = "requirements-dev.txt"
LARGER = (PRODUCTION, EMBEDDED, DEV)
UV_LOCK = ROOT / "requirements-uv.txt"
UNFINISHED = VENV / ".unfinished"
UV_FOLDER = BUILD / "uv"

# (output file, what it is compiled from): later locks may not contradict earlier ones.
LOCKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("requirements.txt", ("pyproject.toml",)),
    (
        "requirements-embedded.txt",
        ("pyproject.toml", "--extra=embedded", "--constraint=requirements.txt"),
    ),
    (
        "requirements-dev.txt",
        ("pyproject.toml", "--all-extras", "--constraint=requirements-embedded.txt"),
    ),
    ("requirements-node.txt", ("--group=pyproject.toml:node",)),
    ("requirements-uv.txt", ("--group=pyproject.toml:uv",)),
)

# Settings of pip that uv does not read by itself, and uv's names for them.
PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}
COMMA_SEPARATED = {"UV_FIND_LINKS"}

CONSOLE_SCRIPT = """\
#!/bin/sh
# Runs the product of the folder that this environment belongs to.
exec "$(dirname "$(readlink -f "$0" 2>/dev/null || echo "$0")")/python" -m app.cli "$@"
"""


def base_python() -> Path:
    """The interpreter outside any virtual environment, which may be the one to be replaced."""
    named = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
    return named if named.exists() else Path(sys.executable)


def is_installed(lock: str) -> bool:
    """Whether ``.venv`` holds what a lock names; a larger lock will do."""
    if UNFINISHED.exists() or not VENV_PYTHON.exists():
        return False
    larger = LARGER[LARGER.index(lock) :]
    return any(is_current(_stamp(each), _fingerprint(each)) for each in larger)


def install(lock: str) -> None:
    """Make ``.venv`` hold what a lock names.

    :raises SetupError: when the registry cannot be reached or an earlier half cannot be replaced.
    """
    if is_installed(lock):
        return
    uv = find_uv()
    with step("Python packages"):
        _make_venv(uv)
        UNFINISHED.touch()
        _uv_install(uv, ROOT / lock, "python")
        _link_project()
        UNFINISHED.unlink()
    write_stamp(_stamp(lock), _fingerprint(lock))


def install_node() -> None:
    """Add Node.js to ``.venv``, for a machine that has no npm of its own."""
    lock = ROOT / "requirements-node.txt"
    stamp = VENV / ".stamp-node"
    value = fingerprint([lock], str(VENV))
    if is_current(stamp, value):
        return
    with step("Node.js (no npm was found on this machine)"):
        _uv_install(find_uv(), lock, "node")
    write_stamp(stamp, value)


def find_uv() -> Path:
    """The project's uv, fetched with pip when it is not there yet.

    :raises SetupError: on a Python without pip and without uv on the path.
    """
    program = UV_FOLDER / "bin" / "uv"
    stamp = UV_FOLDER / ".stamp"
    value = fingerprint([UV_LOCK])
    if program.exists() and is_current(stamp, value):
        return program
    pip = _find_pip()
    if pip is None:
        return _uv_of_this_machine()
    with step("Installer"):
        shutil.rmtree(UV_FOLDER, ignore_errors=True)
        command = [*pip, "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--require-hashes", "--retries=2", "--target", UV_FOLDER, "-r", UV_LOCK]
        run_logged("Installer", command, log_name="uv", fetches=True)
    write_stamp(stamp, value)
    return program


def compile_locks(*, upgrade: bool) -> None:
    """Write every lock anew from ``pyproject.toml``, without any registry's address."""
    options = ["--quiet", "--universal", "--generate-hashes", "--no-emit-index-url"]
    options += ["--python-version=3.11", "--custom-compile-command=make lock"]
    options += ["--upgrade"] if upgrade else []
    for name, sources in LOCKS:
        with step(name):
            command: Command = [
                find_uv(),
                "pip",
                "compile",
                *options,
                f"--output-file={name}",
                *sources,
            ]
            run_logged(name, command, log_name="lock", fetches=True, environ=_uv_environment())


def _find_pip() -> Command | None:
    """This Python's pip, else one that this Python can unpack in a folder of ours."""
    own: Command = [base_python(), "-m", "pip"]
    if run_quietly([*own, "--version"])[0] == 0:
        return own
    folder = BUILD / "pip"
    unpacked: Command = [folder / "bin" / "python", "-m", "pip"]
    if run_quietly([base_python(), "-m", "venv", "--clear", folder])[0] == 0:
        return unpacked
    return None


def _uv_of_this_machine() -> Path:
    on_path = shutil.which("uv")
    if on_path is None:
        raise SetupError(
            f"{base_python()} has no pip: install it (on Debian and Ubuntu: "
            "apt-get install python3-pip), or install uv, and try again."
        )
    return Path(on_path)


def _make_venv(uv: Path) -> None:
    """Keep a working ``.venv`` of this Python; replace one that is half-finished or broken."""
    if not UNFINISHED.exists() and _runs_this_python():
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    command: Command = [uv, "venv", "--quiet", "--python", base_python(), VENV]
    run_logged("Python environment", command, log_name="venv", environ=_uv_environment())


def _runs_this_python() -> bool:
    if not VENV_PYTHON.exists():
        return False
    question = "import sys; print(*sys.version_info[:2], sys.prefix)"
    code, answer = run_quietly([VENV_PYTHON, "-c", question])
    wanted = f"{sys.version_info.major} {sys.version_info.minor} {VENV}"
    return code == 0 and answer.strip() == wanted


def _uv_install(uv: Path, lock: Path, log_name: str) -> None:
    command: Command = [
        uv,
        "pip",
        "install",
        "--python",
        VENV_PYTHON,
        "--require-hashes",
        "-r",
        lock,
    ]
    environ = _uv_environment()
    code, output = run_quietly(command, environ=environ)
    if code != 0 and has_sign(output, CERTIFICATE_SIGNS):
        code, output = run_quietly(command, environ={**environ, "UV_SYSTEM_CERTS": "true"})
    log = BUILD / "log" / f"{log_name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(output, encoding="utf-8")
    if code != 0:
        raise problem_of_program("Python packages", output, log, fetches=True)


def _uv_environment() -> dict[str, str]:
    fixed = {"UV_NO_PROGRESS": "1", "UV_PYTHON_DOWNLOADS": "never"}
    code, listing = run_quietly([base_python(), "-m", "pip", "config", "list"])
    return {**(uv_settings(listing, dict(os.environ)) if code == 0 else {}), **fixed}


def uv_settings(pip_listing: str, environ: dict[str, str]) -> dict[str, str]:
    """What ``pip config list`` says, in uv's environment variables; those already set win.

    Every package is checked against the lock's hash, so a further index cannot slip one in.
    """
    settings: dict[str, str] = {}
    for line in pip_listing.splitlines():
        key, equals, quoted = line.partition("=")
        name = PIP_TO_UV.get(key.rpartition(".")[2])
        if not equals or name is None:
            continue
        joint = "," if name in COMMA_SEPARATED else " "
        value = joint.join(quoted.strip("'\"").replace("\\n", " ").split())
        if value and name not in environ:
            settings[name] = value
    if "UV_INDEX" in settings:
        settings["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return settings


def _link_project() -> None:
    """Let the environment find the product in this folder, and give it its command."""
    for packages in VENV.glob("lib/python3*/site-packages"):
        (packages / "buurtbeslist.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    script = VENV_BIN / "buurtbeslist"
    script.write_text(CONSOLE_SCRIPT, encoding="utf-8")
    script.chmod(0o755)


def _stamp(lock: str) -> Path:
    return VENV / f".stamp-{lock}"


def _fingerprint(lock: str) -> str:
    return fingerprint([ROOT / lock], CONSOLE_SCRIPT, str(VENV), f"{sys.version_info[:2]}")
