"""What spares a methodist presses: «/» in a text, typical paragraphs, rows moved and taken back, people found."""

import re

from playwright.sync_api import Locator, Page, expect

from events.models import Outcome, StockParagraph
from tests.browser import acts, axe
from tests.browser.conftest import Visits
from tests.browser.network import Network
from tests.browser.test_editor import is_saved, open_editor, sent, written
from tests.factories import events
from tests.worker import until


def test_slash_offers_figures_and_paragraphs_on_a_telephone(network: Network, visits: Visits) -> None:
    events.StockParagraphFactory(title="Публикация", text="Всё опубликовано.")
    outcome = written(network)
    page = visits(viewport={"width": 390, "height": 844}).page
    text = open_editor(page, network.office.methodist, outcome)
    text.press("Control+End")
    page.keyboard.type(" /")
    offered = page.get_by_role("listbox", name="Показатели и типовые абзацы")
    combobox = page.get_by_role("combobox", name="Содержание")
    expect(offered.get_by_role("option", selected=True)).to_contain_text("центры")
    expect(combobox).to_have_attribute("aria-expanded", "true")
    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    expect(offered).to_have_count(0)
    expect(page.get_by_role("textbox", name="Содержание")).to_be_focused()
    page.keyboard.type("цен")  # the list stays away until another word begins
    for _ in "/цен":
        page.keyboard.press("Backspace")
    page.keyboard.type("+пуб")
    page.keyboard.press("Enter")
    page.keyboard.type(" В сети /цен")
    page.keyboard.press("Enter")
    page.keyboard.type(", и/или больше")
    words = "в сети работают [[центры]] Всё опубликовано. В сети [[центры]], и/или больше"
    expect(sent(page)).to_have_value(words)
    is_saved(outcome, words)

    page.locator("#talks").get_by_role("button", name="Запомнить абзац").click()
    acts.told(page, "Абзац запомнен")
    kept = StockParagraph.objects.get(text=words)
    assert [figure["name"] for figure in kept.figures] == ["центры"]


def test_rows_move_and_come_back(network: Network, visits: Visits) -> None:
    outcome = written(network)
    events.TalkFactory(outcome=outcome, text="второе")
    page = visits().page
    open_editor_of(page, network, outcome)
    first, second = page.locator("#talks-0"), page.locator("#talks-1")
    second.get_by_role("button", name="Выше").click()
    expect(page.locator("[data-formset=talks] [data-rows-said]")).to_have_text("Теперь 1-я из 2")
    order_is(outcome, ["второе", "в сети работают [[центры]]"])
    second.get_by_label("Содержание").press("Alt+Shift+ArrowDown")
    order_is(outcome, ["в сети работают [[центры]]", "второе"])
    expect(second.get_by_label("Содержание")).to_be_focused()

    first.locator(".rows__remove").click()
    expect(first.locator("[data-was]")).to_contain_text("Удалено:")
    order_is(outcome, ["второе"])
    first.get_by_text("Вернуть").click()
    order_is(outcome, ["в сети работают [[центры]]", "второе"])


def test_rows_are_dragged_and_put_back(network: Network, visits: Visits) -> None:
    outcome = written(network)
    events.TalkFactory(outcome=outcome, text="второе")
    page = visits().page
    open_editor_of(page, network, outcome)
    first, second = page.locator("#talks-0"), page.locator("#talks-1")
    drag(page, second, above=first)
    order_is(outcome, ["второе", "в сети работают [[центры]]"])
    second.get_by_role("button", name="Отменить перенос").click()
    order_is(outcome, ["в сети работают [[центры]]", "второе"])
    expect(grip_of(second)).to_be_focused()
    expect(page.get_by_role("button", name="Отменить перенос")).to_have_count(0)

    drag(page, second, above=first, escapes=True)
    expect(page.locator("#talks .rows__row").first).to_have_id("talks-0")
    grip_of(first).press("End")
    order_is(outcome, ["второе", "в сети работают [[центры]]"])
    grip_of(first).press("ArrowUp")
    order_is(outcome, ["в сети работают [[центры]]", "второе"])


def grip_of(row: Locator) -> Locator:
    return row.get_by_role("button", name="Перетащить")


def drag(page: Page, row: Locator, *, above: Locator, escapes: bool = False) -> None:
    """By the grip, past the upper edge of another row."""
    above.scroll_into_view_if_needed()
    grip_of(row).hover()
    page.mouse.down()
    box = above.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 10, steps=4)
    expect(row).to_have_class(re.compile("rows__row--held"))
    if escapes:
        page.keyboard.press("Escape")
    page.mouse.up()
    expect(row).not_to_have_class(re.compile("rows__row--held"))


def test_speaker_is_found_by_keys_and_by_the_mouse(network: Network, visits: Visits) -> None:
    page = visits().page
    outcome = written(network)
    open_editor_of(page, network, outcome)
    talk = page.locator("#talks-0")
    line = talk.get_by_role("searchbox")
    line.fill("чернова")
    line.press("Enter")
    chosen = talk.locator(".search-line__chosen")
    expect(chosen).to_have_text(re.compile("Чернова Полина Львовна"))
    until(lambda: outcome.talks.get().speaker == network.guest, acts.MAIL_SECONDS, lambda: str(outcome.talks.get()))

    line.click()
    talk.locator(".search-line__found").get_by_text("Зимина").click()
    until(lambda: outcome.talks.get().speaker.surname == "Зимина", acts.MAIL_SECONDS, lambda: str(outcome.talks.get()))


def open_editor_of(page: Page, network: Network, outcome: Outcome) -> None:
    acts.log_in(page, network.office.methodist)
    page.goto(f"/outcomes/{outcome.pk}/edit/")
    expect(page.locator("#figures [data-insert]")).to_be_visible()


def order_is(outcome: Outcome, texts: list[str]) -> None:
    def now() -> list[str]:
        return list(outcome.talks.order_by("position").values_list("text", flat=True))

    until(lambda: now() == texts, acts.MAIL_SECONDS, lambda: str(now()))
