"""Every code of the domain has a sentence, and every sentence a code."""

from __future__ import annotations

import ast
import importlib
import pkgutil

import participation
from app.sentences import BLOCK_REASONS, JOURNAL, REFUSALS
from participation.history import Fact
from tests.conventions.sources import relative, trees
from voting.errors import Reason

ERRORS = {
    "ParticipationError",
    "NotFoundError",
    "NotAllowedError",
    "PhaseClosedError",
    "InvalidInputError",
    "ConflictError",
    "BlockedError",
}


def test_every_refusal_has_a_sentence() -> None:
    missing = sorted(f"{code} ({where})" for code, where in _codes(ERRORS) if code not in REFUSALS)
    assert missing == []


def test_every_refusal_of_the_vote_has_a_sentence() -> None:
    assert {reason.value for reason in Reason} - set(REFUSALS) == set()


def test_every_blocking_reason_has_a_sentence() -> None:
    codes = {code for code, _ in _codes({"BlockReason"})}
    assert codes == set(BLOCK_REASONS)


def test_every_kind_of_journal_record_has_a_sentence() -> None:
    for module in pkgutil.walk_packages(participation.__path__, "participation."):
        if module.name.endswith(".records"):
            importlib.import_module(module.name)
    kinds = {kind.kind for kind in Fact.__subclasses__() if kind.__module__.startswith("partici")}
    assert kinds == {kind for kind in JOURNAL if not kind.startswith("vote_")}


def _codes(names: set[str]) -> set[tuple[str, str]]:
    """Literal first arguments of calls to these classes, with the file they stand in."""
    found = set()
    for path, tree in trees():
        if not relative(path).startswith("participation/"):
            continue
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in names
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add((str(node.args[0].value), relative(path)))
    return found
