"""The editor of an outcome: figures as chips, pages beside the text, and nobody's text lost."""

import datetime
import re

from django.urls import reverse
from playwright.sync_api import Locator, Page, Route, expect

from centers.models import User
from events.models import Outcome
from tests.browser import acts, axe
from tests.browser.conftest import Visits
from tests.browser.network import Network
from tests.factories import events, letters
from tests.worker import until

TEXT = "Приборы собирают сами ученики. <b>Сами!</b> {{ outcome }}"
FIGURE = "[[центры]]"
ROUND_TRIPS = [
    "",
    " ",
    "\n",
    "а\n",
    "\n\nа",
    " два  пробела ",
    "\tтаб",
    "[[центры]]",
    "[[центры]][[нет такого]] [[ центры ]]",
    "[[]] [[[центры]]] [[не\nзакрыто]]",
    "<b>не жирно</b> &amp; {{ x }} 😀 е\u0301 а\u00a0б",
    "слово " * 1_666,
]
# Puts a text into the field as the page gets it, then types a letter before it and takes it away again.
RETYPE = """text => {
  const field = document.querySelector("[name='talks-0-text']");
  field.value = text;
  document.dispatchEvent(new CustomEvent("refilled"));
  const quill = Quill.find(field.nextElementSibling);
  quill.insertText(0, "Щ", "user");
  const typed = field.value;
  quill.deleteText(0, 1, "user");
  return [typed, field.value];
}"""


def written(network: Network) -> Outcome:
    return events.ready_outcome(edited_by=network.office.methodist, prepared_by=network.office.methodist.person)


def open_editor(page: Page, user: User, outcome: Outcome) -> Locator:
    """The text of the only talk, in the editor with its figures."""
    acts.log_in(page, user)
    page.goto(f"/outcomes/{outcome.pk}/edit/")
    expect(page.locator("#figures [data-insert]")).to_be_visible()
    return page.get_by_label("Содержание")


def sent(page: Page) -> Locator:
    """What the form would send of the talk's text."""
    return page.locator("[name='talks-0-text']")


def saved_text(outcome: Outcome) -> str:
    return Outcome.objects.get(pk=outcome.pk).talks.get().text


def is_saved(outcome: Outcome, text: str) -> None:
    """The page may still say when it saved an earlier text."""
    until(lambda: saved_text(outcome) == text, acts.MAIL_SECONDS, lambda: saved_text(outcome))


def test_figure_is_a_chip_with_its_value_for_mouse_and_keyboard(network: Network, visits: Visits) -> None:
    outcome = written(network)
    page = visits().page
    text = open_editor(page, network.office.methodist, outcome)
    chip = text.locator(".chip")
    expect(chip).to_have_text(re.compile("3 образовательные организации"))
    text.press("Control+End")
    page.keyboard.press("Backspace")
    expect(sent(page)).to_have_value("в сети работают ")
    page.keyboard.press("Control+z")
    expect(sent(page)).to_have_value(f"в сети работают {FIGURE}")

    page.locator("#talks").get_by_role("button", name="Вставить показатель", exact=True).click()
    page.get_by_role("dialog", name="Вставить показатель").get_by_role("button", name="центры").click()
    page.keyboard.type(", и всё")
    expect(sent(page)).to_have_value(f"в сети работают {FIGURE} {FIGURE}, и всё")
    chip.first.click()
    page.get_by_role("button", name="3 образовательным организациям").click()
    expect(chip.last).to_have_text(re.compile("3 образовательным организациям"))
    text.press("Control+Home")
    for _ in "в сети работают ":
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Alt+ArrowDown")
    page.get_by_role("button", name="Убрать из текста").click()
    expect(sent(page)).to_have_value(f"в сети работают  {FIGURE}, и всё")
    acts.draft_is_saved(page)
    is_saved(outcome, f"в сети работают {FIGURE}, и всё")
    assert axe.violations(page) == []


def test_what_is_typed_is_what_is_sent(network: Network, visits: Visits) -> None:
    page = visits().page
    text = open_editor(page, network.office.methodist, written(network))
    changed = [text for text in ROUND_TRIPS if page.evaluate(RETYPE, text) != [f"Щ{text}", text]]
    assert changed == []
    text.fill("")
    page.keyboard.type("раз  два\nтри [[центры]] и")
    expect(sent(page)).to_have_value("раз  два\nтри [[центры]] и")
    expect(text.locator(".chip")).to_have_text(re.compile("3 образовательные организации"))
    text.press("Control+a")
    page.keyboard.press("Control+x")
    page.keyboard.press("Control+v")
    page.keyboard.press("Control+v")
    expect(sent(page)).to_have_value("раз  два\nтри [[центры]] ираз  два\nтри [[центры]] и")


def test_pages_follow_within_a_second(network: Network, visits: Visits) -> None:
    page = visits().page
    text = open_editor(page, network.office.methodist, written(network))
    picture = acts.page_pictures(page).first
    before = picture.get_attribute("src")
    assert before
    text.fill("приборы собирают сами ученики")
    expect(picture).not_to_have_attribute("src", before)
    expect(page.locator("[data-preview-state]")).to_have_text("обновляется само")


def test_two_writers_lose_nothing_and_choose(network: Network, visits: Visits) -> None:
    outcome = written(network)
    late = visits()
    first, second = visits().page, late.page
    second.clock.install()
    open_editor(first, network.office.head, outcome)
    text = open_editor(second, network.office.methodist, outcome)
    first.get_by_label("Обращение").fill("Дорогие коллеги!")
    expect(first.locator("#saved input")).to_have_value("2")
    second.clock.fast_forward(10_000)
    expect(second.get_by_text("Этот текст изменён: Орлова Т.Ю.")).to_be_visible()

    late.expect_refusal(409)
    text.fill(TEXT)
    second.clock.fast_forward(1_000)
    expect(second.locator("[data-draft-bar]")).to_contain_text("Пока вы писали, текст изменён: Орлова Т.Ю.")
    second.get_by_role("button", name="Сохранить и проверить").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Два варианта текста")
    assert axe.violations(second) == []
    second.get_by_role("button", name="Сохранить выбранное").click()
    acts.told(second, "Сохранено выбранное")
    saved = Outcome.objects.get(pk=outcome.pk)
    assert (saved.salutation, saved.talks.get().text) == ("Дорогие коллеги!", TEXT)

    second.get_by_role("link", name="История правок").click()
    expect(second.locator(".work-list__item")).to_have_count(4)
    expect(second.get_by_text("не вошло в текст")).to_have_count(1)
    second.get_by_role("link", name="Орлова Т.Ю.").click()
    expect(second.locator(".changes ins")).to_have_text("Дорогие")
    assert axe.violations(second) == []


def test_lost_connection_and_closed_tab_lose_nothing(network: Network, visits: Visits) -> None:
    outcome = written(network)
    visitor = visits()
    page = visitor.page
    text = open_editor(page, network.office.methodist, outcome)
    visitor.lose_connection()
    text.fill(TEXT)
    expect(page.locator("#saved")).to_contain_text("Не сохранено: нет связи.")
    page.close()
    visitor.find_connection()

    page = visitor.context.new_page()
    page.goto(f"/outcomes/{outcome.pk}/edit/")
    page.get_by_role("button", name="Вернуть несохранённый текст").click()
    expect(page.get_by_label("Содержание")).to_have_text(TEXT)
    acts.draft_is_saved(page)
    is_saved(outcome, TEXT)
    page.reload()
    expect(page.get_by_label("Содержание")).to_have_text(TEXT)
    expect(page.get_by_role("button", name="Вернуть несохранённый текст")).to_have_count(0)


def test_ended_session_is_told_and_the_text_is_saved_after_the_log_in(network: Network, visits: Visits) -> None:
    outcome = written(network)
    page = visits().page
    text = open_editor(page, network.office.methodist, outcome)
    page.context.clear_cookies(name="sessionid")
    text.fill(TEXT)
    bar = page.locator("[data-draft-bar]")
    expect(bar).to_contain_text("Не сохранено: нужно войти заново.")
    with page.context.expect_page() as opened:
        bar.get_by_role("link", name="Войти").click()
    acts.fill_login(opened.value, network.office.methodist)
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Главная")
    acts.check_letter(page)
    is_saved(outcome, TEXT)


def test_page_stays_its_writers_when_somebody_else_logs_in_beside_it(network: Network, visits: Visits) -> None:
    outcome = written(network)
    visitor = visits()
    page = visitor.page
    text = open_editor(page, network.office.methodist, outcome)
    beside = visitor.context.new_page()
    log_out(beside)
    acts.fill_login(beside, network.office.head)
    expect(beside.get_by_role("heading", level=1)).to_have_text(acts.HOME)

    visitor.allow_refusals(403)  # it tries again until its writer is back
    text.fill(TEXT)
    bar = page.locator("[data-draft-bar]")
    expect(bar).to_contain_text("Не сохранено: в портал вошёл другой человек.")
    with visitor.context.expect_page() as way:
        bar.get_by_role("link", name="Войти под своим именем").click()
    expect(way.value.locator("main").get_by_role("button", name="Выйти")).to_be_visible()
    way.value.close()
    page.get_by_role("button", name="Сохранить и проверить").click()
    expect(text).to_have_text(TEXT)
    assert page.evaluate("Object.keys(localStorage)") == [f"draft:outcome-{outcome.pk}-{network.office.methodist.pk}"]
    beside.goto(f"/outcomes/{outcome.pk}/edit/")
    expect(beside.get_by_role("heading", level=1)).to_have_text("Итоги")
    expect(beside.get_by_role("button", name="Вернуть несохранённый текст")).to_have_count(0)

    log_out(beside)
    acts.fill_login(beside, network.office.methodist)
    is_saved(outcome, TEXT)
    assert Outcome.objects.get(pk=outcome.pk).edited_by == network.office.methodist
    assert not outcome.revisions.filter(by=network.office.head).exists()
    acts.draft_is_saved(page)


def log_out(page: Page) -> None:
    page.goto("/")
    page.locator(".menu--user summary").click()
    page.get_by_role("button", name="Выйти").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Вход в портал")


def test_correction_stays_its_writers_too(network: Network, visits: Visits) -> None:
    letter = letters.in_review(network.office)
    letter.outcome.decisions.update(due_on=datetime.date(2030, 10, 7))
    visitor = visits()
    page = visitor.page
    acts.log_in(page, network.office.head)
    page.goto(f"/letters/{letter.pk}/correct/")
    page.get_by_label("Содержание").fill(TEXT)
    beside = visitor.context.new_page()
    log_out(beside)
    acts.fill_login(beside, network.office.methodist)
    expect(beside.get_by_role("heading", level=1)).to_have_text(acts.HOME)
    page.get_by_role("button", name="Исправить и согласовать").click()
    expect(page.get_by_text("В портал вошёл другой человек, поэтому форма не отправлена.")).to_be_visible()
    expect(page.get_by_label("Содержание")).to_have_text(TEXT)

    log_out(beside)
    acts.fill_login(beside, network.office.head)
    expect(beside.get_by_role("heading", level=1)).to_have_text(acts.HOME)
    page.get_by_role("button", name="Исправить и согласовать").click()
    acts.told(page, "Исправлено и согласовано")
    assert (saved_text(letter.outcome), letter.outcome.version + 1) == (
        TEXT,
        Outcome.objects.get(pk=letter.outcome_id).version,
    )


def test_text_changed_since_it_was_read_is_read_again_before_it_is_filed(network: Network, visits: Visits) -> None:
    outcome = written(network)
    outcome.decisions.update(due_on=datetime.date(2030, 10, 7))
    reader = visits()
    page, other = reader.page, visits().page
    open_editor(page, network.office.methodist, outcome)
    acts.check_letter(page)
    open_editor(other, network.office.head, outcome).fill(TEXT)
    is_saved(outcome, TEXT)

    reader.expect_refusal(409)
    page.get_by_role("button", name="Направить на согласование").click()
    expect(page.get_by_text("Пока вы читали, итоги изменились: текст, показатели или приложения.")).to_be_visible()
    expect(page.get_by_text("Последняя правка текста – Орлова Т.Ю.")).to_be_visible()
    acts.page_pictures(page)
    assert axe.violations(page) == []
    acts.file_outcome(page)


def test_figures_asked_for_before_they_have_come_are_waited_for(network: Network, visits: Visits) -> None:
    outcome = written(network)
    page = visits().page
    acts.log_in(page, network.office.methodist)
    held: list[Route] = []
    page.route(f"**{reverse('reports:figure-list', args=[outcome.pk])}", lambda route: held.append(route))
    page.goto(f"/outcomes/{outcome.pk}/edit/")
    page.get_by_role("button", name="Вставить показатель").first.click()
    menu = page.get_by_role("dialog", name="Вставить показатель")
    expect(menu).to_have_text("Показатели загружаются…")
    held.pop().continue_()
    expect(menu.get_by_role("button", name="Другой показатель…")).to_be_visible()
    expect(menu).to_contain_text("Что вставить")


def test_figures_that_did_not_come_are_asked_for_again(network: Network, visits: Visits) -> None:
    outcome = written(network)
    visitor = visits()
    page = visitor.page
    acts.log_in(page, network.office.methodist)
    figures = f"**{reverse('reports:figure-list', args=[outcome.pk])}"
    page.route(figures, lambda route: route.abort("internetdisconnected"))
    page.goto(f"/outcomes/{outcome.pk}/edit/")
    expect(page.locator("#figures")).to_have_attribute("data-failed", "yes")
    visitor.find_connection()
    page.unroute(figures)
    page.get_by_role("button", name="Вставить показатель").first.click()
    menu = page.get_by_role("dialog", name="Вставить показатель")
    expect(menu.get_by_role("button", name="Другой показатель…")).to_be_visible()
