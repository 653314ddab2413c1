"""Every count that a page, a file or a letter shows is what its own query gives, asked another way.

The portal stores no counts but those that letters froze; lists, cards and plots ask when they are opened. What can
come apart all the same: a plot counts all its years by one query and a mark one figure; a municipality counts beside
the list that it leads to; a column counts for all rows of a list by one query; a card sums what its passport sums by
years; a frozen value has the rows that it was taken of.
"""

import datetime
from collections.abc import Iterator

from django.db.models import Model, QuerySet
from django.utils import timezone

from centers.models import Center, Coordinator, Person
from events.models import OutcomeFigure
from projects.models import Cluster, ClusterMember, NetworkProject, Resource, ResourceDownload
from rcro_portal.lib.quotes import quoted
from reports import figures
from reports.models import LetterFigure, SnapshotFigure, YearReportFigure
from reports.statistics import center_activity, municipalities, passport
from reports.statistics.plots import asked as address
from reports.statistics.plots.asked import STAGES
from reports.statistics.plots.registry import PLOTS, Plot


def apart() -> Iterator[str]:
    """Each difference in words, with both numbers."""
    today = timezone.localdate()
    yield from _on_plots(today)
    yield from _on_municipalities(today)
    yield from _on_lists(today)
    yield from _on_cards()
    yield from _in_letters()
    yield from _in_drafts()


def _on_plots(today: datetime.date) -> Iterator[str]:
    for plot in PLOTS.values():
        for params in [{"stage": stage} for stage in STAGES] if plot.chooses else [{}]:
            yield from _on_plot(plot, address.read(params, today))


def _on_plot(plot: Plot, asked: address.Asked) -> Iterator[str]:
    table = plot.make(asked)
    counts = (figures.count(cell.code, cell.parameters).value for cell in table.cells)
    for cell, count in zip(table.cells, counts, strict=True):
        if cell.value != count:
            over = figures.over_words(cell.code, cell.parameters)
            what = f"{quoted(figures.QUERIES[cell.code].title)} {over}"
            yield f"«Сеть в цифрах», {quoted(plot.title)}: {what} – {cell.value}, а запрос даёт {count}."


def _on_municipalities(day: datetime.date) -> Iterator[str]:
    """Of what everybody sees: centres, projects and coordinators."""
    centers = Center.objects.with_status_on(day)
    projects = NetworkProject.objects.kept().in_force_on(day)
    people = Person.objects.kept()
    for row in municipalities.of_everybody(day):
        posts = Coordinator.objects.in_force_on(day).filter(center__organization__municipality=row)
        counts = {
            "centers": centers.filter(organization__municipality=row),
            "projects": projects.filter(leads__organization__municipality=row).distinct(),
            "coordinators": people.filter(pk__in=posts.values("person")),
        }
        for key, rows in counts.items():
            shown, count = municipalities.count_of(row, key), rows.count()
            if shown != count:
                heading = municipalities.COUNTED[key].heading
                yield f"{row.name}, {heading}: в таблице {shown}, а в списке {count}."


def _on_lists(day: datetime.date) -> Iterator[str]:
    """What a column counts for all rows at once, and the rows of one alone as their own list has them."""
    for center in Center.objects.with_project_count().select_related("organization").order_by("pk"):
        yield from _in_column(center, "Проекты", "project_count", center_activity.projects(center))
    members = ClusterMember.objects.in_force_on(day)
    for cluster in Cluster.objects.with_members_on(day).order_by("pk"):
        joined = members.filter(cluster=cluster)
        centers = joined.filter(organization__in=Center.objects.values("organization"))
        yield from _in_column(cluster, "Участников", "member_count", joined)
        yield from _in_column(cluster, "из них РВЦИ", "center_count", centers)
    for resource in Resource.objects.with_downloads().order_by("pk"):
        downloads = ResourceDownload.objects.filter(resource=resource)
        yield from _in_column(resource, "Скачиваний", "download_count", downloads)


def _in_column(row: Model, heading: str, column: str, rows: QuerySet) -> Iterator[str]:
    shown, count = getattr(row, column), rows.count()
    if shown != count:
        yield f"Список, {quoted(str(row))}, {heading}: в столбце {shown}, а строк {count}."


def _on_cards() -> Iterator[str]:
    """What a centre attended and did, as its card counts it and as its passport does by years."""
    for center in Center.objects.select_related("organization").order_by("pk"):
        years = passport.by_year(center)
        cards = {
            "мероприятия": (center_activity.attendance(center), [attended for _, attended, _ in years]),
            "поручения": (center_activity.fulfilment(center), [done for _, _, done in years]),
        }
        for what, (shown, parts) in cards.items():
            summed = center_activity.Share(sum(one.part for one in parts), sum(one.whole for one in parts))
            if shown != summed:
                yield f"Карточка центра {quoted(str(center))}, {what}: {shown}, а по годам {summed}."


def _in_letters() -> Iterator[str]:
    """A value is that of the rows frozen with it, and stands in the words of the letter."""
    counted = SnapshotFigure.objects.exclude(query="").filter(value__isnull=False)
    for row in counted.select_related("snapshot").order_by("pk").iterator():
        known = figures.QUERIES.get(row.query)
        where = f"Письмо {row.snapshot.letter_id}, показатель {quoted(row.name)}"
        if known is None or known.hundredths:
            continue
        if str(row.value) not in "".join(row.text.split()):
            yield f"{where}: посчитано {row.value}, а написано {quoted(row.text)}."
        if known.middle or not row.named:
            continue
        summed = sum(number if known.column else 1 for _, _, number in row.named)
        if row.value != summed:
            yield f"{where}: записано {row.value}, а посчитанные строки дают {summed}."


def _in_drafts() -> Iterator[str]:
    """A draft keeps no number, but a figure that nothing can count would stop its letter."""
    for rows in (OutcomeFigure.objects, LetterFigure.objects, YearReportFigure.objects):
        for row in rows.exclude(query="").order_by("pk"):
            try:
                figures.query(row.query)
            except figures.UnknownFigure as error:
                yield f"{row._meta.verbose_name.capitalize()} {row.pk}, {quoted(row.name)}: {error}"
