"""The least that Parvis could be: FastAPI, SQLAlchemy on a SQLite file, one route."""

import os
from typing import Annotated

from fastapi import Depends, FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

engine = create_async_engine(f"sqlite+aiosqlite:///{os.environ['BENCH_BARE_DATABASE']}")
app = FastAPI()


async def session() -> AsyncSession:
    return AsyncSession(engine)


@app.get("/health/ready")
async def ready(database: Annotated[AsyncSession, Depends(session)]) -> dict[str, int | None]:
    async with database:
        return {"one": await database.scalar(text("SELECT 1"))}
