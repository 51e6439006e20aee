"""All blueprints. Those of a town stand under ``/<lang>/<town>/``."""

from __future__ import annotations

from flask import Blueprint

from app.areas import blueprint as areas
from app.auth import blueprint as auth
from app.booth import blueprint as booth
from app.booth import short_blueprint as short
from app.commission import blueprint as commission
from app.cycles import blueprint as cycles
from app.demo_mailbox import blueprint as demo_mailbox
from app.home import blueprint as home
from app.home import installation_blueprint as installation
from app.meetings import blueprint as meetings
from app.money import blueprint as money
from app.organisations import blueprint as organisations
from app.people import blueprint as people
from app.plans import blueprint as plans
from app.priorities import blueprint as priorities
from app.results import blueprint as results
from app.reviews import blueprint as reviews
from app.rules import blueprint as rules
from app.tasks import blueprint as tasks
from app.worklist import blueprint as worklist

INSTALLATION_BLUEPRINTS: tuple[Blueprint, ...] = (installation, short)
TOWN_BLUEPRINTS: tuple[Blueprint, ...] = (
    home,
    areas,
    rules,
    worklist,
    auth,
    people,
    demo_mailbox,
    cycles,
    priorities,
    meetings,
    booth,
    commission,
    results,
    organisations,
    plans,
    tasks,
    money,
    reviews,
)
