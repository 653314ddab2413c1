"""A small SMTP server of our own answers from a script: what is tested is what the portal makes of the answers."""

from email import message_from_bytes, policy
from email.header import decode_header, make_header
from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.smtp import EmailBackend
from django.template.loader import render_to_string
from django.test import override_settings

from rcro_portal.lib import env, post, smtp
from tests.smtp import SLOW, smtp_at, smtp_server, tls_pair

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

MESSAGE = {
    "to": "school@tomsk.example",
    "subject": "Письмо № 941",
    "text": "Здравствуйте!",
    "html": "<p>Здравствуйте!</p>",
    "message_id": "<letter-941-1@rvci.example>",
}


def test_a_message_arrives_whole_under_its_fixed_id() -> None:
    with smtp_server() as server:
        post.send(**MESSAGE, attachments=[("pismo-941.pdf", b"%PDF-1.7", "application/pdf")])
    (received,) = server.received
    message = message_from_bytes(received, policy=policy.default)
    assert (message["To"], message["Subject"]) == ("school@tomsk.example", "Письмо № 941")
    assert message["Message-ID"] == "<letter-941-1@rvci.example>"
    assert message.get_body(["plain"]).get_content().strip() == "Здравствуйте!"
    assert message.get_body(["html"]).get_content().strip() == "<p>Здравствуйте!</p>"
    (attachment,) = message.iter_attachments()
    assert (attachment.get_filename(), attachment.get_content()) == ("pismo-941.pdf", b"%PDF-1.7")


@pytest.mark.parametrize(
    ("replies", "fate"),
    [
        ({"RCPT": "550 no such user"}, post.Refused),
        ({"RCPT": "451 greylisted"}, post.NotNow),
        ({"MAIL": "553 not you"}, post.Refused),
        ({"MAIL": "452 no room"}, post.NotNow),
        ({"MAIL": "530 authentication required"}, post.NotSetUp),
        ({"MAIL": "552 too big"}, post.TooLarge),
        ({"BODY": "554 5.3.4 too big"}, post.TooLarge),
        ({"RCPT": "552 full"}, post.Rejected),
        ({"DATA": "421 closing"}, post.NotNow),
        ({"DATA": "554 spam"}, post.Refused),
        ({"BODY": "554 spam"}, post.Refused),
        ({"BODY": "451 try later"}, post.NotNow),
        ({"BODY": None}, post.Unknown),
        ({"RCPT": None}, post.NotNow),
        ({"DATA": None}, post.Unknown),
        ({"MIDDLE": None}, post.Unknown),
    ],
)
def test_each_answer_of_the_server_has_its_meaning(replies: dict[str, str | None], fate: type[Exception]) -> None:
    with smtp_server(**replies), pytest.raises(fate):
        post.send(**MESSAGE)


def test_what_the_server_said_is_kept() -> None:
    with smtp_server(RCPT="550 no such user"), pytest.raises(post.Refused, match=r"^550 no such user$"):
        post.send(**MESSAGE)


def test_nobody_at_the_port_means_not_now() -> None:
    with smtp_server() as server:
        port = server.server_address[1]
    with override_settings(MAILERS=smtp_at(port)), pytest.raises(post.NotNow):
        post.send(**MESSAGE)


@pytest.mark.parametrize(
    "to",
    [
        "a@b.example, e@e.example",
        "a@b.example\nBcc: e@e.example",
        '"x" <a@b.example>',
        "admın@edu.example",
        "аdmin@edu.example",
        "a@[127.0.0.1]",
        "",
    ],
)
def test_what_is_not_one_plain_address_is_refused(to: str) -> None:
    with pytest.raises(post.Refused):
        post.send(**{**MESSAGE, "to": to})
    assert mail.outbox == []


def test_an_address_is_stored_in_lower_case() -> None:
    assert post.normal_address(" ADMIN@Edu.Example ") == "admin@edu.example"
    with pytest.raises(ValidationError):
        post.normal_address("admın@edu.example")


def test_a_subject_with_line_ends_stays_one_line() -> None:
    post.send(**{**MESSAGE, "subject": "Итоги\r\nBcc: e@e.example"})
    assert mail.outbox[0].subject == "Итоги Bcc: e@e.example"
    assert mail.outbox[0].recipients() == ["school@tomsk.example"]


def test_an_answer_names_the_message_it_answers() -> None:
    post.send(**MESSAGE, in_reply_to="<first@rvci.example>")
    assert mail.outbox[0].message()["In-Reply-To"] == "<first@rvci.example>"


def test_a_message_without_html_is_plain() -> None:
    post.send(**{**MESSAGE, "html": ""})
    assert mail.outbox[0].message().get_content_type() == "text/plain"


def test_the_demo_keeps_messages_in_files(tmp_path: Path) -> None:
    options = {"file_path": tmp_path / "mail"}
    backend = "django.core.mail.backends.filebased.EmailBackend"
    with override_settings(MAILERS={"default": {"BACKEND": backend, "OPTIONS": options}}):
        post.send(**MESSAGE)
    (written,) = (tmp_path / "mail").iterdir()
    assert b"Message-ID: <letter-941-1@rvci.example>" in written.read_bytes()


@pytest.mark.parametrize("typed", ["ОГБУ «РЦРО» г. Томск <p@rvci.example>", "РЦРО, портал <p@портал.рф>"])
def test_sender_as_the_settings_read_it_goes_through_a_real_server(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv("RCRO_MAIL_FROM", typed)
    sender = env.sender("RCRO_MAIL_FROM", "")
    with smtp_server() as server, override_settings(DEFAULT_FROM_EMAIL=str(sender)):
        post.send(**MESSAGE)
    (received,) = server.received
    (told,) = message_from_bytes(received, policy=policy.default)["From"].addresses
    assert (told.display_name, told.addr_spec) == (typed.partition(" <")[0], sender.addr_spec)


def test_what_breaks_before_the_first_byte_is_a_refusal_in_words() -> None:
    unquoted = "ОГБУ «РЦРО» г. Томск <p@rvci.example>"
    with smtp_server() as server, override_settings(DEFAULT_FROM_EMAIL=unquoted):
        with pytest.raises(post.Refused, match=r"^Письмо не .* Покажите эти слова администратору портала"):
            post.send(**MESSAGE)
        assert server.received == []


def test_what_breaks_while_the_server_is_called_is_a_matter_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise UnicodeError("a password that is no ASCII")

    monkeypatch.setattr(EmailBackend, "open", broken)
    with smtp_server(), pytest.raises(post.NotSetUp, match="a password that is no ASCII"):
        post.send(**MESSAGE)


@pytest.mark.parametrize("name", ["Смета.xlsx", "Положение о конкурсе и приложение к нему «Весна» за 2026 год.docx"])
def test_cyrillic_name_is_read_by_programs_of_both_ages(name: str) -> None:
    """RFC 2231 today; of before, an encoded word in the media type's ``name``."""
    with smtp_server() as server:
        post.send(**MESSAGE, attachments=[(name, b"PK" * 2000, DOCX)])
    (received,) = server.received
    (today,) = message_from_bytes(received, policy=policy.default).iter_attachments()
    assert (today.get_filename(), today.get_content(), today.get_content_type()) == (name, b"PK" * 2000, DOCX)
    before = message_from_bytes(received, policy=policy.compat32).get_payload()[-1]
    named = before.get_param("name")
    assert str(make_header(decode_header(named))) == name
    assert before.get_content_type() == DOCX


def test_plain_text_has_the_line_that_programs_cut_signatures_at() -> None:
    """RFC 3676: two hyphens and a space."""
    with smtp_server() as server:
        post.send(**{**MESSAGE, "text": render_to_string("mail/base.txt")})
    (received,) = server.received
    assert "\n-- \nПисьмо отправлено порталом" in message_from_bytes(received, policy=policy.default).get_body(
        ["plain"]
    ).get_content().replace("\r\n", "\n")


def test_server_that_looks_into_the_message_is_waited_for() -> None:
    """Longer than for every other answer, for the message may have come by then."""
    with smtp_server(timeout=0.3, answer=5, BODY=SLOW) as server:
        post.send(**MESSAGE)
    assert len(server.received) == 1


def test_no_way_to_log_in_that_both_sides_know_is_a_matter_of_the_settings() -> None:
    with smtp_server() as server:
        mailers = smtp_at(server.server_address[1])
        mailers["default"]["OPTIONS"] |= {"username": "portal", "password": "secret"}
        with override_settings(MAILERS=mailers), pytest.raises(post.NotSetUp, match="не умеет того, чего ждут"):
            post.send(**MESSAGE)


def test_plain_server_where_tls_is_meant_to_begin_at_once_is_a_matter_of_the_settings() -> None:
    with smtp_server() as server:
        mailers = smtp_at(server.server_address[1])
        mailers["default"]["OPTIONS"]["use_ssl"] = True
        with override_settings(MAILERS=mailers), pytest.raises(post.NotSetUp, match="защищённое соединение"):
            post.send(**MESSAGE)


def test_tls_from_the_first_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on port 465: nothing is said before."""
    tls, trusting = tls_pair()
    monkeypatch.setattr(smtp.Backend, "ssl_context", trusting)
    with smtp_server(tls=tls) as server:
        mailers = smtp_at(server.server_address[1])
        mailers["default"]["OPTIONS"]["use_ssl"] = True
        with override_settings(MAILERS=mailers):
            post.send(**MESSAGE)
    assert len(server.received) == 1
