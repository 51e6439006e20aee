"""The one ground all packages stand on: declarative base, session, time.

Owns no table of its own except the clock. PostgreSQL is the only engine.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    URL,
    BigInteger,
    DateTime,
    Dialect,
    Enum,
    Interval,
    MetaData,
    SmallInteger,
    TypeDecorator,
    make_url,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC. A naive value is refused instead of guessed."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone before it is stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of every table. Constraints get names, so migrations can change them."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UTCDateTime(),
        int: BigInteger(),
    }


def enum_column(kind: type[StrEnum], constraint: str = "") -> Enum:
    """Column type that stores a ``StrEnum`` by its value, as text the database checks.

    :param constraint: name of the check, where a table has two columns of one kind.
    """
    return Enum(
        kind,
        native_enum=False,
        length=40,
        create_constraint=True,
        name=constraint or _snake_case(kind.__name__),
        values_callable=lambda members: [member.value for member in members],
    )


def _snake_case(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


db = SQLAlchemy(metadata=Base.metadata, disable_autonaming=True)


def engine_url(database_url: str) -> URL:
    """The address with psycopg 3 as driver, whatever form the operator wrote."""
    return make_url(database_url).set(drivername="postgresql+psycopg")


class Clock(Base):
    """One row: how far the demo or a test has moved time. Absent or zero in production."""

    __tablename__ = "clock"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False, default=1)
    shift: Mapped[Any] = mapped_column(Interval)


# The one seam through which time may be shifted; the vote's own SQL calls it as well.
DATABASE_NOW_SQL = """
CREATE OR REPLACE FUNCTION database_now() RETURNS timestamptz
LANGUAGE sql VOLATILE AS $$
    SELECT clock_timestamp() + coalesce((SELECT shift FROM clock WHERE id = 1), interval '0')
$$
"""


def database_now() -> datetime:
    """The present moment by the database's clock, in UTC."""
    moment: datetime = db.session.execute(text("SELECT database_now()")).scalar_one()
    return moment.astimezone(UTC)
