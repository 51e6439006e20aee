"""Use cases on organisations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from database import db
from participation import history
from participation.actions import Action
from participation.areas.queries import root_area, subject_of
from participation.errors import ConflictError, InvalidInputError
from participation.organisations import queries
from participation.organisations.kinds import LegalForm, OrganisationKind
from participation.organisations.models import Organisation
from participation.organisations.records import OrganisationAdded
from participation.permissions import Actor, require
from participation.texts import LocalisedText


@dataclass(frozen=True)
class NewOrganisation:
    """What a town says of an organisation; everything but the address is public."""

    name: str
    kind: OrganisationKind
    legal_form: LegalForm
    contact_email: str
    description: LocalisedText = field(default_factory=dict)
    is_example: bool = False


def add_organisation(
    *, actor: Actor, municipality_id: int, new: NewOrganisation, now: datetime
) -> Organisation:
    """Put an organisation into the town's directory, so that its members can make offers.

    :raises InvalidInputError: no name or no e-mail address.
    :raises ConflictError: there is one of this name already.
    """
    require(actor, Action.MANAGE_ORGANISATIONS, subject_of(root_area(municipality_id)))
    if not new.name.strip():
        raise InvalidInputError("name_missing", field="name")
    if "@" not in new.contact_email:
        raise InvalidInputError("email_missing", field="contact_email")
    organisation_id = db.session.scalar(
        insert(Organisation)
        .values(
            municipality_id=municipality_id,
            name=new.name.strip(),
            kind=new.kind,
            legal_form=new.legal_form,
            description={k: t.strip() for k, t in new.description.items() if t.strip()},
            contact_email=new.contact_email.strip(),
            is_example=new.is_example,
            added_at=now,
        )
        .on_conflict_do_nothing()
        .returning(Organisation.id)
    )
    if organisation_id is None:
        raise ConflictError("organisation_exists", name=new.name.strip(), field="name")
    added = queries.get_organisation(organisation_id)
    fact = OrganisationAdded(
        organisation_id=added.id, name=added.name, legal_form=added.legal_form.value
    )
    chain = history.municipality_chain(municipality_id)
    history.record(actor=actor, chain=chain, fact=fact, now=now)
    return added
