"""A letter that no outcome writes asks of people too: printed, checked, owed, replaced as an outcome's letter does."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Commitment
from reports.composing import content, draft_lint
from reports.delivery import acknowledgements, delivery_message
from reports.letters import asked, drafts, letters, replacements
from reports.models import Letter, Manuscript
from reports.models.manuscript import Audience
from reports.operations import invariants
from tests.factories import centers
from tests.factories import letters as walked
from tests.factories.letters import decided
from tests.factories.moments import DUE_ON, FILED_AT, SENT_AT, WRITTEN_AT, tomsk
from tests.factories.reports import Office
from tests.untouched import refused

pytestmark = pytest.mark.django_db
LATER, SENT_LATER = tomsk(3, 20, 10), tomsk(3, 20, 15)
NEW_TERM = datetime.date(2026, 4, 20)


def asking(office: Office, *rows: dict[str, Any], **page: Any) -> Letter:
    return walked.free(office, figure=False, body="Сообщаем о сборе.", decisions=list(rows), **page)


def sent(letter: Letter, office: Office, at: datetime.datetime = SENT_AT) -> Letter:
    letters.file_draft(letter=letter, by=office.methodist, at=FILED_AT if at == SENT_AT else LATER)
    return walked.send_on_paper(Letter.objects.select_related("manuscript").get(pk=letter.pk), office, sent_at=at)


def printed(letter: Letter) -> list[str]:
    composed = content.compose(Manuscript.objects.get(letter=letter), at=FILED_AT).content
    return [value.replace("\xa0", " ") for name, value in composed if name in ("paragraph", "item")]


def found(letter: Letter) -> list[tuple[str, str]]:
    rows = draft_lint.findings(Letter.objects.get(pk=letter.pk), at=FILED_AT)
    return [(row.anchor, row.words) for row in rows if row.blocks]


def owed() -> list[tuple[str, str, str, datetime.date]]:
    rows = Commitment.objects.order_by("position", "organization__sort_key", "pk")
    return [(str(row.organization), row.status, row.text, row.due_on) for row in rows]


def test_decisions_are_printed_as_a_numbered_list_with_terms(office: Office) -> None:
    authority = centers.OrganizationFactory()
    mine = decided(text="провести сверку", debtors="управлениям образования", owed_by_others=[authority])
    letter = asking(office, decided(), mine)
    assert printed(letter) == [
        "Сообщаем о сборе.",
        "Необходимо:",
        "1) до 6 апреля 2026 г. направить списки;",
        "2) управлениям образования до 6 апреля 2026 г. провести сверку.",
    ]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("Сообщаем.", ["Сообщаем.", "Необходимо до 6 апреля 2026 г. направить списки."]),
        ("Просим обеспечить:", ["Просим обеспечить:", "1) до 6 апреля 2026 г. направить списки."]),
    ],
)
def test_one_decision_is_a_sentence_unless_the_text_leads_to_a_list(
    office: Office, body: str, lines: list[str]
) -> None:
    letter = walked.free(office, figure=False, body=body, decisions=[decided()])
    assert printed(letter) == lines


def test_sent_letter_gives_commitments_to_all_whom_it_tells(office: Office) -> None:
    """Of «всем РВЦИ» also an organisation that is none and is named: it is written to, and nobody else of its kind."""
    school = centers.CenterFactory()
    authority = centers.OrganizationFactory(short_name="Управление образования", email="uo@school.example")
    named = decided(text="свести ответы", debtors="управлению образования", owed_by_others=[authority])
    letter = sent(asking(office, decided(), named), office)
    assert owed() == [
        (str(school), "open", "направить списки", DUE_ON),
        ("Управление образования", "open", "свести ответы", DUE_ON),
    ]
    rows = Commitment.objects.values_list("outcome", "department", "setter", "subject_line").distinct()
    assert list(rows) == [(None, office.department.pk, office.methodist.person_id, "О сборе сведений")]
    assert [row.email for row in letter.recipients.exclude(addressee=None)] == ["uo@school.example"]
    assert [(row.label, row.number, row.text) for row in asked.of_letter(letter)] == [
        ("Новое поручение", 1, "направить списки"),
        ("Новое поручение", 1, "свести ответы"),
    ]
    assert not any(invariants.broken().values())


def test_chosen_addressees_owe_what_nobody_else_is_named_for(office: Office) -> None:
    told = centers.CenterFactory()
    centers.CenterFactory()
    rows = [walked.addressed(organization=told.organization)]
    sent(asking(office, decided(), audience=Audience.CHOSEN, addressees=rows), office)
    assert owed() == [(str(told), "open", "направить списки", DUE_ON)]


def test_debtor_who_is_not_addressed_stops_the_filing(office: Office) -> None:
    told, other = centers.CenterFactory(), centers.CenterFactory()
    chosen = {"audience": Audience.CHOSEN, "addressees": [walked.addressed(organization=told.organization)]}
    letter = asking(office, decided(owed_by=[other]), decided(text="прочесть", due_on=None), **chosen)
    assert found(letter) == [
        ("decisions-1-due_on", "У решения нет срока. Укажите срок или отметьте «К сведению»."),
        (
            "decisions-0-owed_by",
            f"Не среди адресатов письма: {other}. Добавьте в адресаты или уберите из исполнителей.",
        ),
    ]
    with refused(draft_lint.DraftNotReady):
        letters.file_draft(letter=letter, by=office.methodist, at=FILED_AT)


def test_letter_to_people_alone_has_nobody_who_owes(office: Office) -> None:
    rows = [walked.addressed(person=centers.PersonFactory())]
    letter = asking(office, decided(), audience=Audience.CHOSEN, addressees=rows)
    assert [anchor for anchor, _ in found(letter)] == ["decisions-0-owed_by"]


def test_replacing_letter_moves_withdraws_and_gives(office: Office) -> None:
    school = centers.CenterFactory()
    old = sent(asking(office, decided(), decided(text="прочесть", asks="acknowledgement")), office)
    draft = replacements.begin(letter=old, reason="Перенесён срок.", by=office.methodist, at=LATER)
    page = drafts.written(draft)
    assert [row["key"] for row in page["decisions"]] == [str(row.key) for row in old.decisions.order_by("position")]
    page["decisions"] = [{**page["decisions"][0], "due_on": NEW_TERM}, decided(text="позвонить")]
    drafts.save(of=draft, version=draft.manuscript.version, by=office.methodist, at=LATER, **page)
    new = sent(Letter.objects.get(pk=draft.pk), office, SENT_LATER)
    assert owed() == [
        (str(school), "open", "направить списки", NEW_TERM),
        (str(school), "withdrawn", "прочесть", DUE_ON),
        (str(school), "open", "позвонить", DUE_ON),
    ]
    assert {row.text: row.label for row in asked.of_letter(new)} == {
        "направить списки": "Срок перенесён",
        "прочесть": "Снято",
        "позвонить": "Новое поручение",
    }
    assert not any(invariants.broken().values())


def test_replacement_must_tell_those_who_owe(office: Office) -> None:
    school, other = centers.CenterFactory(), centers.CenterFactory()
    rows = [walked.addressed(organization=school.organization)]
    old = sent(asking(office, decided(), audience=Audience.CHOSEN, addressees=rows), office)
    draft = replacements.begin(letter=old, reason="Ошибка.", by=office.methodist, at=LATER)
    page = drafts.written(draft) | {"addressees": [walked.addressed(organization=other.organization)]}
    drafts.save(of=draft, version=draft.manuscript.version, by=office.methodist, at=LATER, **page)
    (words,) = [words for anchor, words in found(draft) if anchor == "addressees"]
    assert words == (f"У них поручения по прежнему письму, а нового они не получат: {school}. Добавьте их в адресаты.")


def test_annulled_replacement_leaves_what_is_owed(office: Office) -> None:
    centers.CenterFactory()
    old = sent(asking(office, decided()), office)
    before = owed()
    draft = replacements.begin(letter=old, reason="Ошибка.", by=office.methodist, at=LATER)
    letters.file_draft(letter=draft, by=office.methodist, at=LATER)
    letters.annul(letter=Letter.objects.get(pk=draft.pk), note="Не нужно.", by=office.director, at=LATER)
    assert owed() == before


def test_copy_has_keys_of_its_own_and_no_terms(office: Office) -> None:
    past = asking(office, decided())
    copied = drafts.begin(kind="information", copied_from=past, by=office.methodist, at=WRITTEN_AT)
    (row,) = copied.decisions.all()
    assert (row.text, row.due_on, row.key == past.decisions.get().key) == ("направить списки", None, False)


def test_key_of_another_letter_is_none(office: Office) -> None:
    key = str(asking(office, decided()).decisions.get().key)
    forged = asking(office, decided(key=key))
    assert str(forged.decisions.get().key) != key


def test_check_shows_what_the_letter_asks_and_moves_a_term(office: Office, client: Client) -> None:
    centers.CenterFactory()
    saturday = datetime.date(2026, 12, 12)
    letter = asking(office, decided(due_on=saturday))
    client.force_login(office.methodist)
    page = client.get(reverse("reports:draft-check", args=[letter.pk]))
    assert "Направить списки" in page.text
    assert "Поставить 14.12.2026" in page.text
    fields = {"decision": "0", "version": letter.manuscript.version}
    client.post(reverse("reports:draft-postpone", args=[letter.pk]), fields)
    assert letter.decisions.get().due_on == datetime.date(2026, 12, 14)


def test_person_says_that_other_words_are_the_former_commitment(office: Office, client: Client) -> None:
    centers.CenterFactory()
    old = sent(asking(office, decided()), office)
    draft = replacements.begin(letter=old, reason="Уточнение.", by=office.methodist, at=LATER)
    page = drafts.written(draft) | {"decisions": [decided(text="направить перечень")]}
    drafts.save(of=draft, version=draft.manuscript.version, by=office.methodist, at=LATER, **page)
    client.force_login(office.methodist)
    check = client.get(reverse("reports:draft-check", args=[draft.pk])).text
    assert "Это прежнее «направить списки» в новых словах" in check
    draft.manuscript.refresh_from_db()
    row, before = draft.decisions.get(), old.decisions.get()
    fields = {"decision": str(row.key), "key": str(before.key), "version": draft.manuscript.version}
    client.post(reverse("reports:draft-identify", args=[draft.pk]), fields)
    assert draft.decisions.get().key == before.key


def test_editor_of_a_new_letter_leads_back_to_a_letter_without_a_heading(office: Office, client: Client) -> None:
    client.force_login(office.methodist)
    for heading, said in (("О", "Письмо без заголовка"), ("О сборе сведений", "О сборе сведений")):
        letter = walked.free(office, figure=False)
        Letter.objects.filter(pk=letter.pk).update(subject_line=heading)
        page = client.get(reverse("reports:draft-edit", args=[letter.pk])).text
        assert re.search(rf"</svg>\s*{said}\s*</a>", page)


def test_editor_saves_decisions(office: Office, client: Client) -> None:
    school = centers.CenterFactory()
    letter = walked.free(office, figure=False)
    client.force_login(office.methodist)
    page = client.get(reverse("reports:draft-edit", args=[letter.pk]))
    assert "Добавить поручение" in page.text
    fields = {
        "version": letter.manuscript.version,
        "subject_line": "О сборе сведений",
        "audience": "centers",
        "addressee": "Руководителям",
        "body": "Сообщаем.",
        **walked.NO_ROWS,
        "decisions-TOTAL_FORMS": "1",
        "decisions-0-kind": "decision",
        "decisions-0-text": "направить списки",
        "decisions-0-due_on": "2026-04-06",
        "decisions-0-asks": "answer",
        "decisions-0-owed_by": [school.pk],
    }
    client.post(reverse("reports:draft-save", args=[letter.pk]), fields)
    row = letter.decisions.get()
    assert (row.text, row.due_on, list(row.owed_by.all())) == ("направить списки", DUE_ON, [school])


# -- What whoever gets it does ------------------------------------------------------------------------


def test_its_message_leads_to_what_it_asks_and_says_so(office: Office, client: Client) -> None:
    user = centers.coordinator(centers.CenterFactory())
    first = sent(asking(office, decided()), office)
    (recipient,) = first.recipients.select_related("letter__entry", "letter__signature__original")
    commitment = Commitment.objects.get()
    message = delivery_message.compose(recipient)
    assert "Что поручено вашему центру:" in message["text"]
    assert "Открыть письмо и поручение" in message["text"]
    client.force_login(user)
    link = reverse("reports:message-open", args=[recipient.token])
    assert client.get(link).headers["Location"] == reverse("events:commitment-detail", args=[commitment.pk])

    draft = replacements.begin(letter=first, reason="Ещё одно.", by=office.methodist, at=LATER)
    page = drafts.written(draft)
    page["decisions"] = [*page["decisions"], decided(text="сверить списки", due_on=NEW_TERM)]
    drafts.save(of=draft, version=draft.manuscript.version, by=office.methodist, at=LATER, **page)
    sent(Letter.objects.get(pk=draft.pk), office, SENT_LATER)
    former = first.recipients.select_related("letter").get()
    assert [row.text for row in delivery_message.owed(former)] == ["направить списки", "сверить списки"]


def test_confirmed_it_is_done_where_it_asks_for_nothing_more(office: Office) -> None:
    centers.CenterFactory()
    letter = sent(asking(office, decided(), decided(text="знать порядок", asks="acknowledgement")), office)
    acknowledgements.confirm(recipient=letter.recipients.select_related("letter").get(), by=None, at=LATER)
    assert list(Commitment.objects.order_by("asks").values_list("asks", "status")) == [
        ("acknowledgement", "accepted"),
        ("answer", "open"),
    ]
