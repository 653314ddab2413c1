"""One prepared world for the tests of rights: people of every role, and something of every kind in every state.

What belongs to one centre («ours») and what is not published carries a canary: a word that the centre's coordinator
or the institution's staff may read, and nobody else.
"""

import datetime
import hashlib
from dataclasses import dataclass, field
from typing import Any

from centers.models import AddressChange, Center, User
from events.commitments import commitments, terms
from events.models import Commitment, Outcome
from events.outcomes import outcomes
from events.plan import plan
from rcro_portal.lib import store
from rcro_portal.lib.notices.messages import MessageStatus
from reports.incoming import arrivals, resolutions
from reports.journal import entries
from reports.letters import letters as letter_verbs
from reports.letters import replacements, signatures
from reports.models import DetachedSignature, Letter
from reports.models.letter import FileKind, Way
from tests import clock
from tests.factories import brought, centers, events, imports, letters, olympiad
from tests.factories import reports as reports_factories
from tests.factories.moments import DUE_ON, SENT_AT, WRITTEN_AT
from tests.house import (
    histories,
    world_assignments,
    world_attendance,
    world_certificates,
    world_imports,
    world_network,
    world_olympiad,
    world_outcomes,
    world_projects,
    world_requests,
    world_told,
    world_written,
    world_year_reports,
)
from tests.house.world_written import digest

CANARY = "канарейка"
LATIN_CANARY = "kanareyka"  # for what may not be written in Russian
CANARIES = (CANARY, LATIN_CANARY)
SECRET, OLD_SECRET = "secret-of-an-invitation", "secret-that-is-over"
ADDRESS_SECRET = "secret-of-an-address"
SCAN = brought.pdf()


@dataclass
class World:
    """``rows`` holds the things by name; ``args`` what an address takes where that is more than a row's key."""

    office: reports_factories.Office
    ours: Center
    theirs: Center
    people: dict[str, User]
    rows: dict[str, Any] = field(default_factory=dict)
    args: dict[str, tuple[object, ...]] = field(default_factory=dict)

    def args_of(self, what: str) -> tuple[object, ...]:
        if what == "-":
            return ()
        return self.args[what] if what in self.args else (self.rows[what].pk,)

    def row_of(self, what: str) -> Any:
        return self.rows.get(what.partition(".")[0])


def build() -> World:
    office = reports_factories.office()
    ours = centers.CenterFactory(
        organization__short_name="Лицей А", organization__phone=CANARY, organization__head_name=CANARY
    )
    theirs = centers.CenterFactory(organization__short_name="Лицей Б")
    world = World(office, ours, theirs, _people(office, ours, theirs))
    world.args["made-up"] = world.args["no-session"] = ("made-up",)
    world.args["guide"] = ("log-in",)
    for prepare in PREPARED:
        prepare(world)
    world.args |= histories.of_cards(world.rows)
    return world


def _people(office: reports_factories.Office, ours: Center, theirs: Center) -> dict[str, User]:
    second = centers.DepartmentFactory(name="отдел олимпиад")
    past = centers.UserFactory()
    long_over = {"since": datetime.date(2019, 1, 1), "until": datetime.date(2019, 12, 31)}
    centers.CoordinatorFactory(person=past.person, center=ours, **long_over)
    return {
        "own": centers.coordinator(ours),
        "other": centers.coordinator(theirs),
        "past": past,
        "methodist": office.methodist,
        "methodist2": centers.staff("methodist", second),
        "head": office.head,
        "head2": centers.staff("head", second),
        "clerk": office.clerk,
        "director": office.director,
        "administrator": centers.administrator(),
    }


def _ground(world: World) -> None:
    """What is published by everybody's floor: registers, and one prep session that is not."""
    session = olympiad.PrepSessionFactory(event=events.held(kind="prep_session"))
    olympiad.PrepSessionFactory(event__topic=f"Смена: {CANARY}", season=session.season)
    olympiad.ProgrammeLessonFactory()
    world.rows |= {
        "ours": world.ours,
        "theirs": world.theirs,
    }


def _invitations(world: World) -> None:
    """A coordinator who is invited, one who may be, and an invitation that is over."""
    now = clock.now()
    world.rows["invited"] = centers.CoordinatorFactory(title=CANARY).person
    living, over = ("ivolgina", SECRET, now + datetime.timedelta(days=14)), (LATIN_CANARY, OLD_SECRET, now)
    for name, secret, until in (living, over):
        centers.InvitationFactory(
            person=world.rows["invited"],
            email=f"{name}@school.example",
            secret_digest=hashlib.sha256(secret.encode()).hexdigest(),
            invited_at=now - datetime.timedelta(days=1),
            expires_at=until,
        )
    world.rows |= {"account": world.people["past"], "coordinator": world.people["own"]}
    digest = hashlib.sha256(ADDRESS_SECRET.encode()).hexdigest()
    asked = {"asked_at": now, "expires_at": now + datetime.timedelta(days=3)}
    AddressChange.objects.create(user=world.people["past"], email="new@school.example", secret_digest=digest, **asked)
    world.args["address"] = (ADDRESS_SECRET,)
    world.args |= {"secret": (SECRET,), "secret.over": (OLD_SECRET,), "mail": ("x",), "mail.part": ("x", 1)}


def _events(world: World) -> None:
    """A draft that nobody outside may know of, one to come, one that has begun, one held."""
    now, day = clock.now(), datetime.timedelta(days=1)
    world.rows |= {
        "draft": events.EventFactory(topic=f"Черновик: {CANARY}", purpose=CANARY),
        "coming": events.announced(starts_at=now + 7 * day),
        "begun": events.announced(starts_at=now - day),
        "held": events.held(),
        "cancelled": events.announced(),
        "called-off": events.EventFactory(topic=f"Не объявлено: {CANARY}"),
    }
    for name in ("cancelled", "called-off"):
        event = world.rows[name]
        plan.cancel(event=event, note="Площадка занята.", by=event.planned_by, at=now)


def _outcome(world: World) -> None:
    """One that is still being written, and a figure of it; another one's figure for those who mix them up."""
    outcome = _written(world)
    world.rows["writing"] = outcome
    world.args |= {"writing.figure": (outcome.pk, outcome.figures.get().pk), **_revised("writing", outcome)}


def _revised(name: str, outcome: Outcome) -> dict[str, tuple[object, ...]]:
    """A revision of it, and a text that was kept aside."""
    page = outcomes.page(outcome)
    kept = {"version": outcome.version, "by": outcome.edited_by, "at": outcome.edited_at}
    first = outcome.revisions.create(page=page, **kept)
    aside = outcome.revisions.create(page={**page, "salutation": "Коллеги!"}, aside=True, **kept)
    return {f"{name}.first": (outcome.pk, first.pk), f"{name}.aside": (outcome.pk, aside.pk)}


def _written(world: World, **fields: object) -> Outcome:
    office = world.office
    outcome = events.ready_outcome(
        edited_by=office.methodist,
        prepared_by=office.methodist.person,
        subject_line=f"Об итогах, о которых знает {CANARY}",
        **fields,
    )
    outcome.decisions.update(text=f"накормить: {CANARY}")
    return outcome


def _filed(world: World) -> Letter:
    return letter_verbs.file_outcome(outcome=_written(world), by=world.office.methodist, at=WRITTEN_AT)


def _letters(world: World) -> None:
    """A letter in every state before the signature, and the outcome of the one in review."""
    office, written = world.office, {"subject_line": f"Об итогах, о которых знает {CANARY}"}
    returned, annulled = _filed(world), _filed(world)
    letter_verbs.give_back(letter=returned, note=CANARY, by=office.head, at=WRITTEN_AT)
    letter_verbs.annul(letter=annulled, note=CANARY, by=office.director, at=WRITTEN_AT)
    stuck = letters.preparing(office, **written)
    Letter.objects.filter(pk=stuck.pk).update(draw_attempts=Letter.DRAW_ATTEMPTS)
    world.rows |= {
        "returned": returned,
        "annulled": annulled,
        "review": letters.in_review(office, **written),
        "approved": letters.approved(office, **written),
        "preparing": letters.preparing(office, **written),
        "stuck": stuck,
        "awaiting": letters.awaiting(office, **written),
        "signed": letters.signed(office, **written),
    }
    review = world.rows["review"]
    filed = world.rows["filed"] = review.outcome
    world.args |= {
        "filed.figure": (filed.pk, filed.figures.get().pk),
        **_revised("filed", filed),
        "filed.foreign": (filed.pk, world.args["writing.first"][1]),
        "review.page": (review.pk, digest(review), 1),
        "review.figure": (review.pk, _figure(review)),
        "awaiting.paper": (world.rows["awaiting"].pk, "paper"),
        "awaiting.gost": (world.rows["awaiting"].pk, "gost"),
        "awaiting.magic": (world.rows["awaiting"].pk, "magic"),
        "signed.paper": (world.rows["signed"].pk, "paper"),
    }


def _figure(letter: Letter) -> int:
    figure = letter.snapshot.figures.order_by("pk").first()
    assert figure is not None
    return figure.pk


def _paper(world: World) -> None:
    """Two letters to be signed by hand, each with its scan."""
    for name in ("paper", "paper2"):
        letter = letters.awaiting(world.office, subject_line=f"О бумаге, о которой знает {CANARY}")
        act = {"letter": letter, "by": world.office.director, "at": WRITTEN_AT}
        signatures.choose_method(way=Way.PAPER, **act)
        scan = signatures.upload_scan(data=SCAN, **act)
        world.rows[name] = letter
        world.args[f"{name}.scan"] = (letter.pk, scan.pk)
        world.args[f"{name}.scan-page"] = (letter.pk, scan.pk, 1)
        world.args[f"{name}.key"] = (letter.pk, "key")
    world.args["paper.scan-of-another"] = (world.rows["paper"].pk, world.args["paper2.scan"][1])


def _outside(world: World) -> None:
    """A letter that waits for a signature made outside; of another its file waits for the clerk."""
    for name in ("outside", "outside2"):
        letter = letters.awaiting(world.office, subject_line=f"О подписи, о которой знает {CANARY}")
        signatures.choose_method(letter=letter, way=Way.GOST, by=world.office.director, at=WRITTEN_AT)
        world.rows[name] = letter
    signature = _unchecked(world, letter)
    world.args["outside2.signature"] = (letter.pk, signature.pk)
    world.args["outside.signature-of-another"] = (world.rows["outside"].pk, signature.pk)
    world.args["paper2.signature"] = (world.rows["paper2"].pk, _unchecked(world, world.rows["paper2"]).pk)


def _unchecked(world: World, letter: Letter) -> DetachedSignature:
    """A file of a signature that nobody could check here."""
    letter, brought_by = Letter.objects.get(pk=letter.pk), world.office.director
    file = signatures.keep_file(letter, FileKind.SIGNATURE, store.put(SCAN), len(SCAN), by=brought_by, at=WRITTEN_AT)
    said = {"verdict": "unchecked", "uploaded_by": brought_by, "uploaded_at": WRITTEN_AT}
    return DetachedSignature.objects.create(letter=letter, over=letter.final, file=file, **said)


def _sent(world: World) -> None:
    """One to our centre alone, one to theirs; of the first the message has failed, the other went elsewhere."""
    for name, center in (("sent", world.ours), ("sent2", world.theirs)):
        text = CANARY if center == world.ours else "ромашка"
        letter = letters.signed(world.office, subject_line=f"О деле, о котором знает {text}")
        letter.centers.set([center])
        letter.outcome.decisions.update(text=f"рассказать: {text}")
        assert letter_verbs.release(letter_id=letter.pk, at=SENT_AT)
        recipient = letter.recipients.get()
        world.rows |= {name: Letter.objects.get(pk=letter.pk), f"{name}-message": recipient}
        world.args |= {
            f"{name}.page": (letter.pk, digest(letter), 1),
            f"{name}.figure": (letter.pk, _figure(letter)),
            f"{name}.original": (letter.pk, letter.signature.original_id),
            f"{name}.final": (letter.pk, letter.final_id),
            f"{name}.token": (recipient.token,),
            f"{name}.guess": (recipient.token[:-1],),
            f"{name}.event": (letter.outcome.event_id,),
        }
    world.rows["sent-message"].letter.recipients.update(status=MessageStatus.FAILED, name=CANARY)
    card = world.theirs.organization.email
    gone = {"status": MessageStatus.SENT, "sent_at": SENT_AT, "mended_from": card}
    world.rows["sent2-message"].letter.recipients.update(**gone, email="mended@school.example")
    told = entries.Details(addressee=CANARY, subject_line="О бумаге")
    given = {"register": world.office.register, "by": world.office.clerk, "at": SENT_AT}
    world.rows |= {"portal-number": world.rows["sent"].entry, "on-paper": entries.give(details=told, **given)}
    world.rows |= imports.of_former_years(world.office, CANARY)
    world.args["brought.row"] = (world.rows["brought"].pk, 2)


def _replacing(world: World) -> None:
    """A sent letter whose replacement is being written."""
    letter = letters.signed(world.office, subject_line=f"О замене, о которой знает {CANARY}")
    letter.centers.set([])
    assert letter_verbs.release(letter_id=letter.pk, at=SENT_AT)
    world.rows["replacing"] = replacements.begin(
        letter=Letter.objects.get(pk=letter.pk), reason=CANARY, by=world.office.methodist, at=SENT_AT
    )


def _commitments(world: World) -> None:
    """Open, only to be acknowledged, and answered: ours; and one of theirs. Theirs has an answer with a file too."""
    opened = Commitment.objects.get(organization__center=world.ours)
    world.rows["open"], world.rows["theirs-open"] = opened, Commitment.objects.get(organization__center=world.theirs)
    world.rows["answered"] = _answered(world, world.ours, opened, CANARY)
    _answered(world, world.theirs, world.rows["theirs-open"], "ромашка")
    world.rows["wished"] = _owed(world, world.ours, opened, "перенести")
    own, day = world.people["own"], world.rows["wished"].due_on + datetime.timedelta(days=7)
    terms.ask(commitment=world.rows["wished"], wanted_on=day, reason=CANARY, by=own, at=SENT_AT)
    world.rows["fulfilled"] = _answered(world, world.ours, opened, "принято")
    commitments.accept(commitment=world.rows["fulfilled"], by=world.office.methodist, at=SENT_AT)
    world.args["answered.file"] = (world.rows["answered"].answers.get().files.get().pk,)


def _incoming(world: World) -> None:
    """The centre's own official reply to the letter that it owes an answer to; others that are in work and closed."""
    theirs = {"sender": world.ours.organization, "sender_name": CANARY, "received_on": SENT_AT.date()}
    row = arrivals.register(
        by=world.office.clerk,
        at=SENT_AT,
        data=store.read(world.rows["sent"].final.digest),
        file_name="reply.pdf",
        subject=f"О деле, о котором знает {CANARY}",
        replies_to=world.rows["sent"],
        **theirs,
    )
    world.rows["incoming"] = row
    world.rows["leaving"] = world.office.methodist.person
    world.args["incoming.owed"] = (row.pk, world.rows["open"].pk)
    for name in ("working", "closed"):
        other = arrivals.register(by=world.office.clerk, at=SENT_AT, **{**theirs, "subject": f"О деле: {CANARY}"})
        said = {"executor": world.office.methodist.person, "resolution": "Ответить.", "due_on": DUE_ON}
        resolutions.resolve(incoming=other, by=world.office.director, at=SENT_AT, **said)
        world.rows[f"incoming-{name}"] = other
    resolutions.close(
        incoming=world.rows["incoming-closed"], note=f"Решено: {CANARY}", by=world.office.methodist, at=SENT_AT
    )


def _owed(world: World, center: Center, like: Commitment, word: str) -> Commitment:
    decision = events.DecisionFactory(outcome=like.outcome, text=f"ответить: {word}")
    return events.CommitmentFactory(decision=decision, center=center, text=f"ответить: {word}")


def _answered(world: World, center: Center, like: Commitment, word: str) -> Commitment:
    answered = _owed(world, center, like, word)
    commitments.answer(
        commitment=answered,
        text=f"Ответ: {word}",
        by=world.people["own" if center == world.ours else "other"],
        at=SENT_AT,
        files=[(f"{word}.pdf", store.put(word.encode()), 9)],
    )
    return answered


PREPARED = (
    _ground,
    *world_network.PREPARED,
    *world_projects.PREPARED,
    *world_olympiad.PREPARED,
    _invitations,
    _events,
    *world_attendance.PREPARED,
    _outcome,
    _letters,
    _paper,
    _outside,
    _sent,
    _commitments,
    _replacing,
    _incoming,
    *world_written.PREPARED,
    *world_outcomes.PREPARED,
    *world_requests.PREPARED,
    *world_assignments.PREPARED,
    *world_certificates.PREPARED,
    *world_year_reports.PREPARED,
    world_imports.tables,
    *world_olympiad.AFTER_IMPORTS,
    world_told.mails,
)
