"""The acts that ask nothing but agreement and, some, a reason: what each page says and does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from app.commission.desk import Desk
from app.peppers import peppers
from app.session import current_actor
from participation.cycles import ballot
from participation.cycles.queries import cycle_of_election
from voting.elections import services
from voting.elections.models import Election
from voting.results import services as result_services
from voting.states import Act

SIMPLE_ACTS = (Act.REVISE, Act.OPEN, Act.CLOSE, Act.PUBLISH, Act.SUSPEND, Act.RESUME, Act.ANNUL)
GRAVE_ACTS = frozenset({Act.REVISE, Act.CLOSE, Act.SUSPEND, Act.ANNUL})


@dataclass(frozen=True)
class ActText:
    """What a page of an act says: what will happen, and afterwards what has."""

    consequences: tuple[str, ...]
    done: str


def needs_reason(act: Act, desk: Desk) -> bool:
    """Closing needs a reason only before its time."""
    if act is Act.CLOSE:
        return desk.waits_for_closing
    return act in {Act.SUSPEND, Act.RESUME, Act.ANNUL}


def words_of(act: Act) -> ActText:
    """The sentences of one act."""
    return {
        Act.REVISE: _revise,
        Act.OPEN: _open,
        Act.CLOSE: _close,
        Act.PUBLISH: _publish,
        Act.SUSPEND: _suspend,
        Act.RESUME: _resume,
        Act.ANNUL: _annul,
    }[act]()


def carry_out(act: Act, election: Election, reason: str, now: datetime) -> None:
    """Do it; publishing also hands the result to the year it belongs to."""
    actor = current_actor().person_id or 0
    if act is Act.OPEN:
        services.open_election(actor=actor, election_id=election.id, peppers=peppers(), now=now)
    elif act is Act.CLOSE:
        services.close_election(actor=actor, election_id=election.id, reason=reason, now=now)
    elif act is Act.REVISE:
        services.revise_election(actor=actor, election_id=election.id, now=now)
    elif act is Act.PUBLISH:
        _publish_and_hand_over(actor, election, now)
    else:
        _with_reason(act, actor, election, reason, now)


def _with_reason(act: Act, actor: int, election: Election, reason: str, now: datetime) -> None:
    run = {
        Act.SUSPEND: services.suspend_election,
        Act.RESUME: services.resume_election,
        Act.ANNUL: services.annul_election,
    }[act]
    run(actor=actor, election_id=election.id, reason=reason, now=now)


def _publish_and_hand_over(actor: int, election: Election, now: datetime) -> None:
    result_services.publish_result(actor=actor, election_id=election.id, now=now)
    cycle = cycle_of_election(election.id)
    if cycle is not None:
        ballot.take_over_result(actor=current_actor(), cycle=cycle, now=now)


def _revise() -> ActText:
    return ActText(
        (
            gettext("The vote becomes a draft again. It can then be changed."),
            gettext("All codes, key cards and the list of voters are thrown away."),
            gettext("Letters that were printed no longer work. They must be printed anew."),
        ),
        gettext("The vote is a draft again."),
    )


def _open() -> ActText:
    return ActText(
        (
            gettext("Everybody with a code can vote from the opening time on."),
            gettext("Nothing on the ballot paper can be changed any more."),
            gettext("Nobody can see totals before the count, not even you."),
        ),
        gettext("The vote is open."),
    )


def _close() -> ActText:
    return ActText(
        (
            gettext("Nobody can vote any more."),
            gettext("The ballot box is frozen. Its seal is published, so nobody can change it."),
            gettext("Then you can count."),
        ),
        gettext("The vote is closed."),
    )


def _publish() -> ActText:
    return ActText(
        (
            gettext("Everybody can read the result, with the reason for each project."),
            gettext("The files to recount it are published too."),
            gettext("The projects that won become the work of the neighbourhood's plan."),
        ),
        gettext("The result is published."),
    )


def _suspend() -> ActText:
    return ActText(
        (
            gettext("Nobody can vote while the vote is stopped."),
            gettext("Nothing is lost. Ballots in the box stay there."),
            gettext("The closing time stays the same."),
        ),
        gettext("The vote is stopped."),
    )


def _resume() -> ActText:
    return ActText(
        (gettext("The vote goes on from where it was stopped."),), gettext("The vote goes on.")
    )


def _annul() -> ActText:
    return ActText(
        (
            gettext("This vote does not count. That cannot be taken back."),
            gettext("The reason is published. To vote again, a new vote must be drafted."),
        ),
        gettext("The vote is annulled."),
    )
