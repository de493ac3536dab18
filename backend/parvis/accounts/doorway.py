"""The HTTP side of coming in: the browser's cookies and device, and how an outcome becomes an answer."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request, Response

from parvis.kernel.limits import client_network
from parvis.kernel.web import running

from .actor import Actors
from .cookies import Cookies
from .schemas.sign_in import LeavingOut, OtherBrowserOut, SecondFactorOut, SignedInOut
from .service.sessions import Device
from .service.sign_in import Leaving, OtherBrowser, Outcome, SecondFactorNeeded, SignedIn


class Doorway:
    """One request at the door."""

    def __init__(self, cookies: Cookies, device: Device, csrf_token_of: Callable[..., str]) -> None:
        self.cookies = cookies
        self.device = device
        self._csrf_token_of = csrf_token_of

    def answer(self, outcome: Outcome) -> SignedInOut | SecondFactorOut | OtherBrowserOut | LeavingOut:
        """Sets the session's cookie when there is a session."""
        match outcome:
            case SignedIn(session_id, cookie):
                self.cookies.set_session(cookie)
                return SignedInOut(csrf_token=self._csrf_token_of(session_id))
            case SecondFactorNeeded(ticket):
                return SecondFactorOut(ticket=ticket)
            case OtherBrowser(code):
                return OtherBrowserOut(code=code)
            case Leaving(ticket, leaves_at):
                return LeavingOut(ticket=ticket, leaves_at=leaves_at)


async def _doorway(request: Request, response: Response) -> Doorway:
    parvis = running(request)
    cookies = Cookies(request, response, secure=parvis.settings.secure)
    user_agent = request.headers.get("user-agent", "")
    device = Device(user_agent, client_network(request, parvis.settings.trusted_proxies), cookies.session)
    return Doorway(cookies, device, parvis.part(Actors).csrf_token_of)


AtTheDoor = Annotated[Doorway, Depends(_doorway)]
