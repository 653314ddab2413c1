"""Season against season: what became more and what less, by subject, municipality or grade."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from olympiad.models import Season, Stage
from olympiad.results import comparison as compared
from rcro_portal.lib.registers import Column, Empty, Filter, Register, answer, note
from rcro_portal.lib.russian import grouped

EMPTY = Empty(
    "Сравнивать пока нечего",
    "Таблица появится, когда будут учтены итоги хотя бы одного сезона.",
    narrowed="Выберите другой этап или другие сезоны.",
)
KINDS = (("participants", "Участников"), ("winners", "Победителей"), ("prize_winners", "Призёров"))
MINUS, NOTHING = "−", "–"


def comparison(request: HttpRequest, file: str = "") -> HttpResponse:
    held, stages = compared.seasons(), compared.stages()
    by, stage, now, before = _asked(request, held, stages)
    table = Register(
        compared.rows(by, stage, now, before),
        request.GET,
        url_name="olympiad:comparison",
        title="Сравнение сезонов",
        file_name=f"сравнение сезонов, {Stage(stage).label} этап",
        nouns=("строка", "строки", "строк"),
        columns=_columns(by, str(now or ""), str(before or "")),
        default="name",
        filters=_filters(held, stages, now),
        empty=EMPTY,
        per_page=100,
    )
    said = f"{Stage(stage).words}: {now}" + (f" и {before}" if before else "") if now else ""
    told = {"said": said, "now": now, "of_municipalities": by == "municipality"}
    return answer(request, table, "olympiad/comparison.html", file, **told)


def _filters(seasons: list[Season], stages: list[str], now: Season | None) -> dict[str, Filter]:
    """They choose what is compared, and narrow nothing: where nothing is chosen, the first of each is shown."""
    held, earlier = ([(one.name, one.name) for one in several] for several in (seasons, _earlier(seasons, now)))
    return {
        "by": _choice("Как", list(compared.DIMENSIONS.items())),
        "stage": _choice("Этап", [(stage, Stage(stage).label) for stage in stages]),
        "now": _choice("Сезон", held),
        "before": _choice("С чем сравнить", held, earlier[:1]),
    }


def _choice(label: str, options: list[tuple[str, str]], first: list[tuple[str, str]] | None = None) -> Filter:
    """``first``: what is shown where nothing is chosen; unless said, the first of all."""
    shown = options[:1] if first is None else first
    others = [one for one in options if one not in shown]
    unchosen = shown[0][1] if shown else NOTHING
    return Filter(others, lambda rows, value: rows, label, unchosen=unchosen)  # noqa: ARG005


def _earlier(seasons: list[Season], now: Season | None) -> list[Season]:
    return [season for season in seasons if now and season.starts_on < now.starts_on]


def _asked(
    request: HttpRequest, seasons: list[Season], stages: list[str]
) -> tuple[str, str, Season | None, Season | None]:
    """What is not chosen: subjects, the first stage with results, the newest season and the one before it."""
    asked, held = request.GET, {season.name: season for season in seasons}
    now = held.get(asked.get("now", "")) or next(iter(seasons), None)
    before = held.get(asked.get("before", "")) or next(iter(_earlier(seasons, now)), None)
    stage = asked["stage"] if asked.get("stage") in stages else next(iter(stages), Stage.MUNICIPAL)
    by = asked["by"] if asked.get("by") in compared.DIMENSIONS else next(iter(compared.DIMENSIONS))
    return by, stage, now, before


def _columns(by: str, now: str, before: str) -> list[Column]:
    """On the page one column a kind, with both seasons in it; in files each number by itself."""
    order = {"subject": "position", "municipality": "name", "grade": "grade_key"}[by]
    headings = {"subject": "Предмет", "municipality": "Муниципалитет", "grade": "Класс"}
    name = Column("name", headings[by], _grade if by == "grade" else "name", names_row=True, order=order, width=30)
    together = [_together(kind, heading) for kind, heading in KINDS]
    counts = [column for kind, heading in KINDS for column in _of(kind, heading, now, before)]
    shares = Column("shares", "Доля победителей и призёров, %", "pk", html=_both_shares, css="numeric", in_files=False)
    return [name, *together, shares, *counts, *_shares(now, before)]


def _together(kind: str, heading: str) -> Column:
    """«566 → 634, +68»."""

    def cell(row: Any) -> SafeString:
        before, now = (getattr(row, f"{when}_{kind}") for when in (compared.BEFORE, compared.NOW))
        change = _change(kind)(row)
        return _pair(*(NOTHING if number is None else grouped(number) for number in (before, now))) + note(change)

    return Column(
        kind,
        heading,
        f"now_{kind}",
        html=cell,
        order=(f"-now_{kind}",),
        total=f"now_{kind}",
        css="numeric",
        blank=NOTHING,
        in_files=False,
    )


def _both_shares(row: Any) -> SafeString:
    before, now = (_per_cent(compared.share(row, when)) or NOTHING for when in (compared.BEFORE, compared.NOW))
    return _pair(before, now)


def _pair(before: str, now: str) -> SafeString:
    return format_html('<span class="nowrap"><span class="muted">{} →</span> {}</span>', before, now)


def _of(kind: str, heading: str, now: str, before: str) -> list[Column]:
    """The number of either season and by how much it changed."""
    columns = [
        Column(
            f"{kind}_{when}",
            f"{heading} {season}",
            f"{when}_{kind}",
            total=f"{when}_{kind}",
            on_page=False,
            css="numeric",
            blank=NOTHING,
            width=14,
        )
        for when, season in ((compared.BEFORE, before), (compared.NOW, now))
        if season
    ]
    changed = Column(f"{kind}_change", f"{heading}: изменение", _change(kind), on_page=False, css="numeric", width=12)
    return [*columns, changed] if now and before else columns


def _change(kind: str) -> Any:
    def change(row: Any) -> str:
        now, before = (getattr(row, f"{when}_{kind}") for when in (compared.NOW, compared.BEFORE))
        return "" if now is None or before is None else signed(now - before)

    return change


def _shares(now: str, before: str) -> list[Column]:
    return [
        Column(
            f"share_{when}",
            f"Доля победителей и призёров {season}, %",
            lambda row, when=when: _per_cent(compared.share(row, when)),
            on_page=False,
            css="numeric",
            width=18,
        )
        for when, season in ((compared.BEFORE, before), (compared.NOW, now))
        if season
    ]


def signed(number: int) -> str:
    """«+12», «−3», «0»."""
    return f"+{number}" if number > 0 else f"{MINUS}{-number}" if number < 0 else "0"


def _per_cent(share: float | None) -> str:
    return "" if share is None else f"{share:.1f}".replace(".", ",")


def _grade(row: Any) -> str:
    return f"{row.grade} класс" if row.grade else "класс не назван"
