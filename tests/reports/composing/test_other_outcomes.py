"""Outcomes that are not a webinar's: several days, other kinds, bare figures, nobody of the network, other debtors."""

import datetime

import pytest
from django.test import Client

from centers.models import Center
from events.commitments import changes
from events.commitments.changes import Source
from events.models import Commitment, Event, Outcome
from events.models.event import EventKind, EventStatus
from events.outcomes import outcomes
from events.outcomes.forms import OutcomeEditor
from events.plan import plan
from reports.composing import content, lint
from reports.letters import asked, letters
from reports.models import Letter
from tests.factories import letters as walked
from tests.factories import replacing
from tests.factories.centers import CenterFactory, staff
from tests.factories.editor import posted
from tests.factories.events import (
    DecisionFactory,
    EventFactory,
    OutcomeFactory,
    OutcomeFigureFactory,
    announced,
    held,
    ready_outcome,
)
from tests.factories.moments import FILED_AT, HELD_AT, SENT_AT, WRITTEN_AT, tomsk
from tests.factories.reports import Office
from tests.untouched import refused

pytestmark = pytest.mark.django_db
OTHERS = "управлениям образования"


def olympiad(**fields: object) -> Event:
    return held(kind=EventKind.OLYMPIAD, starts_at=tomsk(3, 2, 10), ends_at=tomsk(3, 8, 15), **fields)


def text_of(outcome: Outcome) -> list[tuple[str, str]]:
    """Its letter's blocks between salutation and executor, with ordinary spaces."""
    blocks = content.compose(outcome, at=FILED_AT).content
    return [(name, value) for name, value in blocks if name in ("paragraph", "item", "table")]


def words(outcome: Outcome) -> list[str]:
    return [finding.words for finding in lint.findings(outcome, at=FILED_AT)]


# -- A letter of figures alone, of an olympiad of several days where nobody was a coordinator ---------------


def figures_alone(office: Office, **event: object) -> Outcome:
    outcome = outcomes.begin(event=olympiad(department=office.department, **event), by=office.methodist, at=WRITTEN_AT)
    OutcomeFigureFactory(outcome=outcome)
    outcomes.save(
        of=outcome,
        version=outcome.version,
        by=office.methodist,
        at=WRITTEN_AT,
        talks=[],
        problems=[],
        decisions=[],
        summary="В сети работают [[центры]]\nКласс | Победители\n9 | Иволгин И.И.\n1) дипломы вручены;",
    )
    return outcome


def test_letter_of_figures_alone_goes_its_whole_road(office: Office) -> None:
    outcome = figures_alone(office)
    assert outcome.subject_line == "Об итогах проведения олимпиады"
    assert [finding.words for finding in lint.findings(outcome, at=FILED_AT)] == [
        "Письмо ничего не поручает и ни о чём не просит: ответа портал ждать не будет."
    ]
    (held_block, *summary) = text_of(outcome)
    assert " со 2 по 8\u00a0марта\u00a02026\u00a0года проведена олимпиада «" in held_block[1]
    assert summary == [
        ("paragraph", "В сети работают 0 образовательных организаций."),
        ("table", [["Класс", "Победители"], ["9", "Иволгин И.И."]]),
        ("item", "1) дипломы вручены;"),
    ]
    letter = letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)
    letter = walked.send_on_paper(letter, office)
    assert letter.status == "sent"
    assert not Commitment.objects.exists()


def test_nothing_at_all_is_still_no_letter() -> None:
    assert words(OutcomeFactory()) == [
        "Внесите хотя бы одно выступление или «Итоги в целом».",
        "Внесите решение, обращение или пункт «К сведению».",
    ]


def test_summary_is_checked_as_any_text() -> None:
    outcome = ready_outcome(summary="Пришли 12 педагогов")
    (finding,) = lint.findings(outcome, at=FILED_AT)
    assert (finding.anchor, finding.blocks) == ("summary", True)


def test_outcome_waits_for_the_last_day(office: Office) -> None:
    event = held(starts_at=tomsk(3, 12, 15), ends_at=tomsk(3, 17, 12))
    outcome = ready_outcome(event=event)
    with refused(lint.OutcomeNotReady):
        letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)
    assert words(outcome)[0].replace("\u00a0", " ") == (
        "Мероприятие заканчивается 17 марта 2026 г. Письмо об итогах направляют после него."
    )
    assert words(ready_outcome(event=olympiad())) == []


@pytest.mark.parametrize("kind", EventKind.values)
def test_every_kind_has_a_letter_and_an_announcement(kind: str, office: Office, client: Client) -> None:
    body = "экспертного совета" if kind == EventKind.BODY_MEETING else ""
    event = announced(kind=kind, body=body, department=office.department)
    client.force_login(office.methodist)
    answer = client.post("/drafts/new/", {"kind": "announcement", "event": event.pk}, follow=True)
    assert answer.status_code == 200
    plan.hold(event=event, by=office.methodist, at=HELD_AT)
    letter = walked.in_review(office, event=event)
    assert letter.status == "review"


# -- Held without a coordinator ----------------------------------------------------------------------------


def test_nobody_was_a_coordinator_by_one_press(client: Client) -> None:
    event = announced()
    client.force_login(staff("methodist", event.department))
    assert "Не было никого" in client.get(f"/events/{event.pk}/").content.decode()
    assert "Координаторов не было" in client.get(f"/events/{event.pk}/attendance/").content.decode()
    page = client.post(f"/events/{event.pk}/hold/", follow=True).content.decode()
    assert "Внести итоги" in page
    assert page.count("оординаторов не было") == 2  # told once, and named at the step
    assert "не отмечены" not in page
    assert Event.objects.get(pk=event.pk).status == EventStatus.HELD
    assert "Координаторов не было" not in client.get(f"/events/{event.pk}/attendance/").content.decode()


# -- Debtors that are no centres ---------------------------------------------------------------------------


def test_others_owe_instead_of_the_centres_and_lint_says_who_sees_to_it(office: Office) -> None:
    center = CenterFactory()
    outcome = ready_outcome(prepared_by=office.methodist.person)
    alone = DecisionFactory(outcome=outcome, debtors=OTHERS)
    together = DecisionFactory(outcome=outcome, debtors=OTHERS)
    together.owed_by.set([center])
    who = office.methodist.person.surname_first
    said = f"исполняют не РВЦИ («{OTHERS}»): ответа портал не ждёт, за исполнением следит исполнитель письма, {who}"
    assert words(outcome) == [f"Решение 2 {said} Поручений РВЦИ не будет.", f"Решение 3 {said}"]
    centers = list(Center.objects.all())
    foreseen = {
        row.key: (row.number, row.debtors) for row in asked.foreseen(source=Source.of_outcome(outcome), centers=centers)
    }
    assert (foreseen[str(alone.key)], foreseen[str(together.key)]) == ((0, OTHERS), (1, OTHERS))
    changes.carry_out(
        source=Source.of_outcome(outcome), centers=centers, letter="№ 941 от 18.03.2026", reason="", at=SENT_AT
    )
    assert not Commitment.objects.filter(decision_key=alone.key).exists()
    assert Commitment.objects.get(decision_key=together.key).center == center


def test_period_that_has_begun_already_is_doubted() -> None:
    outcome = ready_outcome()
    DecisionFactory(outcome=outcome, starts_on=FILED_AT.date() - datetime.timedelta(days=1))
    (finding,) = lint.findings(outcome, at=FILED_AT)
    assert (finding.anchor, finding.blocks) == ("decisions-1-starts_on", False)
    assert finding.words.startswith("Период решения начинается 15.03.2026: этот день уже прошёл.")


def test_event_page_shows_what_others_owe(office: Office, client: Client) -> None:
    CenterFactory()
    outcome = ready_outcome(
        edited_by=office.methodist, prepared_by=office.methodist.person, event=held(department=office.department)
    )
    DecisionFactory(outcome=outcome, debtors=OTHERS, text="прислать списки")
    letter = letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)
    walked.send_on_paper(letter, office)
    client.force_login(office.methodist)
    page = client.get(f"/events/{outcome.event_id}/").content.decode()
    assert f"Исполняют не РВЦИ: {OTHERS}. Срок – 06.04.2026." in page


# -- The forms ---------------------------------------------------------------------------------------------


def test_straight_quotation_marks_become_russian_ones(client: Client) -> None:
    outcome = OutcomeFactory()
    client.force_login(staff("methodist", outcome.event.department))
    row = {"kind": "information", "asks": "answer", "text": 'смены "Большие вызовы" и «Сириус»'}
    client.post(f"/outcomes/{outcome.pk}/save/", posted(outcome, decisions=[row], summary='Итоги "Сириуса"'))
    outcome = Outcome.objects.get(pk=outcome.pk)
    assert (outcome.summary, outcome.decisions.get().text) == ("Итоги «Сириуса»", "смены «Большие вызовы» и «Сириус»")


def test_editor_keeps_summary_period_and_debtors(client: Client) -> None:
    outcome = OutcomeFactory()
    client.force_login(staff("methodist", outcome.event.department))
    row = {"kind": "decision", "text": "провести отбор", "asks": "answer", "starts_on": "2027-05-03"}
    row |= {"due_on": "2027-05-14", "debtors": OTHERS}
    client.post(f"/outcomes/{outcome.pk}/save/", posted(outcome, decisions=[row], summary="Всего трое"))
    outcome = Outcome.objects.get(pk=outcome.pk)
    decision = outcome.decisions.get()
    assert outcome.summary == "Всего трое"
    assert (decision.term, decision.debtors) == ("03.05.2027–14.05.2027", OTHERS)
    page = client.get(f"/outcomes/{outcome.pk}/edit/").content.decode()
    assert f"С 03.05.2027. Исполняют: {OTHERS}" in page
    kept = OutcomeEditor.parts(outcome.revisions.order_by("-pk")[0].page)
    shown = {part.name: part.text for part in kept}
    assert shown["Итоги в целом"] == "Всего трое"
    assert f"Срок: 03.05.2027–14.05.2027\nИсполнение: направить ответ\nИсполняют не РВЦИ: {OTHERS}" in shown["Решение"]


def test_page_kept_before_there_were_summaries_and_periods_is_restored(office: Office) -> None:
    outcome = ready_outcome()
    old = outcomes.page(outcome)
    del old["summary"]
    for row in old["decisions"]:
        del row["starts_on"], row["debtors"]
    revision = outcome.revisions.create(page=old, version=1, by=office.methodist, at=WRITTEN_AT)
    outcomes.DRAFTS.restore(of=outcome, revision=revision, version=1, by=office.methodist, at=WRITTEN_AT)
    assert (outcome.summary, outcome.decisions.get().starts_on) == ("", None)
    assert OutcomeEditor.parts(old)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"starts_on": "2027-05-03"}, "Укажите и последний день"),
        ({"starts_on": "2027-05-15", "due_on": "2027-05-14"}, "Период начинается позже срока"),
    ],
)
def test_period_that_does_not_end(days: dict[str, str], words: str, client: Client) -> None:
    outcome = OutcomeFactory()
    client.force_login(staff("methodist", outcome.event.department))
    row = {"kind": "decision", "text": "провести отбор", "asks": "answer", **days}
    answer = client.post(f"/outcomes/{outcome.pk}/save/", posted(outcome, decisions=[row]))
    assert words in answer.content.decode()
    assert not outcome.decisions.exists()


def planned(**changed: str) -> dict[str, str]:
    return {"kind": "webinar", "topic": "План", "purpose": "согласования", "starts_at": "2026-03-02T10:00",
            "form": "on_site", "department": str(EventFactory().department_id), **changed}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": "body_meeting"}, "Напишите, чьё это заседание."),
        ({"body": "экспертного совета"}, "Только для вида «заседание другого органа»"),
        ({"ends_at": "2027-03-08T10:00"}, "Мероприятие длиннее года."),
    ],
)
def test_plan_form_refuses(changed: dict[str, str], words: str, client: Client) -> None:
    client.force_login(staff("methodist"))
    assert words in client.post("/events/new/", planned(**changed)).content.decode()


def test_plan_form_takes_days_and_a_body(client: Client) -> None:
    client.force_login(staff("methodist"))
    fields = planned(kind="body_meeting", body="экспертного совета", ends_at="2026-03-08T15:00")
    page = client.post("/events/new/", fields, follow=True).content.decode().replace("\u00a0", " ")
    event = Event.objects.get(topic="План")
    assert (event.first_day, event.last_day) == (datetime.date(2026, 3, 2), datetime.date(2026, 3, 8))
    assert "со 2 по 8 марта 2026 г., начало в 10:00" in page
    assert str(event) == "заседание экспертного совета «План»"


def test_sent_letter_says_what_others_owe_and_says_it_still_when_it_is_replaced(office: Office, client: Client) -> None:
    center = CenterFactory()
    outcome = ready_outcome(
        edited_by=office.methodist, prepared_by=office.methodist.person, event=held(department=office.department)
    )
    DecisionFactory(outcome=outcome, debtors=OTHERS, text="прислать списки")
    DecisionFactory(outcome=outcome, debtors=OTHERS, text="назвать школы").owed_by.set([center])
    letter = letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)
    letter = walked.send_on_paper(letter, office)
    said = [(row.text, row.number, row.debtors) for row in asked.of_letter(letter)]
    assert said[1:] == [("прислать списки", 0, OTHERS), ("назвать школы", 1, OTHERS)]
    client.force_login(office.methodist)
    assert "Прислать списки" in client.get(f"/letters/{letter.pk}/").text
    replacing.replaced(letter, office, decisions=replacing.decided(letter)[:1])
    letter = Letter.objects.get(pk=letter.pk)
    assert [(row.text, row.number, row.debtors) for row in asked.of_letter(letter)] == said


def test_letter_of_which_only_others_owe_something(office: Office) -> None:
    CenterFactory()
    outcome = ready_outcome(edited_by=office.methodist, prepared_by=office.methodist.person)
    outcome.decisions.update(debtors=OTHERS)
    letter = walked.send_on_paper(letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT), office)
    assert [(row.number, row.debtors) for row in asked.of_letter(letter)] == [(0, OTHERS)]
