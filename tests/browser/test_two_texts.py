"""Two texts put together in a browser: what was chosen stays chosen while the saved text goes on changing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from events.models import Outcome
from events.outcomes import outcomes
from reports.letters import drafts
from reports.models import Letter
from tests.browser import acts, axe
from tests.browser.conftest import Visits
from tests.browser.network import Network
from tests.browser.visitor import PHONE
from tests.factories import events, letters
from tests.factories.moments import WRITTEN_AT

DESK = {"width": 1440, "height": 900}


def outcome(network: Network) -> tuple[str, Callable[..., None]]:
    office = network.office
    begun = events.ready_outcome(edited_by=office.methodist, prepared_by=office.methodist.person)

    def save(**changed: str) -> None:
        of = Outcome.objects.get(pk=begun.pk)
        page = outcomes.written(of) | changed
        outcomes.save(of=of, version=of.version, by=office.head, at=WRITTEN_AT, **page)

    return f"/outcomes/{begun.pk}/edit/", save


def letter(network: Network) -> tuple[str, Callable[..., None]]:
    begun = letters.free(network.office)

    def save(**changed: str) -> None:
        of = Letter.objects.get(pk=begun.pk)
        page = drafts.written(of) | changed
        drafts.save(of=of, version=of.manuscript.version, by=network.office.head, at=WRITTEN_AT, **page)

    return f"/drafts/{begun.pk}/edit/", save


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["1440", "390"])
@pytest.mark.parametrize("begun", [outcome, letter])
def test_choice_stays_where_both_texts_are_the_same(
    network: Network, visits: Visits, begun: Callable, viewport: dict[str, int]
) -> None:
    path, save = begun(network)
    visitor = visits(viewport=viewport)
    page = visitor.page
    acts.log_in(page, network.office.methodist)
    page.goto(path)
    save(subject_line="Об ином", salutation="Дорогие коллеги!")
    visitor.allow_refusals(409)
    page.get_by_label("Обращение").fill("Друзья!")
    page.get_by_label("Заголовок письма").fill("О своём")
    page.locator("[data-draft-bar] a[data-compare]").click()
    salutation, subject = (page.locator("fieldset.sides").filter(has_text=name) for name in ("Обращение", "Заголовок"))
    salutation.get_by_label("Ваш вариант").check()
    subject.get_by_label("Сохранено").check()

    save(subject_line="Об ином и новом")
    page.get_by_role("button", name="Сохранить выбранное").click()
    expect(page.get_by_text("Пока вы выбирали, сохранённый текст изменили.")).to_be_visible()
    expect(salutation.get_by_label("Ваш вариант")).to_be_checked()
    expect(subject.get_by_role("radio", checked=True)).to_have_count(0)
    assert axe.violations(page) == []

    subject.get_by_label("Ваш вариант").check()
    page.get_by_role("button", name="Сохранить выбранное").click()
    expect(page.get_by_text("Сохранено выбранное.")).to_be_visible()
    expect(page.get_by_label("Обращение")).to_have_value("Друзья!")
    expect(page.get_by_label("Заголовок письма")).to_have_value("О своём")
