"""A letter that no outcome writes: begun, saved as it is written, thrown away while nobody has seen it."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from centers.models import Department, User
from events.models import Event
from events.models.event import EventStatus
from events.outcomes import decision_keys
from events.permissions import PLANNERS
from rcro_portal.lib.drafts.editor import RowKind
from rcro_portal.lib.drafts.page_data import Page
from rcro_portal.lib.drafts.reading import TextLocked
from rcro_portal.lib.drafts.writing import Drafts
from rcro_portal.lib.refusals import Refusal
from reports.composing import addressees, origins, owing
from reports.letters.draft_forms import LetterEditor
from reports.models import Addressee, IncomingLetter, Letter, LetterFigure, Manuscript
from reports.models.letter import LetterKind, LetterStatus
from reports.models.manuscript import Audience


class DraftLocked(TextLocked):
    words = "Письмо направлено на согласование и закрыто для правки. Отзовите его, чтобы изменить."


class EventNotAnnounced(Refusal):
    words = "Письмо «О проведении …» готовят, когда мероприятие объявлено и ещё не проведено."


class DraftMoved(Refusal):
    """Somebody saved the draft after the page was opened that throws it away."""


class WasFiled(Refusal):
    words = "Письмо уже направляли на согласование: его не удаляют. Аннулировать письмо может директор."


class NoDepartment(Refusal):
    words = "Письма пишут методисты и начальники отделов. Сегодня у вас нет такой должности."


class AnswerBegun(Refusal):
    words = "Ответ на это письмо уже готовится. Откройте его на странице письма."


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
    ``replaces``. Raises EventNotAnnounced, AnswerBegun, NoDepartment, NoLetterhead.
    """
    if incoming:
        _hold_unanswered(incoming)
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


def _hold_unanswered(incoming: IncomingLetter) -> None:
    """Of two who begin its answer at once the second waits, and finds the first's."""
    IncomingLetter.objects.filter(pk=incoming.pk).update(status=F("status"))
    if incoming.answers.under_way().exists():
        raise AnswerBegun


def _bring(letter: Letter, old: Letter | None, incoming: IncomingLetter | None, day: datetime.date) -> None:
    """The figures and decisions of the letter that lends its text; its addressees, unless somebody is answered."""
    if old:
        LetterFigure.objects.bulk_create(origins.figures_of(old, letter))
    if incoming and incoming.sender:
        _address(letter, incoming, day)
    elif old:
        Addressee.objects.bulk_create(origins.addressees_of(old, letter))
    if old:
        origins.bring_decisions(old, letter)


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


class LetterDrafts(Drafts[Letter]):
    editor_class = LetterEditor
    locked = DraftLocked
    draft, in_review = LetterStatus.DRAFT, LetterStatus.REVIEW
    quotes_figures = True
    beside = ("subject_line",)

    def text(self, of: Letter) -> Manuscript:
        return of.manuscript

    def rows(self, of: Letter, kind: RowKind) -> Any:
        """Addressees of a letter under way that nobody chose by name were written down by the portal."""
        found = super().rows(of, kind)
        by_portal = of.manuscript.audience != Audience.CHOSEN and of.status != LetterStatus.DRAFT
        return found.none() if by_portal and kind.name == "addressees" else found

    def completed(self, of: Letter, page: Page) -> Page:
        """A key that neither this letter has nor what the letters before it gave is another letter's: it is none."""
        asked, saved = owing.owed(of), of.decisions.all()
        known = decision_keys.known_words(asked, saved)
        rows = [{**row, "key": row["key"] if row.get("key") in known else ""} for row in page.get("decisions", [])]
        return {**page, "decisions": decision_keys.given(rows, asked=asked, saved=saved)}


DRAFTS = LetterDrafts()
page, written, save, revise = DRAFTS.page, DRAFTS.written, DRAFTS.save, DRAFTS.revise
hold, hold_draft = DRAFTS.hold, DRAFTS.hold_draft
add_figure, remove_figure = DRAFTS.add_figure, DRAFTS.remove_figure


def identify(*, letter: Letter, decision: str, key: str, version: int, by: User, at: datetime.datetime) -> None:
    """«Это прежнее поручение в новых словах», or, without a ``key``, «Это другое поручение»: as a save of the page.

    Raises NoSuchDecision, and as ``save`` does where the text is another than ``version``.
    """
    page = written(letter)
    page["decisions"] = decision_keys.renamed(owing.owed(letter), page["decisions"], decision, key)
    save(of=letter, version=version, by=by, at=at, **page)


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
        raise DraftMoved(f"Черновик тем временем изменён: {text.edited}. Ничего не удалено: откройте его и прочтите.")
    never_filed.delete()
