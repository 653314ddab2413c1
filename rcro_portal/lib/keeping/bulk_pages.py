"""The page of a change of many rows: which fields, what becomes of each row, «yes», and the way back."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from rcro_portal.lib import errors, sent_forms
from rcro_portal.lib.keeping import bulk as bulks
from rcro_portal.lib.keeping.bulk import Line, Subject
from rcro_portal.lib.keeping.bulk_fields import KeptFields
from rcro_portal.lib.keeping.declared import Keeper
from rcro_portal.lib.records import Moved
from rcro_portal.lib.refusals import Refusal, require
from rcro_portal.lib.registers import Register
from rcro_portal.lib.registers.answering import Offered
from rcro_portal.lib.russian import agree
from rcro_portal.lib.text import Line as LineField

NOTHING_NEW = "Выберите хотя бы одно новое значение."
ROW, ALL, DONE = "row", "all", "done"


class NothingChosen(Refusal):
    words = "Ни одна строка не отмечена. Вернитесь к списку и отметьте строки или выберите все найденные."


class Fields(sent_forms.Once):
    """What the subject asks for, the reason, and where the table has an archive, whether the rows go there."""

    def __init__(self, subject: Subject, user: Any, data: Any = None) -> None:
        super().__init__(data)
        self.subject, asked = subject, subject.fields(user)
        self.names = tuple(asked)
        self.fields |= asked
        if subject.away:
            self.fields["archive"] = forms.BooleanField(
                # Where nothing else can be done, that is what one came for.
                label="Убрать в архив",
                required=False,
                help_text=subject.away_words,
                initial=not asked,
            )
        label, said = subject.why
        self.fields["why"] = LineField(label=label, help_text=said, limit=300)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if not self.values and not self.to_archive:
            raise ValidationError(NOTHING_NEW if self.names else "Отметьте «Убрать в архив».")
        if self.values and self.to_archive:
            raise ValidationError("Сначала измените значения, потом уберите записи в архив: это две разные правки.")
        if self.values:
            self.subject.check(self.values)
        return cleaned

    @property
    def to_archive(self) -> bool:
        return bool(self.cleaned_data.get("archive"))

    @property
    def values(self) -> Mapping[str, Any]:
        return {name: self.cleaned_data[name] for name in self.names if self.cleaned_data.get(name) not in (None, "")}

    @property
    def chosen(self) -> tuple[Subject, Mapping[str, Any]]:
        """What is to be done to the rows, and with which values."""
        away = self.subject.away if self.to_archive else None
        return (away, {"archive": True}) if away else (self.subject, self.values)


class BulkPages:
    """What a list says of it in one line: ``bulk=BulkPages(ORGANIZATIONS, "municipality", "kind")``.

    Rows of a table with an archive may be put away too. An act of the app's own is a ``Subject``, said by ``of``.
    """

    def __init__(self, keeper: Keeper | None = None, *fields: str, of: Subject | None = None) -> None:
        assert keeper or of
        self.subject: Any = of or KeptFields(keeper, fields)  # type: ignore[arg-type]

    def page(self, request: HttpRequest, table: Register) -> HttpResponse:
        """For who keeps the table: 403 otherwise. It asks, shows what would become of each row, writes, takes back."""
        refusal = self.subject.why_not(request.user)
        require(not refusal, refusal)
        if request.method == "POST" and "undo" in request.POST:
            return _undo(request, table, self.subject)
        if request.method == "POST" and sent_forms.made(sent_forms.Once.sent_key(request.POST), request.user):
            return redirect(_list(table))
        return _asked_for(request, table, self.subject)

    def offered(self, request: HttpRequest, table: Register) -> Offered:
        """What the list shows of it: ticks for who may, and the change just made."""
        if self.subject.why_not(request.user):
            return Offered()
        done = request.GET.get(DONE, "")
        just = bulks.undoable(request.user, done, table.url_name, timezone.now()) if done else None
        said = f"Изменено: {agree(len(just.before), *table.nouns)}." if just else ""
        url = f"{table.address}bulk/?{table.querystring}"
        return Offered(True, just.pk if just else 0, said, url, self.subject.ticked, self.subject.found)


def _asked_for(request: HttpRequest, table: Register, subject: Subject) -> HttpResponse:
    rows, now = _rows(table, _asked(request)), timezone.now()
    form = Fields(subject, request.user, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _show(request, table, form, bulks.looked_at(subject, rows, {}, by=request.user, at=now))
    lines = bulks.looked_at(form.chosen[0], rows, form.chosen[1], by=request.user, at=now)
    if request.POST.get("seen") != bulks.seen(lines) or not any(line.is_written for line in lines):
        return _show(request, table, form, lines, is_seen="seen" in request.POST)
    return _write(request, table, form, lines)


def _rows(table: Register, params: QueryDict) -> Any:
    """Those ticked, else all that the list would show: of the reader's own rows either way."""
    if params.get(ALL):
        return table.rows
    keys = [int(key) for key in params.getlist(ROW) if key.isdecimal() and len(key) < 19]
    if not keys:
        raise NothingChosen
    return table.rows.filter(pk__in=keys[: bulks.AT_MOST + 1])


def _show(
    request: HttpRequest, table: Register, form: Fields, lines: list[Line], *, is_seen: bool = False
) -> HttpResponse:
    is_looked_at = form.is_bound and form.is_valid()
    moved = is_seen and is_looked_at
    context = {
        "table": table,
        "subject": form.subject,
        "form": form,
        "lines": lines,
        "found": agree(len(lines), *table.nouns),
        "list_url": _list(table),
        "is_looked_at": is_looked_at,
        "said": bulks.said(lines),
        "seen": bulks.seen(lines) if is_looked_at and any(line.is_written for line in lines) else "",
        "moved": moved,
        "chosen": [] if _asked(request).get(ALL) else [line.row.pk for line in lines],
    }
    return render(request, "keeping/bulk.html", context, status=409 if moved else errors.status_of(form))


def _write(request: HttpRequest, table: Register, form: Fields, lines: list[Line]) -> HttpResponse:
    now, key = timezone.now(), sent_forms.Once.sent_key(request.POST)
    subject, values = form.chosen

    def act() -> Any:
        said = {"of": table.url_name, "by": request.user, "at": now, "why": form.cleaned_data["why"]}
        return bulks.write(subject, lines, values, **said)

    try:
        edit, _ = sent_forms.once(act, key=key, by=request.user, at=now)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _show(request, table, form, lines)
    return redirect(f"{_list(table)}{'&' if '?' in _list(table) else '?'}{DONE}={edit.pk}")


def _undo(request: HttpRequest, table: Register, subject: Subject) -> HttpResponse:
    pk = request.POST["undo"]
    if not pk.isdecimal() or len(pk) > 18:
        raise Http404
    try:
        count = bulks.undo(subject, pk=int(pk), of=table.url_name, by=request.user, at=timezone.now())
    except Moved as error:
        raise Moved(f"{error} Ничего не отменено.") from error
    messages.success(request, f"Правка отменена: {agree(count, *table.nouns)}.")
    return redirect(_list(table))


def _asked(request: HttpRequest) -> QueryDict:
    return request.POST if request.method == "POST" else request.GET


def _list(table: Register) -> str:
    """Back to the same rows."""
    query = table.querystring.rstrip("&")
    return f"{table.address}?{query}" if query else table.address
