"""A small SMTP server of our own answers from a script: what is tested is what the portal makes of the answers."""

from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import override_settings

from rcro_portal import post
from tests.smtp import smtp_at, smtp_server

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
