"""A running installation as a journey sees it: its address, its clock, its mail, its commands."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import TypeVar
from zoneinfo import ZoneInfo

from aiosmtpd.smtp import SMTP, Envelope, Session

from config import PROJECT_DIR

PATIENCE = 45.0

Found = TypeVar("Found")


@dataclass
class Mailbox:
    """Everything that was sent, to whomever."""

    messages: list[EmailMessage] = field(default_factory=list)

    async def take_in(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        message = BytesParser(policy=policy.default).parsebytes(content)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 taken"

    def newest_link(self, address: str, part: str) -> str:
        """The link with ``part`` in the newest message to an address; waits for it to arrive."""
        return wait_for(lambda: self._link(address, part), f"a message to {address}")

    def _link(self, address: str, part: str) -> str | None:
        for message in reversed(self.messages):
            body = message.get_body(("plain",))
            if message["To"] == address and body is not None:
                found = re.search(rf"https?://\S*{re.escape(part)}\S*", body.get_content())
                if found:
                    return found[0]
        return None


@dataclass
class Installation:
    """A running installation with one town."""

    language: str
    slug: str
    zone: ZoneInfo
    url: str
    environment: dict[str, str]
    mailbox: Mailbox
    shift: timedelta = timedelta()

    @property
    def town_url(self) -> str:
        return f"{self.url}/{self.language}/{self.slug}"

    def now(self) -> datetime:
        """What the installation's own clock shows, in the town's time."""
        return (datetime.now(UTC) + self.shift).astimezone(self.zone)

    def run(self, *arguments: str) -> str:
        """One command of the command line; its output."""
        done = subprocess.run(
            [sys.executable, "-m", "app.cli", *arguments],
            env=self.environment,
            cwd=PROJECT_DIR,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{arguments[0]} failed:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def move_clock(self, moment: datetime) -> None:
        """Let it be ``moment`` (in the town's time) now; time never runs back."""
        ahead = moment.replace(tzinfo=self.zone) - datetime.now(UTC)
        minutes = int(ahead / timedelta(minutes=1)) + 1
        assert timedelta(minutes=minutes) >= self.shift, f"{moment} is past already"
        self.run("clock", "--minutes", str(minutes))
        self.shift = timedelta(minutes=minutes)


def wait_for(look: Callable[[], Found | None], what: str) -> Found:
    """Look again and again until there is something."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if (found := look()) is not None:
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited {PATIENCE:.0f} s for {what}")
