"""Messages leave through a real SMTP server, in text and HTML, in the reader's language."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from urllib.parse import urlsplit

import html5lib
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import select

from app import create_app
from app.jobs import send_queued_notices
from app.notices import deliver_notice
from config import PROJECT_DIR, Settings
from database import database_now, db
from participation.areas.models import Municipality
from participation.notices.models import Notice, NoticeState
from participation.notices.services import queue_notice
from participation.people import services
from tests.builders import make_person, make_town

LANGUAGES = ("nl", "de", "en")
# What each kind of message on accounts is told; a kind without a row here fails below.
PARAMS: dict[str, dict[str, object]] = {
    "sign_in_link": {"token": "TOKEN", "minutes": 30},
    "sign_up_link": {"token": "TOKEN", "minutes": 30},
    "no_account": {"email": "fatma@example.org"},
    "email_in_use": {"email": "fatma@example.org"},
    "invitation": {"token": "TOKEN", "name": "Sevda Kaya", "days": 7},
    "password_reset": {"token": "TOKEN", "minutes": 30},
    "confirm_email": {"token": "TOKEN", "name": "Fatma <b>de Boer</b>", "minutes": 30},
    "email_changed": {"name": "Fatma de Boer"},
    "role_given": {"name": "Sevda Kaya", "role": "facilitator", "area": "Lindekwartier"},
}


class Mailbox:
    """Keeps what the server takes in; refuses when told to."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuses = False

    async def take_in(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.refuses:
            return "451 try again later"
        content = envelope.content
        assert isinstance(content, bytes)
        message = BytesParser(policy=policy.default).parsebytes(content)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 taken"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, str]]:
    """A mail server on a free port and its address."""
    box = Mailbox()
    setattr(box, "handle_DATA", box.take_in)  # noqa: B010  the name aiosmtpd calls
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, f"smtp://127.0.0.1:{port}"
    controller.stop()


@pytest.fixture
def mailing_app(schema: str, settings: Settings, mailbox: tuple[Mailbox, str]) -> Iterator[Flask]:
    """The application with that mail server."""
    sending = replace(settings, smtp_url=mailbox[1], public_url="https://buurt.example.org")
    application = create_app(sending)
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture
def town(committed: None) -> Municipality:
    town = make_town()
    db.session.commit()
    return town


def deliver(app: Flask, *notice_ids: int) -> None:
    """What a worker does; like it, outside any request."""
    with app.app_context():
        for notice_id in notice_ids:
            deliver_notice(notice_id)
    db.session.rollback()


def queue(town: Municipality, kind: str, language: str, params: dict[str, object]) -> int:
    notice = queue_notice(
        municipality_id=town.id,
        kind=kind,
        email="fatma@example.org",
        language=language,
        params=params,
        now=database_now(),
    )
    db.session.commit()
    return notice.id


def parts_of(message: EmailMessage) -> tuple[str, str]:
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    return text.get_content(), html.get_content()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PARAMS)
def test_message_arrives_in_text_and_html_in_the_readers_language(
    mailing_app: Flask,
    mailbox: tuple[Mailbox, str],
    town: Municipality,
    kind: str,
    language: str,
) -> None:
    deliver(mailing_app, queue(town, kind, language, PARAMS[kind]))
    (message,) = mailbox[0].messages
    assert message["To"] == "fatma@example.org"
    assert message["Content-Language"] == language
    assert message["Date"]
    assert message["Message-ID"]
    assert "Lindestad" in message["Subject"]
    text, html = parts_of(message)
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    assert document.get("lang") == language
    assert not re.search(r"<(img|link|script|style|iframe)|style=|src=", html)
    assert "<b>" not in html
    links = re.findall(r"https?://\S+", text)
    for link in links:
        parts = urlsplit(link)
        assert parts.netloc == "buurt.example.org"
        assert parts.path.startswith(f"/{language}/lindestad/")
        assert f'href="{link}"' in html
    assert bool(links) is (kind != "email_changed")


def test_every_message_on_accounts_is_tried_above() -> None:
    folder = PROJECT_DIR / "participation" / "people"
    source = "".join(file.read_text("utf-8") for file in folder.glob("*.py"))
    kinds = {
        word for line in re.findall(r"kind=(.*),", source) for word in re.findall(r'"(\w+)"', line)
    }
    assert kinds == set(PARAMS)


def test_link_in_the_message_signs_in(
    mailing_app: Flask, mailbox: tuple[Mailbox, str], town: Municipality
) -> None:
    person = make_person(town, email="fatma@example.org")
    services.request_sign_in(
        municipality_id=town.id, email=person.email, language="de", now=database_now()
    )
    db.session.commit()
    with mailing_app.app_context():
        send_queued_notices()
    text, _html = parts_of(mailbox[0].messages[0])
    (link,) = re.findall(r"https://\S+", text)
    answer = mailing_app.test_client().get(
        urlsplit(link).path, base_url="https://buurt.example.org"
    )
    assert answer.status_code == 200
    assert "fatma@example.org" in answer.text


def test_host_name_of_a_town_stands_in_its_links(
    mailing_app: Flask, mailbox: tuple[Mailbox, str], town: Municipality
) -> None:
    town.host_name = "lindestad.example.org"
    db.session.commit()
    deliver(mailing_app, queue(town, "sign_in_link", "nl", PARAMS["sign_in_link"]))
    text, _html = parts_of(mailbox[0].messages[0])
    assert "https://lindestad.example.org/nl/lindestad/sign-in/link/TOKEN" in text


def test_message_is_sent_once_and_its_link_forgotten(
    mailing_app: Flask, mailbox: tuple[Mailbox, str], town: Municipality
) -> None:
    notice_id = queue(town, "sign_in_link", "nl", PARAMS["sign_in_link"])
    deliver(mailing_app, notice_id, notice_id)
    assert len(mailbox[0].messages) == 1
    notice = db.session.get_one(Notice, notice_id)
    assert (notice.state, notice.params) == (NoticeState.SENT, {})


def test_refused_message_waits_for_the_next_round(
    mailing_app: Flask, mailbox: tuple[Mailbox, str], town: Municipality
) -> None:
    notice_id = queue(town, "sign_in_link", "nl", PARAMS["sign_in_link"])
    mailbox[0].refuses = True
    deliver(mailing_app, notice_id)
    assert db.session.get_one(Notice, notice_id).state is NoticeState.QUEUED
    mailbox[0].refuses = False
    deliver(mailing_app, notice_id)
    assert db.session.get_one(Notice, notice_id).state is NoticeState.SENT


def test_rolled_back_request_sends_nothing(town: Municipality) -> None:
    queue_notice(
        municipality_id=town.id,
        kind="no_account",
        email="fatma@example.org",
        language="nl",
        params={"email": "fatma@example.org"},
        now=database_now(),
    )
    db.session.rollback()
    assert db.session.scalars(select(Notice)).all() == []


def test_demo_shows_its_messages_to_everybody(app: Flask, town: Municipality) -> None:
    queue(town, "invitation", "de", PARAMS["invitation"])
    page = app.test_client().get("/nl/lindestad/mailbox").text
    assert '<html lang="nl"' in page
    assert 'href="http://localhost/de/lindestad/password/new/TOKEN"' in page
    assert "Sevda Kaya" in page
