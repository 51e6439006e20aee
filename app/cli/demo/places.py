"""The town itself: founding it, its areas, its words and rules, its organisations."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from app.cli.demo.facts import TownFact, vocabulary
from app.cli.demo.stage import Calendar, Stage
from participation.areas import queries as areas
from participation.areas import services as area_services
from participation.areas.models import AreaKind, Municipality
from participation.organisations import services as organisation_services
from participation.organisations.kinds import LegalForm, OrganisationKind
from participation.rules import services as rule_services
from participation.rules.content import BallotFormat, Criterion, ReviewQuestion, Rules
from voting.peppers import PepperStore

FOUNDED_DAY = -990
_RULE_SET_NAMES = {"nl": "Regels van de buurten", "de": "Regeln der Quartiere"}


def found_town(facts: TownFact, *, peppers: PepperStore, now: datetime) -> Stage:
    """The municipality and its words; areas follow once somebody may add them."""
    calendar = Calendar(now=now, zone=ZoneInfo(facts.time_zone))
    town = _found_municipality(facts, calendar)
    stage = Stage(facts=facts, calendar=calendar, peppers=peppers, town=town, rules=rules_of(facts))
    stage.areas[facts.id] = areas.root_area(town.id)
    for position, theme in enumerate(vocabulary()["themes"], start=1):
        stage.themes[theme["code"]] = rule_services.add_theme(
            municipality_id=town.id, code=theme["code"], name=theme["label"], position=position
        ).id
    for position, function in enumerate(vocabulary()["functions"], start=1):
        stage.functions[function["code"]] = rule_services.add_function(
            municipality_id=town.id,
            code=function["code"],
            name=function["label"],
            position=position,
        ).id
    return stage


def add_areas(stage: Stage) -> None:
    """Every place of the town, parents first, with its code and population."""
    actor = stage.one_of("municipality")
    for fact in stage.facts.areas:
        if fact.parent is None:
            root = stage.areas[fact.id]
            root.population, root.code = fact.population, fact.code
            continue
        stage.areas[fact.id] = area_services.add_area(
            actor=actor,
            parent=stage.areas[fact.parent],
            kind=AreaKind(fact.kind),
            name=fact.name,
            valid_from=stage.calendar.date(fact.valid_from_day),
            now=stage.calendar.at(FOUNDED_DAY, 11),
            population=fact.population,
            code=fact.code,
        )


def keep_rules(stage: Stage) -> None:
    """The town's rules under a name; its years start with a copy of them."""
    rule_services.add_rule_set(
        actor=stage.one_of("municipality"),
        municipality_id=stage.town.id,
        name=_RULE_SET_NAMES[stage.facts.language],
        rules=stage.rules,
        now=stage.calendar.at(FOUNDED_DAY, 12),
    )


def add_organisations(stage: Stage) -> None:
    """Everybody who may do work."""
    for fact in stage.facts.organisations:
        stage.organisations[fact.id] = organisation_services.add_organisation(
            actor=stage.one_of("municipality"),
            municipality_id=stage.town.id,
            new=organisation_services.NewOrganisation(
                name=fact.name,
                kind=OrganisationKind(fact.kind),
                legal_form=LegalForm(fact.legal_form),
                contact_email=fact.email,
                description=fact.about,
                is_example=True,
            ),
            now=stage.calendar.at(FOUNDED_DAY, 13),
        )


def rules_of(facts: TownFact) -> Rules:
    """The rules of the town's years: its own numbers, the shared criteria and questions."""
    given = facts.rules
    return Rules(
        minimum_age=given["minimum_age"],
        support_threshold=given["support_threshold"],
        cost_cap_cents=given["cost_cap_cents"],
        shortlist_limit=given["shortlist_limit"],
        ballot_format=BallotFormat(given["ballot_format"]),
        ballot_limit=given["ballot_limit"],
        counting_rule=given["counting_rule"],
        tie_criteria=tuple(given["tie_criteria"]),
        legal_form_above_cents=given["legal_form_above_cents"],
        criteria=tuple(
            Criterion(reason["code"], reason["label"]) for reason in vocabulary()["refusal_reasons"]
        ),
        review_questions=tuple(
            ReviewQuestion(question["id"], question["answer"], question["question"])
            for question in vocabulary()["review_questions"]
        ),
        adopting_body=facts.adopting_body,
    )


def _found_municipality(facts: TownFact, calendar: Calendar) -> Municipality:
    return area_services.found_municipality(
        new=area_services.NewMunicipality(
            name=facts.name,
            slug=facts.id,
            country=facts.country,
            default_language=facts.language,
            contact_email=facts.contact_email,
            time_zone=facts.time_zone,
            welcome=facts.welcome,
            is_example=True,
        ),
        now=calendar.at(FOUNDED_DAY, 9),
    )
