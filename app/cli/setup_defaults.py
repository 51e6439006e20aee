"""What a new municipality begins with: themes, functions and rules it may change afterwards.

Owns the project's default criteria. Themes, functions and the eight review questions are shared
with the demo and stand in its vocabularies.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from participation.rules import services
from participation.rules.content import Criterion, ReviewQuestion, Rules
from participation.texts import LocalisedText

_HERE = Path(__file__).resolve().parent


def default_rules(country: str) -> Rules:
    """Rules with the default criteria and review questions.

    :param country: ``"NL"`` or ``"DE"``; decides which body adopts the plan.
    """
    defaults, shared = _defaults(), _vocabularies()
    return Rules(
        criteria=tuple(Criterion(c["code"], c["text"]) for c in defaults["criteria"]),
        review_questions=tuple(
            ReviewQuestion(code=q["id"], answer=q["answer"], text=q["question"])
            for q in shared["review_questions"]
        ),
        adopting_body=defaults["adopting_body"][country],
    )


def default_rules_name(language: str) -> str:
    """What the default rule set is called."""
    return str(_defaults()["rule_set"][language])


def default_welcome() -> LocalisedText:
    """The first sentence on a town's home."""
    return dict(_defaults()["welcome"])


def add_default_vocabulary(municipality_id: int) -> None:
    """Give a new municipality the default themes and functions."""
    shared = _vocabularies()
    for position, theme in enumerate(shared["themes"], start=1):
        services.add_theme(
            municipality_id=municipality_id,
            code=theme["code"],
            name=theme["label"],
            position=position,
        )
    for position, function in enumerate(shared["functions"], start=1):
        services.add_function(
            municipality_id=municipality_id,
            code=function["code"],
            name=function["label"],
            position=position,
        )


@lru_cache(maxsize=1)
def _defaults() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((_HERE / "setup_defaults.json").read_text("utf-8"))
    return loaded


@lru_cache(maxsize=1)
def _vocabularies() -> dict[str, Any]:
    path = _HERE / "demo" / "data" / "vocabularies.json"
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded
