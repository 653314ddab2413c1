"""Letters that are written freely: begun, edited beside their pages, checked, filed, thrown away, replaced."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.forms import ReasonForm
from events.models.commitment import ChangeKind
from events.outcomes import due_dates
from events.permissions import is_office
from rcro_portal.lib import errors, russian, sent_forms
from rcro_portal.lib.drafts.views.pages import EditorPages
from rcro_portal.lib.refusals import require
from rcro_portal.lib.text import whole_number
from reports import access, permissions
from reports.composing import addressees, draft_lint, previews, reading
from reports.incoming.views.doors import incoming_to
from reports.letters import asked, drafts, letters, replacements
from reports.letters.acts import LETTER
from reports.letters.draft_forms import AddresseeForm, NewLetterForm, offered
from reports.letters.views import checking
from reports.letters.views.doors import admit, case_of, demand, letter_to
from reports.letters.views.letters import page
from reports.models import Letter
from reports.models.letter import LetterKind

WRITERS = "Письма пишут методисты и начальники отделов."
TITLES = {
    LetterKind.OUTCOME: "Письмо об итогах",
    LetterKind.ANNOUNCEMENT: "Письмо «О проведении …»",
    LetterKind.INFORMATION: "Информационное письмо",
    LetterKind.REPLY: "Ответ на письмо",
}


def draft_new(request: HttpRequest) -> HttpResponse:
    """«Новое письмо»: what kind it is, and what it starts from."""
    require(permissions.may_write(request.user), WRITERS)
    chosen = {name: request.GET[name] for name in ("kind", "event", "incoming") if name in request.GET}
    form = NewLetterForm(request.POST if request.method == "POST" else None, initial=chosen, user=request.user)
    if request.method == "POST" and form.is_valid():
        key, now = form.take_key(), timezone.now()
        begin = partial(drafts.begin, by=request.user, at=now, **form.cleaned_data)
        letter, _ = sent_forms.once(begin, key=key, by=request.user, at=now)
        return redirect("reports:draft-edit", letter.pk)
    return render(request, "reports/draft_new.html", {"form": form}, status=errors.status_of(form))


@require_POST
def incoming_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """«Подготовить ответ» on an incoming letter: its executor's, with «на № … от …» filled."""
    incoming = incoming_to("answer", request, pk)
    letter = drafts.begin(kind=LetterKind.REPLY, incoming=incoming, by=request.user, at=timezone.now())
    messages.success(request, "Черновик ответа готов: номер и дата письма уже в нём.")
    return redirect("reports:draft-edit", letter.pk)


class DraftPages(EditorPages[Letter]):
    """The editor of a letter that is written freely, its history and two texts of it."""

    drafts = drafts.DRAFTS
    name, slug = "reports:draft", "letter"
    template = "reports/draft_edit.html"
    back = "К тексту письма"
    lead = "Пишите слева: справа портал составляет письмо."
    button, saved = "Сохранить и проверить", "Письмо сохранено."
    writers = WRITERS
    then = "reports:draft-check"

    def seen(self, request: HttpRequest, pk: int) -> Letter:
        """For the whole office: what was written before a letter was sent is the institution's own."""
        rows = access.visible(request.user) if is_office(request.user) else Letter.objects.none()
        rows = rows.filter(manuscript__isnull=False).select_related(
            "manuscript__edited_by__person",
            "manuscript__distribution_list",
            "department",
            "event",
            "answers",
            "replaces__entry",
            "prepared_by",
            "outcome",
        )
        return get_object_or_404(rows, pk=pk)

    def may_write(self, request: HttpRequest) -> bool:
        return permissions.may_write(request.user)

    def heading(self, of: Letter) -> str:
        return TITLES[LetterKind(of.kind)]

    def topic(self, of: Letter) -> str:
        return of.heading

    def home(self, of: Letter) -> str:
        return reverse("reports:letter-detail", args=[of.pk])

    def context(self, request: HttpRequest, of: Letter) -> dict[str, Any]:
        return {"letter": of, "may_discard": LETTER.is_open("discard", case_of(request, of))}


PAGES = DraftPages()
draft_of = PAGES.of_writer


def addressee_lines(request: HttpRequest) -> HttpResponse:
    """What the registers know of the organisation or person just chosen, for the same row of the form."""
    require(permissions.may_write(request.user), WRITERS)
    prefix = request.GET.get("prefix", "")[:50]
    given = offered(data=request.GET)
    asked = AddresseeForm(
        {key: request.GET[key] for key in request.GET if not _is_prefilled(key)}, prefix=prefix, **given
    )
    asked.is_valid()
    chosen = {name: asked.cleaned_data.get(name) for name in ("organization", "person")}
    lines, email = addressees.prefilled(**chosen, day=timezone.localdate())
    form = AddresseeForm(prefix=prefix, initial={"lines": lines, "email": email}, **given)
    return render(request, "reports/draft_addressee.html#prefilled", {"form": form})


def _is_prefilled(key: str) -> bool:
    return key.endswith(("-lines", "-email"))


def draft_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages of the letter as it stands now, asked for by the editor after each save."""
    letter = draft_of(request, pk)
    return render(request, "reports/outcome_preview.html", previews.preview_of(letter.manuscript, timezone.now()))


def draft_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Before filing, without taking a number: the pages, what is missing, who will get it and what it will ask."""
    letter = draft_of(request, pk)
    drafts.DRAFTS.refuse_locked(letter)
    return _check(request, letter)


def _check(request: HttpRequest, letter: Letter, moved: str = "") -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    found = addressees.named(letter, day)
    rows = asked.of_draft(letter, found, day)
    return checking.page(
        request,
        PAGES,
        letter,
        findings=draft_lint.findings(letter, at=now),
        receivers=addressees.receivers(found.centers, found.addressees, day),
        now=now,
        moved=moved,
        refused=LETTER.rule("file", case_of(request, letter)).why,
        consequence="Письмо закроется для правки, показатели и адресаты замрут. Номер и дата ещё не присваиваются.",
        file_url=reverse("reports:draft-file", args=[letter.pk]),
        may_mend=True,
        asked=rows,
        replacement=letter.replaces_id is not None and bool(rows),
        left_out=[row for row in rows if row.kind == ChangeKind.WITHDRAWN],
        identify_url=reverse("reports:draft-identify", args=[letter.pk]),
        text_version=letter.manuscript.version,
        appendices_url=reverse("reports:appendix-list", args=["letter", letter.pk]),
    )


@require_POST
def draft_postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """«Поставить 11.08.2014»: the term of a decision from a day off to the next working day."""
    letter = draft_of(request, pk)
    decision, version = (whole_number(request.POST.get(name)) for name in ("decision", "version"))
    due_on = due_dates.postpone(
        of=letter, decision=decision, version=version, by=request.user, at=timezone.now(), drafts=drafts.DRAFTS
    )
    messages.success(request, f"Срок решения: {russian.short_date(due_on)}.")
    return redirect("reports:draft-check", pk)


@require_POST
def draft_identify(request: HttpRequest, pk: int) -> HttpResponse:
    """On the check of a replacing letter: which decision is the former one in other words, and which is another."""
    letter = draft_of(request, pk)
    said = {name: request.POST.get(name, "")[:50] for name in ("decision", "key")}
    version = whole_number(request.POST.get("version"))
    drafts.identify(letter=letter, version=version, by=request.user, at=timezone.now(), **said)
    messages.success(request, "Записано. Посмотрите, что теперь станет с поручениями.")
    return redirect("reports:draft-check", pk)


@require_POST
def draft_file(request: HttpRequest, pk: int) -> HttpResponse:
    """«Направить на согласование»; a second click finds it there."""
    letter = PAGES.seen(request, pk)
    admit("file", request, letter)
    try:
        letters.file_draft(letter=letter, by=request.user, at=timezone.now(), seen=request.POST.get("seen", ""))
    except letters.AlreadyFiled as filed:
        messages.info(request, str(filed))
    except draft_lint.DraftNotReady:
        return redirect("reports:draft-check", pk)
    except reading.LetterMoved as moved:
        return _check(request, letter, str(moved))
    else:
        messages.success(request, "Письмо направлено на согласование.")
    return redirect("reports:letter-detail", pk)


@require_POST
def draft_discard(request: HttpRequest, pk: int) -> HttpResponse:
    letter = PAGES.seen(request, pk)
    demand("discard", request, letter)
    drafts.discard(letter=letter, version=whole_number(request.POST.get("version")))
    messages.success(request, "Черновик удалён.")
    return redirect("reports:letter-list")


@require_POST
def letter_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """«Заменить письмом»: the outcome is opened again, or there is a new draft with the old text."""
    letter = access.letter_of(request.user, pk)
    admit("replace", request, letter)
    form = ReasonForm(request.POST, prefix="replace")
    if not form.is_valid():
        return page(request, letter, replace_form=form)
    reason = form.cleaned_data["note"]
    try:
        draft = replacements.begin(letter=letter, reason=reason, by=request.user, at=timezone.now())
    except replacements.UnderWay as refusal:
        messages.info(request, str(refusal))
        return redirect("reports:letter-detail", replacements.under_way(letter).pk)
    if draft.outcome_id:
        messages.success(request, "Итоги снова открыты: исправьте их и направьте новое письмо на согласование.")
        return redirect("events:outcome-edit", draft.outcome_id)
    messages.success(request, "Черновик нового письма готов: исправьте его и направьте на согласование.")
    return redirect("reports:draft-edit", draft.pk)


@require_POST
def letter_give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """«Отказаться от замены»: the outcome is again what the letter in force says."""
    letter = letter_to("give_up", request, pk)
    kept = letter.replaces_id
    replacements.give_up(letter=letter, by=request.user, at=timezone.now())
    messages.success(request, "Замена отменена. Итоги такие, как в отправленном письме; ваш текст остался в истории.")
    return redirect("reports:letter-detail", kept)
