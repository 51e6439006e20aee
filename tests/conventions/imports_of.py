"""Reads from the sources which modules import which, types-only imports left out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from config import PROJECT_DIR

OURS = ("app", "participation", "voting", "database", "config")


def module_name(file: Path) -> str:
    """``participation/areas/models.py`` → ``participation.areas.models``."""
    parts = file.relative_to(PROJECT_DIR).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def our_modules() -> dict[str, Path]:
    """Every module of the product by name."""
    files = [PROJECT_DIR / "config.py", PROJECT_DIR / "database.py"]
    for package in ("app", "participation", "voting"):
        files += (PROJECT_DIR / package).rglob("*.py")
    return {module_name(file): file for file in files}


def imports_of(file: Path) -> set[str]:
    """Dotted names that a file imports when it runs: ``from a.b import c`` gives ``a.b.c``."""
    return set(_imports(ast.parse(file.read_text(encoding="utf-8")).body))


def is_within(name: str, package: str) -> bool:
    """Whether a dotted name is a package or lies in it."""
    return name == package or name.startswith(f"{package}.")


def _imports(body: list[ast.stmt]) -> Iterator[str]:
    for statement in body:
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            yield from (f"{statement.module}.{alias.name}" for alias in statement.names)
        elif isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.dump(statement.test):
            yield from _imports(statement.orelse)
        else:
            for child in ast.iter_child_nodes(statement):
                yield from _imports([child] if isinstance(child, ast.stmt) else [])
