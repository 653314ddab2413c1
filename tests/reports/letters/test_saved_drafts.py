"""A written letter saved against each other, kept aside, put together, brought back: as every text of the editor."""

from typing import Any

import pytest

from rcro_portal.lib.drafts.writing import TextChanged
from reports.letters import drafts
from reports.letters.draft_forms import LetterEditor
from reports.models import DistributionList, Letter, Manuscript
from reports.models.manuscript import Audience
from tests.factories import centers
from tests.factories import letters as walked
from tests.factories.moments import APPROVED_AT, FILED_AT, WRITTEN_AT
from tests.factories.reports import Office
from tests.untouched import refused

pytestmark = pytest.mark.django_db


def save(letter: Letter, office: Office, **changed: Any) -> None:
    drafts.save(of=letter, by=office.methodist, at=WRITTEN_AT, **walked.written(letter, **changed))


def test_second_writer_changes_nothing_and_is_told(office: Office) -> None:
    letter = walked.free(office)
    page = walked.written(letter, body="Второй")
    save(letter, office, body="Первый")
    who = office.methodist.person.surname_first
    with refused(
        TextChanged, f"Пока вы писали, текст изменён: {who} Ваш вариант сохранён: сравните и выберите, что оставить."
    ):
        drafts.save(of=letter, by=office.head, at=WRITTEN_AT, **page)
    assert Manuscript.objects.get(letter=letter).body == "Первый"


def test_same_text_sent_twice_is_saved_once(office: Office) -> None:
    letter = walked.free(office)
    page = walked.written(letter, body="Один раз")
    for _ in range(2):
        drafts.save(of=letter, by=office.methodist, at=WRITTEN_AT, **page)
    assert Manuscript.objects.get(letter=letter).version == page["version"] + 1


def test_filed_letter_is_closed_to_its_author(office: Office) -> None:
    centers.CenterFactory()
    letter = walked.free_in_review(office)
    for act in (
        lambda: save(letter, office, body="После"),
        lambda: drafts.add_figure(of=letter, name="x", typed="5 школ", source="Отчёт", case="nominative"),
        lambda: drafts.remove_figure(of=letter, figure=letter.figures.get()),
    ):
        with refused(drafts.DraftLocked):
            act()


def test_text_that_lost_a_race_is_kept_and_merged(office: Office) -> None:
    letter = walked.free(office)
    page = walked.written(letter, body="Мой текст", closing="С уважением,")
    save(letter, office, body="Их текст")
    aside = drafts.DRAFTS.keep_aside(of=letter, by=office.head, at=WRITTEN_AT, **page)
    pairs = drafts.DRAFTS.difference(letter, aside)
    mine = {place for place, pair in enumerate(pairs) if pair.differs and pair.title == "Заключительная фраза"}
    version = Manuscript.objects.get(letter=letter).version
    drafts.DRAFTS.merge(of=letter, aside=aside, mine=mine, version=version, by=office.head, at=WRITTEN_AT)
    text = Manuscript.objects.get(letter=letter)
    assert (text.body, text.closing) == ("Их текст", "С уважением,")


def test_old_version_comes_back_with_its_addressees(office: Office) -> None:
    letter = walked.free(office, audience=Audience.CHOSEN, addressees=[walked.addressed()])
    old = letter.revisions.filter(aside=False).order_by("-pk").first()
    page = walked.written(letter, body="Новое")
    drafts.save(of=letter, by=office.head, at=FILED_AT, **page)
    version = Manuscript.objects.get(letter=letter).version
    drafts.DRAFTS.restore(of=letter, revision=old, version=version, by=office.methodist, at=APPROVED_AT)
    assert Manuscript.objects.get(letter=letter).body == walked.BODY
    assert [row.email for row in letter.addressees.all()] == ["tien@school.example"]


def test_old_version_brings_the_figures_that_it_quotes(office: Office) -> None:
    letter = walked.free(office)
    save(letter, office, body="Без чисел")
    drafts.remove_figure(of=letter, figure=letter.figures.get())
    old = letter.revisions.filter(page__body=walked.BODY).latest("pk")
    version = Manuscript.objects.get(letter=letter).version
    drafts.DRAFTS.restore(of=letter, revision=old, version=version, by=office.methodist, at=APPROVED_AT)
    assert [figure.name for figure in letter.figures.all()] == ["центры"]


def test_version_that_was_kept_before_figures_were_is_not_written_again(office: Office) -> None:
    letter = walked.free(office)
    for one in letter.revisions.all():
        one.page.pop("figures")
        one.save(update_fields=["page"])
    before = letter.revisions.count()
    save(letter, office)
    assert letter.revisions.count() == before


def test_list_is_chosen_together_with_sending_by_it(office: Office) -> None:
    letter = walked.free(office)
    listed = DistributionList.objects.create(name="Вузы", addressee="Ректорам")
    page = walked.written(letter, audience=Audience.LIST, distribution_list=listed)
    aside = drafts.DRAFTS.keep_aside(of=letter, by=office.head, at=WRITTEN_AT, **page)
    (place,) = (place for place, pair in enumerate(drafts.DRAFTS.difference(letter, aside)) if pair.differs)
    version = Manuscript.objects.get(letter=letter).version
    drafts.DRAFTS.merge(of=letter, aside=aside, mine={place}, version=version, by=office.head, at=FILED_AT)
    text = Manuscript.objects.get(letter=letter)
    assert (text.audience, text.distribution_list) == (Audience.LIST, listed)


def test_version_of_an_earlier_release_is_read_and_comes_back(office: Office) -> None:
    """Its page as it lies in the table of revisions since before letters kept their figures."""
    letter, school = walked.free(office), centers.OrganizationFactory()
    row = {"organization": school.pk, "person": None, "lines": "Директору Лицея № 5", "email": "5@school.example"}
    old = {
        "subject_line": "О сроках",
        "addressee": "",
        "salutation": "Уважаемая Ольга Павловна!",
        "body": "Сообщаем.",
        "closing": "",
        "reply_to_number": "17/2",
        "audience": "chosen",
        "distribution_list": None,
        "distribution_list_name": "",
        "reply_to_on": "2026-03-09",
        "addressees": [row],
    }
    assert drafts.page(letter).keys() - old.keys() == {"decisions", "figures"}
    said = {part.title: part.text for part in LetterEditor.parts(old)}
    assert (said["Кому направить"], said["От"], said["Адресат 1"]) == (
        "выбранным адресатам",
        "09.03.2026",
        "Директору Лицея № 5\n5@school.example",
    )
    revision = letter.revisions.create(page=old, version=1, by=office.methodist, at=WRITTEN_AT)
    version = Manuscript.objects.get(letter=letter).version
    drafts.DRAFTS.restore(of=letter, revision=revision, version=version, by=office.methodist, at=APPROVED_AT)
    assert {name: value for name, value in drafts.page(letter).items() if name not in ("decisions", "figures")} == old
