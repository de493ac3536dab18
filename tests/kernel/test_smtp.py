import socket
from email.mime.text import MIMEText
from pathlib import Path
from ssl import SSLCertVerificationError, SSLContext

import aiosmtplib
import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from parvis.kernel.mail.smtp import Refused, SmtpServer
from tests.make.certificates import tls_for
from tests.make.mailbox import Mailbox, smtp_server


class Door:
    """Asks for a password, and remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[bytes, bytes]] = []

    def __call__(self, _server: object, _session: object, _envelope: object, _how: str, data: object) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.told.append((data.login, data.password))
        return AuthResult(success=data.password == b"p@ss:w\xc3\xb6rd", handled=False)


def message() -> MIMEText:
    written = MIMEText("Bonjour")
    written["From"], written["To"], written["Subject"] = "parvis@exemple.fr", "lea@exemple.fr", "Bonjour"
    return written


async def arrives(mailbox: Mailbox, url: str) -> bool:
    """Whether the message reaches the mailbox; what goes wrong is raised."""
    await SmtpServer(url.replace("{port}", str(mailbox.port))).send(message())
    return len(mailbox.messages_to("lea@exemple.fr")) == 1


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SSLContext:
    """A server's, with a certificate of `localhost` that this process trusts."""
    serving, trusted = tls_for("localhost", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    return serving


async def test_tls_from_the_first_byte(context: SSLContext) -> None:
    with smtp_server(ssl_context=context) as mailbox:
        assert await arrives(mailbox, "smtps://localhost:{port}")


async def test_starttls_is_taken_when_offered(context: SSLContext) -> None:
    with smtp_server(tls_context=context, require_starttls=True) as mailbox:
        assert await arrives(mailbox, "smtp://localhost:{port}")


async def test_without_tls_a_relay_without_password_still_gets_it() -> None:
    with smtp_server() as mailbox:
        assert await arrives(mailbox, "smtp://localhost:{port}")


async def test_starttls_can_be_left_out_for_a_relay_on_the_same_machine(context: SSLContext) -> None:
    with smtp_server(tls_context=context) as mailbox:
        assert await arrives(mailbox, "smtp://127.0.0.1:{port}?starttls=never")
        with pytest.raises(SSLCertVerificationError):  # Otherwise the certificate, of another name, is looked at.
            await arrives(mailbox, "smtp://127.0.0.1:{port}")


async def test_the_trusted_certificates_are_read_once_for_all_mails(
    context: SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    with smtp_server(ssl_context=context) as mailbox:
        server = SmtpServer(f"smtps://localhost:{mailbox.port}")
        await server.send(message())
        monkeypatch.delenv("SSL_CERT_FILE")  # Read again, they would not vouch for this server.
        await server.send(message())
        assert len(mailbox.envelopes) == 2


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # The peer's fault is what we test.
async def test_a_password_travels_only_inside_tls(context: SSLContext) -> None:
    door = Door()
    url = "smtp://lea%40exemple.fr:p%40ss%3Aw%C3%B6rd@localhost:{port}"
    with smtp_server(authenticator=door, auth_required=True, auth_require_tls=False) as mailbox:
        with pytest.raises(aiosmtplib.SMTPException):
            await arrives(mailbox, url)
        assert (door.told, mailbox.envelopes) == ([], [])
    with smtp_server(tls_context=context, authenticator=door, auth_required=True) as mailbox:
        assert await arrives(mailbox, url)
    assert door.told == [(b"lea@exemple.fr", "p@ss:wörd".encode())]


async def test_a_wrong_password_is_not_the_addressees_fault(context: SSLContext) -> None:
    server = smtp_server(tls_context=context, authenticator=Door(), auth_required=True)
    with server as mailbox, pytest.raises(aiosmtplib.SMTPAuthenticationError):
        await arrives(mailbox, "smtp://lea:wrong@localhost:{port}")


async def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    serving, _ = tls_for("localhost", tmp_path)
    with smtp_server(ssl_context=serving) as mailbox:
        with pytest.raises(aiosmtplib.SMTPException):
            await arrives(mailbox, "smtps://localhost:{port}")
        assert mailbox.envelopes == []


@pytest.mark.parametrize("answer, given_up", [("550 Unknown", True), ("450 Try later", False)])
async def test_a_refused_recipient_is_given_up_only_for_good(answer: str, given_up: bool) -> None:
    with smtp_server() as mailbox:
        mailbox.recipient_answer = answer
        with pytest.raises(Refused if given_up else aiosmtplib.SMTPRecipientsRefused):
            await arrives(mailbox, "smtp://localhost:{port}")


async def test_a_server_that_is_not_there_is_to_be_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    with pytest.raises(aiosmtplib.SMTPConnectError):
        await SmtpServer(f"smtp://127.0.0.1:{port}").send(message())


@pytest.mark.parametrize("url", ["http://localhost", "smtp://", "localhost:25", "mailto:a@b.fr", ""])
def test_only_smtp_is_mail(url: str) -> None:
    with pytest.raises(ValueError, match="PARVIS_SMTP_URL"):
        SmtpServer(url)
