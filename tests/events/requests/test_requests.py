"""A request is made, cloned with the keys of its questions, and sent once, filled in by what is known."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from centers.models import Coordinator
from events.models import DataQuestion, DataRequest, DataSheet
from events.models.request import KnownFigure, QuestionKind, RequestStatus
from events.requests import checks, known, questions, requests
from events.telling import nightly
from rcro_portal.lib.keeping.writing import InArchive
from rcro_portal.models import Notice
from tests.factories.centers import CenterFactory, CoordinatorFactory, UserFactory, coordinator, staff
from tests.factories.events import AttendanceFactory, EventFactory
from tests.factories.moments import DUE_ON, FILED_AT, SENT_AT
from tests.factories.projects import AchievementFactory, NetworkProjectFactory
from tests.factories.requests import DataQuestionFactory, DataRequestFactory, accepted, asked, sent, submitted, write
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db


def test_every_centre_gets_one_sheet_and_its_coordinator_a_mail() -> None:
    request, centers = DataRequestFactory(), [CenterFactory(), CenterFactory()]
    DataQuestionFactory(request=request)
    user = coordinator(centers[0])
    sheets = sent(request, *centers)
    assert [(one.center, one.status) for one in sheets] == [(centers[0], "open"), (centers[1], "open")]
    assert DataRequest.objects.get().status == RequestStatus.SENT
    told = Notice.objects.filter(reason="request_sent")
    assert [(row.email, row.user) for row in told] == [(user.email, user)]


def test_sent_twice_it_is_sent_once() -> None:
    (sheet,) = asked()
    stale = DataRequest.objects.get(pk=sheet.request_id)
    stale.status = RequestStatus.DRAFT  # as the second page still shows it
    center, by = CenterFactory(), staff("methodist")
    with refused(requests.SentAlready):
        requests.send(request=stale, centers=[center], by=by, at=SENT_AT)


@pytest.mark.parametrize(
    ("refusal", "fields", "has_question", "has_center"),
    [
        (requests.NothingToAsk, {}, False, True),
        (requests.NobodyToAsk, {}, True, False),
        (requests.TooLate, {"due_on": SENT_AT.date() - datetime.timedelta(days=1)}, True, True),
    ],
)
def test_what_cannot_be_answered_is_not_sent(
    refusal: type[Exception], fields: dict[str, object], has_question: bool, has_center: bool
) -> None:
    request = DataRequestFactory(**fields)
    if has_question:
        DataQuestionFactory(request=request)
    centers = [CenterFactory()] if has_center else []
    by = staff("methodist")
    with refused(refusal):
        requests.send(request=request, centers=centers, by=by, at=SENT_AT)


def test_killed_in_the_middle_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    request = DataRequestFactory()
    DataQuestionFactory(request=request)
    center, by = CenterFactory(), staff("methodist")

    def die(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(requests.told, "sent", die)
    with nothing_changes(), pytest.raises(KeyboardInterrupt):
        requests.send(request=request, centers=[center], by=by, at=SENT_AT)


def test_registers_fill_in_first_and_last_year_after_them() -> None:
    center = CenterFactory(organization__website="https://lyceum.example")
    questions = (
        {"key": "q1", "known": KnownFigure.WEBSITE, "kind": QuestionKind.TEXT},
        {"key": "q2", "kind": QuestionKind.NUMBER},
        {"key": "q3", "kind": QuestionKind.CHOICE, "choices": "очно\nзаочно"},
    )
    (last,) = asked(center, questions=questions)
    accepted(last, q1="https://old.example", q2="120", q3="заочно")
    source = last.request
    made = requests.clone(source=source, title="Через год", as_of=source.as_of, due_on=DUE_ON, by=staff("methodist"))
    made.questions.filter(key="q3").update(choices="очно")
    (sheet,) = sent(made, center)
    # What is no choice any more is not filled in.
    assert sheet.answers == {"q1": "https://lyceum.example", "q2": "120", "q3": ""}
    assert sheet.known == {"q1": "https://lyceum.example"}


def test_only_accepted_answers_go_into_the_next_year() -> None:
    center = CenterFactory()
    (last,) = asked(center, questions=({"key": "q2"},))
    submitted(last, q2="120")
    fields = {"title": "Через год", "as_of": last.request.as_of, "due_on": DUE_ON}
    made = requests.clone(source=last.request, by=staff("methodist"), **fields)
    assert sent(made, center)[0].answers == {"q2": ""}


def test_change_of_a_draft_that_was_sent_meanwhile_is_refused() -> None:
    draft, by = DataQuestionFactory().request, staff("methodist")
    sent(DataRequest.objects.get(pk=draft.pk))
    with refused(requests.SentAlready):
        requests.change(draft, by=by, title="Другое")


def test_clone_keeps_keys_and_knows_what_it_follows() -> None:
    question = DataQuestionFactory(section="Кадры", unit="чел.", least=1, most=90)
    source = question.request
    by = staff("methodist")
    made = requests.clone(source=source, title="Через год", as_of=source.as_of, due_on=DUE_ON, by=by)
    assert (made.follows, made.setter, made.status) == (source, by.person, RequestStatus.DRAFT)
    (copy,) = made.questions.all()
    names = requests.CARRIED
    assert [getattr(copy, name) for name in names] == [getattr(question, name) for name in names]


def test_what_the_registers_know_of_centres() -> None:
    center, other = CenterFactory(organization__phone="(3822) 51-56-66"), CenterFactory()
    day = timezone.localdate(FILED_AT)
    project = NetworkProjectFactory(since=day)
    project.leads.add(center)
    AchievementFactory(center=center, on=day)
    AchievementFactory(center=center, on=day.replace(year=day.year - 1, day=1))
    AttendanceFactory(center=center, event=EventFactory(starts_at=FILED_AT))
    user = coordinator(center)
    with_organizations = [center, other]
    found = known.values(KnownFigure.values, with_organizations, day)
    names = ("projects", "events", "achievements", "coordinators", "phone")
    assert [found[center.pk][name] for name in names] == ["1", "1", "1", user.person.full_name, "(3822) 51-56-66"]
    assert [found[other.pk].get(name) for name in names] == ["0", "0", "0", None, ""]


def test_question_stands_last_and_keeps_its_place() -> None:
    request, by = DataRequestFactory(), staff("methodist")
    first = questions.create(DataQuestion, by=by, request=request, label="Сколько учеников", kind="number")
    second = questions.create(
        DataQuestion, by=by, request=request, label="Какие", kind="choice", choices="первые\n\n вторые \nпервые"
    )
    assert [first.position, second.position] == [1, 2]
    assert second.choices == "первые\nвторые"
    assert first.key != second.key


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("unit", {"kind": "text", "unit": "чел."}),
        ("choices", {"kind": "number", "choices": "да"}),
        ("__all__", {"kind": "choice"}),
        ("__all__", {"kind": "number", "least": 5, "most": 1}),
        ("__all__", {"kind": "number", "known": "projects", "writes": True}),
    ],
)
def test_question_that_fits_no_answer_is_refused(field: str, fields: dict[str, object]) -> None:
    request, by = DataRequestFactory(), staff("methodist")
    with pytest.raises(ValidationError) as refusal:
        questions.create(DataQuestion, by=by, request=request, label="Сколько", **fields)
    assert list(refusal.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("64,5", ""),
        ("1 250.25", ""),
        ("10", ""),
        ("9,99", "Не меньше 10"),
        ("100,01", ""),
        ("2 000,5", "Не больше 2000"),
        ("1,234", "Нужно число цифрами"),
        ("около 5", "Нужно число цифрами"),
        ("1e5", "Нужно число цифрами"),
        ("١٢", "Нужно число цифрами"),
    ],
)
def test_number_with_a_fraction(text: str, fault: str) -> None:
    question = DataQuestionFactory(kind=QuestionKind.FRACTION, least=10, most=2_000)
    said = checks.fault(question, text)
    assert said.startswith(fault)
    assert bool(said) == bool(fault)


def test_draft_in_the_archive_is_not_sent() -> None:
    request = DataQuestionFactory(request__archived_at=SENT_AT).request
    stale = DataRequest.objects.get(pk=request.pk)
    stale.archived_at = None  # as the page that was opened before still shows it
    center, by = CenterFactory(), staff("methodist")
    with refused(InArchive):
        requests.send(request=request, centers=[center], by=by, at=SENT_AT)
    with refused(requests.SentAlready):
        requests.send(request=stale, centers=[center], by=by, at=SENT_AT)


def test_questions_of_a_sent_request_change_no_more() -> None:
    (sheet,) = asked()
    question, by = sheet.request.questions.get(), staff("methodist")
    with refused(requests.SentAlready):
        questions.change(question, by=by, label="Иначе", kind="number")
    with refused(requests.SentAlready):
        questions.create(DataQuestion, by=by, request=sheet.request, label="Ещё", kind="number")


def test_term_of_a_sent_request_moves_to_a_later_day_alone() -> None:
    (sheet,) = asked()
    coordinator(sheet.center)
    request, by = sheet.request, staff("methodist")
    with pytest.raises(ValidationError):
        requests.change(request, by=by, due_on=request.due_on - datetime.timedelta(days=1))
    assert requests.change(request, by=by, due_on=request.due_on + datetime.timedelta(days=300))
    assert Notice.objects.filter(reason="request_moved").count() == 1


@pytest.mark.any_moment
def test_silent_ones_are_reminded_once_a_day() -> None:
    first, second = asked(CenterFactory(), CenterFactory())
    user = coordinator(first.center)
    submitted(second, answer="1")
    everybody = {"request": first.request, "to": [first.pk, second.pk]}
    later = SENT_AT + datetime.timedelta(minutes=5)
    assert [requests.remind(**everybody, at=at) for at in (SENT_AT, later)] == [1, 0]
    assert [row.email for row in Notice.objects.filter(reason="request_reminded")] == [user.email]
    submitted(write(first), by=user)
    with refused(requests.NobodySilent):
        requests.remind(**everybody, at=SENT_AT)


@pytest.mark.any_moment
def test_reminders_follow_the_coordinator_and_the_answer() -> None:
    (sheet,) = asked()
    user = coordinator(sheet.center)
    requests.told.awaited(DataSheet.objects.get(), at=SENT_AT)
    planned = Notice.objects.filter(reason="request_reminder").planned()
    assert {row.email for row in planned.all()} == {user.email}
    submitted(sheet, by=user, answer="1")
    assert not planned.all().exists()


def test_night_turns_reminders_to_whoever_took_the_centre_over() -> None:
    (sheet,) = asked()
    former = coordinator(sheet.center)
    requests.told.awaited(DataSheet.objects.get(), at=SENT_AT)
    Coordinator.objects.update(until=SENT_AT.date())
    follower = UserFactory()
    CoordinatorFactory(person=follower.person, center=sheet.center, since=SENT_AT.date() + datetime.timedelta(days=1))
    nightly.follow(at=SENT_AT + datetime.timedelta(days=1))
    planned = Notice.objects.filter(reason="request_reminder").planned()
    assert {row.email for row in planned} == {follower.email} != {former.email}
