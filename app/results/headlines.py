"""The sentence a result begins with."""

from __future__ import annotations

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l

from voting.results.queries import Result

# Small numbers are written out, as people say them.
_IN_WORDS = {
    1: _l("One project goes ahead"),
    2: _l("Two projects go ahead"),
    3: _l("Three projects go ahead"),
    4: _l("Four projects go ahead"),
    5: _l("Five projects go ahead"),
    6: _l("Six projects go ahead"),
    7: _l("Seven projects go ahead"),
    8: _l("Eight projects go ahead"),
    9: _l("Nine projects go ahead"),
    10: _l("Ten projects go ahead"),
    11: _l("Eleven projects go ahead"),
    12: _l("Twelve projects go ahead"),
}


def headline(result: Result) -> str:
    """What was decided, in one short sentence."""
    if result.motion is not None:
        return str(
            gettext("It is adopted") if result.motion.adopted else gettext("It is not adopted")
        )
    chosen = len(result.winners)
    if chosen == 0:
        return str(gettext("No project goes ahead"))
    words = _IN_WORDS.get(chosen)
    if words is not None:
        return str(words)
    return str(ngettext("%(num)s project goes ahead", "%(num)s projects go ahead", chosen))
