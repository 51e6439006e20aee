"""First pages: the towns of the installation, a town's home, and how everything works."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("home", __name__)
installation_blueprint = Blueprint("installation", __name__)

from app.home import views  # noqa: E402,F401  views bind themselves to the blueprints
