"""All blueprints. Those of a town stand under ``/<lang>/<town>/``."""

from __future__ import annotations

from flask import Blueprint

from app.areas import blueprint as areas
from app.cycles import blueprint as cycles
from app.home import blueprint as home
from app.home import installation_blueprint as installation

INSTALLATION_BLUEPRINTS: tuple[Blueprint, ...] = (installation,)
TOWN_BLUEPRINTS: tuple[Blueprint, ...] = (home, areas, cycles)
