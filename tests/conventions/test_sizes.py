"""Files and functions stay small enough to read at once."""

from __future__ import annotations

import ast

from config import PROJECT_DIR
from tests.conventions.sources import python_files, relative, trees

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "misc"}


def test_no_file_is_longer_than_400_lines() -> None:
    watched = [*python_files()]
    for folder, pattern in (("templates", "*"), ("app/static", "*.css"), ("app/static", "*.js")):
        watched += [
            f
            for f in (PROJECT_DIR / folder).rglob(pattern)
            if f.is_file() and "dist" not in f.parts
        ]
    lengths = {relative(f): len(f.read_text(encoding="utf-8").splitlines()) for f in watched}
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    too_long = [
        f"{relative(path)}:{node.lineno} {node.name} ({length})"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_every_module_says_what_it_owns() -> None:
    silent = [
        relative(path)
        for path, tree in trees()
        if path.stat().st_size and ast.get_docstring(tree) is None
    ]
    assert silent == []


def test_no_module_is_a_drawer_for_everything() -> None:
    names = [relative(path) for path in python_files() if path.stem in FORBIDDEN_NAMES]
    assert names == []


def test_only_config_reads_the_environment() -> None:
    readers = [
        relative(path)
        for path, tree in trees()
        if relative(path) != "config.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"environ", "getenv"}
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
        and not relative(path).startswith(("setup/", "bootstrap"))
    ]
    assert sorted(set(readers)) in ([], ["app/cli/with_engines.py"])
