"""Being in a session."""

from parvis.accounts.actor import Actors
from parvis.accounts.auth import COOKIE
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.people import make_member


async def test_a_session_s_cookie_stands_for_its_member(parvis: Parvis, sign_in: SignIn) -> None:
    member = await make_member(parvis, roles=["moderator"])
    browser = await sign_in(member)
    actor = await parvis.part(Actors).by_cookie(browser.cookies[COOKIE])
    assert actor is not None
    assert (actor.member_id, actor.roles, actor.publics) == (member.id, {"moderator"}, ("student",))
