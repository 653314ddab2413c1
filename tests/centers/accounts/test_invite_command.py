"""``manage.py invite``: how a bare server gets its first administrator."""

import io
import re

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.test import Client

from centers.models import Invitation, Person, User
from tests.factories.centers import UserFactory

pytestmark = pytest.mark.django_db
NAMED = {"surname": "Сосновская", "name": "Инна", "patronymic": "Марковна"}
PASSWORD = "осина у обрыва над рекой"


def run(email: str = "Sosnovskaya@rvci.example", **options: object) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("invite", email, **NAMED, **options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_first_administrator_comes_by_mail(client: Client) -> None:
    out, err = run(administrator=True)
    assert (out, err) == (
        "Приглашение отправлено на sosnovskaya@rvci.example; ссылка в письме действует 14 дней.\n",
        "",
    )
    found = re.search(r"8000(/invitations/\S+/accept/)", str(mail.outbox[0].body))
    assert found is not None
    client.post(found[1], {"password1": PASSWORD, "password2": PASSWORD})
    user = User.objects.get()
    assert (user.email, user.is_administrator, user.person.gender) == ("sosnovskaya@rvci.example", True, "f")


def test_without_mail_the_link_is_printed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_server(backend: EmailBackend) -> None:
        raise ConnectionRefusedError("нет связи")

    monkeypatch.setattr(EmailBackend, "open", no_server)
    out, err = run()
    assert err.startswith("Письмо на sosnovskaya@rvci.example не ушло: ")
    link = out.strip().splitlines()[-1]
    assert client.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_repeating_it_makes_no_second_person() -> None:
    run()
    run()
    assert (Person.objects.count(), Invitation.objects.count()) == (1, 2)


def test_an_account_that_exists_is_said() -> None:
    UserFactory(email="sosnovskaya@rvci.example")
    with pytest.raises(CommandError, match="уже есть вход в портал"):
        run()


def test_a_bad_address_is_said() -> None:
    with pytest.raises(CommandError, match="адрес"):
        run("не адрес")
