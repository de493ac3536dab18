"""Those of companies."""

from dataclasses import replace
from datetime import date

from parvis.demo.people import Held
from parvis.demo.words.posts import AT_COMPANIES

from .alumni import alum
from .life import Known, Life


def partner(known: Known) -> Life:
    """Somebody of a company that works with the university; a fifth of them graduated here."""
    since = known.draw.randint(2012, known.year)
    company = known.draw.choice(known.campus.companies)
    post = known.said(known.draw.choice(AT_COMPANIES))
    held = [Held("affiliate", company, date(since, 1, 1), title=post)]
    life = Life("partner", held, since - known.draw.randint(25, 45), "company", company, since, post=post)
    if known.chance(0.2):
        studied = alum(known, until=since - 1)
        return replace(life, held=[*studied.held, *held], born=studied.born, domain=studied.domain)
    return life
