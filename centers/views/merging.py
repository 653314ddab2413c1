"""Likely doubles, two rows side by side, the act of merging and its undoing."""

import hashlib
import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from centers import permissions
from centers.models import NotSame, Person, PersonMerge
from centers.people import doubles, hanging, merging
from centers.people.kept import NOT_YOURS, PEOPLE
from centers.views.people_list import described
from rcro_portal.lib import errors, phones
from rcro_portal.lib.records import Moved
from rcro_portal.lib.refusals import Refusal, require
from rcro_portal.lib.registers.paging import Paginator
from rcro_portal.lib.search import typed

KEPT, GONE = "kept", "gone"
PAIRS_PER_PAGE, APART_AT_MOST = 50, 100
FOUND_AT_MOST = 20


class MergeForm(forms.Form):
    """For each field in which two rows differ, whose value stays; ``seen`` is what the page showed of both."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kept: Person, gone: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {KEPT: kept, GONE: gone}
        self.digest = digest(kept, gone)
        self.fields["seen"].initial = self.digest
        for name in merging.FIELDS:
            values = {side: _in_words(row, name) for side, row in self.rows.items()}
            if values[KEPT] != values[GONE]:
                self.fields[name] = forms.ChoiceField(
                    label=_label(name),
                    choices=[(side, words or "пусто") for side, words in values.items()],
                    widget=forms.RadioSelect,
                    initial=KEPT if values[KEPT] else GONE,
                )

    def clean_seen(self) -> str:
        """Raises Moved where either row is another than the page showed."""
        if self.cleaned_data["seen"] != self.digest:
            raise Moved
        return self.digest

    def chosen(self) -> dict[str, Any]:
        sides = {name: side for name, side in self.cleaned_data.items() if name != "seen"}
        return {name: getattr(self.rows[side], name) for name, side in sides.items()}


def _label(name: str) -> str:
    words = str(Person._meta.get_field(name).verbose_name)
    return words[:1].upper() + words[1:]


def _in_words(person: Person, name: str) -> str:
    if name == "gender":
        return str(person.get_gender_display())
    return phones.shown(person.phone) if name == "phone" else str(getattr(person, name))


def digest(*people: Person) -> str:
    """What a page showed of both, to be compared when it is sent."""
    said = json.dumps([merging.held(person) for person in people], default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def doubles_list(request: HttpRequest) -> HttpResponse:
    require(permissions.may_keep_people(request.user), NOT_YOURS)
    page = Paginator(doubles.likely(), PAIRS_PER_PAGE).get_page(request.GET.get("page", "1"))
    pairs = list(page.object_list)
    people = described({person.pk for pair in pairs for person in pair[:2]})
    shown = [(people[pair.first.pk], people[pair.second.pk], pair.why) for pair in pairs]
    apart = NotSame.objects.select_related("first", "second", "by__person").order_by("-at", "-pk")
    context = {"pairs": shown, "page": page, "page_link": "?page=", "apart": apart[:APART_AT_MOST]}
    return render(request, "centers/doubles.html", {**context, "apart_at_most": APART_AT_MOST})


def pick(request: HttpRequest, pk: int) -> HttpResponse:
    """With whom: whoever is likely the same, or is found by name; each leads to the two side by side."""
    person = _kept_by(request, pk)
    require(not (closed := PEOPLE.why_not(request.user, person)), closed)
    words = typed(request.GET.get("q", ""))
    others = Person.objects.kept().exclude(pk=pk).order_by("sort_key", "pk")
    shown = list(others.matching(words)[:FOUND_AT_MOST]) if words else _likely(person)
    people = described(one.pk for one in shown)
    context = {"person": person, "found": [people[one.pk] for one in shown], "words": words, "at_most": FOUND_AT_MOST}
    return render(request, "centers/merge_pick.html", context)


def _likely(person: Person) -> list[Person]:
    pairs = [pair[:2] for pair in doubles.likely() if person in pair[:2]]
    return [one if other == person else other for one, other in pairs]


def merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """``pk`` stays, ``other`` goes into the archive; sent twice it is done once."""
    if request.method == "POST" and (done := _done_already(request, pk, other)):
        return done
    kept, gone = _kept_by(request, pk), _kept_by(request, other)
    if kept == gone:
        raise Http404
    require(not (words := merging.refusal(kept, gone, request.user)), words)
    form = MergeForm(request.POST or None, kept=kept, gone=gone)
    status = errors.status_of(form)
    if request.method == "POST" and form.is_valid():
        try:
            merging.merge(kept=kept, gone=gone, chosen=form.chosen(), by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, f"Записи объединены: {kept.full_name}.")
            return redirect("centers:person-detail", kept.pk)
    people, hung = described([kept.pk, gone.pk]), hanging.counts([kept, gone])
    sides = [(people[row.pk], sorted(hung.get(row.pk, {}).items())) for row in (kept, gone)]
    context = {"form": form, "kept": kept, "gone": gone, "sides": sides}
    return render(request, "centers/merge.html", context, status=status)


def _done_already(request: HttpRequest, kept: int, gone: int) -> HttpResponse | None:
    require(permissions.may_keep_people(request.user), NOT_YOURS)
    is_done = PersonMerge.objects.filter(kept=kept, gone=gone, undone_at=None, by=request.user).exists()
    return redirect("centers:person-detail", kept) if is_done else None


@require_POST
def tell_apart(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    one, second = _kept_by(request, pk), _kept_by(request, other)
    doubles.tell_apart(one=one, other=second, by=request.user, at=timezone.now())
    messages.success(request, f"Запомнено: {one.surname_first} и {second.surname_first} – разные люди.")
    return redirect("centers:doubles")


@require_POST
def forget_apart(request: HttpRequest, pk: int) -> HttpResponse:
    require(permissions.may_keep_people(request.user), NOT_YOURS)
    doubles.forget(pair=get_object_or_404(NotSame, pk=pk))
    messages.success(request, "Пара снова будет предлагаться.")
    return redirect("centers:doubles")


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    require(permissions.may_keep_people(request.user), NOT_YOURS)
    done = get_object_or_404(PersonMerge.objects.select_related("kept", "gone"), pk=pk)
    merging.undo(merge=done, by=request.user, at=timezone.now())
    messages.success(request, f"Объединение отменено: {done.gone.full_name} – снова отдельная запись.")
    return redirect("centers:person-detail", done.gone_id)


def _kept_by(request: HttpRequest, pk: int) -> Person:
    require(permissions.may_keep_people(request.user), NOT_YOURS)
    return get_object_or_404(Person.objects.kept(), pk=pk)
