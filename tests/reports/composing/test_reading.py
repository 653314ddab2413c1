"""What is filed is what was checked: nothing slips in between the lint and the lock, nor after somebody's reading."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Attendance, Outcome
from events.outcomes import outcomes
from reports.composing import content, reading
from reports.letters import appendices, corrections, drafts, letters
from reports.models import Letter, Manuscript
from reports.typesetting import rendering
from tests.factories import centers, events
from tests.factories import letters as walked
from tests.factories.moments import FILED_AT, WRITTEN_AT
from tests.factories.reports import Office
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
type Slips = Callable[[Callable[[], Any]], None]


@pytest.fixture
def slips_in(monkeypatch: pytest.MonkeyPatch) -> Slips:
    """Somebody else's act while the checked letter is drawn, before its lock."""
    real = rendering.draw

    def between(act: Callable[[], Any]) -> None:
        def drawn(*args: Any, **kwargs: Any) -> Any:
            monkeypatch.setattr(rendering, "draw", real)
            act()
            return real(*args, **kwargs)

        monkeypatch.setattr(rendering, "draw", drawn)

    return between


@pytest.fixture(autouse=True)
def _center() -> None:
    centers.CenterFactory()


def written(office: Office) -> Outcome:
    return events.ready_outcome(edited_by=office.methodist, prepared_by=office.methodist.person)


def saved(outcome: Outcome, office: Office, **changed: Any) -> None:
    fresh = Outcome.objects.get(pk=outcome.pk)
    page = outcomes.written(fresh) | changed
    outcomes.save(of=fresh, version=fresh.version, by=office.head, at=WRITTEN_AT, **page)


def saved_letter(letter: Letter, office: Office, **changed: Any) -> None:
    fresh = Letter.objects.get(pk=letter.pk)
    drafts.save(of=fresh, by=office.head, at=WRITTEN_AT, **walked.written(fresh, **changed))


def printed(letter: Letter) -> str:
    return str(Letter.objects.get(pk=letter.pk).snapshot.content)


def moved_words(what: str, office: Office) -> str:
    return (
        f"Пока вы читали, {what}: текст, показатели или приложения. Последняя правка текста – "
        f"{office.head.person.surname_first}, {timezone.localtime(WRITTEN_AT):%d.%m.%Y в %H:%M}. "
        "Ничего не направлено: прочитайте письмо ещё раз и направьте."
    )


# -- Between the lint and the lock ------------------------------------------------------------------


def test_outcome_saved_while_it_is_filed_is_not_filed(office: Office, slips_in: Slips) -> None:
    outcome = written(office)
    slips_in(lambda: saved(outcome, office, subject_line="Об ином", talks=[], decisions=[]))
    with pytest.raises(reading.OutcomeMoved) as refusal:
        letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)
    assert str(refusal.value) == moved_words("итоги изменились", office)
    outcome.refresh_from_db()
    assert (outcome.status, outcome.subject_line, Letter.objects.exists()) == ("draft", "Об ином", False)


def test_letter_saved_while_it_is_filed_is_not_filed(office: Office, slips_in: Slips) -> None:
    letter = walked.free(office)
    slips_in(lambda: saved_letter(letter, office, subject_line="Об ином", body=""))
    with pytest.raises(reading.LetterMoved) as refusal:
        letters.file_draft(letter=letter, by=office.methodist, at=FILED_AT)
    assert str(refusal.value) == moved_words("письмо изменилось", office)
    letter.refresh_from_db()
    assert (letter.status, letter.subject_line, letter.snapshot) == ("draft", "Об ином", None)


@pytest.mark.parametrize("of", ["outcome", "letter"])
@pytest.mark.parametrize("act", ["figure", "appendix"])
def test_figure_or_appendix_that_comes_meanwhile_is_not_filed_unseen(
    of: str, act: str, office: Office, slips_in: Slips
) -> None:
    source: Any = written(office) if of == "outcome" else walked.free(office)
    verbs, keyword = (outcomes, "outcome") if of == "outcome" else (drafts, "letter")
    typed = {"name": "центры", "case": "nominative", "typed": "более 40 школ", "source": "отчёт"}
    acts: dict[str, Callable[[], Any]] = {
        "figure": lambda: verbs.add_figure(of=source, **typed),
        "appendix": lambda: walked.enclose(source),
    }
    slips_in(acts[act])
    file: Any = letters.file_outcome if of == "outcome" else letters.file_draft
    with pytest.raises(reading.Moved):
        file(**{keyword: source}, by=office.methodist, at=FILED_AT)
    source.refresh_from_db()
    assert source.status == "draft"


def test_attendance_marked_meanwhile_changes_no_number_that_was_checked(office: Office, slips_in: Slips) -> None:
    outcome = written(office)
    before = content.compose(outcome, at=FILED_AT)
    slips_in(lambda: events.AttendanceFactory(event=outcome.event))
    letter = letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)
    assert Attendance.objects.filter(event=outcome.event).exists()
    assert content.compose(outcome, at=FILED_AT).content != before.content
    assert letter.snapshot.content == before.content
    assert [row.value for row in letter.snapshot.figures.order_by("pk")] == [one.value for one in before.figures]


def test_correction_is_drawn_and_frozen_as_it_was_checked(office: Office, slips_in: Slips) -> None:
    letter = walked.in_review(office)
    page = outcomes.written(letter.outcome) | {"version": 1, "salutation": "Друзья!"}
    slips_in(lambda: events.AttendanceFactory(event=letter.outcome.event))
    corrections.correct_and_approve(
        letter=letter, snapshot_id=letter.snapshot_id, page=page, by=office.head, at=FILED_AT
    )
    assert "Друзья!" in printed(letter)
    assert "приняли участие" not in printed(letter)
    assert "принял участие" not in printed(letter)


def test_filed_outcome_takes_no_figure_from_a_page_that_was_open(office: Office) -> None:
    stale = written(office)
    letters.file_outcome(outcome=Outcome.objects.get(pk=stale.pk), by=office.methodist, at=FILED_AT)
    with refused(outcomes.OutcomeLocked):
        outcomes.add_figure(of=stale, name="ещё", typed="более 40 школ", source="отчёт")
    with refused(outcomes.OutcomeLocked):
        outcomes.remove_figure(of=stale, figure=stale.figures.get())
    with refused(outcomes.OutcomeLocked):
        walked.enclose(stale)


# -- Between the reading and the press --------------------------------------------------------------


def pressed(client: Client, of: str, pk: int) -> Callable[[], Any]:
    """The check page as it is now; the press comes when it is called."""
    page = client.get(reverse(f"reports:{of}-check", args=[pk]))
    seen = page.context["act_fields"]["seen"]
    assert f'name="seen" value="{seen}"' in page.text
    return lambda: client.post(reverse(f"reports:{of}-file", args=[pk]), {"seen": seen})


@pytest.mark.parametrize("of", ["outcome", "draft"])
def test_text_changed_since_it_was_read_is_shown_again(of: str, office: Office, client: Client) -> None:
    client.force_login(office.methodist)
    outcome, letter = written(office), walked.free(office)
    outcome.decisions.update(due_on=datetime.date(2999, 3, 12))
    pk = outcome.pk if of == "outcome" else letter.pk
    press = pressed(client, of, pk)
    if of == "outcome":
        saved(outcome, office, salutation="Друзья!")
    else:
        saved_letter(letter, office, salutation="Друзья!")
    with nothing_changes():
        answer = press()
    what = "итоги изменились" if of == "outcome" else "письмо изменилось"
    assert (answer.status_code, moved_words(what, office) in answer.text) == (409, True)
    assert client.post(answer.wsgi_request.path, {"seen": answer.context["seen"]}).status_code == 302
    assert "Друзья!" in printed(Letter.objects.filter(snapshot__isnull=False).get())


def test_what_was_read_is_filed(office: Office, client: Client) -> None:
    client.force_login(office.methodist)
    letter = walked.free(office)
    walked.enclose(letter)
    assert pressed(client, "draft", letter.pk)().status_code == 302
    assert Letter.objects.get(pk=letter.pk).status == "review"


def test_another_file_under_the_same_name_is_another_reading(office: Office) -> None:
    letter = walked.free(office)
    first = walked.enclose(letter)
    source = Manuscript.objects.get(letter=letter)
    seen = reading.read_source(source, at=FILED_AT).key
    assert reading.read_source(source, at=FILED_AT).key == seen
    appendices.remove(of=letter, appendix=first)
    walked.enclose(letter, data=walked.one_page() + b"%")
    with pytest.raises(reading.LetterMoved):
        letters.file_draft(letter=letter, by=office.methodist, at=FILED_AT, seen=seen)
