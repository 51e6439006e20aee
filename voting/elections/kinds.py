"""The choices an election is made of. Only what works is named."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What is decided: which options get the budget, or a motion for or against."""

    OPTIONS = "options"
    MOTION = "motion"


class Channel(StrEnum):
    """A way to vote. Letters and slips carry codes; cards are shown in a hall and counted there."""

    LETTERS = "letters"
    SLIPS = "slips"
    PAPER = "paper"
    CARDS = "cards"


BUILT_CHANNELS = frozenset({Channel.LETTERS, Channel.SLIPS, Channel.CARDS})
CODE_CHANNELS = frozenset({Channel.LETTERS, Channel.SLIPS})


class BallotFormat(StrEnum):
    """What one ballot says. Knapsack is approval within a sum of costs."""

    APPROVAL = "approval"
    KNAPSACK = "knapsack"
    MOTION = "motion"


class Rule(StrEnum):
    """How ballots become an outcome; defined in ``voting.counting``."""

    GREEDY = "greedy"
    MAJORITY = "majority"


class Publication(StrEnum):
    """Who gets the single ballots after the count: sworn observers, or everybody."""

    OBSERVERS = "observers"
    FULL = "full"
