"""A small network of three years for the plots: of every figure some before, in and after each year."""

import datetime

from centers.models import Center, Municipality
from events.commitments import commitments
from events.models import Event
from events.models.commitment import CommitmentStatus
from olympiad.models import Subject
from tests.factories import letters
from tests.factories.centers import CenterFactory, MunicipalityFactory, StatusGrantFactory
from tests.factories.events import AttendanceFactory, CommitmentFactory, EventFactory
from tests.factories.moments import tomsk
from tests.factories.olympiad import (
    PrepSessionFactory,
    ResultCountFactory,
    ResultSheetFactory,
    SeasonFactory,
)
from tests.factories.projects import ClusterFactory, NetworkProjectFactory, ProjectLeadFactory
from tests.factories.reports import Office

TODAY = datetime.date(2026, 11, 28)


def build(office: Office) -> None:
    """Centres of two municipalities, their events, decisions, results and sessions of 2024–2026; one sent letter."""
    town, wood = MunicipalityFactory(code="tomsk", name="Город"), MunicipalityFactory(code="chainskiy", name="Лес")
    centers = [_center(town, 2023), _center(town, 2024), _center(wood, 2025)]
    for year in (2024, 2025, 2026):
        ClusterFactory(formed_on=day(year), dissolved_on=day(2026) if year == 2024 else None)
        _event(centers[: year - 2023], year)
        _results(year, town, wood)
        held = {"event__starts_at": tomsk(12, 31, 23, year=year), "event__status": "held", "municipality": wood}
        PrepSessionFactory(**held, season=_season(year))
    letters.sent_on_paper(office)
    _decisions(centers)


def day(year: int) -> datetime.date:
    return datetime.date(year, 6, 1)


def _center(place: Municipality, year: int) -> Center:
    center = CenterFactory(status=None, organization__municipality=place)
    StatusGrantFactory(center=center, since=day(year), until=None if year != 2024 else day(2025))
    ProjectLeadFactory(center=center, project=NetworkProjectFactory(since=day(year), until=day(year + 1)))
    return center


def _event(centers: list[Center], year: int) -> Event:
    """Its centres, a guest of none and one who did not come; late on the last evening of the year."""
    event = EventFactory(status="held", starts_at=tomsk(12, 31, 23, year=year), topic=f"Итоги {year}")
    for center in centers:
        AttendanceFactory(event=event, center=center)
    AttendanceFactory(event=event, center=None, capacity="guest")
    AttendanceFactory(event=event, center=centers[0], presence="absent")
    return event


def _season(year: int) -> object:
    name, starts_on = f"{year - 1}/{year % 100}", datetime.date(year - 1, 9, 1)
    return SeasonFactory(name=name, starts_on=starts_on, ends_on=datetime.date(year, 6, 30))


def _results(year: int, *places: Municipality) -> None:
    for stage in ("municipal", "regional"):
        sheet = ResultSheetFactory(season=_season(year), stage=stage, status="taken")
        for place in places:
            for subject in Subject.objects.order_by("position")[:2]:
                ResultCountFactory(sheet=sheet, subject=subject, municipality=place, winners=year - 2022)
        ResultCountFactory(sheet=sheet, winners=None, prize_winners=None)
    ResultCountFactory(sheet=ResultSheetFactory(season=_season(year), stage="regional"))


def _decisions(centers: list[Center]) -> None:
    """Of each year one in time, one late, one answered and not accepted, one taken back."""
    for year in (2024, 2025):
        given = {"opened_at": tomsk(3, 15, 10, year=year), "due_on": datetime.date(year, 5, 1)}
        for center, month in zip(centers, (4, 6), strict=False):
            row = CommitmentFactory(**given, organization=center.organization)
            at = tomsk(month, 1, 10, year=year)
            commitments.answer(commitment=row, text="Сделано.", by=row.outcome.edited_by, at=at)
            commitments.accept(commitment=row, by=row.outcome.edited_by, at=at)
        waiting = CommitmentFactory(**given, organization=centers[2].organization)
        at = tomsk(4, 20, 23, year=year)
        commitments.answer(commitment=waiting, text="Сделано.", by=waiting.outcome.edited_by, at=at)
        CommitmentFactory(**given, status=CommitmentStatus.WITHDRAWN)
