"""Letters against bad input: markup stays text on the page, in the PDF and in the mail; a wrong step is told so."""

from html import escape

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from events.models import Outcome
from rcro_portal.lib import store
from reports.delivery import dispatch
from reports.letters import drawing, letters, signatures
from reports.models import Letter, RegisterEntry
from reports.signing import scans
from reports.typesetting import rendering
from tests import clock
from tests.factories import centers, events
from tests.factories import letters as on_the_road
from tests.factories.editor import posted
from tests.factories.moments import SENT_AT
from tests.factories.reports import KEY_PASSWORD, Office
from tests.untouched import nothing_changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
MARKUP = "<b>жирно</b> {{ 7|add:7 }} {% debug %} <img src=http://evil.example/a.png> &amp;"


@pytest.fixture
def methodist(office: Office) -> Client:
    return logged_in(office.methodist)


@pytest.fixture
def director(office: Office) -> Client:
    return logged_in(office.director)


def logged_in(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


# -- Markup -----------------------------------------------------------------------------------------


def test_markup_is_text_on_the_page_in_the_pdf_and_in_the_mail(office: Office, director: Client, key: None) -> None:
    subject = f"Об итогах {MARKUP}"
    centers.CenterFactory()
    written = {"edited_by": office.methodist, "prepared_by": office.methodist.person}
    outcome = events.ready_outcome(subject_line=subject, event=events.held(topic=MARKUP), **written)
    outcome.talks.update(text=MARKUP, title=MARKUP, post=MARKUP)
    letter = letters.file_outcome(outcome=outcome, by=office.methodist, at=on_the_road.FILED_AT)
    on_the_road.approve(letter, office)
    on_the_road.register(letter, office)
    letter = drawn(letter)

    page = director.get(f"/letters/{letter.pk}/").text
    assert (escape(subject) in page, MARKUP in page) == (True, False)
    printed = without_spaces(rendering.plain_text(store.read(letter.final.digest)))
    assert printed.count(without_spaces(MARKUP)) == 5
    on_the_road.sign(letter, office)
    letters.release(letter_id=letter.pk, at=SENT_AT)
    dispatch.deliver(recipient_id=letter.recipients.get().pk, at=SENT_AT, now=SENT_AT)
    message = mail.outbox[-1]
    [(html, _)] = message.alternatives
    assert subject in message.subject
    assert subject in message.body
    assert (escape(subject) in html, MARKUP in html) == (True, False)


def without_spaces(text: str) -> str:
    """Lines of the PDF end where they end."""
    return "".join(text.split())


def drawn(letter: Letter) -> Letter:
    assert drawing.draw(letter_id=letter.pk, at=on_the_road.DRAWN_AT, now=on_the_road.DRAWN_AT)
    return Letter.objects.select_related("final", "entry", "authority__person").get(pk=letter.pk)


def test_markup_in_a_remark_is_text(office: Office, methodist: Client) -> None:
    letter = on_the_road.in_review(office)
    letters.give_back(letter=letter, note=MARKUP, by=office.head, at=on_the_road.APPROVED_AT)
    for path in (f"/letters/{letter.pk}/", "/"):
        page = methodist.get(path).text
        assert (escape(MARKUP) in page, MARKUP in page) == (True, False)


# -- Filing twice, editing what is filed ------------------------------------------------------------


def test_outcome_filed_twice_makes_one_letter(office: Office, methodist: Client) -> None:
    outcome = ready(office)
    first, second = (methodist.post(f"/outcomes/{outcome.pk}/file/", follow=True) for _ in range(2))
    letter = Letter.objects.get()
    assert first.redirect_chain == second.redirect_chain == [(f"/letters/{letter.pk}/", 302)]
    assert "Итоги направлены на согласование." in first.text
    assert "Итоги уже направлены на согласование." in second.text


def test_unready_outcome_is_not_filed_but_shown_what_is_missing(office: Office, methodist: Client) -> None:
    outcome = ready(office)
    outcome.decisions.update(due_on=None)
    answer = methodist.post(f"/outcomes/{outcome.pk}/file/", follow=True)
    assert answer.redirect_chain == [(f"/outcomes/{outcome.pk}/check/", 302)]
    assert "У решения нет срока. Укажите срок или отметьте «К сведению»." in answer.text
    assert not Letter.objects.exists()


def test_filed_outcome_is_closed(office: Office, methodist: Client) -> None:
    outcome = on_the_road.in_review(office).outcome
    words = "Итоги закрыты для правки: по ним есть письмо. Отзовите его с согласования, а отправленное замените новым."
    with nothing_changes():
        answers = [
            methodist.get(f"/outcomes/{outcome.pk}/edit/"),
            methodist.get(f"/outcomes/{outcome.pk}/check/"),
            methodist.post(
                f"/outcomes/{outcome.pk}/figures/add/",
                {"query": "centers_with_status", "year": 2026, "case": "nominative"},
            ),
        ]
    assert [(answer.status_code, words in answer.text) for answer in answers] == [(409, True)] * 3


def test_text_sent_to_a_filed_outcome_is_kept_aside(office: Office, methodist: Client) -> None:
    outcome = on_the_road.in_review(office).outcome
    version = outcome.version
    answer = methodist.post(f"/outcomes/{outcome.pk}/save/", posted(outcome))
    outcome.refresh_from_db()
    kept = list(outcome.revisions.values_list("aside", "by"))
    assert (answer.status_code, outcome.version, kept) == (409, version, [(True, office.methodist.pk)])


def ready(office: Office) -> Outcome:
    """Its term is not over whenever this test runs."""
    outcome = events.ready_outcome(edited_by=office.methodist, prepared_by=office.methodist.person)
    outcome.decisions.update(due_on=clock.today())
    return outcome


# -- Steps out of order -----------------------------------------------------------------------------


def words_of(answer: HttpResponse) -> str:
    assert answer.status_code == 409
    return answer.context["words"]


def test_letter_in_review_cannot_be_numbered_or_signed(office: Office, director: Client) -> None:
    letter = on_the_road.in_review(office)
    head, since = office.head.person.surname_first, f"{on_the_road.FILED_AT:%d.%m.%Y}"
    first = f"Сначала виза: начальник отдела ({head}, на согласовании с {since})."
    with nothing_changes():
        assert words_of(director.post(f"/letters/{letter.pk}/register/", {"snapshot": letter.snapshot_id})) == first
        typed = {"digest": letter.snapshot.digest, "password": KEY_PASSWORD}
        assert words_of(director.post(f"/letters/{letter.pk}/sign/", typed)) == first
        assert words_of(director.post(f"/letters/{letter.pk}/choose/paper/")) == first
    assert not RegisterEntry.objects.exists()


def test_approval_belongs_to_the_text_that_was_read(office: Office) -> None:
    letter = on_the_road.in_review(office)
    head = logged_in(office.head)
    with nothing_changes():
        for seen in ("", "nonsense", "0", str(letter.snapshot_id + 1)):
            answer = head.post(f"/letters/{letter.pk}/approve/", {"snapshot": seen})
            assert words_of(answer) == letters.LetterChanged.words


def test_approved_letter_is_neither_approved_again_nor_recalled(office: Office, methodist: Client) -> None:
    letter = on_the_road.approved(office)
    head = logged_in(office.head)
    with nothing_changes():
        words = "Письмо уже согласовано."
        assert words_of(head.post(f"/letters/{letter.pk}/approve/", {"snapshot": letter.snapshot_id})) == words
        director, since = office.director.person.surname_first, f"{on_the_road.APPROVED_AT:%d.%m.%Y}"
        words = f"Письмо согласовано и ждёт директора ({director}, с {since}): вернуть его может он."
        assert words_of(methodist.post(f"/letters/{letter.pk}/recall/")) == words


def test_number_is_taken_once(office: Office, director: Client) -> None:
    letter = on_the_road.approved(office)
    seen = {"snapshot": letter.snapshot_id}
    assert director.post(f"/letters/{letter.pk}/register/", seen).status_code == 302
    words = "Номер и дата уже есть: № 941 от "
    assert words_of(director.post(f"/letters/{letter.pk}/register/", seen)).startswith(words)
    assert RegisterEntry.objects.count() == 1


def test_letter_on_paper_is_not_signed_by_key(office: Office, director: Client, key: None) -> None:
    letter = on_the_road.awaiting(office)
    signatures.choose_method(letter=letter, way="paper", by=office.director, at=on_the_road.SIGNED_AT)
    typed = {"digest": letter.final.digest, "password": KEY_PASSWORD}
    assert words_of(director.post(f"/letters/{letter.pk}/sign/", typed)) == (
        "Выбрано подписание на бумаге. Ключом подписывают после «Подписать ключом в портале»."
    )


def test_scan_must_be_a_scan(office: Office, director: Client) -> None:
    letter = on_the_road.awaiting(office)
    signatures.choose_method(letter=letter, way="paper", by=office.director, at=on_the_road.SIGNED_AT)
    for name, data, words in (
        ("scan.pdf", b"MZ not a picture", scans.NotAScan.words),
        ("scan.pdf", b"", "Отправленный файл пуст."),
    ):
        answer = director.post(f"/letters/{letter.pk}/scan/", {"scan": SimpleUploadedFile(name, data)})
        assert (answer.status_code, words in answer.text) == (422, True)
    missing = director.post(f"/letters/{letter.pk}/scan/", {})
    assert (missing.status_code, dict(missing.context["scan_form"].errors)) == (422, {"scan": ["Обязательное поле."]})


@pytest.mark.parametrize(
    ("act", "field", "form"), [("give-back", "note", "note_form"), ("annul", "annul-note", "annul_form")]
)
def test_letter_is_not_returned_without_a_word(
    office: Office, director: Client, act: str, field: str, form: str
) -> None:
    letter = on_the_road.approved(office)
    for typed, words in (
        ("", "Обязательное поле."),
        (" \n", "Обязательное поле."),
        ("нет " * 1_000, "Текст длиннее 2000"),
    ):
        answer = director.post(f"/letters/{letter.pk}/{act}/", {field: typed})
        assert answer.status_code == 422
        assert answer.context[form].errors["note"][0].startswith(words)


def test_password_is_asked_for_and_never_shown_again(office: Office, director: Client, key: None) -> None:
    letter = on_the_road.awaiting(office)
    for password, words in (("", "Обязательное поле."), ("сойка на сосне", "Пароль ключа не подошёл.")):
        answer = director.post(f"/letters/{letter.pk}/sign/", {"digest": letter.final.digest, "password": password})
        assert (answer.status_code, words in answer.text, "сойка на сосне" in answer.text) == (422, True, False)
    letter.refresh_from_db()
    assert letter.status == "awaiting"


# -- Figures ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"query": "centers_with_status"}, {"year": ["Укажите год, за который считать."]}),
        ({"query": "session_pupils"}, {"since": ["Укажите период: с какого и по какой день считать."]}),
        (
            {"query": "session_pupils", "since": "2026-02-01", "until": "2026-01-01"},
            {"until": ["Период кончается раньше, чем начался."]},
        ),
        (
            {"query": "centers_with_status", "year": "2026", "name": "[[я]]"},
            {"name": ["Квадратные скобки в названии не ставят."]},
        ),
    ],
)
def test_figure_says_what_it_lacks(office: Office, methodist: Client, typed: dict, errors: dict) -> None:
    outcome = ready(office)
    answer = methodist.post(f"/outcomes/{outcome.pk}/figures/add/", {"case": "nominative", **typed})
    assert (answer.status_code, dict(answer.context["form"].errors)) == (422, errors)


def test_figure_that_nobody_knows_is_refused(office: Office, methodist: Client) -> None:
    outcome = ready(office)
    answer = methodist.post(f"/outcomes/{outcome.pk}/figures/add/", {"query": "salaries", "case": "nominative"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["query"])
