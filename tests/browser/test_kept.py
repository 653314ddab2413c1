"""What is typed into an ordinary form stays: the session that ended, another person's log-in, a refusal, «Back»."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from centers.models import Center, Session, User
from events.models import Attendance, Commitment, Event
from events.models.commitment import CommitmentStatus
from reports.journal import entries
from reports.models import IncomingLetter, Letter, RegisterEntry
from tests.browser import acts
from tests.browser.conftest import Visits
from tests.browser.network import Network
from tests.browser.visitor import Visitor
from tests.factories import events, letters

TYPED = "Приборы собраны, список приложен."
REFUSED = "форма не отправлена"


def session_ends() -> None:
    """As by itself, whatever pages are open."""
    Session.objects.all().delete()


def log_in_beside(page: Page, user: User) -> None:
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Войти в новой вкладке").click()
    beside = opened.value
    acts.fill_login(beside, user)
    expect(beside.get_by_role("heading", level=1)).to_have_text(acts.HOME)
    beside.close()


def owed(network: Network) -> Commitment:
    return events.CommitmentFactory(center=network.centers[0])


def no_letter_of_its_own(visitor: Visitor) -> None:
    """The commitments of these tests were made without one; the page asks for it."""
    visitor.troubles = [trouble for trouble in visitor.troubles if not re.search(r"/commitments/\d+/letter/", trouble)]


type Try = tuple[User, str, Callable[[Page], None], str, str, Callable[[], object], object]


def answer(network: Network) -> Try:
    commitment = owed(network)

    def typed(page: Page) -> None:
        page.locator("textarea[name=text]").fill(TYPED)

    def done() -> object:
        return Commitment.objects.filter(status=CommitmentStatus.IN_REVIEW).values_list("answers__text", flat=True)[0]

    return (
        network.coordinators[0],
        f"/commitments/{commitment.pk}/",
        typed,
        "Направить ответ",
        "На проверке",
        done,
        TYPED,
    )


def remark(network: Network) -> Try:
    letter = letters.in_review(network.office)

    def typed(page: Page) -> None:
        page.get_by_text("Вернуть на доработку", exact=True).click()
        page.get_by_label("Что исправить").fill(TYPED)

    def done() -> object:
        return Letter.objects.get(pk=letter.pk).transitions.order_by("-pk")[0].note

    return (
        network.office.head,
        f"/letters/{letter.pk}/",
        typed,
        "Вернуть",
        "Письмо возвращено исполнителю",
        done,
        TYPED,
    )


def reason(network: Network) -> Try:
    entry = entries.give(
        register=network.office.register,
        details=entries.Details(addressee="Школам", subject_line="О приёме"),
        by=network.office.clerk,
        at=timezone.now(),
    )

    def typed(page: Page) -> None:
        page.locator("summary").filter(has_text="Аннулировать номер").click()
        page.get_by_label("Почему номер аннулируется").fill(TYPED)

    def done() -> object:
        return RegisterEntry.objects.get(pk=entry.pk).annulled_reason

    return (
        network.office.clerk,
        f"/register/entries/{entry.pk}/",
        typed,
        "Аннулировать номер",
        "аннулирован.",
        done,
        TYPED,
    )


def incoming(network: Network) -> Try:
    def typed(page: Page) -> None:
        page.get_by_label("Отправитель, как в письме").fill("Лицей у моста")
        page.get_by_label("О чём").fill(TYPED)

    def done() -> object:
        return IncomingLetter.objects.values_list("sender_name", "subject").get()

    return (
        network.office.clerk,
        "/incoming/new/",
        typed,
        "Внести письмо",
        "Входящее письмо внесено",
        done,
        ("Лицей у моста", TYPED),
    )


def journal_line(network: Network) -> Try:
    def typed(page: Page) -> None:
        page.get_by_role("textbox", name="Кому").fill("Школам области")
        page.get_by_role("textbox", name="О чём").fill(TYPED)

    def done() -> object:
        return RegisterEntry.objects.values_list("addressee", "subject_line").get()

    return (network.office.clerk, "/register/", typed, "Дать номер", "Номер дан", done, ("Школам области", TYPED))


def representative(network: Network) -> Try:
    event = events.announced(starts_at=timezone.now(), department=network.office.department)

    def typed(page: Page) -> None:
        page.get_by_text("Отметить представителя", exact=True).first.click()
        box = page.locator("[data-search-line]").filter(has=page.locator("input[name=center-words]"))
        line = box.get_by_role("searchbox")
        line.press_sequentially(Center.objects.earliest("pk").organization.short_name)
        expect(box.locator(".search-line__found label")).to_have_count(1)
        line.press("Enter")
        expect(box.locator(".search-line__chosen input")).to_be_checked()
        page.get_by_label("Фамилия").fill("Чайкина")
        page.get_by_label("Имя").fill("Ольга")
        page.get_by_label("Пол").select_option(label="женский")

    def done() -> object:
        return Attendance.objects.get().person.surname

    path = f"/events/{event.pk}/attendance/"
    return (network.office.methodist, path, typed, "Отметить представителя", "Представитель отмечен", done, "Чайкина")


TRIED = [answer, remark, reason, incoming, journal_line, representative]


@pytest.mark.parametrize("tried", TRIED, ids=lambda tried: tried.__name__)
def test_session_that_ended_asks_to_log_in_beside_the_form(
    tried: Callable[[Network], Try], network: Network, visits: Visits
) -> None:
    user, path, typed, button, taken, done, expected = tried(network)
    visitor = visits()
    page = visitor.page
    acts.log_in(page, user)
    page.goto(path)
    typed(page)
    session_ends()
    press = page.get_by_role("button", name=button, exact=True)
    press.click()
    expect(page.get_by_role("alert")).to_contain_text(REFUSED)
    log_in_beside(page, user)
    press.click()
    expect(page.get_by_text(taken).first).to_be_visible()
    assert done() == expected
    no_letter_of_its_own(visitor)


def test_form_is_not_sent_in_the_name_of_somebody_else(network: Network, visits: Visits) -> None:
    user, path, typed, button, *_ = incoming(network)
    page = visits().page
    acts.log_in(page, user)
    page.goto(path)
    typed(page)
    session_ends()
    other = page.context.new_page()
    acts.log_in(other, network.office.methodist)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("alert")).to_contain_text("вошёл другой человек")
    expect(page.get_by_label("О чём")).to_have_value(TYPED)
    assert not IncomingLetter.objects.exists()


def test_without_scripts_the_form_comes_back_and_is_sent_again(network: Network, visits: Visits) -> None:
    """The portal's own answer holds what was typed."""
    user, path, typed, button, *_ = incoming(network)
    visitor = visits(java_script_enabled=False)
    page = visitor.page
    acts.log_in(page, user)
    page.goto(path)
    typed(page)
    session_ends()
    visitor.expect_refusal(401)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Нужно войти заново")
    page.get_by_text("Что вы ввели").click()
    expect(page.locator(".disclosure")).to_contain_text(TYPED)
    assert not IncomingLetter.objects.exists()


def test_back_after_a_refusal_shows_what_was_typed(network: Network, visits: Visits) -> None:
    letter = letters.in_review(network.office)
    visitor = visits()
    page = visitor.page
    acts.log_in(page, network.office.head)
    page.goto(f"/letters/{letter.pk}/")
    page.get_by_text("Вернуть на доработку", exact=True).click()
    page.get_by_label("Что исправить").fill(TYPED)
    letters.approve(letter, network.office)
    visitor.expect_refusal(403)
    page.get_by_role("button", name="Вернуть", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Действие не выполнено")
    page.get_by_text("Что вы ввели").click()
    expect(page.locator(".disclosure")).to_contain_text(TYPED)
    page.go_back()
    expect(page.locator("#notices")).to_contain_text(TYPED)


def test_back_after_a_refusal_fills_the_form(network: Network, visits: Visits) -> None:
    user, path, typed, button, *_ = representative(network)
    event = Event.objects.get()
    Event.objects.update(starts_at=timezone.now() + datetime.timedelta(days=1))
    visitor = visits()
    page = visitor.page
    acts.log_in(page, user)
    page.goto(path)
    typed(page)
    visitor.expect_refusal(409)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Сейчас это невозможно")
    page.go_back()
    expect(page).to_have_url(re.compile(rf"/events/{event.pk}/attendance/$"))
    expect(page.get_by_label("Фамилия")).to_have_value("Чайкина")
    expect(page.get_by_label("Фамилия")).to_be_visible()


def test_log_in_leads_from_an_act_to_the_page_of_its_form(network: Network, visits: Visits) -> None:
    commitment = owed(network)
    visitor = visits()
    page = visitor.page
    page.goto(f"/accounts/login/?next=/commitments/{commitment.pk}/answer/")
    acts.fill_login(page, network.office.methodist)
    expect(page).to_have_url(re.compile(rf"/commitments/{commitment.pk}/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(commitment.center.organization.short_name)
    no_letter_of_its_own(visitor)


def test_page_that_refuses_begins_at_what_is_to_be_mended(network: Network, visits: Visits) -> None:
    visitor = visits()
    page = visitor.page
    acts.log_in(page, network.office.methodist)
    page.goto("/events/new/")
    page.get_by_role("textbox", name="Тема", exact=True).fill("Лаборатории")
    page.get_by_role("textbox", name="Цель", exact=True).fill("обмена опытом")
    acts.type_moment(page, "Начало", timezone.now())
    acts.type_moment(page, "Окончание", timezone.now() - datetime.timedelta(days=1))
    visitor.expect_refusal(422)
    page.get_by_role("button", name="Внести в план").click()
    ends = page.get_by_label(re.compile("^Окончание"))
    expect(ends).to_be_focused()
    expect(ends).to_be_in_viewport()
    expect(page.locator(".field--error .errorlist")).to_be_in_viewport()
