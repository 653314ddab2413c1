"""Two people write the same outcome: who is late is told so, and loses nothing."""

from playwright.sync_api import expect

from events.models import Outcome
from tests.browser import acts
from tests.browser.conftest import Visits
from tests.browser.network import Network
from tests.factories import events

CHANGED = "Пока вы писали, текст изменили. Ваш вариант сохранён на этой странице: сравните и сохраните ещё раз."
TEXT = "Приборы собирают сами ученики. <b>Сами!</b> {{ outcome }}"


def test_late_writer_is_told_and_keeps_the_text(network: Network, visits: Visits) -> None:
    outcome = events.ready_outcome(edited_by=network.office.methodist, prepared_by=network.office.methodist.person)
    late = visits()
    first, second = visits().page, late.page
    for page, user in ((first, network.office.head), (second, network.office.methodist)):
        acts.log_in(page, user)
        page.goto(f"/outcomes/{outcome.pk}/edit/")
    first.get_by_label("Обращение").fill("Дорогие коллеги!")
    expect(first.locator("#saved input")).to_have_value("2")

    late.expect_refusal(409)
    second.get_by_label("Содержание").fill(TEXT)
    acts.told(second, CHANGED)
    expect(second.locator("#saved")).to_have_text("Не сохранено. Текст остаётся на этой странице.")

    late.expect_refusal(409)
    second.get_by_role("button", name="Сохранить и проверить").click()
    expect(second.get_by_text(CHANGED)).to_be_visible()
    expect(second.get_by_role("link", name="Открыть сохранённое рядом и сравнить")).to_be_visible()
    expect(second.get_by_label("Содержание")).to_have_value(TEXT)
    acts.check_letter(second)
    assert Outcome.objects.get(pk=outcome.pk).talks.get().text == TEXT


def test_lost_connection_is_told_and_nothing_is_lost(network: Network, visits: Visits) -> None:
    outcome = events.ready_outcome(edited_by=network.office.methodist, prepared_by=network.office.methodist.person)
    visitor = visits()
    page = visitor.page
    acts.log_in(page, network.office.methodist)
    page.goto(f"/outcomes/{outcome.pk}/edit/")
    visitor.lose_connection()
    page.get_by_label("Содержание").fill(TEXT)
    expect(page.locator("#saved")).to_have_text("Не сохранено: нет связи. Текст остаётся на этой странице.")
    visitor.find_connection()
    page.get_by_label("Содержание").press("End")
    page.get_by_label("Содержание").press_sequentially(" Да.")
    acts.draft_is_saved(page)
    assert Outcome.objects.get(pk=outcome.pk).talks.get().text == f"{TEXT} Да."
