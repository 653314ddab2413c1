"""Where somebody is logged in: seen, ended by themselves after a proof, ended by a new password; kept as a digest."""

import datetime

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test import Client
from django.urls import reverse

from centers import tasks
from centers.accounts import devices, log_ins, session_store
from centers.models import Session, User
from tests import clock
from tests.factories.centers import PASSWORD, confirmed, coordinator

pytestmark = pytest.mark.django_db
ACCESS, OTHERS = "/access/", "/access/sessions/end/"
YANDEX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/132.0.0.0 YaBrowser/25.2 Safari/537.36"
ANDROID = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36"
NEW_PASSWORD = "черёмуха за огородами"


@pytest.fixture
def user() -> User:
    return confirmed(coordinator())


def logged_in(user: User, agent: str = YANDEX, password: str = PASSWORD) -> Client:
    client = Client(headers={"User-Agent": agent})
    client.post(reverse("account_login"), {"login": user.email, "password": password})
    return client


def proved(client: Client) -> Client:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get(ACCESS).status_code == 200


def handle_of(client: Client) -> str:
    return session_store.digest(client.session.session_key or "")


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (YANDEX, "Яндекс Браузер, Windows"),
        (ANDROID, "Chrome, Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131.0.0.0 Safari/537.36 Edg/131.0", "Edge, Windows"),
        ("", devices.UNKNOWN),
    ],
)
def test_device_in_a_few_words(agent: str, words: str) -> None:
    assert devices.named(agent) == words


def test_person_sees_where_they_are_logged_in(user: User) -> None:
    here, _ = logged_in(user), logged_in(user, ANDROID)
    logged_in(confirmed(coordinator()))
    page = here.get(ACCESS)
    shown = [(one.device, one.is_this) for one in page.context["log_ins"]]
    assert shown == [("Яндекс Браузер, Windows", True), ("Chrome, Android", False)]
    assert all(one.began_at and one.used_at for one in page.context["log_ins"])
    assert page.text.count("Это окно") == 1


def test_table_tells_nobody_how_to_take_a_log_in_over(user: User) -> None:
    client = logged_in(user)
    secret = str(client.session.session_key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_key, session_data FROM centers_session")
        rows = cursor.fetchall()
    assert [row[0] for row in rows] == [session_store.digest(secret)]
    assert secret not in str(rows)
    guess = Client()
    guess.cookies["sessionid"] = rows[0][0]
    assert not is_in(guess)


def test_session_is_ended_after_a_proof_only(user: User) -> None:
    here, there = logged_in(user), logged_in(user, ANDROID)
    path = reverse("centers:session-end", args=[handle_of(there)])
    led = here.post(path)
    assert led.headers["Location"] == "/accounts/reauthenticate/?next=%2Faccess%2F"
    assert "Подтвердите, что это вы" in here.get(led.headers["Location"]).text
    assert is_in(there)
    assert here.post(led.headers["Location"], {"password": PASSWORD}).headers["Location"] == ACCESS
    assert is_in(there), "nothing is sent again by itself"
    assert "Сеанс завершён" in here.post(path, follow=True).text
    assert (is_in(here), is_in(there)) == (True, False)
    assert here.post(path).status_code == 409


def test_all_others_are_ended(user: User) -> None:
    here, others, neighbour = proved(logged_in(user)), [logged_in(user) for _ in range(2)], confirmed(coordinator())
    away = logged_in(neighbour)
    assert "Завершено: 2 сеанса." in here.post(OTHERS, follow=True).text
    assert [is_in(client) for client in (here, *others, away)] == [True, False, False, True]


def test_another_persons_session_is_not_ended(user: User) -> None:
    there = logged_in(confirmed(coordinator()))
    path = reverse("centers:session-end", args=[handle_of(there)])
    assert proved(logged_in(user)).post(path).status_code == 409
    assert is_in(there)


def test_new_password_ends_the_other_sessions(user: User) -> None:
    here, there = logged_in(user), logged_in(user, ANDROID)
    typed = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    here.post(reverse("account_change_password"), typed)
    assert Session.objects.filter(user=user).count() == 0
    assert not is_in(there)
    assert is_in(logged_in(user, password=NEW_PASSWORD))


def test_with_a_second_factor_the_proof_is_its_code(user: User) -> None:
    """Browsers remember passwords, and school computers are shared."""
    client = logged_in(user)
    TOTP.activate(user, generate_totp_secret())
    assert client.post(OTHERS).headers["Location"].startswith(reverse("mfa_reauthenticate"))
    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    assert client.post(OTHERS).headers["Location"].startswith(reverse("mfa_reauthenticate"))


def test_what_the_next_request_would_end_is_not_shown(user: User) -> None:
    client = logged_in(user)
    secret = client.session.session_key
    assert len(log_ins.log_ins_of(user, secret=secret, now=clock.now())) == 1
    assert log_ins.log_ins_of(user, secret=secret, now=clock.now() + datetime.timedelta(hours=8, minutes=1)) == []
    user.set_password(NEW_PASSWORD)
    assert log_ins.log_ins_of(user, secret=secret, now=clock.now()) == []


def test_expired_rows_are_forgotten(user: User) -> None:
    client = logged_in(user)
    old = Session(session_key="0" * 40, session_data="", expire_date=clock.now() - datetime.timedelta(days=1))
    old.save()
    tasks.forget_sessions()
    assert list(Session.objects.values_list("pk", flat=True)) == [handle_of(client)]
