"""Which module may know which. import-linter keeps the three packages apart; here the rest."""

from __future__ import annotations

import pytest

from tests.conventions.imports_of import OURS, imports_of, is_within, our_modules

MODULES = our_modules()

# Layer → what it may not know.
FORBIDDEN_LAYERS = {
    "config": ("app", "participation", "voting", "database"),
    "database": ("app", "participation", "voting"),
    "voting": ("app", "participation"),
    "participation": ("app",),
}

# Rules that can be read and tested without a database: they know only each other.
PURE = (
    "participation.actions",
    "participation.errors",
    "participation.permissions",
    "participation.phases",
    "voting.chain",
    "voting.codes",
    "voting.counting",
    "voting.eligibility",
    "voting.errors",
    "voting.states",
)
IMPURE_LIBRARIES = ("sqlalchemy", "psycopg", "flask", "redis", "rq")

# A package's own modules may use its models; other packages ask its services and queries.
DOMAIN_PACKAGES = sorted(
    {
        name.rpartition(".")[0]
        for name in MODULES
        if name.count(".") == 2 and name.startswith(("participation.", "voting."))
    }
)


@pytest.mark.parametrize("layer", FORBIDDEN_LAYERS)
def test_imports_go_one_way(layer: str) -> None:
    wrong = [
        f"{name} imports {imported}"
        for name, file in MODULES.items()
        if is_within(name, layer)
        for imported in imports_of(file)
        if any(is_within(imported, other) for other in FORBIDDEN_LAYERS[layer])
    ]
    assert wrong == []


@pytest.mark.parametrize("pure", PURE)
def test_pure_modules_know_only_each_other(pure: str) -> None:
    files = {name: file for name, file in MODULES.items() if is_within(name, pure)}
    assert files
    wrong = [
        f"{name} imports {imported}"
        for name, file in files.items()
        for imported in imports_of(file)
        if _is_impure(imported)
    ]
    assert wrong == []


def _is_impure(imported: str) -> bool:
    if any(is_within(imported, library) for library in IMPURE_LIBRARIES):
        return True
    ours = any(is_within(imported, package) for package in OURS)
    return ours and not any(is_within(imported, pure) for pure in PURE)


@pytest.mark.parametrize("package", DOMAIN_PACKAGES)
def test_no_package_uses_the_models_of_its_siblings(package: str) -> None:
    parent = package.partition(".")[0]
    others = [each for each in DOMAIN_PACKAGES if is_within(each, parent) and each != package]
    siblings = [f"{other}.models" for other in others]
    wrong = [
        f"{name} imports {imported}"
        for name, file in MODULES.items()
        if is_within(name, package)
        for imported in imports_of(file)
        if any(is_within(imported, models) for models in siblings)
    ]
    assert wrong == []


def test_only_config_reads_the_environment() -> None:
    wrong = [
        name
        for name, file in MODULES.items()
        if name != "config" and {"os.environ", "getenv"} & _mentions(file.read_text("utf-8"))
    ]
    assert wrong == []


def _mentions(text: str) -> set[str]:
    return {word for word in ("os.environ", "getenv") if word in text}
