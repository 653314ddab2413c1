"""Secrets of second factors at rest: sealed, sealed anew by a newer key, and what is said where the key is lost."""

import importlib
import io
import json
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from centers.accounts import second_factors
from reports.operations import invariants
from tests.factories.centers import PASSWORD, UserFactory, confirmed, coordinator

pytestmark = pytest.mark.django_db
NEWER, OTHER = "the newer key of second factors " * 3, "a key that nobody has any more " * 3


def stored() -> str:
    """All secrets as whoever reads the table sees them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator ORDER BY id")
        return json.dumps([str(row[0]) for row in cursor.fetchall()])


@pytest.fixture
def both() -> tuple[Authenticator, Authenticator, str]:
    """Codes of an application and recovery codes, and the application's secret."""
    user, secret = confirmed(coordinator()), generate_totp_secret()
    return TOTP.activate(user, secret).instance, RecoveryCodes.activate(user).instance, secret


def fresh(row: Authenticator) -> Authenticator:
    return Authenticator.objects.get(pk=row.pk)


def test_the_table_holds_no_secret(both: tuple[Authenticator, Authenticator, str]) -> None:
    totp, codes, secret = both
    assert secret not in stored()
    assert [fresh(totp).data["secret"][:7], fresh(codes).data["seed"][:7]] == [second_factors.MARK] * 2
    assert second_factors.unseal(fresh(totp).data["secret"]) == secret
    assert len(second_factors.unseal(fresh(codes).data["seed"])) == 80


def test_what_was_in_the_clear_is_sealed_once_and_stays_valid() -> None:
    user, secret = UserFactory(), generate_totp_secret()
    Authenticator.objects.create(user=user, type="totp", data={"secret": secret})
    codes = {"migrated_codes": ["11112222", "33334444"], "viewed_at": 1.5}
    Authenticator.objects.create(user=user, type="recovery_codes", data=codes)
    migration = importlib.import_module("centers.migrations.0006_second_factors_sealed")
    for _ in range(2):
        migration.seal(apps, SimpleNamespace(connection=connection))
        assert not any(word in stored() for word in (secret, "11112222", "33334444"))
    totp, recovery = Authenticator.objects.order_by("pk")
    assert second_factors.unseal(totp.data["secret"]) == secret
    assert recovery.data["viewed_at"] == 1.5
    assert RecoveryCodes(recovery).get_unused_codes() == ["11112222", "33334444"]


def test_key_is_changed_without_losing_anybody(
    both: tuple[Authenticator, Authenticator, str], settings: Settings
) -> None:
    totp, codes, secret = both
    before, spare = stored(), RecoveryCodes(codes).get_unused_codes()
    settings.MFA_KEYS = [NEWER, *settings.MFA_KEYS]
    out = io.StringIO()
    call_command("seal_second_factors", stdout=out)
    assert out.getvalue() == "Секреты вторых факторов запечатаны первым ключом: 2.\n"
    settings.MFA_KEYS = [NEWER]
    assert second_factors.unseal(fresh(totp).data["secret"]) == secret
    assert RecoveryCodes(fresh(codes)).get_unused_codes() == spare
    assert stored() != before


def test_lost_key_is_said_to_the_administrator(
    both: tuple[Authenticator, Authenticator, str], settings: Settings
) -> None:
    user = both[0].user
    assert list(second_factors.unreadable()) == []
    settings.MFA_KEYS = [OTHER]
    words = f"Второй фактор не открыть ключом портала: {user}. Сбросьте его, человек подключит новый."
    assert invariants.broken()["Вторые факторы открываются ключом портала"] == [words, words]
    with pytest.raises(CommandError, match=rf"не открывает секреты: {user.email}\. .* reset_second_factor"):
        call_command("seal_second_factors", stdout=io.StringIO())


def test_whoever_logs_in_reads_that_the_key_is_lost(
    both: tuple[Authenticator, Authenticator, str], settings: Settings, client: Client
) -> None:
    user = both[0].user
    settings.MFA_KEYS = [OTHER]
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    answer = client.post(reverse("mfa_authenticate"), {"code": "123456"})
    assert (answer.status_code, "ключ портала не открывает его секрет" in answer.text) == (409, True)
    out = io.StringIO()
    call_command("reset_second_factor", user.email, stdout=out)
    assert out.getvalue().startswith("Вторых факторов сброшено: 1.")
    again = Client()
    again.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert again.get("/").status_code == 200


def test_secret_written_into_the_table_in_the_clear_opens_nothing() -> None:
    with pytest.raises(second_factors.CannotOpen):
        second_factors.unseal(generate_totp_secret())


def test_everybodys_are_reset_where_the_key_is_lost(both: tuple[Authenticator, Authenticator, str]) -> None:
    TOTP.activate(UserFactory(), generate_totp_secret())
    out = io.StringIO()
    call_command("reset_second_factor", all=True, stdout=out)
    assert (Authenticator.objects.count(), out.getvalue().split(".")[0]) == (0, "Вторых факторов сброшено: 2")


def test_reset_of_nobody_is_said() -> None:
    with pytest.raises(CommandError, match="нет"):
        call_command("reset_second_factor", "nobody@school.example")
