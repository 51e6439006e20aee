"""Puts the web application together; each step is a named function."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, url_for
from sqlalchemy import text
from werkzeug.middleware.proxy_fix import ProxyFix

from app.access import allowed_here, public, require_declared_access
from app.blueprints import INSTALLATION_BLUEPRINTS, TOWN_BLUEPRINTS
from app.errors import reason_in_words, register_errors
from app.extensions import babel, csrf, limiter, login_manager, migrate
from app.filters import register_filters
from app.security import csp_nonce, register_security
from app.sentences.year import BALLOT_FORMAT_NAMES, PHASE_NAMES
from app.session import current_actor, current_person
from app.towns import (
    LANGUAGE_NAMES,
    current_language,
    current_time_zone,
    register_towns,
    url_for_language,
    url_for_page,
)
from app.worklist.links import staff_links
from config import LANGUAGES, PROJECT_DIR, Settings, load_settings
from database import db, engine_url
from participation.actions import Action
from participation.permissions import VISITOR
from participation.phases import Phase

MAX_REQUEST_BYTES = 20 * 1024 * 1024
# A checked roll travels back in the form that confirms it (see commission.roll_file).
MAX_FORM_BYTES = 8 * 1024 * 1024


def build(settings: Settings | None = None) -> Flask:
    """Build the web application.

    :raises UndeclaredEndpointError: an endpoint says not who may use it.
    """
    settings = settings or load_settings()
    app = Flask("app", template_folder=str(PROJECT_DIR / "templates"))
    configure(app, settings)
    register_extensions(app)
    register_security(app)
    register_towns(app)
    register_filters(app)
    register_template_values(app)
    register_errors(app)
    register_blueprints(app)
    register_health(app)
    require_declared_access(app)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Settings of Flask and its extensions."""
    secure = settings.public_url.startswith("https://")
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=engine_url(settings.database_url),
        SQLALCHEMY_ENGINE_OPTIONS={
            "pool_size": 6,
            "max_overflow": 4,
            "pool_pre_ping": True,
            # What a statement carries (names, addresses, ballots) is in no log when it fails.
            "hide_parameters": True,
        },
        MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_FORM_BYTES,
        SESSION_COOKIE_NAME="__Host-session" if secure else "session",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        BABEL_DEFAULT_LOCALE="en",
        BABEL_TRANSLATION_DIRECTORIES=str(PROJECT_DIR / "translations"),
        RATELIMIT_STORAGE_URI=limiter_storage(settings.redis_url),
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_HEADERS_ENABLED=False,
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )


def limiter_storage(redis_url: str) -> str:
    """Redis for the limits; their library spells the address of a socket in its own way."""
    return redis_url.replace("unix://", "redis+unix://", 1)


def register_extensions(app: Flask) -> None:
    """Bind the Flask extensions."""
    db.init_app(app)
    migrate.init_app(app, db, directory=str(PROJECT_DIR / "migrations"))
    csrf.init_app(app)
    limiter.init_app(app)
    login_manager.init_app(app)
    babel.init_app(app, locale_selector=current_language, timezone_selector=current_time_zone)


def register_template_values(app: Flask) -> None:
    """Names every template may use."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["url_for_page"] = url_for_page  # macros see no context

    @app.context_processor
    def values() -> dict[str, Any]:
        return {
            "lang": current_language(),
            "languages": LANGUAGES,
            "language_names": LANGUAGE_NAMES,
            "Action": Action,
            "Phase": Phase,
            "town": g.get("town"),
            "phase_names": PHASE_NAMES,
            "ballot_format_names": BALLOT_FORMAT_NAMES,
            "can": allowed_here,
            "reason_in_words": reason_in_words,
            **_reader(),
            "csp_nonce": csp_nonce(),
            "asset": asset_url,
            "url_for_language": url_for_language,
            "environment": app.config["SETTINGS"].environment,
        }


def _reader() -> dict[str, Any]:
    """Who reads; nobody on the page that says something broke: it may be the database."""
    if g.get("is_broken"):
        return {"current_person": None, "current_actor": VISITOR, "staff_links": []}
    return {
        "current_person": current_person(),
        "current_actor": current_actor(),
        "staff_links": staff_links(),
    }


def asset_url(name: str) -> str:
    """Address of a built file, e.g. ``main.css``, with its content's hash in the name."""
    manifest = _manifest(PROJECT_DIR / "app" / "static" / "dist" / "manifest.json")
    return url_for("static", filename=f"dist/{manifest[name]}")


@lru_cache(maxsize=4)
def _manifest(path: Path) -> dict[str, str]:
    manifest: dict[str, str] = json.loads(path.read_text())
    return manifest


def register_blueprints(app: Flask) -> None:
    """Every part of the product under its language and town."""
    for blueprint in INSTALLATION_BLUEPRINTS:
        app.register_blueprint(blueprint)
    for blueprint in TOWN_BLUEPRINTS:
        # An option replaces the blueprint's own prefix, so it must contain it.
        own_prefix = blueprint.url_prefix or ""
        app.register_blueprint(blueprint, url_prefix=f"/<lang:lang>/<town>{own_prefix}")


def register_health(app: Flask) -> None:
    """``/healthz`` for load balancers: the process answers and reaches its database."""

    @app.get("/healthz")
    @public
    @limiter.exempt
    def healthz() -> Response:
        db.session.execute(text("SELECT 1"))
        return Response("ok", mimetype="text/plain")
