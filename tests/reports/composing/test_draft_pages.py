"""The pages of free letters as a methodist meets them."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reports.letters import letters
from reports.models import Letter, LetterAppendix, Manuscript
from reports.models.letter import LetterKind
from tests.factories import centers, events
from tests.factories import letters as walked
from tests.factories.moments import FILED_AT, SENT_AT
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db
FOUND = re.compile(r'name="version" value="(\d+)"')


@pytest.fixture
def methodist(client: Client, office: Office) -> Client:
    client.force_login(office.methodist)
    return client


@pytest.fixture
def letter(office: Office) -> Letter:
    centers.CenterFactory()
    return walked.free(office)


def posted(letter: Letter, **changed: Any) -> dict[str, Any]:
    """The editor's form as the browser sends it."""
    page = walked.written(letter)
    names = ("version", "subject_line", "audience", "addressee", "salutation", "body", "closing")
    return {**{name: page[name] for name in names}, **walked.NO_ROWS, **changed}


def address(name: str, *keys: object) -> str:
    return reverse(f"reports:{name}", args=keys)


def test_new_letter_leads_to_its_editor(methodist: Client) -> None:
    answer = methodist.post(address("draft-new"), {"kind": "information"})
    letter = Letter.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, address("draft-edit", letter.pk))
    assert letter.kind == LetterKind.INFORMATION


def test_announcement_begins_on_the_page_of_the_event(methodist: Client, office: Office) -> None:
    event = events.announced(department=office.department)
    page = methodist.get(address("event-page", event.pk)).text
    assert "Подготовить письмо «О проведении …»" in page
    methodist.post(address("draft-new"), {"kind": "announcement", "event": event.pk})
    assert Letter.objects.get().event == event
    page = methodist.get(address("event-page", event.pk)).text
    assert "Подготовить письмо «О проведении …»" not in page
    assert "О проведении вебинара" in page


def test_announcement_without_an_event_is_asked_for_one(methodist: Client) -> None:
    answer = methodist.post(address("draft-new"), {"kind": "announcement"})
    assert (answer.status_code, Letter.objects.count()) == (422, 0)
    assert "Выберите объявленное мероприятие." in answer.text


def test_editor_saves_by_itself_and_says_the_new_version(methodist: Client, letter: Letter) -> None:
    version = Manuscript.objects.get(letter=letter).version
    answer = methodist.post(
        address("draft-save", letter.pk), posted(letter, body="Иначе."), headers={"HX-Request": "true"}
    )
    assert (answer.status_code, FOUND.findall(answer.text)) == (200, [str(version + 1)])
    assert Manuscript.objects.get(letter=letter).body == "Иначе."


def test_second_writer_is_shown_both_texts(methodist: Client, letter: Letter, office: Office) -> None:
    stale = posted(letter, body="Мой текст.")
    other = Client()
    other.force_login(office.head)
    other.post(address("draft-save", letter.pk), posted(letter, body="Их текст."))
    answer = methodist.post(address("draft-save", letter.pk), stale, headers={"HX-Request": "true"})
    aside = letter.revisions.get(aside=True)
    assert (answer.status_code, address("draft-aside", letter.pk, aside.pk) in answer.text) == (409, True)
    page = methodist.get(address("draft-aside", letter.pk, aside.pk)).text
    assert "Мой" in page
    assert "Их" in page
    (place,) = set(re.findall(r'name="side-(\d+)"', page))
    methodist.post(
        address("draft-merge", letter.pk, aside.pk), {"version": FOUND.findall(page)[0], f"side-{place}": "mine"}
    )
    assert Manuscript.objects.get(letter=letter).body == "Мой текст."


def test_wrong_field_keeps_what_was_typed(methodist: Client, letter: Letter) -> None:
    answer = methodist.post(address("draft-save", letter.pk), posted(letter, subject_line="", body="Осталось."))
    assert (answer.status_code, "Осталось." in answer.text) == (422, True)
    assert Manuscript.objects.get(letter=letter).body == walked.BODY


def test_addressee_is_named_once(methodist: Client, letter: Letter) -> None:
    school = centers.OrganizationFactory()
    row = {"organization": school.pk, "person": "", "lines": "", "email": ""}
    twice = {f"addressees-{n}-{name}": value for n in (0, 1) for name, value in row.items()}
    page = posted(letter, audience="chosen", **twice, **{"addressees-TOTAL_FORMS": "2"})
    answer = methodist.post(address("draft-save", letter.pk), page)
    assert (answer.status_code, "Этот адресат уже есть в письме." in answer.text) == (422, True)


def test_chosen_organization_fills_its_lines(methodist: Client, letter: Letter) -> None:
    school = centers.OrganizationFactory(short_name_genitive="Лицея № 5", head_name="Громова Ольга Павловна")
    asked = {"prefix": "addressees-0", "addressees-0-organization": school.pk}
    answer = methodist.get(address("draft-addressee"), asked).text
    assert "Директору Лицея № 5\nГромовой О.П." in answer
    assert f'value="{school.email}"' in answer
    row = {"addressees-0-organization": school.pk, "addressees-TOTAL_FORMS": "1"}
    methodist.post(address("draft-save", letter.pk), posted(letter, audience="chosen", **row))
    assert [row.lines for row in letter.addressees.all()] == ["Директору Лицея № 5\nГромовой О.П."]


def test_page_of_a_letter_holds_no_register(methodist: Client, letter: Letter) -> None:
    """Only whom it names; one who went into the archive since stays, and can be let go of."""
    stranger, kept = centers.PersonFactory(surname="Посторонняя"), centers.PersonFactory(surname="Названная")
    row = {"addressees-0-person": kept.pk, "addressees-TOTAL_FORMS": "1"}
    methodist.post(address("draft-save", letter.pk), posted(letter, audience="chosen", **row))
    type(kept).objects.filter(pk=kept.pk).update(archived_at=SENT_AT, archive_reason="Переехала")
    page = methodist.get(address("draft-edit", letter.pk)).text
    assert (stranger.surname in page, kept.surname in page) == (False, True)


def test_check_page_rehearses_without_a_number(methodist: Client, letter: Letter) -> None:
    centers.CenterFactory(organization__short_name="Без почты", organization__email="")
    walked.enclose(letter)
    answer = methodist.get(address("draft-check", letter.pk))
    assert [receiver.email for receiver in answer.context["receivers"]].count("") == 1
    assert "Без адреса почты: 1." in answer.text
    assert "Порядок сбора сведений" in answer.text
    assert len(answer.context["pages"]) == 1
    assert Letter.objects.filter(entry__isnull=False).count() == 0


def test_what_is_missing_keeps_the_letter_on_the_check_page(methodist: Client, letter: Letter) -> None:
    Manuscript.objects.update(body="")
    answer = methodist.post(address("draft-file", letter.pk))
    assert answer.headers["Location"] == address("draft-check", letter.pk)
    assert "Напишите текст письма." in methodist.get(address("draft-check", letter.pk)).text


def test_what_cannot_be_drawn_stands_under_a_heading_without_a_zero(methodist: Client, letter: Letter) -> None:
    """Nothing in the text is amiss but its length: «Что исправить 0» said that nothing is to be mended."""
    Manuscript.objects.update(
        body="\n".join(f"Просим учесть {number}. " + "Сообщаем о сборе. " * 90 for number in range(60))
    )
    answer = methodist.get(address("draft-check", letter.pk))
    assert (answer.context["blocking"], "Письмо длиннее 12 страниц: на 13-ю переходит «" in answer.text) == ([], True)
    assert re.search(r"Что исправить\s*</h2>", answer.text)


def test_appendix_that_is_not_taken_is_told_at_its_field(methodist: Client, letter: Letter) -> None:
    fields = {"file": SimpleUploadedFile("a.pdf", b"MZ"), "title": "Порядок", "copies": "1"}
    answer = methodist.post(address("appendix-add", "letter", letter.pk), fields)
    assert (answer.status_code, LetterAppendix.objects.count()) == (422, 0)
    assert "Портал принимает PDF, DOCX и XLSX." in answer.text


def test_list_of_participants_is_made_by_the_portal(methodist: Client, office: Office) -> None:
    outcome = events.ready_outcome(edited_by=office.methodist, prepared_by=office.methodist.person)
    events.AttendanceFactory(event=outcome.event)
    methodist.post(address("appendix-participants", "outcome", outcome.pk))
    (row,) = outcome.appendices.all()
    assert (row.title, row.file_name, row.sheets) == ("Список участников", "Список участников.pdf", 1)
    answer = methodist.get(address("appendix-file", "outcome", outcome.pk, row.pk))
    assert answer.content.startswith(b"%PDF-")


def test_frozen_appendix_is_given_out_with_the_letter(methodist: Client, letter: Letter, office: Office) -> None:
    walked.enclose(letter)
    letters.file_draft(letter=letter, by=office.methodist, at=FILED_AT)
    filed = Letter.objects.get(pk=letter.pk)
    (row,) = filed.snapshot.appendices.all()
    page = methodist.get(address("letter-detail", filed.pk)).text
    assert address("letter-appendix", filed.pk, row.pk) in page
    assert methodist.get(address("letter-appendix", filed.pk, row.pk)).content.startswith(b"%PDF-")


def test_sent_letter_offers_its_replacement_and_names_it(methodist: Client, office: Office) -> None:
    centers.CenterFactory()
    old = walked.free_sent(office)
    assert f'action="{address("letter-replace", old.pk)}"' in methodist.get(address("letter-detail", old.pk)).text
    reason = {"replace-note": "Ошибка в сроке."}
    methodist.post(address("letter-replace", old.pk), reason)
    draft = Letter.objects.get(replaces=old)
    page = methodist.get(address("letter-detail", old.pk)).text
    assert f'action="{address("letter-replace", old.pk)}"' not in page
    assert "Взамен этого письма готовится" in page
    again = methodist.post(address("letter-replace", old.pk), reason)
    assert again.headers["Location"] == address("letter-detail", draft.pk)
    assert "Взамен письма" in methodist.get(address("draft-edit", draft.pk)).text


def test_head_corrects_a_free_letter_on_its_page(client: Client, letter: Letter, office: Office) -> None:
    letters.file_draft(letter=letter, by=office.methodist, at=FILED_AT)
    client.force_login(office.head)
    filed = Letter.objects.get(pk=letter.pk)
    path = address("letter-correct", filed.pk)
    assert client.get(path).status_code == 200
    client.post(path, posted(letter, body="Исправлено.", snapshot=filed.snapshot_id))
    filed.refresh_from_db()
    assert (filed.status, ["paragraph", "Исправлено."] in filed.snapshot.content) == ("approved", True)
