"""Sheets of appendices: confirmed by a person where only the file states them, doubted where its pages differ."""

import pytest
from django.test import Client

from reports.composing import draft_lint, lint
from reports.composing.findings import Finding
from reports.letters import appendices, letters
from reports.models import Letter
from tests.factories import centers, events
from tests.factories import letters as walked
from tests.factories.moments import FILED_AT
from tests.factories.reports import Office
from tests.reports.letters.test_appendices import WORD_SAYS_3, package, pdf
from tests.untouched import refused

pytestmark = pytest.mark.django_db
STATED = (
    "Приложение «Порядок сбора сведений»: что в нём 3 л., говорит только сам файл. "
    "Откройте предпросмотр печати и подтвердите число или исправьте его."
)


@pytest.fixture
def letter(office: Office) -> Letter:
    centers.CenterFactory()
    return walked.free(office, figure=False, body="Сообщаем.")


def found(letter: Letter) -> list[Finding]:
    return list(draft_lint.findings(letter, at=FILED_AT))


def test_what_only_the_file_states_is_asked_and_confirmed_by_one_press(
    letter: Letter, office: Office, client: Client
) -> None:
    row = walked.enclose(letter, data=package(**WORD_SAYS_3))
    assert (row.sheets, row.pages, row.sheets_confirmed) == (3, 3, False)
    assert found(letter) == [Finding(STATED, url=f"/appendices/letter/{letter.pk}/")]
    with refused(draft_lint.DraftNotReady):
        letters.file_draft(letter=letter, by=office.methodist, at=FILED_AT)
    act = found(letter)[0].act
    assert act
    assert act.label == "Да, 3 л."
    client.force_login(office.methodist)
    assert "Да, 3 л." in client.get(f"/appendices/letter/{letter.pk}/").content.decode()
    assert client.post(act.url, act.fields).status_code == 302
    assert found(letter) == []
    letters.file_draft(letter=letter, by=office.methodist, at=FILED_AT)
    frozen = Letter.objects.get(pk=letter.pk).snapshot.appendices.get()
    assert (frozen.sheets, frozen.pages, frozen.sheets_confirmed) == (3, 3, True)


def test_person_who_says_the_sheets_has_confirmed_them(letter: Letter) -> None:
    assert walked.enclose(letter, data=package(**WORD_SAYS_3), sheets=10).sheets_confirmed
    assert found(letter) == []


@pytest.mark.parametrize(
    ("sheets", "words", "blocks"),
    [
        (2, "в файле 3 страницы, а в отметке 2 л. Так бывает при печати с двух сторон. Проверьте.", False),
        (4, "в файле 3 страницы, а в отметке 4 л. Исправьте число листов.", True),
    ],
)
def test_typed_sheets_that_the_pages_contradict(letter: Letter, sheets: int, words: str, blocks: bool) -> None:
    row = walked.enclose(letter, data=pdf(pages=3))
    assert found(letter) == []
    appendices.count(of=letter, appendix=row, sheets=sheets, copies=1, title=row.title)
    expected = Finding(
        f"Приложение «Порядок сбора сведений»: {words}", blocks=blocks, url=f"/appendices/letter/{letter.pk}/"
    )
    assert found(letter) == [expected]


def test_appendix_of_an_outcome_is_looked_at_too() -> None:
    outcome = events.ready_outcome()
    walked.enclose(outcome, data=package(**WORD_SAYS_3))
    assert list(lint.findings(outcome, at=FILED_AT)) == [Finding(STATED, url=f"/appendices/outcome/{outcome.pk}/")]
