"""«Лист согласования»: rounds, columns, what it says of returns, deputies and letters of earlier years."""

import io

import pikepdf
import pytest
from django.test import Client

from reports.approval import sheet as approval_sheet
from reports.letters import letters
from reports.models import Approval, ApprovalRequest, Letter
from reports.typesetting import rendering
from tests.factories import letters as walked
from tests.factories.approvals import deputise, route
from tests.factories.centers import CenterFactory, DepartmentFactory, coordinator, staff
from tests.factories.events import ready_outcome
from tests.factories.moments import APPROVED_AT, FILED_AT, REGISTERED_AT, tomsk
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db
AGAIN_AT = tomsk(3, 17, 15)
DAY = APPROVED_AT.date()


def rounds(letter: Letter) -> list[approval_sheet.Round]:
    return approval_sheet.rounds(Letter.objects.get(pk=letter.pk), DAY)


def lines(letter: Letter) -> list[list[tuple[str, str, str, str]]]:
    return [[(line.post, line.name, line.result, line.note) for line in one.lines] for one in rounds(letter)]


def name(user: object) -> str:
    return user.person.surname_first


def test_what_is_waited_for_stands_in_the_sheet(office: Office) -> None:
    second = staff("head", DepartmentFactory(name="отдел олимпиад"))
    route((1, "Начальник отдела", None), (2, "Начальник отдела олимпиад", second.person.posts.get().department))
    deputy = staff("methodist", office.department)
    deputise(deputy, office.head)
    letter = walked.in_review(office)
    assert lines(letter) == [
        [
            ("Начальник отдела", f"{name(office.head)}, {name(deputy)} (замещает)", "На согласовании", ""),
            ("Начальник отдела олимпиад", name(second), "Очередь не подошла", ""),
        ]
    ]


def test_rounds_keep_remarks_returns_and_recalls(office: Office) -> None:
    letter = walked.in_review(office)
    letters.give_back(letter=letter, note="Уточните срок.", by=office.head, at=APPROVED_AT)
    again = letters.file_outcome(outcome=letter.outcome, by=office.methodist, at=AGAIN_AT)
    letters.recall(letter=again, by=office.methodist, at=AGAIN_AT)
    last = letters.file_outcome(outcome=letter.outcome, by=office.methodist, at=REGISTERED_AT)
    letters.approve(
        letter=last, snapshot_id=last.snapshot_id, by=office.head, at=REGISTERED_AT, note="Мелочи.", remarks=True
    )
    assert lines(letter) == [
        [("начальник отдела", name(office.head), "Возвращено с замечаниями", "Уточните срок.")],
        [("", name(office.methodist), "Отозвано с согласования", "")],
        [("начальник отдела", name(office.head), "Согласовано с замечаниями", "Мелочи.")],
    ]
    titles = [(one.number, one.title, one.begun_at) for one in rounds(letter)]
    filed = f"Направлено на согласование: {name(office.methodist)}"
    assert titles == [(1, filed, FILED_AT), (2, filed, AGAIN_AT), (3, filed, REGISTERED_AT)]


def test_a_return_by_who_had_agreed_is_told_by_its_step(office: Office) -> None:
    """The head signs for the director by then: one word on one text, yet the remark is not lost."""
    letter = walked.approved(office)
    letters.give_back(letter=letter, note="Передумали.", by=office.head, at=AGAIN_AT)
    assert [line[2:] for line in lines(letter)[0]] == [("Согласовано", ""), ("Возвращено с замечаниями", "Передумали.")]


def test_a_deputys_line_says_for_whom_and_one_approval_for_two_stages_says_so(office: Office) -> None:
    deputy = staff("methodist", office.department)
    deputise(deputy, office.head)
    route((1, "Начальник отдела", None), (2, "Эксперт", office.head.person))
    letter = walked.in_review(office)
    letters.approve(letter=letter, snapshot_id=letter.snapshot_id, by=deputy, at=APPROVED_AT)
    assert lines(letter) == [
        [
            (
                f"методист, замещает: {name(office.head)}",
                name(deputy),
                "Согласовано",
                "Одна виза за этапы «Начальник отдела; Эксперт».",
            )
        ]
    ]


def test_a_skipped_approval_says_why(office: Office) -> None:
    letter = letters.file_outcome(outcome=ready_outcome(), by=office.head, at=FILED_AT)
    note = "Направлено начальником отдела: виза не требуется."
    assert lines(letter) == [[("", "", "Виза не требуется", note)]]


def test_approvals_of_earlier_years_take_the_post_of_their_day(office: Office) -> None:
    letter = walked.in_review(office)
    ApprovalRequest.objects.all().delete()
    Approval.objects.create(snapshot=letter.snapshot, kind="approved", by=office.head, at=APPROVED_AT)
    Letter.objects.filter(pk=letter.pk).update(status="approved")
    assert lines(letter) == [[("начальник отдела", name(office.head), "Согласовано", "")]]


def test_the_pdf_says_it_all(office: Office) -> None:
    letter = walked.in_review(office)
    remark = "Добавить на 16 декабря консультацию по технологической карте проекта, если позволит время."
    given = {"note": remark, "remarks": True}
    letters.approve(letter=letter, snapshot_id=letter.snapshot_id, by=office.head, at=APPROVED_AT, **given)
    pdf = approval_sheet.pdf(Letter.objects.get(pk=letter.pk), AGAIN_AT)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.Root.MarkInfo.Marked is True
    assert rendering.page_count(pdf) == 1
    text = " ".join(rendering.plain_text(pdf).split())
    wanted = ["ЛИСТ СОГЛАСОВАНИЯ", letter.subject_line, "не присвоены", "начальник отдела", name(office.head)]
    wanted += ["Согласовано с замечаниями", remark, f"{APPROVED_AT:%d.%m.%Y %H:%M}"]
    assert [words for words in wanted if words not in text] == []
    assert letter.snapshot.digest in text.replace(" ", "")


def test_the_sheet_is_the_institutions_own(client: Client, office: Office, demo: None) -> None:
    receives = coordinator(CenterFactory())
    letter = walked.sent_on_paper(office)
    path = f"/letters/{letter.pk}/approvals/"
    client.force_login(office.clerk)
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert f"№ {letter.entry.number} от" in rendering.plain_text(answer.content)
    client.force_login(receives)
    # What this centre may not see at all would be 404.
    assert client.get(path).status_code == 403


def test_the_page_shows_the_last_round_and_folds_the_others(client: Client, office: Office, demo: None) -> None:
    letter = walked.in_review(office)
    letters.give_back(letter=letter, note="Уточните срок.", by=office.head, at=APPROVED_AT)
    letters.file_outcome(outcome=letter.outcome, by=office.methodist, at=AGAIN_AT)
    client.force_login(office.methodist)
    page = client.get(f"/letters/{letter.pk}/").text
    assert [page.count(words) for words in ("Круг 2.", "<summary>Круг 1", "Лист согласования, PDF")] == [1, 1, 1]
