"""A letter that no outcome writes: begun, saved as it is written, thrown away while nobody has seen it."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from centers.models import Department, User
from events.models import Event
from events.models.event import EventStatus
from events.permissions import PLANNERS
from rcro_portal.lib.drafts import differences, revisions
from rcro_portal.lib.refusals import Refusal, WrongStep
from reports.composing import addressees, draft_pages, origins
from reports.models import Addressee, IncomingLetter, Letter, LetterFigure, LetterRevision, Manuscript
from reports.models.letter import LetterKind, LetterStatus


class DraftLocked(Refusal):
    words = "Письмо направлено на согласование и закрыто для правки. Отзовите его, чтобы изменить."


class DraftChanged(Refusal):
    """Somebody else saved while this text was being written."""

    words = "Пока вы писали, текст изменили. Ваш вариант сохранён: сравните и выберите, что оставить."


class EventNotAnnounced(Refusal):
    words = "Письмо «О проведении …» готовят, когда мероприятие объявлено и ещё не проведено."


class DraftMoved(Refusal):
    """Somebody saved the draft after the page was opened that throws it away."""


class WasFiled(Refusal):
    words = "Письмо уже направляли на согласование: его не удаляют. Аннулировать письмо может директор."


class NoDepartment(Refusal):
    words = "Письма пишут методисты и начальники отделов. Сегодня у вас нет такой должности."


# -- Begin ------------------------------------------------------------------------------------------


@transaction.atomic
def begin(
    *,
    kind: str,
    by: User,
    at: datetime.datetime,
    event: Event | None = None,
    incoming: IncomingLetter | None = None,
    replaces: Letter | None = None,
    copied_from: Letter | None = None,
) -> Letter:
    """A draft of that kind, prefilled with all that is known.

    From an ``event`` it is the letter «О проведении …» with the programme; to an ``incoming`` letter it is the reply
    that fills «на № … от …»; ``copied_from`` («Взять из прошлого») lends its text, and so does the letter that it
    ``replaces``. Raises EventNotAnnounced, NoDepartment, NoLetterhead.
    """
    if kind == LetterKind.ANNOUNCEMENT and event and event.status != EventStatus.ANNOUNCED and not replaces:
        raise EventNotAnnounced
    old = replaces or copied_from
    letter = Letter.objects.create(
        kind=kind,
        event=event or (replaces.occasion if replaces else None),
        answers=incoming or (replaces.answers if replaces else None),
        replaces=replaces,
        department=_department(by, at, event, replaces),
        subject_line=old.subject_line if old and not event else origins.subject_line(kind, event, incoming),
        prepared_by=by.person,
    )
    page = origins.usual(kind, event, incoming, at)
    if replaces:
        page |= origins.page_of(replaces)
    elif copied_from:
        page |= origins.lent_by(copied_from, event, incoming)
    Manuscript.objects.create(letter=letter, edited_by=by, edited_at=at, **page)
    _bring(letter, old, incoming, timezone.localtime(at).date())
    return letter


def _bring(letter: Letter, old: Letter | None, incoming: IncomingLetter | None, day: datetime.date) -> None:
    """The figures of the letter that lends its text; its addressees, unless somebody is answered."""
    if old:
        LetterFigure.objects.bulk_create(origins.figures_of(old, letter))
    if incoming and incoming.sender:
        _address(letter, incoming, day)
    elif old:
        Addressee.objects.bulk_create(origins.addressees_of(old, letter))


def _department(by: User, at: datetime.datetime, event: Event | None, replaces: Letter | None) -> Department:
    """The department whose letter it is: of the event, of the letter that it replaces, else the writer's own."""
    if replaces:
        return replaces.department
    if event:
        return event.department
    day = timezone.localtime(at).date()
    post = by.person.posts.in_force_on(day).filter(duty__in=PLANNERS).select_related("department").order_by("pk")
    held = post.first()
    if held is None:
        raise NoDepartment
    return held.department


def _address(letter: Letter, incoming: IncomingLetter, day: datetime.date) -> None:
    lines, email = addressees.prefilled(incoming.sender, None, day)
    Addressee.objects.create(letter=letter, position=1, organization=incoming.sender, lines=lines, email=email)


# -- Save -------------------------------------------------------------------------------------------


def save(*, letter: Letter, by: User, at: datetime.datetime, **page: Any) -> None:
    """Save the whole editor (``page``: what ``LetterEditor.cleaned`` gives), if the letter is a draft and still the
    version that the writer had before their eyes.

    Whoever comes second gets DraftChanged and nothing is written; a filed letter refuses with DraftLocked. The very
    text that is saved already counts as saved: its sender has not heard the answer.
    """
    try:
        _write(letter, LetterStatus.DRAFT, DraftLocked, by=by, at=at, **page)
    except DraftChanged:
        if not is_saved(letter=letter, **page):
            raise


def is_saved(*, letter: Letter, **page: Any) -> bool:
    """The editor holds what the draft holds (``page`` as for ``save``)."""
    return draft_pages.as_data(**page) == draft_pages.draft_page(letter)


def revise(*, letter: Letter, by: User, at: datetime.datetime, **page: Any) -> None:
    """The head's correction of a filed letter; call it in the transaction of the new snapshot and the approval."""
    _write(letter, LetterStatus.REVIEW, WrongStep, by=by, at=at, **page)


def keep_aside(
    *, letter: Letter, by: User, at: datetime.datetime, version: int, again: int = 0, **page: Any
) -> LetterRevision:
    """The text of who came second, kept beside the saved one until they have chosen; ``page`` as for ``save``.

    ``again`` is the revision that the same page made before: written on, it takes its place.
    """
    data = draft_pages.as_data(**page)
    return revisions.keep_aside(letter.revisions, page=data, version=version, by=by, at=at, again=again)


def restore(*, letter: Letter, revision: LetterRevision, version: int, by: User, at: datetime.datetime) -> None:
    """«Вернуть этот вариант»: an old page as a new save. Raises as ``save`` does."""
    page = draft_pages.keywords(revision.page)
    _write(letter, LetterStatus.DRAFT, DraftLocked, version=version, by=by, at=at, apart=True, **page)


def merge(
    *, letter: Letter, aside: LetterRevision, mine: set[int], version: int, by: User, at: datetime.datetime
) -> None:
    """Of each difference between the saved text and the one kept aside, the side that its writer chose (``mine``: the
    places where it is their own). Raises as ``save`` does."""
    now = draft_pages.draft_page(letter)
    chosen = differences.merged(difference(letter, aside), mine)
    side = aside.page if chosen["audience"] == aside.page["audience"] else now
    listed = {name: side[name] for name in ("distribution_list", "distribution_list_name")}
    page = draft_pages.keywords({"addressees": [], **chosen, **listed})
    _write(letter, LetterStatus.DRAFT, DraftLocked, version=version, by=by, at=at, apart=True, **page)


def difference(letter: Letter, aside: LetterRevision) -> list[differences.Pair]:
    """From the letter as it is saved now to the text kept aside."""
    return differences.aligned(draft_pages.parts(draft_pages.draft_page(letter)), draft_pages.parts(aside.page))


@transaction.atomic
def _write(
    letter: Letter,
    status: str,
    otherwise: type[Refusal],
    *,
    version: int,
    subject_line: str,
    addressees: list[dict[str, Any]],
    by: User,
    at: datetime.datetime,
    apart: bool = False,
    **fields: Any,
) -> None:
    rows = Manuscript.objects.filter(letter=letter)
    _keep_first(letter)
    if rows.filter(version=version).update(version=F("version") + 1, edited_by=by, edited_at=at, **fields) != 1:
        raise DraftChanged if Letter.objects.filter(pk=letter.pk, status=status).exists() else otherwise
    # Read after the manuscript's row is ours: filing takes that row first too.
    if not Letter.objects.filter(pk=letter.pk, status=status).update(subject_line=subject_line):
        raise otherwise
    letter.addressees.all().delete()
    for position, row in enumerate(addressees, 1):
        letter.addressees.create(position=position, **row)
    letter.refresh_from_db()
    revisions.keep(
        letter.revisions, page=draft_pages.draft_page(letter), version=version + 1, by=by, at=at, apart=apart
    )


def _keep_first(letter: Letter) -> None:
    """What the first save changes: the letter as it was begun."""
    if letter.revisions.filter(aside=False).exists():
        return
    text = Manuscript.objects.get(letter=letter)
    page = draft_pages.draft_page(letter)
    letter.revisions.create(page=page, version=text.version, by=text.edited_by, at=text.edited_at)


def hold(letter: Letter, **seen: Any) -> bool:
    """Nobody saves the manuscript, its figures or appendices until the commit; false where it is not as ``seen``."""
    return Manuscript.objects.filter(letter=letter, **seen).update(version=F("version")) == 1


def hold_draft(letter: Letter) -> None:
    """As ``hold``, while the letter is a draft. Raises DraftLocked."""
    hold(letter)
    if not Letter.objects.filter(pk=letter.pk, status=LetterStatus.DRAFT).exists():
        raise DraftLocked


# -- Throw away -------------------------------------------------------------------------------------


@transaction.atomic
def discard(*, letter: Letter, version: int) -> None:
    """Delete a draft that was never filed: nobody was shown it, no number or step speaks of it, nothing is lost but
    the text of that version, which the person has seen. Raises WasFiled where it was filed: such a letter ends by being
    annulled, with a reason. Raises DraftMoved where somebody has saved another version.
    """
    seen = hold(letter, version=version)
    never_filed = Letter.objects.filter(
        pk=letter.pk, status=LetterStatus.DRAFT, filed_at__isnull=True, snapshot__isnull=True
    )
    if not never_filed.exists():
        raise WasFiled
    if not seen:
        text = Manuscript.objects.select_related("edited_by__person").get(letter=letter)
        raise DraftMoved(
            f"Черновик тем временем изменён: {text.edited_by.person.surname_first}, "
            f"{timezone.localtime(text.edited_at):%H:%M}. Ничего не удалено: откройте его и прочтите."
        )
    never_filed.delete()


# -- Figures ----------------------------------------------------------------------------------------


@transaction.atomic
def add_figure(
    *,
    letter: Letter,
    name: str,
    query: str = "",
    parameters: dict[str, Any] | None = None,
    case: str,
    typed: str = "",
    source: str = "",
) -> LetterFigure:
    """A figure that the text may quote by its name; the same name again changes what it counts."""
    hold_draft(letter)
    values = {"query": query, "parameters": parameters or {}, "case": case, "typed": typed, "source": source}
    figure, _ = LetterFigure.objects.update_or_create(letter=letter, name=name, defaults=values)
    return figure


@transaction.atomic
def remove_figure(*, letter: Letter, figure: LetterFigure) -> None:
    hold_draft(letter)
    figure.delete()
