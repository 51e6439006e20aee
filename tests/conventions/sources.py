"""The project's own files, as conventions read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from config import PROJECT_DIR

PACKAGES = ("app", "participation", "voting", "setup")
SINGLE_FILES = ("config.py", "database.py", "bootstrap.py")


def python_files() -> list[Path]:
    """Production code, no tests, no migrations."""
    files = [PROJECT_DIR / name for name in SINGLE_FILES if (PROJECT_DIR / name).exists()]
    for package in PACKAGES:
        files += (PROJECT_DIR / package).rglob("*.py")
    return sorted(f for f in files if "node_modules" not in f.parts)


def template_files() -> list[Path]:
    """All templates."""
    return sorted(f for f in (PROJECT_DIR / "templates").rglob("*") if f.is_file())


def relative(path: Path) -> str:
    """A path as a newcomer would name it."""
    return path.relative_to(PROJECT_DIR).as_posix()


def trees() -> Iterator[tuple[Path, ast.Module]]:
    """Every production file with its syntax tree."""
    for path in python_files():
        yield path, ast.parse(path.read_text(encoding="utf-8"))
