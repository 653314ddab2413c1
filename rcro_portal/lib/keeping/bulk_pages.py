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
from rcro_portal.lib.keeping.bulk import Bulk, Line
from rcro_portal.lib.keeping.declared import Keeper
from rcro_portal.lib.records import Moved
from rcro_portal.lib.refusals import Refusal, require
from rcro_portal.lib.registers import Register
from rcro_portal.lib.registers.answering import Offered
from rcro_portal.lib.russian import agree
from rcro_portal.lib.text import Line as LineField

NOTHING_NEW = "Выберите хотя бы одно новое значение."
AS_IT_IS = "— не менять —"
ROW, ALL, DONE = "row", "all", "done"


class NothingChosen(Refusal):
    words = "Ни одна строка не отмечена. Вернитесь к списку и отметьте строки или выберите все найденные."


class Fields(sent_forms.Once):
    """The fields of the keeper's form that are filled in are written; of many rows none is emptied."""

    def __init__(self, bulk: Bulk, user: Any, data: Any = None) -> None:
        super().__init__(data)
        form = bulk.keeper.form(user=user)
        self.names = bulk.fields
        for name in bulk.fields:
            field = form.fields[name]
            field.required = False
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = AS_IT_IS
            elif isinstance(field, forms.ChoiceField):
                choices: Any = field.choices
                field.choices = [("", AS_IT_IS), *((key, words) for key, words in choices if key)]
                field.initial = ""
            self.fields[name] = field
        if bulk.keeper.is_archivable:
            self.fields["archive"] = forms.BooleanField(
                # Where nothing else can be done, that is what one came for.
                label="Убрать в архив",
                required=False,
                help_text=bulk.keeper.archive_words,
                initial=not bulk.fields,
            )
        self.fields["why"] = LineField(label="Почему", help_text="Останется в истории каждой записи.", limit=300)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.values and not self.to_archive:
            raise ValidationError(NOTHING_NEW if self.names else "Отметьте «Убрать в архив».")
        if self.values and self.to_archive:
            raise ValidationError("Сначала измените значения, потом уберите записи в архив: это две разные правки.")
        return cleaned

    @property
    def to_archive(self) -> bool:
        return bool(self.cleaned_data.get("archive"))

    @property
    def values(self) -> Mapping[str, Any]:
        return {name: self.cleaned_data[name] for name in self.names if self.cleaned_data.get(name) not in (None, "")}


class BulkPages:
    """What a list says of it in one line: ``bulk=BulkPages(ORGANIZATIONS, "municipality", "kind")``.

    Rows of a table with an archive may be put away too.
    """

    def __init__(self, keeper: Keeper, *fields: str) -> None:
        self.bulk = Bulk(keeper, fields)

    def page(self, request: HttpRequest, table: Register) -> HttpResponse:
        """For who keeps the table: 403 otherwise. It asks, shows what would become of each row, writes, takes back."""
        refusal = self.bulk.keeper.why_not(request.user, None)
        require(not refusal, refusal)
        if request.method == "POST" and "undo" in request.POST:
            return _undo(request, table, self.bulk)
        if request.method == "POST" and sent_forms.made(sent_forms.Once.sent_key(request.POST), request.user):
            return redirect(_list(table))
        return _asked_for(request, table, self.bulk)

    def offered(self, request: HttpRequest, table: Register) -> Offered:
        """What the list shows of it: ticks for who may, and the change just made."""
        if self.bulk.keeper.why_not(request.user, None):
            return Offered()
        done = request.GET.get(DONE, "")
        just = bulks.undoable(request.user, done, table.url_name, timezone.now()) if done else None
        return Offered(True, just.pk if just else 0, agree(len(just.before), *table.nouns) if just else "")


def _asked_for(request: HttpRequest, table: Register, bulk: Bulk) -> HttpResponse:
    rows = _rows(table, _asked(request))
    form = Fields(bulk, request.user, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _show(request, table, form, bulks.looked_at(bulk, rows, {}, request.user))
    lines = _lines(bulk, rows, form, request.user)
    if request.POST.get("seen") != bulks.seen(lines) or not any(line.is_written for line in lines):
        return _show(request, table, form, lines, is_seen="seen" in request.POST)
    return _write(request, table, bulk, form, lines)


def _lines(bulk: Bulk, rows: Any, form: Fields, user: Any) -> list[Line]:
    if form.to_archive:
        return bulks.put_away(bulk, rows, user)
    return bulks.looked_at(bulk, rows, form.values, user)


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


def _write(request: HttpRequest, table: Register, bulk: Bulk, form: Fields, lines: list[Line]) -> HttpResponse:
    now, key = timezone.now(), sent_forms.Once.sent_key(request.POST)

    def act() -> Any:
        said = {"of": table.url_name, "by": request.user, "at": now, "why": form.cleaned_data["why"]}
        if form.to_archive:
            return bulks.archive(lines, **said)
        return bulks.write(bulk, lines, form.values, **said)

    try:
        edit, _ = sent_forms.once(act, key=key, by=request.user, at=now)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _show(request, table, form, lines)
    return redirect(f"{_list(table)}{'&' if '?' in _list(table) else '?'}{DONE}={edit.pk}")


def _undo(request: HttpRequest, table: Register, bulk: Bulk) -> HttpResponse:
    pk = request.POST["undo"]
    if not pk.isdecimal() or len(pk) > 18:
        raise Http404
    try:
        count = bulks.undo(bulk, pk=int(pk), of=table.url_name, by=request.user, at=timezone.now())
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
