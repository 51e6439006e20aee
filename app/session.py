"""Who this browser is signed in as. Accounts never reach across municipalities."""

from __future__ import annotations

from flask import g, session
from flask_login import UserMixin, current_user, login_user, logout_user

from app.extensions import login_manager
from database import database_now
from participation.people import queries as people
from participation.people.models import Person
from participation.permissions import VISITOR, Actor


class SessionUser(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """What Flask-Login keeps of a signed-in person."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def get_id(self) -> str:
        return session_identity(self.person)


def session_identity(person: Person) -> str:
    """What a session keeps of a person: town, account, and the round that ends all sessions."""
    return f"{person.municipality_id}:{person.id}:{person.session_round}"


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load_session_user(user_id: str) -> SessionUser | None:
    """The account behind a session, if it belongs to the town of this request and still may."""
    municipality_id, _, rest = user_id.partition(":")
    person_id, _, _round = rest.partition(":")
    town = g.get("town")
    if town is None or str(town.id) != municipality_id or not person_id.isdecimal():
        return None
    person = people.find_person(town.id, int(person_id))
    if person is None or not person.is_active or session_identity(person) != user_id:
        return None
    return SessionUser(person)


def current_person() -> Person | None:
    """The signed-in account, or ``None``."""
    return current_user.person if current_user.is_authenticated else None


def current_actor() -> Actor:
    """The signed-in account as permissions see it, or the visitor. Loaded once a request."""
    if "actor" not in g:
        person = current_person()
        g.actor = (
            people.load_actor(
                person,
                with_staff_roles=bool(session.get("second_factor")),
                on=database_now().date(),
            )
            if person is not None
            else VISITOR
        )
    actor: Actor = g.actor
    return actor


def sign_in(person: Person, *, second_factor: bool) -> None:
    """Begin a new session for ``person``; the old one's contents are dropped."""
    session.clear()
    session["second_factor"] = second_factor
    login_user(SessionUser(person))
    g.pop("actor", None)


def sign_out() -> None:
    """End the session."""
    logout_user()
    session.clear()
    g.pop("actor", None)
