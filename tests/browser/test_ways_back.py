"""The ways back: whoever's turn it is may return a letter, and nothing that happened is lost from sight."""

import datetime
import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from events.models import Outcome
from reports.models import Letter
from tests.browser import acts
from tests.browser.conftest import Visits
from tests.browser.network import Network
from tests.factories import letters

SUBJECT = "Об итогах вебинара о лабораториях"
REMARK = "Уточните срок: каникулы."


def test_methodist_recalls_the_letter_and_files_it_again(network: Network, visits: Visits) -> None:
    letter = letter_in_review(network)
    methodist = visits().page
    acts.log_in(methodist, network.office.methodist)
    acts.find_letter(methodist, SUBJECT)
    methodist.get_by_role("button", name="Отозвать с согласования").click()
    acts.told(methodist, "Письмо отозвано с согласования. Итоги снова открыты для правки.")
    expect(acts.state(methodist)).to_have_text("На доработке")
    mend_and_file(methodist)
    expect(acts.state(methodist)).to_have_text("На согласовании")
    assert Letter.objects.get(outcome=letter.outcome_id).pk == letter.pk


def test_head_returns_the_letter_with_a_remark(network: Network, visits: Visits) -> None:
    letter_in_review(network)
    head, methodist = visits().page, visits().page
    acts.log_in(head, network.office.head)
    acts.open_from_home(head, "На согласование", SUBJECT)
    acts.give_back(head, "Вернуть на доработку", REMARK)

    the_author_mends_it(methodist, network)

    acts.open_from_home(head, "На согласование", SUBJECT)
    acts.approve(head)


def test_head_corrects_the_text_and_the_author_sees_what(network: Network, visits: Visits) -> None:
    letter_in_review(network)
    head, methodist = visits().page, visits().page
    acts.log_in(head, network.office.head)
    acts.open_from_home(head, "На согласование", SUBJECT)
    head.get_by_role("link", name="Исправить и согласовать").click()
    head.get_by_label("Обращение").fill("Дорогие коллеги!")
    head.get_by_role("button", name="Исправить и согласовать").click()
    acts.told(head, "Исправлено и согласовано. Письмо ждёт директора.")

    acts.log_in(methodist, network.office.methodist)
    acts.find_letter(methodist, SUBJECT)
    expect(acts.state(methodist)).to_have_text("Согласовано")
    changed = acts.section(methodist, "Что изменено в тексте")
    expect(changed.locator("del").first).to_have_text("Уважаемые")
    expect(changed.locator("ins").first).to_have_text("Дорогие")
    assert "Дорогие коллеги!" in acts.letter_text(methodist)


def test_director_returns_the_letter_before_and_after_its_number(network: Network, visits: Visits) -> None:
    letter = letter_in_review(network)
    letters.approve(letter, network.office)
    head, director, methodist = visits().page, visits().page, visits().page
    acts.log_in(director, network.office.director)
    acts.open_from_home(director, "На подпись", SUBJECT)
    acts.give_back(director, "Вернуть исполнителю", "Рано.")
    expect(director.locator(".big-number")).to_have_count(0)

    the_author_mends_it(methodist, network, "Рано.")
    acts.log_in(head, network.office.head)
    acts.open_from_home(head, "На согласование", SUBJECT)
    acts.approve(head)
    first = the_number_is_taken(director)
    acts.give_back(director, "Вернуть исполнителю", REMARK)
    expect(
        director.get_by_text(f"Номер {first} от {timezone.localdate():%d.%m.%Y} аннулирован: {REMARK}")
    ).to_be_visible()

    acts.open_from_home(methodist, "Требует действий", SUBJECT)
    mend_and_file(methodist)
    acts.open_from_home(head, "На согласование", SUBJECT)
    acts.approve(head)
    second = the_number_is_taken(director)
    assert second == first + 1
    the_journal_keeps_both(director, first, second)


def letter_in_review(network: Network) -> Letter:
    letter = letters.in_review(network.office, subject_line=SUBJECT)
    soon = timezone.localdate() + datetime.timedelta(days=14)
    Outcome.objects.get(pk=letter.outcome_id).decisions.update(due_on=soon)
    return letter


def the_author_mends_it(page: Page, network: Network, remark: str = REMARK) -> None:
    """The remark stands on the author's home page, and again on the letter."""
    acts.log_in(page, network.office.methodist)
    returned = acts.section(page, "Требует действий").get_by_role("listitem").filter(has_text=SUBJECT)
    expect(returned).to_contain_text(f"Возвращено на доработку: {SUBJECT}")
    expect(returned).to_contain_text(remark)
    acts.open_from_home(page, "Требует действий", SUBJECT)
    expect(page.locator(".notice--warning")).to_contain_text(remark)
    mend_and_file(page)


def mend_and_file(page: Page) -> None:
    page.get_by_role("link", name="Исправить итоги").click()
    # What stands in the place of the plain field, once the page has loaded.
    page.locator("#decisions .ql-editor").fill("составить список приборов после каникул")
    acts.draft_is_saved(page)
    acts.check_letter(page)
    acts.file_outcome(page)


def the_number_is_taken(page: Page) -> int:
    acts.open_from_home(page, "На подпись", SUBJECT)
    acts.to_signing(page)
    acts.final_pdf_is_there(page)
    words = page.locator(".big-number__value").text_content() or ""
    return int(words.removeprefix("№ "))


def the_journal_keeps_both(page: Page, annulled: int, living: int) -> None:
    page.get_by_role("link", name="Журнал", exact=True).click()
    rows = page.get_by_role("row")
    expect(rows.filter(has_text=re.compile(rf"№ {annulled}\b"))).to_contain_text(f"{REMARK} (Кедрова Е.Ю., ")
    expect(rows.filter(has_text=re.compile(rf"№ {annulled}\b"))).to_contain_text("Аннулирован")
    expect(rows.filter(has_text=re.compile(rf"№ {living}\b"))).not_to_contain_text("Аннулирован")
