"""What the columns of the record's tables are made of; the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    Text,
    TypeDecorator,
)

metadata = MetaData()


class Moment(TypeDecorator[datetime]):
    """A moment with its zone: goes in from any zone and comes out in UTC."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """With a zone where the database has one."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite keeps the wall clock of UTC, so that moments sort as text."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no zone")
        there = value.astimezone(UTC)
        return there if dialect.name == "postgresql" else there.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if dialect.name == "postgresql" else value.replace(tzinfo=UTC)


Number = BigInteger().with_variant(Integer, "sqlite")
"""A row's number that the database gives; SQLite counts by itself only what it calls INTEGER."""


def of_call(*, key: bool = True) -> Column[str]:
    """The call that a row belongs to; it goes when the call goes."""
    there = ForeignKey("register.call_id", ondelete="CASCADE")
    return Column("call_id", Text, there, primary_key=key, nullable=False)


def uid() -> Column[str]:
    """What a row that somebody wrote is known by wherever it goes."""
    return Column("uid", Text, index=True, unique=True, default=lambda: uuid4().hex)
