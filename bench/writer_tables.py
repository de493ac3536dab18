"""A room, its guests and what they say: the tables of `bench/writer.py`."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from parvis.kernel.db import Base

ROOM = UUID("0196f000-0000-7000-8000-000000000001")


class Tables(DeclarativeBase):
    metadata = Base.metadata
    type_annotation_map = Base.type_annotation_map


class Room(Tables):
    __tablename__ = "bench_rooms"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    last_number: Mapped[int]


class Guest(Tables):
    __tablename__ = "bench_guests"
    room_id: Mapped[UUID] = mapped_column(ForeignKey("bench_rooms.id"), primary_key=True)
    sender: Mapped[int] = mapped_column(primary_key=True)


class Line(Tables):
    __tablename__ = "bench_lines"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    room_id: Mapped[UUID] = mapped_column(index=True)
    sender: Mapped[int]
    number: Mapped[int]
    client_id: Mapped[str] = mapped_column(unique=True)
    body: Mapped[str]
