"""What became of a text that saves itself: words beside the buttons, with room, and a bar above the text for what its
writer must choose.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from events.models import Outcome
from events.outcomes import outcomes
from reports.letters import drafts
from tests.browser import acts, axe
from tests.browser.conftest import Visits
from tests.browser.network import Network
from tests.browser.visitor import PHONE
from tests.factories import events, letters
from tests.factories.moments import WRITTEN_AT

DESK = {"width": 1440, "height": 900}
READABLE_PX = 300


def outcome_saved_by_another(network: Network) -> tuple[str, Callable[[], None]]:
    office = network.office
    outcome = events.ready_outcome(edited_by=office.methodist, prepared_by=office.methodist.person)

    def save() -> None:
        page = outcomes.written(outcome) | {"salutation": "Дорогие коллеги!"}
        version = Outcome.objects.get(pk=outcome.pk).version
        outcomes.save(of=outcome, version=version, by=office.head, at=WRITTEN_AT, **page)

    return f"/outcomes/{outcome.pk}/edit/", save


def letter_saved_by_another(network: Network) -> tuple[str, Callable[[], None]]:
    letter = letters.free(network.office)
    page = letters.written(letter, salutation="Дорогие коллеги!")
    return f"/drafts/{letter.pk}/edit/", lambda: drafts.save(of=letter, by=network.office.head, at=WRITTEN_AT, **page)


def box(found: Locator) -> dict[str, float]:
    place = found.bounding_box()
    assert place
    return dict(place)


def type_something(page: Page) -> None:
    """At the lower end of the form, far from its beginning."""
    page.locator("form[data-draft] .ql-editor").last.press_sequentially("Ещё слово. ")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["1440", "390"])
@pytest.mark.parametrize("begun", [outcome_saved_by_another, letter_saved_by_another], ids=["outcome", "letter"])
def test_conflict_is_a_bar_above_the_text(
    network: Network, visits: Visits, begun: Callable, viewport: dict[str, int]
) -> None:
    path, save = begun(network)
    visitor = visits(viewport=viewport)
    page = visitor.page
    acts.log_in(page, network.office.methodist)
    page.goto(path)
    save()
    visitor.allow_refusals(409)
    type_something(page)
    bar = page.locator("[data-draft-bar]")
    expect(bar).to_contain_text("Сравнить")
    expect(bar).to_be_in_viewport()
    assert box(bar)["y"] < box(page.locator("form[data-draft] .ql-editor").last)["y"]
    assert box(bar)["width"] >= READABLE_PX
    expect(page.locator("#saved")).to_have_text("Не сохранено")
    assert axe.violations(page) == []
    page.get_by_role("button", name="Сохранить и проверить").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Два варианта текста")


def height_above_the_button(page: Page) -> float:
    """Of what stands in the row of the buttons before them: where it grows, the button slips from under the pointer."""
    button = page.get_by_role("button", name="Сохранить и проверить")
    return round(box(button)["y"] - box(page.locator("form[data-draft] .actions--sticky"))["y"])


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["1440", "390"])
@pytest.mark.parametrize("begun", [outcome_saved_by_another, letter_saved_by_another], ids=["outcome", "letter"])
def test_words_beside_the_buttons_have_room_and_move_no_button(
    network: Network, visits: Visits, begun: Callable, viewport: dict[str, int]
) -> None:
    path, _ = begun(network)
    visitor = visits(viewport=viewport)
    page = visitor.page
    acts.log_in(page, network.office.methodist)
    page.goto(path)
    type_something(page)
    acts.draft_is_saved(page)
    before = height_above_the_button(page)
    visitor.lose_connection()
    type_something(page)
    expect(page.locator("#saved")).to_contain_text("Не сохранено: нет связи.")
    assert box(page.locator("[data-autosave]"))["width"] >= READABLE_PX
    assert viewport != DESK or height_above_the_button(page) == before
    assert axe.violations(page) == []
    visitor.find_connection()
    acts.draft_is_saved(page)


def test_button_leads_to_the_words_after_news_of_another_save(network: Network, visits: Visits) -> None:
    path, save = outcome_saved_by_another(network)
    visitor = visits(viewport=PHONE)
    page = visitor.page
    acts.log_in(page, network.office.methodist)
    page.goto(path)
    save()
    expect(page.locator("#notices")).to_contain_text("Показать новый текст", timeout=30_000)
    visitor.lose_connection()
    page.locator("form[data-draft] .ql-editor").first.press_sequentially("Ещё слово. ")
    page.locator("form[data-draft]").evaluate("form => form.requestSubmit()")
    expect(page.locator("#saved")).to_contain_text("Не сохранено: нет связи.")
    expect(page.locator("#saved")).to_be_in_viewport()
    visitor.allow_refusals(409)
    visitor.find_connection()
    expect(page.locator("[data-draft-bar]")).to_contain_text("Сравнить")


@pytest.mark.parametrize("height", [900, 657, 500])
def test_bar_of_the_buttons_is_never_cut_by_the_window(network: Network, visits: Visits, height: int) -> None:
    path, _ = outcome_saved_by_another(network)
    page = visits(viewport={"width": 1440, "height": height}).page
    acts.log_in(page, network.office.methodist)
    page.goto(path)
    bar, end = page.locator("form[data-draft] .actions--sticky"), page.locator("form[data-draft] #decisions")
    for _ in ("opened", "with its scroll restored"):
        place = box(bar)
        stands_at_the_end = place["y"] >= box(end)["y"] + box(end)["height"]
        assert stands_at_the_end or round(place["y"] + place["height"]) <= height
        page.evaluate("scrollBy({ top: 400, behavior: 'instant' })")
        page.reload()


def test_field_that_is_written_in_stays_above_the_buttons(network: Network, visits: Visits) -> None:
    """The bar above the text takes room: what is below it moves down."""
    path, _ = outcome_saved_by_another(network)
    page = visits(viewport=DESK).page
    acts.log_in(page, network.office.methodist)
    page.goto(path)
    field, buttons = page.get_by_label("Обращение"), page.locator("form[data-draft] .actions--sticky")
    field.evaluate("one => one.focus({ preventScroll: true })")
    just_above = box(field)["y"] + box(field)["height"] - box(buttons)["y"]
    page.evaluate(f"scrollBy({{ top: {just_above}, behavior: 'instant' }})")
    page.context.clear_cookies(name=re.compile("session"))
    field.press_sequentially(" Ещё")
    expect(page.locator("[data-draft-bar]")).to_contain_text("нужно войти заново")
    assert box(field)["y"] + box(field)["height"] <= box(buttons)["y"]
