"""The demonstration's mailbox, read from the files that Django's own backend wrote."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from rcro_portal.lib import post
from reports.delivery import demo_mail

PDF = b"%PDF-1.7 \x00 not really"
RULE = "-" * 79


@pytest.fixture
def send(settings: Settings, tmp_path: Path, demo: None) -> Callable[..., None]:
    settings.MAIL_DIR = tmp_path
    backend = "django.core.mail.backends.filebased.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"file_path": tmp_path}}}

    def sent(number: int = 1, **more: object) -> None:
        told = {"to": f"p{number}@school.example", "subject": f"Письмо {number}", "text": "Текст", "html": ""}
        post.send(message_id=f"<{number}@rvci.example>", **(told | more))

    return sent


def test_a_message_is_read_back(send: Callable[..., None], tmp_path: Path) -> None:
    send(
        text=f"Строка\n\n{RULE}\nЕщё строка",
        html="<p>Текст</p>",
        attachments=[("письмо 941.pdf", PDF, "application/pdf")],
    )
    (message,) = demo_mail.newest(tmp_path, limit=50)
    assert (message.to, message.subject, message.text) == (
        "p1@school.example",
        "Письмо 1",
        f"Строка\n\n{RULE}\nЕщё строка",
    )
    assert [(one.name, one.media_type, one.content) for one in message.attachments] == [
        ("письмо 941.pdf", "application/pdf", PDF)
    ]
    assert demo_mail.find(tmp_path, message.name) == message


def test_messages_of_one_file_are_told_apart(send: Callable[..., None], tmp_path: Path) -> None:
    """Two connections of one second may get the same file."""
    for number in (1, 2):
        send(number)
    files = sorted(tmp_path.glob("*.log"))
    whole = b"".join(path.read_bytes() for path in files)
    for path in files:
        path.unlink()
    (tmp_path / "20260318-100000-1.log").write_bytes(whole + b"Subject: half of a mess")
    assert sorted(one.subject for one in demo_mail.newest(tmp_path, limit=50)) == ["Письмо 1", "Письмо 2"]


@pytest.mark.django_db
def test_anybody_searches_by_address_and_follows_a_link(send: Callable[..., None], client: Client) -> None:
    send(1, text="Откройте http://127.0.0.1:8000/m/abc/ <b>сейчас</b> {{ settings }}")
    send(2)
    (found,) = client.get("/demo/mail/?q=P1@SCHOOL").context["mail"]
    page = client.get(f"/demo/mail/{found.name}/").content.decode()
    assert '<a href="http://127.0.0.1:8000/m/abc/" rel="nofollow">' in page
    assert "&lt;b&gt;сейчас&lt;/b&gt; {{ settings }}" in page


@pytest.mark.django_db
def test_attachments_are_downloads(send: Callable[..., None], client: Client) -> None:
    send(attachments=[("a.html", b"<script>1</script>", "text/html")])
    (message,) = client.get("/demo/mail/").context["mail"]
    answer = client.get(f"/demo/mail/{message.name}/attachments/0/")
    assert (b"".join(answer).rstrip(), answer.headers["Content-Disposition"]) == (
        b"<script>1</script>",
        'attachment; filename="a.html"',
    )
    assert client.get(f"/demo/mail/{message.name}/attachments/1/").status_code == 404


@pytest.mark.django_db
def test_only_the_newest_fifty_are_shown(send: Callable[..., None], client: Client, tmp_path: Path) -> None:
    send()
    (only,) = tmp_path.glob("*.log")
    raw = only.read_bytes()
    for number in range(60):
        (tmp_path / f"20260318-1000{number:02}-1.log").write_bytes(raw)
    assert len(client.get("/demo/mail/").context["mail"]) == 50


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["x", "20260318-100000-1.0", "..%2F..%2Fdb", "20260318-100000-1.log"])
def test_an_invented_name_is_not_found(name: str, send: Callable[..., None], client: Client) -> None:
    assert client.get(f"/demo/mail/{name}/").status_code == 404


@pytest.mark.django_db
def test_there_is_no_mailbox_without_a_folder_or_outside_the_demo(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.MAIL_DIR = tmp_path / "nowhere"
    assert client.get("/demo/mail/").status_code == 404
    settings.DEMO = True
    assert "Писем пока нет" in client.get("/demo/mail/").content.decode()
