"""The pages of the demo that are looked at, by the role that looks: a name and the way to its address."""

import datetime
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from centers.accounts import invitations, notices
from centers.models import Center, Coordinator, Organization, OrganizationRole, Person, StatusGrant, User
from events.models import (
    AssignmentPeriod,
    AssignmentVersion,
    Attendance,
    Commitment,
    CommitmentTransition,
    DataRequest,
    DataSheet,
    Event,
    Outcome,
    OutcomeRevision,
    PlanItem,
    PlanSchedule,
    ProgrammeItem,
    StockParagraph,
    TechnicalAssignment,
)
from events.models.commitment import CommitmentStatus
from events.models.event import EventStatus
from olympiad.models import (
    PrepProgramme,
    PrepSession,
    ProgrammeLesson,
    ResultSheet,
    SessionLecturer,
    StageProblem,
)
from projects.models import Achievement, Cluster, NetworkProject, Resource
from rcro_portal.lib.registers.importing import registry, sessions
from rcro_portal.lib.transitions import move
from rcro_portal.models import ImportSession
from reports.delivery import demo_mail
from reports.models import Certificate, CertificateRelease, IncomingLetter, Letter, RegisterEntry

type Address = Callable[[], str]

ACCOUNTS = {
    "methodist": "belozerova@rcro.example",
    "head": "gorbunova@rcro.example",
    "director": "vetrov@rcro.example",
    "clerk": "fomina@rcro.example",
    "administrator": "ershov@rcro.example",
    "coordinator": "shubina.va@tomsk.example",
}
# Refused on purpose: the page says so in words, with this status.
REFUSALS = {"404": 404, "403": 403, "409": 409}


def plain(name: str) -> Address:
    return lambda: reverse(name)


def without_certificates() -> QuerySet[Event]:
    """Events to which somebody came and of which nobody prepared certificates."""
    rows = Event.objects.filter(status=EventStatus.HELD, certificate_releases=None)
    return rows.filter(attendances__in=Attendance.objects.present()).distinct()


def newest(name: str, rows: Callable[[], object]) -> Address:
    return lambda: reverse(name, args=[rows().order_by("-pk").values_list("pk", flat=True)[0]])


def part(name: str, model: Any, owner: str) -> Address:
    """The page of the newest row under a card."""
    return lambda: reverse(name, args=[*model.objects.order_by("-pk").values_list(owner, "pk")[0]])


def event(status: str, name: str = "reports:event-page") -> Address:
    return newest(name, lambda: Event.objects.filter(status=status))


def assignment(status: str, name: str = "events:assignment-detail") -> Address:
    return newest(name, lambda: TechnicalAssignment.objects.filter(status=status))


def assignment_reminder() -> str:
    return reverse("events:assignment-remind", args=[AssignmentPeriod.objects.order_by("-since")[0].pk])


def version(name: str) -> Address:
    """The newest of those that were submitted."""
    rows = AssignmentVersion.objects.order_by("-number", "-pk").values_list("assignment", "number")
    return lambda: reverse(name, args=rows[0])


def own_assignment(name: str) -> Address:
    """Of the coordinator whose account is shown: it came back."""
    rows = TechnicalAssignment.objects.filter(status="returned")
    return newest(name, rows.all)


def commitment(status: str) -> Address:
    return newest("events:commitment-detail", lambda: Commitment.objects.filter(status=status))


def withdrawn() -> str:
    """No letter of the demo is replaced: one commitment is left here as a replacing letter leaves it."""
    row = Commitment.objects.exclude(status=CommitmentStatus.ACCEPTED).order_by("pk")[0]
    note = "Снято письмом № 950 от 20.03.2026. Причина: мероприятие перенесено на осень."
    if row.status != CommitmentStatus.WITHDRAWN:
        move(row, CommitmentStatus.WITHDRAWN, by=None, at=timezone.now(), note=note, transitions=CommitmentTransition)
    return reverse("events:commitment-detail", args=[row.pk])


def letter(status: str) -> Address:
    return newest("reports:letter-detail", lambda: Letter.objects.filter(status=status))


def outcome(name: str, status: str) -> Address:
    """Of the role's own department: the newest one."""
    return newest(name, lambda: Outcome.objects.filter(status=status, event__starts_at__year__gt=2020))


def judged(kind: str, *rows: str) -> Address:
    """A table that waits for whoever brought it in; nothing of it is written."""

    def address() -> str:
        by = User.objects.get(email=ACCOUNTS["methodist"])
        told = {"options": {}, "name": "таблица.csv", "data": "\n".join(rows).encode(), "by": by, "at": timezone.now()}
        return reverse(
            "table-import-session", args=[kind, sessions.begin(ImportSession, registry.kind(kind), **told).pk]
        )

    return address


def revision(name: str) -> Address:
    """The first one of an outcome that has been written on since."""
    rows = OutcomeRevision.objects.filter(outcome__status="draft")
    return lambda: reverse(name, args=rows.order_by("pk").values_list("outcome", "pk")[0])


def written(name: str) -> Address:
    return newest(name, lambda: Letter.objects.filter(status="draft").exclude(manuscript=None))


def checked() -> str:
    entry = RegisterEntry.objects.filter(letter__status="sent").order_by("-pk").first()
    return f"{reverse('reports:check')}?number={entry.number}&day={entry.registered_on.isoformat()}"


def invited(surname: str, email: str) -> str:
    """The page that the message leads to."""
    person = Person.objects.create(surname=surname, given_name="Яна", gender="f", email=email)
    invitation = invitations.prepare(person=person, email=email, by=None, at=timezone.now())
    invitations.mail(invitation=invitation, at=invitation.invited_at)
    return urlsplit(notices.link_of_invitation(invitation, invitation.invited_at)).path


def invitation() -> str:
    return invited("Новикова", "novikova@school.example")


def message() -> str:
    """An invitation: the demo's own letters went out in years past."""
    invited("Ермолова", "ermolova@school.example")
    return reverse("reports:mail-detail", args=[demo_mail.newest(settings.MAIL_DIR, limit=1)[0].name])


def own_commitment() -> str:
    """What the coordinator's own centre still owes, or did."""
    rows = Commitment.objects.filter(organization__center__coordinators__person__user__email=ACCOUNTS["coordinator"])
    return reverse("events:commitment-detail", args=[rows.order_by("-pk").values_list("pk", flat=True)[0]])


def own_sheet() -> str:
    """What the coordinator's own centre answers this year."""
    rows = DataSheet.objects.filter(center__coordinators__person__user__email=ACCOUNTS["coordinator"])
    return reverse("events:answer-sheet-detail", args=[rows.order_by("-pk").values_list("pk", flat=True)[0]])


def letter_to_own_center() -> str:
    rows = Letter.objects.filter(
        status="sent", centers__coordinators__person__user__email=ACCOUNTS["coordinator"]
    ).order_by("-pk")
    return reverse("reports:letter-detail", args=[rows.values_list("pk", flat=True)[0]])


def long_ago() -> str:
    """Many people were there, all of them marked."""
    first = Event.objects.filter(status=EventStatus.HELD, starts_at__date=datetime.date(2020, 9, 18)).get()
    return reverse("events:attendance-edit", args=[first.pk])


def record_history() -> str:
    return reverse("record-history", args=["center", Center.objects.latest("pk").pk])


def unreserved() -> object:
    """People without an account, whom a methodist keeps; a double of one of them among them."""
    Person.objects.get_or_create(surname="Ольхина", given_name="Яна", gender="f")
    return Person.objects.filter(user=None, posts=None, coordinated=None)


def merged() -> str:
    rows = unreserved().order_by("-pk").values_list("pk", flat=True)
    return reverse("centers:person-merge", args=rows[:2])


def in_office() -> object:
    """Centres that have a coordinator."""
    return Center.objects.filter(coordinators__until__isnull=True)


def unofficial() -> Organization:
    """An organisation that is no centre."""
    return Organization.objects.filter(center=None).latest("pk")


PAGES: dict[str, dict[str, Address]] = {
    "anonymous": {
        "log-in": plain("account_login"),
        "log-in by code": plain("account_request_login_code"),
        "password reset": plain("account_reset_password"),
        "invitation": invitation,
        "mail": plain("reports:mail-list"),
        "message": message,
        "check of a letter": plain("reports:check"),
        "letter that was checked": checked,
    },
    "methodist": {
        "home": plain("home"),
        "table of organisations": lambda: reverse("table-import", args=["organizations"]),
        "table with a bad row, a doubtful and a good one": judged(
            "organizations",
            "Краткое наименование;Муниципалитет",
            "Школа «Ель»;Томский р-нн",
            "Школа «Ива»;Нигде",
            "Лицей «Ель»;Томский район",
        ),
        "table without headings": judged("people", "Рощина;Вера;Юрьевна", "Иволгина;Анна;Львовна"),
        "events": plain("events:event-list"),
        "new event": plain("events:event-new"),
        **{f"event {status}": event(status) for status in EventStatus.values},
        "change of an event": newest("events:event-edit", lambda: Event.objects.filter(status=EventStatus.DRAFT)),
        "requests": plain("events:request-list"),
        "request": newest("events:request-detail", DataRequest.objects.sent),
        "draft of a request": newest("events:request-detail", DataRequest.objects.drafts),
        "form of a request": newest("events:request-preview", DataRequest.objects.sent),
        "question of a request": newest("events:question-new", DataRequest.objects.drafts),
        "sending of a request": newest("events:request-send", DataRequest.objects.drafts),
        "centres that are silent": newest("events:request-remind", DataRequest.objects.sent),
        "request once more": newest("events:request-clone", DataRequest.objects.sent),
        "answers to requests": plain("events:answer-sheet-list"),
        "answers in review": newest("events:answer-sheet-detail", DataSheet.objects.in_review),
        "answers typed for a centre": newest("events:answer-sheet-edit", DataSheet.objects.silent),
        "certificates": plain("reports:certificate-list"),
        "own certificates": plain("reports:certificates-mine"),
        "release of certificates": newest("reports:certificate-release", CertificateRelease.objects.all),
        "certificate": newest("reports:certificate-detail", Certificate.objects.issued),
        "certificate revoked": newest(
            "reports:certificate-detail", lambda: Certificate.objects.exclude(revoked_at=None)
        ),
        "certificate is mended": newest("reports:certificate-again", lambda: Certificate.objects.standing().issued()),
        "certificates are prepared": newest("reports:certificates-prepare", without_certificates),
        "plan": plain("events:plan-list"),
        "plan by months": plain("events:plan-calendar"),
        "plan-schedules": plain("events:schedule-list"),
        "plan-schedule": newest("events:schedule-detail", PlanSchedule.objects.all),
        "item of the plan": newest("events:plan-item-detail", PlanItem.objects.all),
        "change of an item": newest("events:plan-item-edit", PlanItem.objects.all),
        "who answers for an item": newest("events:plan-responsible-new", PlanItem.objects.all),
        "attendance": long_ago,
        "registrations": event("announced", "events:registrations"),
        "terms of taking part": event("announced", "events:event-terms"),
        "event once more": event("held", "events:event-clone"),
        "part of a programme": part("events:programme-item-edit", ProgrammeItem, "event"),
        "new material": event("announced", "events:material-new"),
        "counts of participants": newest("events:participants", lambda: Event.objects.filter(status=EventStatus.HELD)),
        "code of an event": lambda: f"{long_ago()}code/",
        "list of participants": lambda: f"{long_ago()}list/",
        "editor": outcome("events:outcome-edit", "draft"),
        "history": outcome("events:outcome-history", "draft"),
        "difference": revision("events:outcome-difference"),
        "two texts": revision("events:outcome-aside"),
        "typical paragraphs": plain("events:paragraph-list"),
        "typical paragraph": newest("events:paragraph-detail", StockParagraph.objects.all),
        "change of a typical paragraph": newest("events:paragraph-edit", StockParagraph.objects.all),
        "new typical paragraph": plain("events:paragraph-new"),
        "new speaker": outcome("events:speaker-new", "draft"),
        "check": outcome("reports:outcome-check", "draft"),
        "commitments": plain("events:commitment-list"),
        **{
            f"commitment {status}": commitment(status)
            for status in CommitmentStatus.values
            if status != CommitmentStatus.WITHDRAWN
        },
        "commitment withdrawn": withdrawn,
        "term moved for all": newest("events:commitment-move-term-for-all", lambda: Commitment.objects.to_do()),
        "review of answers": newest("events:review-answer", lambda: Commitment.objects.in_review()),
        "board of a letter": plain("reports:letter-board"),
        "letters of a period": plain("reports:letter-matrix"),
        "assignments": plain("events:assignment-list"),
        "assignments of a period not submitted": assignment_reminder,
        "assignment agreed": assignment("accepted"),
        "assignment to be judged": assignment("in_review", "events:assignment-review"),
        "version of an assignment": version("events:assignment-edition"),
        "versions of an assignment": version("events:assignment-edition-difference"),
        "periods of assignments": plain("events:assignment-period-list"),
        "period of assignments": newest("events:assignment-period-detail", AssignmentPeriod.objects.all),
        "new period of assignments": plain("events:assignment-period-new"),
        "letters": plain("reports:letter-list"),
        "letter returned": letter("draft"),
        "new letter": plain("reports:draft-new"),
        "letter being written": written("reports:draft-edit"),
        "check of a written letter": written("reports:draft-check"),
        "archive": lambda: f"{reverse('reports:archive')}?{urlencode({'q': 'вебинара'})}",
        "incoming": plain("reports:incoming-list"),
        "incoming letter": newest("reports:incoming-detail", IncomingLetter.objects.all),
        "journal": plain("reports:register"),
        "centres": plain("centers:center-list"),
        "centres of another day": lambda: f"{reverse('centers:center-list')}?on=2019-12-31&cols=status",
        "centre": newest("centers:center-detail", Center.objects.all),
        "new centre": lambda: f"{reverse('centers:center-new')}?organization={unofficial().pk}",
        "status of a centre": part("centers:status-grant-extend", StatusGrant, "center"),
        "organisations": plain("centers:organization-list"),
        "status of many centres": lambda: f"{reverse('centers:center-list-bulk')}?all=1",
        "change of many organisations": lambda: f"{reverse('centers:organization-list-bulk')}?all=1",
        "organisation": newest("centers:organization-detail", Organization.objects.all),
        "new organisation": plain("centers:organization-new"),
        "change of an organisation": newest("centers:organization-edit", Organization.objects.all),
        "another name": newest("centers:organization-rename", Organization.objects.all),
        "organisation to the archive": newest("centers:organization-archive", Organization.objects.all),
        "role of an organisation": part("centers:organization-role-edit", OrganizationRole, "organization"),
        "role ends": part("centers:organization-role-end", OrganizationRole, "organization"),
        "people": plain("centers:people-list"),
        "person": newest("centers:person-detail", Person.objects.all),
        "new person": plain("centers:person-new"),
        "change of a person": newest("centers:person-edit", unreserved),
        "place of work": newest("centers:employment-new", unreserved),
        "person to the archive": newest("centers:person-archive", unreserved),
        "likely doubles": plain("centers:doubles"),
        "whom to merge": newest("centers:person-merge-pick", unreserved),
        "merge": merged,
        "what a centre did": newest("reports:center-activity", Center.objects.all),
        "coordinator hands over": newest("events:coordinator-hand-over", in_office),
        "coordinator is appointed": newest("events:coordinator-appoint", Center.objects.all),
        "coordinator ends": newest("events:coordinator-end", Coordinator.objects.all),
        "history of a centre": record_history,
        "projects": plain("projects:project-list"),
        "project": newest("projects:project-detail", NetworkProject.objects.all),
        "new project": plain("projects:project-new"),
        "new stage": newest("projects:project-stage-new", NetworkProject.objects.all),
        "clusters": plain("projects:cluster-list"),
        "cluster": newest("projects:cluster-detail", Cluster.objects.all),
        "resources": plain("projects:resource-list"),
        "new resource": plain("projects:resource-new"),
        "resource": newest("projects:resource-detail", Resource.objects.all),
        "achievements": plain("projects:achievement-list"),
        "achievement": newest("projects:achievement-detail", Achievement.objects.all),
        "sessions": plain("olympiad:session-list"),
        "lessons": plain("olympiad:lesson-list"),
        "session": newest("olympiad:session-detail", PrepSession.objects.all),
        "new session": plain("olympiad:session-new"),
        "edit of a session": newest("olympiad:session-edit", PrepSession.objects.all),
        "lecturer of a session": part("olympiad:session-lecturer-edit", SessionLecturer, "session"),
        "programmes": plain("olympiad:programme-list"),
        "programme": newest("olympiad:programme-detail", PrepProgramme.objects.all),
        "lessons of a programme": part("olympiad:programme-lesson-edit", ProgrammeLesson, "programme"),
        "problem areas": plain("olympiad:problem-list"),
        "problem area": newest("olympiad:problem-detail", StageProblem.objects.all),
        "new problem area": plain("olympiad:problem-new"),
        "problem areas of an outcome": plain("olympiad:problems-from-outcome"),
        "seasons compared": plain("olympiad:comparison"),
        "doubts about results": plain("olympiad:result-doubts"),
        "results": plain("olympiad:result-list"),
        "tables of results": plain("olympiad:sheet-list"),
        "new table of results": plain("olympiad:sheet-new"),
        "table of results": newest("olympiad:sheet-detail", ResultSheet.objects.all),
        "municipalities": plain("reports:municipality-list"),
        "invitations": plain("centers:invitation-list"),
        "new invitation": plain("centers:invitation-new"),
        "404": lambda: "/letters/999999/",
        "409": outcome("events:outcome-edit", "filed"),
    },
    "head": {
        "home": plain("home"),
        "letter in review": letter("review"),
        "correction": newest("reports:letter-correct", lambda: Letter.objects.filter(status="review")),
    },
    "director": {
        "certificates to release": newest(
            "reports:certificate-release", lambda: CertificateRelease.objects.filter(status="awaiting")
        ),
        "incoming letter that waits for a resolution": newest(
            "reports:incoming-detail", IncomingLetter.objects.awaiting_resolution
        ),
        "home": plain("home"),
        "letter approved": letter("approved"),
        "letter sent": letter("sent"),
        "several to sign": plain("reports:sign-desk"),
    },
    "clerk": {
        "home": plain("home"),
        "new incoming": plain("reports:incoming-new"),
        "journal": plain("reports:register"),
        "unexplained numbers": plain("reports:register-anomalies"),
        "number": newest("reports:entry-detail", RegisterEntry.objects.all),
        "letter sent": letter("sent"),
    },
    "administrator": {
        "whose work is handed over": plain("reports:hand-over-new"),
        "work that is handed over": newest(
            "reports:hand-over", lambda: Person.objects.filter(user__email="belozerova@rcro.example")
        ),
        "home": plain("home"),
        "inspection": plain("reports:inspection"),
        "notice reasons": plain("reports:notice-reasons"),
        "halt": plain("reports:halt"),
        "change of a centre": newest("centers:center-edit", Center.objects.all),
        "password change": plain("account_change_password"),
        "second factor": plain("mfa_index"),
        "access": plain("centers:access"),
        "account": lambda: reverse("centers:account", args=[User.objects.get(email=ACCOUNTS["coordinator"]).pk]),
    },
    "coordinator": {
        "home": plain("home"),
        "events": plain("events:event-list"),
        "event announced": event("announced"),
        "registration": event("announced", "events:registrations"),
        "mark oneself": plain("events:here"),
        "assignments": plain("events:assignment-list"),
        "assignment": own_assignment("events:assignment-detail"),
        "editor of an assignment": own_assignment("events:assignment-edit"),
        "history of an assignment": own_assignment("events:assignment-history"),
        "commitments": plain("events:commitment-list"),
        "commitment": own_commitment,
        "own answers to a request": own_sheet,
        "letter": letter_to_own_center,
        "centres": plain("centers:center-list"),
        "403": plain("reports:letter-list"),
    },
}
