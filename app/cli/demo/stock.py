"""Plans and work of the years that the facts only outline: stock texts, plain numbers."""

from __future__ import annotations

from collections.abc import Sequence

from app.cli.demo.facts import WishInYear, YearFact, file_of, wishes
from app.cli.demo.played import (
    ActivityFact,
    DecisionFact,
    OfferFact,
    PaymentFact,
    PlayedFact,
    ProgressFact,
)
from participation.texts import LocalisedText

_DAYS_OF_A_CALL = 12
_DAYS_TO_DECIDE = 2
# An offer asks for a little less than the ceiling, in whole tens of euros.
_ASKED_PERCENT, _WHOLE_CENTS = 95, 1000


def outline_of(year: YearFact) -> PlayedFact | None:
    """What happened in a year that has a plan, as far as one line a wish tells it."""
    return draft_of(year) if year.adopted_day is not None else None


def draft_of(year: YearFact) -> PlayedFact:
    """A plan of what was chosen, adopted or not."""
    texts = file_of("stock_texts.json")
    chosen = [entry for entry in year.wishes if entry.state == "chosen"]
    return PlayedFact(
        introduction=texts["plan"]["introduction"],
        continuity=texts["plan"]["continuity"],
        activities=[_activity(year, entry, turn) for turn, entry in enumerate(chosen)],
    )


def _activity(year: YearFact, entry: WishInYear, turn: int) -> ActivityFact:
    texts = file_of("stock_texts.json")
    opens = year.window("assign").start_day + 1
    decided = year.window("execute").start_day - _DAYS_TO_DECIDE
    has_executor = entry.executor is not None
    closes = decided - _DAYS_TO_DECIDE if has_executor else opens + _open_for(turn)
    return ActivityFact(
        wish=entry.wish,
        goal=_first_sentences(wishes()[entry.wish].description),
        for_whom=texts["for_whom"],
        gates=(),
        call_opens_day=opens,
        call_closes_day=closes,
        offers=_offers(entry, turn),
        decision=DecisionFact(decided, entry.executor, _one_of(texts["decision_reasons"], turn))
        if entry.executor is not None
        else None,
        progress=_progress(year, turn) if has_executor else (),
        payments=_payments(year, entry) if has_executor else (),
    )


def _open_for(turn: int) -> int:
    """Every third call has closed already, so that somebody can decide today."""
    return 3 if turn % 3 == 0 else _DAYS_OF_A_CALL + turn


def _offers(entry: WishInYear, turn: int) -> Sequence[OfferFact]:
    texts = file_of("stock_texts.json")
    names = [entry.executor] if entry.executor is not None else entry.offers_by
    return [
        OfferFact(
            organisation=name,
            amount_cents=_asked(entry, place),
            own_contribution_cents=0,
            hours=40 + 20 * (turn + place),
            plan=_one_of(texts["offer_plans"], turn + place),
            support_wanted=texts["support_wanted"],
        )
        for place, name in enumerate(names)
    ]


def _asked(entry: WishInYear, place: int) -> int:
    cost = _cost_of(entry)
    return cost * (_ASKED_PERCENT - 3 * place) // 100 // _WHOLE_CENTS * _WHOLE_CENTS


def _cost_of(entry: WishInYear) -> int:
    """What a wish costs after the check, in cents."""
    checked = entry.check.cost_cents if entry.check is not None else None
    return checked or wishes()[entry.wish].cost_cents


def _progress(year: YearFact, turn: int) -> Sequence[ProgressFact]:
    texts = file_of("stock_texts.json")
    began = year.window("execute").start_day
    halfway = began + (0 - began) // 2
    return [
        ProgressFact(began + 14 + turn, "on_schedule", _one_of(texts["begun"], turn)),
        ProgressFact(halfway + 10 + turn, "milestone", _one_of(texts["halfway"], turn)),
    ]


def _payments(year: YearFact, entry: WishInYear) -> Sequence[PaymentFact]:
    began = year.window("execute").start_day
    advance = file_of("stock_texts.json")["advance"]
    return [PaymentFact(began + 7, False, _asked(entry, 0) // 2, advance)]


def _first_sentences(texts: LocalisedText) -> LocalisedText:
    return {language: text.split(". ")[0].rstrip(".") + "." for language, text in texts.items()}


def _one_of(texts: Sequence[LocalisedText], turn: int) -> LocalisedText:
    return texts[turn % len(texts)]
