"""The archive finds a letter by its words and its number, and shows nobody what they may not see."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from rcro_portal.lib import russian
from reports.models import Letter
from reports.verification import archive
from reports.verification.archive import SnippetPiece
from tests.factories import letters
from tests.factories.centers import CenterFactory, coordinator
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db
POSTGRES = connection.vendor == "postgresql"


def printed(office: Office, text: str) -> Letter:
    letter = letters.sent_on_paper(office)
    Letter.objects.filter(pk=letter.pk).update(printed_text=text, printed_key=russian.search_key(text))
    return letter


def found(words: str) -> list[int]:
    return list(archive.search(archive.letters(), words).order_by("pk").values_list("pk", flat=True))


def test_text_is_kept_with_the_number(office: Office) -> None:
    letter = letters.preparing(office)
    assert letter.subject_line in letter.printed_text
    assert letter.printed_key == russian.search_key(letter.printed_text)


def test_every_word_must_be_there(office: Office) -> None:
    both = printed(office, "О приёме заявок на Ёлочный фестиваль")
    printed(office, "О приёме работ")
    assert found("приёме фестиваль") == [both.pk]
    assert found("елочный") == [both.pk]
    assert found("чего нет") == []


def test_number_finds_its_letter(office: Office) -> None:
    letter = printed(office, "О приёме")
    assert found(f" {letter.entry.number} ") == [letter.pk]


def test_day_finds_what_was_registered_on_it(office: Office) -> None:
    letter = printed(office, "О приёме")
    assert found(f"{letter.entry.registered_on:%d.%m.%Y}") == [letter.pk]
    assert found("19.03.2026") == []


def test_signs_alone_find_nothing_and_a_text_without_the_words_is_shown_from_its_beginning(office: Office) -> None:
    letter = printed(office, "О приёме")
    assert (found(""), found("«№»")) == ([letter.pk], [])
    assert archive.snippet("", "чего нет", "О приёме работ") == [SnippetPiece("О приёме работ", False)]


@pytest.mark.skipif(not POSTGRES, reason="the dictionary is PostgreSQL's")
def test_other_form_of_a_word_finds_it_and_is_marked(office: Office) -> None:
    letter = printed(office, "О направлении участников на вебинары юных исследователей")
    row = archive.search(archive.letters(), "направление вебинар").get()
    assert row == letter
    assert [piece.text for piece in archive.snippet(row.headline, "") if piece.found] == ["направлении", "вебинары"]


def test_file_reads_no_printed_text(office: Office, client: Client) -> None:
    printed(office, "сетевая модель олимпиады")
    client.force_login(office.methodist)
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/archive/?q=модель")
    assert "headline" in str(asked.captured_queries)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/archive/table.csv?q=модель")
    assert (page.status_code, answer.text.count("\n")) == (200, 2)
    shown = [query["sql"].partition(" FROM ")[0] for query in asked.captured_queries]
    assert [sql for sql in shown if "headline" in sql or "printed_text" in sql] == []


@pytest.mark.skipif(not POSTGRES, reason="the index is PostgreSQL's")
def test_search_can_use_its_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "letter_printed_key" in archive.search(Letter.objects.all(), "заявка").explain()


def test_snippet_is_cut_at_the_first_word_found() -> None:
    text = "Начало письма. " * 20 + "Ёлочный фестиваль пройдёт в мае. " + "Конец письма. " * 30
    pieces = archive.snippet(text, "елочный")
    assert [piece for piece in pieces if piece.found] == [SnippetPiece("Ёлочный", True)]
    assert sum(len(piece.text) for piece in pieces) <= archive.SHOWN_BEFORE + archive.SHOWN_AFTER + 60


def test_page_marks_what_was_found(office: Office, client: Client) -> None:
    letter = printed(office, "О фестивале «Физики & лирики»")
    client.force_login(office.methodist)
    answer = client.get(reverse("reports:archive"), {"q": "фестивале"})
    assert "<mark>фестивале</mark>" in answer.text
    assert "Физики &amp; лирики" in answer.text
    assert f"№ {letter.entry.number}" in answer.text


def test_coordinator_finds_the_letters_of_their_own_centre(office: Office, client: Client) -> None:
    ours, theirs = CenterFactory(), CenterFactory()
    to_ours, to_theirs = printed(office, "О фестивале"), printed(office, "О фестивале")
    to_ours.centers.set([ours])
    to_theirs.centers.set([theirs])
    client.force_login(coordinator(ours))
    answer = client.get(reverse("reports:archive"), {"q": "фестивале"})
    assert [letter.pk for letter in answer.context["table"].page] == [to_ours.pk]


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_little(
    number: int, office: Office, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        printed(office, "О фестивале")
    client.force_login(office.methodist)
    client.get(reverse("reports:archive"))
    with django_assert_num_queries(7):
        client.get(reverse("reports:archive"), {"q": "фестивале"})
