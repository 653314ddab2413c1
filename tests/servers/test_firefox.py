"""The road of a letter in Firefox ESR: from a webinar in the plan to a centre's accepted answer."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from centers.models import User
from events.models import Commitment, Outcome
from rcro_portal.lib import russian
from reports.models import Letter
from tests import clock
from tests.browser.network import Network, build
from tests.browser.web import Web, free_port
from tests.factories import brought
from tests.factories.centers import PASSWORD
from tests.factories.reports import KEY_PASSWORD
from tests.servers.firefox import Firefox
from tests.worker import Worker, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.machine_clock, pytest.mark.timeout(600)]

TOPIC, SUBJECT = "Лаборатория в каждой школе", "Об итогах вебинара о лабораториях"
DECISION = "составить перечень лабораторного оборудования"
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
STATE, NOTICES, PAGE = ".page-header .status", "#notices", ".letter-pages__page img"


@pytest.fixture
def house(transactional_db: None, demo: None) -> Network:
    return build()


@pytest.fixture
def portal(machine_keys_dir: Path) -> dict[str, str]:
    """What the web server and the worker must agree on."""
    return {"RCRO_BASE_URL": f"http://127.0.0.1:{free_port()}", "RCRO_KEYS_DIR": str(machine_keys_dir)}


@pytest.fixture
def web(house: Network, portal: dict[str, str]) -> Iterator[Web]:
    with Web(port=int(portal["RCRO_BASE_URL"].rpartition(":")[2]), **portal) as running:
        yield running


@pytest.fixture
def worker(house: Network, portal: dict[str, str]) -> Iterator[Worker]:
    with Worker(**portal) as running:
        yield running


@pytest.fixture
def firefox() -> Iterator[Firefox]:
    with Firefox() as running:
        yield running


def test_letter_goes_from_plan_to_accepted_answer(
    web: Web, worker: Worker, house: Network, firefox: Firefox, tmp_path: Path
) -> None:
    methodist, coordinator, stranger = house.office.methodist, *house.coordinators[:2]
    comes(firefox, web, methodist)
    plans_a_webinar(firefox)
    comes(firefox, web, coordinator)
    registers(firefox)

    comes(firefox, web, methodist)
    brings_it_forward(firefox)
    marks_who_came(firefox, house)
    writes_the_outcome(firefox, house)
    files_the_outcome(firefox)

    comes(firefox, web, house.office.head)
    approves(firefox)
    comes(firefox, web, house.office.director)
    signs(firefox)

    follows_the_mail(firefox, web, coordinator)
    answers(firefox, tmp_path)
    comes(firefox, web, stranger)
    sees_nothing_of_others(firefox, web, house)

    comes(firefox, web, methodist)
    firefox.follow("Лицей «Исток»")
    firefox.press("Принять")
    firefox.sees(STATE, "Принято")


def comes(firefox: Firefox, web: Web, user: User) -> None:
    """In place of whoever sat there before."""
    leaves(firefox)
    firefox.open(f"{web.url}/accounts/login/")
    fills_the_door_in(firefox, user)
    firefox.sees("h1", "Главная")


def leaves(firefox: Firefox) -> None:
    if firefox.says("document.querySelector('.menu--user') !== null"):
        firefox.click(".menu--user summary")
        firefox.press("Выйти")
        firefox.sees("h1", "Вход в портал")


def fills_the_door_in(firefox: Firefox, user: User) -> None:
    firefox.sees("h1", "Вход в портал")
    firefox.fill("[name=login]", user.email)
    firefox.fill("[name=password]", PASSWORD)
    firefox.press("Войти с паролем")


def begins_at(firefox: Firefox, moment: datetime.datetime) -> None:
    value = f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"
    firefox.says(f"(document.querySelector('[name=starts_at]').value = '{value}')")


# -- The event --------------------------------------------------------------------------------------


def plans_a_webinar(firefox: Firefox) -> None:
    firefox.press("Внести в план")
    firefox.sees("h1", "мероприятие")
    firefox.choose("kind", "вебинар")
    firefox.fill("[name=topic]", TOPIC)
    firefox.fill("[name=purpose]", "обмена опытом")
    begins_at(firefox, clock.now() + DAY)
    firefox.click("[name=schedule] option:nth-child(2)")
    firefox.press("Внести в план")
    firefox.sees(NOTICES, "Мероприятие внесено в план")
    firefox.press("Объявить")
    firefox.sees(NOTICES, "Мероприятие объявлено")


def registers(firefox: Firefox) -> None:
    firefox.follow(TOPIC)
    firefox.press("Заявить участие")
    firefox.sees(NOTICES, "Вы заявлены на мероприятие")


def brings_it_forward(firefox: Firefox) -> None:
    firefox.follow(TOPIC)
    firefox.press("Изменить")
    firefox.sees("h1", "Изменить мероприятие")
    begins_at(firefox, clock.now() - 2 * HOUR)
    firefox.press("Сохранить")
    firefox.sees(NOTICES, "Изменения сохранены")


def marks_who_came(firefox: Firefox, house: Network) -> None:
    firefox.press("Отметить участников")
    for count, center in enumerate((house.centers[0], house.centers[2]), start=1):
        firefox.click(f"#tick-{center.pk}")
        firefox.sees("#attendance", f"Отмечено участников: {count}")
    firefox.press("Готово")


# -- The outcome and its letter ---------------------------------------------------------------------


def writes_the_outcome(firefox: Firefox, house: Network) -> None:
    """It saves itself; beside it stand the pages of the letter."""
    firefox.press("Внести итоги")
    firefox.sees("h1", "Итоги")
    firefox.press("Добавить выступление")
    firefox.choose("talks-0-speaker", house.guest.full_name)
    firefox.choose("talks-0-act", "доклад")
    firefox.write("#talks-0-text .ql-editor", "приборы собирают сами ученики")
    firefox.click("#talks-0 summary")
    firefox.fill("[name=talks-0-post]", "учитель физики Лицея «Исток»")
    firefox.press("Добавить решение")
    firefox.write("#decisions-0-text .ql-editor", DECISION)
    firefox.fill("[name=decisions-0-due_on]", f"{due_on():%Y-%m-%d}")
    firefox.choose("decisions-0-asks", "направить ответ")
    firefox.fill("[name=subject_line]", SUBJECT)
    firefox.sees("#saved", "Черновик сохранён в")
    saved = Outcome.objects.filter(event__topic=TOPIC, subject_line=SUBJECT, decisions__text=DECISION)
    until(saved.exists, 20, lambda: "The outcome has not saved itself.")
    firefox.sees_picture(f"[data-preview] {PAGE}")


def due_on() -> datetime.date:
    return clock.today() + 14 * DAY


def files_the_outcome(firefox: Firefox) -> None:
    firefox.press("Сохранить и проверить")
    firefox.sees("h1", "Проверьте письмо")
    firefox.press("Направить на согласование")
    firefox.sees(NOTICES, "Итоги направлены на согласование")


def opens_the_letter(firefox: Firefox) -> None:
    firefox.follow(SUBJECT)
    firefox.sees("h1", SUBJECT)
    firefox.sees_picture(PAGE)


def approves(firefox: Firefox) -> None:
    opens_the_letter(firefox)
    firefox.sees(".letter-pages .disclosure .prose", "В вебинаре приняли участие 2 координатора РВЦИ")
    firefox.press("Согласовать")
    firefox.sees(NOTICES, "Согласовано")


def signs(firefox: Firefox) -> None:
    """The number comes at once and the final PDF by itself; a wrong password changes nothing."""
    opens_the_letter(firefox)
    firefox.press("К подписанию")
    firefox.sees(STATE, "На подписи")
    number = Letter.objects.get(outcome__event__topic=TOPIC).entry.number
    firefox.sees(".big-number", f"№ {number}")
    firefox.sees(".letter-pages .disclosure .prose", f"№ {number}")
    firefox.fill("[name=password]", "не тот пароль")
    firefox.press("Подписать")
    firefox.sees("#acts", "Пароль ключа не подошёл.")
    firefox.fill("[name=password]", KEY_PASSWORD)
    firefox.press("Подписать")
    firefox.sees(NOTICES, f"Подписано. Исх. № {number} от ")


# -- The answer -------------------------------------------------------------------------------------


def follows_the_mail(firefox: Firefox, web: Web, user: User) -> None:
    """Logged out, from the message to the decision: the portal asks who it is and leads on."""
    leaves(firefox)
    opens_the_message(firefox, f"{web.url}/demo/mail/?q={user.email}")
    firefox.click("a[href*='/m/']")
    fills_the_door_in(firefox, user)
    firefox.sees("h1", "Лицей «Исток»")
    firefox.sees("#task-title", russian.upper_first(DECISION))
    firefox.sees(".next-step__text", f"Срок – {russian.long_date(due_on(), 'г.')}")


def opens_the_message(firefox: Firefox, mailbox: str) -> None:
    def has_come() -> bool:
        firefox.open(mailbox)
        return SUBJECT in firefox.says("document.body.textContent")

    until(has_come, 60, lambda: "The letter's message has not come.")
    firefox.follow(SUBJECT)


def answers(firefox: Firefox, tmp_path: Path) -> None:
    list_of_devices = tmp_path / "Перечень.pdf"
    list_of_devices.write_bytes(brought.pdf())
    firefox.fill("[name=text]", "Перечень составлен.")
    firefox.put("[type=file]", list_of_devices)
    firefox.press("Направить ответ")
    firefox.sees(NOTICES, "Ответ направлен на проверку")
    firefox.sees(".answer", "Перечень.pdf")


def sees_nothing_of_others(firefox: Firefox, web: Web, house: Network) -> None:
    """What is owed by another centre does not exist for this coordinator, who then goes home: that page has no menu."""
    foreign = Commitment.objects.get(organization__center=house.centers[0])
    firefox.open(web.url + reverse("events:commitment-detail", args=[foreign.pk]))
    firefox.sees("h1", "Страница не найдена")
    firefox.open(web.url)
