"""Rows added on an open page: each is there after any number of saves, until a press deletes it."""

import datetime

from playwright.sync_api import Page, expect

from events.models import Outcome
from events.models.outcome import DecisionKind
from reports.models import Letter
from tests.browser import acts
from tests.browser.conftest import Visits
from tests.browser.network import Network
from tests.factories import events
from tests.factories import letters as walked
from tests.worker import until

DUE_ON = datetime.date(2030, 10, 7)


def saved_as(page: Page, version: int) -> None:
    """The page has heard that it is saved as at least that version."""
    until(
        lambda: int(page.locator("#saved input[name=version]").input_value()) >= version,
        acts.MAIL_SECONDS,
        lambda: f"never saved as version {version}: {page.locator('#saved').text_content()}",
    )
    acts.draft_is_saved(page)


def save_twice_more(page: Page, label: str, words: str) -> None:
    """Two saves of the same open page, each for another field."""
    for count in (1, 2):
        version = int(page.locator("#saved input[name=version]").input_value())
        page.get_by_label(label).fill(f"{words} {count}")
        saved_as(page, version + 1)


def test_talk_problem_and_decision_stay_after_further_saves(network: Network, visits: Visits) -> None:
    outcome = events.ready_outcome(edited_by=network.office.methodist, prepared_by=network.office.methodist.person)
    page = visits().page
    acts.log_in(page, network.office.methodist)
    page.goto(f"/outcomes/{outcome.pk}/edit/")
    acts.add_talk(page, speaker=network.guest.full_name, act="ответы на вопросы", text="сроков", post="доцент")
    saved_as(page, 2)
    page.get_by_role("button", name="Добавить проблемную зону").click()
    page.get_by_label("Проблемная зона").last.fill("нехватка реактивов")
    acts.add_decision(page, text="составить перечень", due_on=DUE_ON)
    saved_as(page, 3)
    page.get_by_role("button", name="Добавить проблемную зону").click()  # and nothing is written into it
    save_twice_more(page, "Обращение", "Дорогие коллеги!")
    rows = Outcome.objects.get(pk=outcome.pk)
    assert (rows.talks.count(), rows.problem_areas.count(), rows.decisions.count()) == (2, 1, 2)

    page.reload()
    expect(page.get_by_label("Содержание").last).to_have_text("сроков")
    expect(page.get_by_label("Проблемная зона")).to_have_text(["нехватка реактивов"])
    expect(page.locator("#decisions .rows__row").last.get_by_label("Текст")).to_have_text("составить перечень")
    page.locator("#problems .rows__remove").click()
    save_twice_more(page, "Обращение", "Уважаемые коллеги!")
    assert not rows.problem_areas.exists()
    page.get_by_role("link", name="История правок").click()
    page.locator(".work-list__item").first.get_by_role("link").first.click()
    expect(page.locator(".changes del")).to_contain_text(["нехватка реактивов"])


def test_addressees_of_a_letter_stay_after_further_saves(network: Network, visits: Visits) -> None:
    letter = walked.free(network.office)
    page = visits().page
    acts.log_in(page, network.office.methodist)
    page.goto(f"/drafts/{letter.pk}/edit/")
    version = int(page.locator("#saved input[name=version]").input_value())
    page.get_by_label("выбранным адресатам").check()
    page.get_by_role("button", name="Добавить адресата").click()
    page.get_by_label("На бланке, в дательном падеже").fill("Ректору ТИЕН\nЗагорскому А.Ю.")
    saved_as(page, version + 1)
    save_twice_more(page, "Обращение", "Дорогие коллеги!")
    page.reload()
    expect(page.get_by_label("На бланке, в дательном падеже")).to_have_value("Ректору ТИЕН\nЗагорскому А.Ю.")
    assert [row.lines for row in Letter.objects.get(pk=letter.pk).addressees.all()] == ["Ректору ТИЕН\nЗагорскому А.Ю."]


def test_only_a_decision_shows_its_term_and_what_counts_as_done(network: Network, visits: Visits) -> None:
    outcome = events.ready_outcome(edited_by=network.office.methodist, prepared_by=network.office.methodist.person)
    page = visits().page
    acts.log_in(page, network.office.methodist)
    page.goto(f"/outcomes/{outcome.pk}/edit/")
    decision = page.locator("#decisions .rows__row").last
    term = decision.get_by_label("Срок").input_value()
    decision.get_by_label("Вид").select_option(DecisionKind.APPEAL)
    expect(decision.get_by_label("Срок")).to_be_hidden()
    expect(decision.get_by_label("Что считать исполнением")).to_be_hidden()
    decision.get_by_label("Вид").select_option(DecisionKind.DECISION)
    expect(decision.get_by_label("Срок")).to_be_visible()
    expect(decision.get_by_label("Срок")).to_have_value(term)
