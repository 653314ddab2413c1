"""The pages of an import, for every kind: upload, what was found, columns, a row mended, answers, writing, undoing.

Their addresses are «…-import», «…-import-session», «…-import-columns», «…-import-row», «…-import-answers»,
«…-import-passed-over», «…-bring-in», «…-import-undo»: of one kind by ``ImportPages.urls``, of several by ``addresses``.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from rcro_portal.lib import russian
from rcro_portal.lib.errors import status_of
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers.importing import sessions, showing, working
from rcro_portal.lib.registers.importing.forms import ColumnsForm, UploadForm, typed_cells
from rcro_portal.lib.registers.importing.kinds import Kind
from rcro_portal.lib.registers.importing.reading import CannotRead
from rcro_portal.lib.registers.importing.stored import Session, State, Work

FORMER_AT_MOST = 20


class ImportPages:
    """Of one kind. ``noun`` begins the names of the addresses, ``kept`` are their arguments before the session's key.

    ``form`` adds what the file belongs to.
    """

    # Templates ask it for its words: they would call it.
    do_not_call_in_templates = True

    def __init__(
        self,
        kind: type[Kind],
        sessions: type[Session],
        *,
        noun: str,
        kept: tuple[str, ...] = (),
        form: type[UploadForm] = UploadForm,
    ) -> None:
        self.kind, self.sessions, self.noun, self.kept, self.upload_form = kind, sessions, noun, kept, form

    # -- Addresses ----------------------------------------------------------------------------------------

    def urls(self, folder: str) -> list[URLPattern]:
        return addresses(folder, self.noun, lambda **_: self)

    def serve(self, name: str, request: HttpRequest, **told: Any) -> HttpResponse:
        """The view of that name, for whoever may bring in this kind."""
        require(self.kind.may(request.user), self.kind.not_you)
        view: Callable[..., HttpResponse] = getattr(self, name)
        return view(request, **told)

    def url(self, name: str, *told: int) -> str:
        return reverse(f"{self.noun}-{name}", args=[*self.kept, *told])

    def _urls(self, found: Session) -> dict[str, str]:
        named = {"session": "import-session", "columns": "import-columns", "answers": "import-answers"}
        named |= {"write": "bring-in", "undo": "import-undo", "again": "import-passed-over"}
        return {name: self.url(address, found.pk) for name, address in named.items()} | {"upload": self.url("import")}

    # -- Words --------------------------------------------------------------------------------------------

    @property
    def required_words(self) -> str:
        """«Обязателен столбец «ФИО»»."""
        named = [quoted(one.heading) for one in self.kind.columns if one.required]
        return f"{'Обязателен столбец' if len(named) == 1 else 'Обязательны столбцы'} {', '.join(named)}"

    @property
    def days_kept(self) -> str:
        if not self.kind.keeps_file:
            return "до внесения, не дольше суток"
        return russian.agree(settings.IMPORT_FILES_DAYS, "день", "дня", "дней")

    @property
    def other_headings(self) -> str:
        return ", ".join(quoted(one.heading) for one in self.kind.columns if not one.required)

    @property
    def own(self) -> Any:
        """The sessions that these pages are about."""
        return self.sessions._default_manager.filter(kind=self.kind.key)

    def former(self) -> list[tuple[Session, str]]:
        rows = self.own.select_related("begun_by__person")
        return [(one, self.url("import-session", one.pk)) for one in rows.order_by("-pk")[:FORMER_AT_MOST]]

    @property
    def back(self) -> tuple[str, str]:
        """Where the file comes from: its name and address."""
        return self.kind.list_name, reverse(self.kind.listed)

    @property
    def about(self) -> str:
        """What the file belongs to, where that is one thing: «Смена «…», 12–16 октября 2026 г.»"""
        return ""

    # -- Views --------------------------------------------------------------------------------------------

    def find(self, pk: int) -> Session:
        return get_object_or_404(self.own.select_related("begun_by", "written_by", "undone_by"), pk=pk)

    def upload_page(self, request: HttpRequest) -> HttpResponse:
        """A table that can be read becomes a session; nothing of it is written yet."""
        form = self.upload_form(request.POST or None, request.FILES or None)
        if form.is_valid():
            table = form.cleaned_data["table"]
            told = {"options": form.options(), "name": table.name, "data": table.read()}
            try:
                found = sessions.begin(self.sessions, self.kind, by=request.user, at=timezone.now(), **told)
            except CannotRead as refusal:
                form.add_error("table", str(refusal))
            else:
                working.judge_anew(found, by=request.user, at=timezone.now())
                return redirect(self.url("import-session", found.pk))
        context = {"form": form, "former": self.former(), "door": self, "list_url": self.back[1]}
        return render(request, "registers/import_upload.html", context, status=status_of(form))

    def session_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(request, self.find(pk))

    def _page(self, request: HttpRequest, found: Session, form: ColumnsForm | None = None) -> HttpResponse:
        context = {"session": found, "door": self, "urls": self._urls(found), "list_url": self.back[1]}
        if found.state != State.OPEN:
            context |= showing.of_written(found)
        elif found.digest and not found.work:
            file = sessions.opened(found, self.kind)
            told = found.found or showing.of_file(file, by=request.user, at=timezone.now())
            context |= {"form": form or ColumnsForm(file=file), "found": told}
        template = "registers/import_session.html"
        if request.headers.get("HX-Request") and found.work:
            template = "registers/import_working.html"
        answer = render(request, template, context, status=status_of(form))
        if request.headers.get("HX-Request") and not found.work:
            # The work is over: the whole page is another one now.
            answer["HX-Refresh"] = "true"
        return answer

    def columns(self, request: HttpRequest, pk: int) -> HttpResponse:
        found = self.find(pk)
        file = sessions.opened(found, self.kind)
        form = ColumnsForm(request.POST, file=file)
        if not form.is_valid():
            return self._page(request, found, form)
        sessions.read_as(file, **form.told())
        return self._judged_anew(request, found)

    def row(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        found = self.find(pk)
        try:
            cells = typed_cells(request.POST.dict())
        except ValidationError as error:
            raise sessions.NotReady(error.messages[0]) from error
        sessions.edit(found, number, cells)
        messages.success(request, f"Строка {number} исправлена здесь, в портале; сам файл прежний.")
        return self._judged_anew(request, found)

    def answers(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What is said of doubtful rows; a question that is left open is asked again."""
        found, now = self.find(pk), timezone.now()
        told = found.found or showing.of_file(sessions.opened(found, self.kind), by=request.user, at=now)
        count = sessions.answer(found, told.get("questions", []), request.POST, by=request.user, at=now)
        if count:
            messages.success(request, f"Ответы сохранены: {count}. В следующий раз портал об этом не спросит.")
        else:
            messages.warning(request, "Ни одного ответа не выбрано.")
        return self._judged_anew(request, found)

    def passed_over(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Rows that somebody decided not to bring in are asked about again."""
        sessions.take_again(self.find(pk))
        messages.success(request, "Строки вернулись на проверку.")
        return self._judged_anew(request, self.find(pk))

    def _judged_anew(self, request: HttpRequest, found: Session) -> HttpResponse:
        working.judge_anew(found, by=request.user, at=timezone.now())
        return redirect(self.url("import-session", found.pk))

    def write(self, request: HttpRequest, pk: int) -> HttpResponse:
        found, good_rows = self.find(pk), "good" in request.POST
        if working.is_large(found):
            work = Work.WRITE_GOOD if good_rows else Work.WRITE
            working.ask(found, work, by=request.user, at=timezone.now())
        else:
            try:
                judgement = sessions.write(found, self.kind, by=request.user, at=timezone.now(), good_rows=good_rows)
            except sessions.NotReady as refusal:
                return self._refused(request, pk, str(refusal))
            messages.success(request, f"{self.kind.list_name}: внесено строк – {russian.grouped(judgement.writes)}.")
        return redirect(self.url("import-session", pk))

    def _refused(self, request: HttpRequest, pk: int, words: str) -> HttpResponse:
        """The file as it is judged now, with the reason above: who is told to check again sees what to check."""
        found = self.find(pk)
        found.trouble = words
        answer = self._page(request, found)
        answer.status_code = 409
        return answer

    def undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        words = sessions.undo(self.find(pk), self.kind, by=request.user, at=timezone.now())
        messages.success(request, words)
        return redirect(self.url("import-session", pk))


# Name of the view → what follows the folder, what follows the noun, whether it is only posted to.
_VIEWS = {
    "upload_page": ("", "import", False),
    "session_page": ("<int:pk>/", "import-session", False),
    "columns": ("<int:pk>/columns/", "import-columns", True),
    "row": ("<int:pk>/rows/<int:number>/", "import-row", True),
    "answers": ("<int:pk>/answers/", "import-answers", True),
    "passed_over": ("<int:pk>/passed-over/", "import-passed-over", True),
    "write": ("<int:pk>/bring-in/", "bring-in", True),
    "undo": ("<int:pk>/undo/", "import-undo", True),
}


def addresses(folder: str, noun: str, find: Callable[..., ImportPages]) -> list[URLPattern]:
    """``find`` says whose pages they are, by what the folder names; it may raise Http404."""
    name = noun.rsplit(":", 1)[-1]
    return [
        path(f"{folder}{rest}", _view(view, find, only_posted=posted), name=f"{name}-{named}")
        for view, (rest, named, posted) in _VIEWS.items()
    ]


def _view(name: str, find: Callable[..., ImportPages], *, only_posted: bool) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, **told: Any) -> HttpResponse:
        own = {key: told.pop(key) for key in ("pk", "number") if key in told}
        return find(**told).serve(name, request, **own)

    return require_POST(view) if only_posted else require_http_methods(["GET", "POST"])(view)
