"""Messages by e-mail: words from templates in the reader's language, sent by SMTP.

Without a mail server (the demo) messages stay readable in the installation's own mailbox.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

import structlog
from flask import current_app, g, render_template
from flask_babel import force_locale

from app.transactions import transaction
from config import Settings
from database import database_now, db
from participation.areas.models import Municipality
from participation.notices import queries, services
from participation.notices.models import Notice

log = structlog.get_logger()


def render_notice(notice: Notice) -> tuple[str, str, str]:
    """Subject, text and HTML of a message in its reader's language."""
    town = db.session.get_one(Municipality, notice.municipality_id)
    with as_a_page_of(town, notice.language):
        values = {**notice.params, "town": town, "lang": notice.language}
        subject = render_template(f"email/{notice.kind}.subject.txt", **values).strip()
        text = render_template(f"email/{notice.kind}.txt", **values)
        html = render_template(f"email/{notice.kind}.html", subject=subject, **values)
    return subject, text, html


@contextmanager
def as_a_page_of(town: Municipality, language: str) -> Iterator[None]:
    """Addresses, dates and words as a page of this town in this language has them."""
    public_url = current_app.config["SETTINGS"].public_url
    if town.host_name:
        public_url = f"{urlsplit(public_url).scheme}://{town.host_name}"
    # A worker has no request; a request that shows the demo's mailbox is another reader's, and
    # without a context of its own this one would overwrite what that keeps in ``g``.
    with current_app.app_context(), current_app.test_request_context(base_url=public_url):
        g.lang, g.town = language, town
        with force_locale(language):
            yield


def deliver_notice(notice_id: int) -> None:
    """Send one message if it is still queued; on failure it stays queued for the schedule."""
    settings: Settings = current_app.config["SETTINGS"]
    with transaction():
        notice = queries.lock_queued_notice(notice_id)
        if notice is None:
            return
        try:
            if settings.smtp_url:
                _send(settings, notice)
        except (OSError, smtplib.SMTPException) as error:
            services.mark_failed_attempt(notice=notice)
            log.warning("message not sent", notice_id=notice_id, error=type(error).__name__)
        else:
            services.mark_sent(notice=notice, now=database_now(), forget=bool(settings.smtp_url))


def _send(settings: Settings, notice: Notice) -> None:
    subject, text, html = render_notice(notice)
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = settings.mail_from
    message["To"] = notice.email
    message["Date"] = format_datetime(database_now())
    message["Message-ID"] = make_msgid(domain=settings.mail_from.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    # Set last: before, it would have moved into the first part.
    message["Content-Language"] = notice.language
    with _connection(settings.smtp_url) as server:
        server.send_message(message)


def _connection(smtp_url: str) -> smtplib.SMTP:
    parts = urlsplit(smtp_url)
    host, port = parts.hostname or "localhost", parts.port or 25
    context = ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=20, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=20)
    if parts.scheme == "smtp+starttls":
        server.starttls(context=context)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
