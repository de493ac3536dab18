"""Whom the communication department writes to: kept under a name, one of them as it was when the year began."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member, Programme, Unit
from parvis.audiences import rules
from parvis.audiences.models import Audience
from parvis.audiences.rules import Rule
from parvis.audiences.service.saving import FREEZE
from parvis.kernel.jobs import enqueue

COMMUNICATION = "Sophie Marchetti"


async def save_audiences(session: AsyncSession) -> None:
    """Four of them, shared with whoever else announces but for one."""
    owner = (await session.scalars(select(Member).where(Member.name == COMMUNICATION).order_by(Member.id))).first()
    if owner is None:
        return
    programmes = {name: str(id_) for id_, name in await session.execute(select(Programme.id, Programme.name))}
    units = {name: str(id_) for id_, name in await session.execute(select(Unit.id, Unit.name))}
    geography, letters = units["Faculté de géographie"], units["Faculté des lettres"]
    third_year = [programmes[name] for name in ("L3 Géographie", "L3 Histoire")]
    students = {"kind": "public", "publics": ["student"]}
    said: list[tuple[str, dict[str, Any], bool, bool]] = [
        (
            "L3 de géographie et d’histoire, sauf à Lyon",
            {
                "all": [{"kind": "programme", "ids": third_year, "public": "student"}],
                "none": [{"kind": "city", "cities": ["Lyon"]}],
            },
            True,
            False,
        ),
        (
            "Étudiants de deux facultés",
            {"all": [{"kind": "unit", "ids": [geography, letters], "public": "student"}]},
            True,
            False,
        ),
        ("Alumni et entreprises", {"any": [{"kind": "public", "publics": ["alum", "partner"]}]}, False, False),
        ("Étudiants présents à la rentrée", {"all": [students]}, True, True),
    ]
    for name, rule, shared, frozen in said:
        kept = rules.kept(Rule.model_validate(rule))
        audience = Audience(owner_id=owner.id, name=name, rule=kept, shared=shared, frozen=frozen, generation=1)
        session.add(audience)
        await session.flush()
        if frozen:
            await enqueue(session, FREEZE, {"id": str(audience.id)})
