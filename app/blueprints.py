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
from app.people import blueprint as people
from app.results import blueprint as results

INSTALLATION_BLUEPRINTS: tuple[Blueprint, ...] = (installation, short)
TOWN_BLUEPRINTS: tuple[Blueprint, ...] = (
    home,
    areas,
    auth,
    people,
    demo_mailbox,
    cycles,
    booth,
    commission,
    results,
)
