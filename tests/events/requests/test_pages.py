"""The pages of a request: filled by its coordinator, by two at once, judged by the methodist, seen as one table."""

import datetime
import re
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from centers.models import Coordinator, User
from events.models import DataRequest, DataSheet
from events.models.request import KnownFigure, QuestionKind
from rcro_portal.models import Notice
from tests import clock
from tests.factories.centers import CenterFactory, CoordinatorFactory, UserFactory, coordinator, staff
from tests.factories.requests import DataQuestionFactory, DataRequestFactory, accepted, asked, sent, submitted, write

pytestmark = pytest.mark.django_db
# The list of one request: session, user and its roles, what it asks, its rows with answers and last year's, its sums.
QUERIES = 11


@pytest.fixture
def reader() -> User:
    return staff("methodist")


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def of_centre(*questions: dict[str, object]) -> tuple[DataSheet, User, Client]:
    """A sheet, who answers it, and their browser."""
    (row,) = asked(questions=questions or ({"key": "q1"},))  # type: ignore[arg-type]
    user = coordinator(row.center)
    return row, user, client_of(user)


def url(page: str, row: DataSheet) -> str:
    return reverse(f"events:answer-sheet-{page}", args=[row.pk])


def test_coordinator_fills_saves_and_submits() -> None:
    row, _, client = of_centre({"key": "q1", "required": True}, {"key": "q2", "kind": QuestionKind.DATE})
    page = client.get(url("edit", row)).content.decode()
    assert 'name="q1"' in page
    typed = {"version": 1, "q1": "около 120", "q2": "2026-03-02"}
    assert client.post(url("save", row), typed, headers={"HX-Request": "true"}).status_code == 200
    page = client.get(url("detail", row)).content.decode()
    assert "Нужно целое число цифрами" in page
    assert "02.03.2026" in page
    assert client.post(url("submit", row), {"version": 2}).status_code == 409
    assert client.post(url("save", row), {**typed, "version": 2, "q1": "120"}).status_code == 302
    assert client.post(url("submit", row), {"version": 3}).status_code == 302
    assert DataSheet.objects.get().status == "in_review"


def test_what_is_typed_after_the_submission_is_kept_aside() -> None:
    row, _, client = of_centre()
    submitted(row, by=client.get(url("edit", row)).wsgi_request.user, q1="1")
    answer = client.post(url("save", row), {"version": 1, "q1": "2"}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert row.revisions.get(aside=True).page == {"q1": "2"}
    assert DataSheet.objects.get().answers == {"q1": "1"}


def test_two_people_type_and_both_texts_stay(reader: User) -> None:
    row, _, client = of_centre({"key": "q1"}, {"key": "q2"})
    other = client_of(reader)
    assert client.post(url("save", row), {"version": 1, "q1": "1", "q2": ""}).status_code == 302
    answer = other.post(url("save", row), {"version": 1, "q1": "", "q2": "2"})
    assert answer.status_code == 409
    aside = row.revisions.get(aside=True)
    page = other.get(reverse("events:answer-sheet-aside", args=[row.pk, aside.pk]))
    assert page.status_code == 200
    merge = reverse("events:answer-sheet-merge", args=[row.pk, aside.pk])
    assert other.post(merge, {"version": 2, "side-0": "theirs", "side-1": "mine"}).status_code == 302
    assert DataSheet.objects.get().answers == {"q1": "1", "q2": "2"}


def test_what_the_portal_knows_and_last_year_stand_beside_the_field() -> None:
    row, _, client = of_centre({"key": "q1", "known": KnownFigure.PROJECTS, "help_text": "Только сетевые"})
    write(row, q1="3")
    page = client.get(url("edit", row)).content.decode()
    assert "По данным портала: 0" in page
    assert "ваш ответ другой" in page
    assert "Только сетевые Можно не отвечать." in page


def test_coordinator_of_two_centres_answers_for_each() -> None:
    sheets = asked(CenterFactory(), CenterFactory())
    user = coordinator(sheets[0].center)
    CoordinatorFactory(person=user.person, center=sheets[1].center)
    client = client_of(user)
    page = client.get(reverse("events:request-detail", args=[sheets[0].request_id])).content.decode()
    assert all(str(one.center) in page for one in sheets)
    assert [client.get(url("edit", one)).status_code for one in sheets] == [200, 200]


def test_handed_over_the_sheet_goes_on_with_what_was_typed() -> None:
    row, former, client = of_centre()
    client.post(url("save", row), {"version": 1, "q1": "7"})
    Coordinator.objects.update(until=clock.today() - datetime.timedelta(days=1))
    follower = UserFactory()
    CoordinatorFactory(person=follower.person, center=row.center, since=clock.today())
    assert client.get(url("detail", row)).status_code == 404
    page = client_of(follower).get(url("edit", row)).content.decode()
    assert 'value="7"' in page
    assert former.person.surname_first in page


def test_answers_of_another_centre_are_not_there() -> None:
    row, *_ = of_centre()
    other = client_of(coordinator())
    pages = ("detail", "edit", "history")
    assert [other.get(url(page, row)).status_code for page in pages] == [404, 404, 404]
    assert other.post(url("submit", row), {"version": 1}).status_code == 404


def test_centre_whose_status_ended_is_said_and_may_be_entered(reader: User) -> None:
    (row,) = asked(CenterFactory(status__until=clock.today() - datetime.timedelta(days=1)))
    client = client_of(reader)
    assert "сейчас не действует" in client.get(url("detail", row)).content.decode()
    said = {"version": 1, "way": "telephone", "said_by": "Иволгина В.П.", "said_on": clock.today().isoformat()}
    assert client.post(url("enter", row), said).status_code == 302
    assert DataSheet.objects.get().way == "telephone"


def test_remarks_come_back_with_what_was_typed_and_reach_the_centre(reader: User) -> None:
    row, user, own = of_centre()
    submitted(row, by=user, q1="1")
    client = client_of(reader)
    assert client.post(url("give-back", row), {"version": 1}).status_code == 422
    assert client.post(url("give-back", row), {"version": 1, "remark-q1": "Уточните."}).status_code == 302
    assert "Замечание: Уточните." in own.get(url("edit", row)).content.decode()


def test_accepting_writes_the_card_that_the_page_showed(reader: User) -> None:
    (row,) = asked(questions=({"key": "q1", "kind": "text", "known": KnownFigure.WEBSITE, "writes": True},))
    submitted(row, q1="https://new.example")
    client = client_of(reader)
    page = client.get(url("detail", row))
    seen = page.context["accept_form"]["seen"].value()
    said = {"version": 1, "write": "website", "seen": seen}
    assert client.post(url("accept", row), {**said, "seen": "иначе"}).status_code == 409
    assert client.post(url("accept", row), said).status_code == 302
    assert DataSheet.objects.get().center.organization.website == "https://new.example"


@pytest.mark.parametrize("count", [1, 3])
def test_table_of_centres_and_questions_asks_as_often_for_more_of_them(reader: User, count: int) -> None:
    centers = [CenterFactory() for _ in range(count)]
    last = asked(*centers, questions=({"key": "q1"}, {"key": "q2", "kind": "text"}))
    for sheet in last:
        accepted(sheet, q1="100", q2="есть")
    request = DataRequestFactory(follows=last[0].request)
    DataQuestionFactory(request=request, key="q1", label="Учеников")
    DataQuestionFactory(request=request, key="q2", kind="text", label="Лаборатория")

    for sheet in sent(request, *centers):
        submitted(sheet, by=reader, q1="1000")
    client = client_of(reader)
    address = f"{reverse('events:answer-sheet-list')}?request={request.pk}"
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address).content.decode()
    assert len(queries) == QUERIES
    assert page.count("в прошлый раз 100") == count
    assert f"<strong>{count * 1000}</strong>" in page
    sheet = client.get(f"{reverse('events:answer-sheet-list-xlsx')}?request={request.pk}")
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    column = rows[0].index("Учеников")
    assert [row[column] for row in rows[1 : count + 1]] == [1000] * count


def test_silent_ones_are_seen_and_reminded_in_two_presses_once_a_day(reader: User) -> None:
    silent, other, answered = asked(CenterFactory(), CenterFactory(), CenterFactory())
    user = coordinator(silent.center)
    coordinator(other.center)
    submitted(answered, answer="1")
    client = client_of(reader)
    address = f"{reverse('events:answer-sheet-list')}?request={silent.request_id}&status=silent"
    page = client.get(address).content.decode()
    assert str(silent.center) in page
    assert url("detail", answered) not in page
    remind = reverse("events:request-remind", args=[silent.request_id])
    page = client.get(remind)
    assert [one["is_written_to"] for one in page.context["silent"]] == [True, True]
    assert "Напоминаем о запросе" in page.text
    assert "Никто не отмечен" in client.post(remind, follow=True).text
    for _ in range(2):
        assert client.post(remind, {"to": [silent.pk, answered.pk, "x", "9" * 30]}).status_code == 302
    assert list(Notice.objects.filter(reason="request_reminded").values_list("email", flat=True)) == [user.email]
    assert client.get(remind).text.count("сегодня напомнили") == 1
    tomorrow = clock.now() + datetime.timedelta(days=1)
    said = f"напоминали {clock.today():%d.%m.%Y}"
    with clock.standing(tomorrow):
        assert said in client_of(reader).get(remind).text
    assert client.post(remind, {"to": answered.pk}).status_code == 409


def test_cloned_twice_by_one_form_it_is_one_request(reader: User) -> None:
    source, client = DataQuestionFactory().request, client_of(reader)
    address = reverse("events:request-clone", args=[source.pk])
    key = client.get(address).context["form"]["key"].value()
    typed = {"key": key, "title": "Через год", "as_of": "2027-03-01", "due_on": "2027-04-05"}
    first, second = client.post(address, typed), client.post(address, typed)
    assert first.url == second.url
    assert DataRequest.objects.count() == 2


@pytest.mark.parametrize(("as_of", "proposed"), [("2027-12-31", "2028-12-31"), ("2028-02-29", "2029-02-28")])
def test_clone_is_proposed_for_the_same_day_of_the_next_year(reader: User, as_of: str, proposed: str) -> None:
    source = DataRequestFactory(as_of=as_of)
    page = client_of(reader).get(reverse("events:request-clone", args=[source.pk]))
    assert page.context["form"]["as_of"].value().isoformat() == proposed


def test_sent_to_chosen_centres_alone(reader: User) -> None:
    request = DataQuestionFactory(request__due_on=clock.today()).request
    chosen, _ = CenterFactory(), CenterFactory()
    client, address = client_of(reader), reverse("events:request-send", args=[request.pk])
    assert client.post(address, {"whom": "chosen"}).status_code == 422
    assert client.post(address, {"whom": "chosen", "centers": [chosen.pk, 10**30]}).status_code == 422
    assert client.post(address, {"whom": "chosen", "centers": [chosen.pk]}).status_code == 302
    assert [one.center for one in DataSheet.objects.all()] == [chosen]
    assert client.post(address, {"whom": "all"}).status_code == 409


def test_link_of_a_list_ticks_its_centres(reader: User) -> None:
    request = DataQuestionFactory(request__due_on=clock.today()).request
    chosen, former = CenterFactory(), CenterFactory(status__until=clock.today() - datetime.timedelta(days=1))
    CenterFactory()
    address = reverse("events:request-send", args=[request.pk])
    page = client_of(reader).get(address, {"center": [chosen.pk, former.pk, "x", 10**30]}).content.decode()
    ticked = re.findall(r'name="centers" value="(\d+)"[^>]* checked', page)
    assert (ticked, '<details class="disclosure" open>' in page) == ([str(chosen.pk)], True)


def test_double_press_of_send_sends_once_and_says_so(reader: User) -> None:
    request = DataQuestionFactory(request__due_on=clock.today()).request
    user = coordinator(CenterFactory())
    client, address = client_of(reader), reverse("events:request-send", args=[request.pk])
    assert [client.post(address, {"whom": "all"}).status_code for _ in range(2)] == [302, 409]
    assert DataSheet.objects.count() == 1
    assert [one.email for one in Notice.objects.filter(reason="request_sent")] == [user.email]


def test_draft_goes_to_the_archive_and_comes_back(reader: User) -> None:
    draft = DataQuestionFactory(request__due_on=clock.today(), request__title="Лишний").request
    client = client_of(reader)
    listed = reverse("events:request-list")
    assert client.post(reverse("events:request-archive", args=[draft.pk]), {"reason": "Повтор"}).status_code == 302
    assert "Лишний" not in client.get(listed).content.decode()
    assert "Лишний" in client.get(f"{listed}?archive=yes").content.decode()
    send = client.post(reverse("events:request-send", args=[draft.pk]), {"whom": "all"})
    assert (send.status_code, "Верните её из архива" in send.content.decode()) == (409, True)
    client.post(reverse("events:request-restore", args=[draft.pk]))
    assert "Лишний" in client.get(listed).content.decode()


def test_accepted_while_the_coordinator_types_keeps_both(reader: User) -> None:
    """The methodist accepts what was read, or nothing; what is typed meanwhile stands aside."""
    row, user, own = of_centre()
    submitted(row, by=user, q1="1")
    client = client_of(reader)
    client.post(url("give-back", row), {"version": 1, "remark-q1": "Уточните."})
    own.post(url("save", row), {"version": 1, "q1": "2"})
    assert own.post(url("submit", row), {"version": 2}).status_code == 302
    late = client.post(url("accept", row), {"version": 1})
    assert (late.status_code, DataSheet.objects.get().status) == (409, "in_review")
    assert client.post(url("accept", row), {"version": 2}).status_code == 302
    typed = own.post(url("save", row), {"version": 2, "q1": "3"}, headers={"HX-Request": "true"})
    assert (typed.status_code, row.revisions.get(aside=True).page) == (409, {"q1": "3"})
    assert DataSheet.objects.get().submitted.get().text == "2"


def test_numbers_with_a_fraction_add_up_on_the_page_and_in_the_file(reader: User) -> None:
    area = {"key": "q1", "kind": QuestionKind.FRACTION, "label": "Площадь", "unit": "м²", "least": 10}
    sheets = asked(CenterFactory(), CenterFactory(), questions=(area,))
    for sheet, text in zip(sheets, ("64,5", "12 500.25"), strict=True):
        submitted(sheet, q1=text)
    client, narrowed = client_of(reader), {"request": sheets[0].request_id}
    page = client.get(reverse("events:answer-sheet-list"), narrowed).content.decode()
    assert "64,5" in page
    assert "<strong>12\u00a0564,75</strong>" in page
    sheet = client.get(reverse("events:answer-sheet-list-xlsx"), narrowed)
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    column = rows[0].index("Площадь, м²")
    assert sorted(row[column] for row in rows[1:3]) == [64.5, 12500.25]


def test_lists_without_a_request_say_so(reader: User) -> None:
    client = client_of(reader)
    assert "Запросов пока нет" in client.get(reverse("events:request-list")).content.decode()
    assert "Сведений пока нет" in client.get(reverse("events:answer-sheet-list")).content.decode()


def test_a_coordinator_reads_in_the_list_what_became_of_the_own_answer() -> None:
    first, second = asked(CenterFactory(), CenterFactory())
    user = coordinator(first.center)
    CoordinatorFactory(center=second.center, person=user.person)
    submitted(second, by=user, answer="1")
    page = client_of(user).get(reverse("events:request-list"))
    (row,) = page.context["table"].page.object_list
    assert sorted(sheet.status for sheet in row.own) == ["in_review", "open"]
    assert ("Заполняется" in page.text, "На проверке" in page.text, "Разослан" in page.text) == (True, True, False)
