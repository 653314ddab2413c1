"""The plots of «Сеть в цифрах», in the order of their tabs."""

from collections.abc import Mapping
from dataclasses import dataclass

from centers.models import User
from centers.permissions import is_office
from reports.statistics.plots import decisions, events, network, olympiad
from reports.statistics.plots.asked import Asked
from reports.statistics.plots.table import Make, Table

LINE, BARS, STACKED, HEAT, MAP = "line", "bars", "stacked", "heat", "map"


@dataclass(frozen=True)
class Plot:
    """``make`` asks its figures; ``chooses`` are what may be asked besides years and place: «stage», «said».

    A plot of rows that only the institution's staff may list is ``for_office``.
    """

    tab: str
    title: str
    kind: str
    make: Make
    empty: str
    for_office: bool = True
    chooses: tuple[str, ...] = ()

    def named(self, table: Table, asked: Asked) -> str:
        """Its title with the years that the table shows."""
        return f"{self.title}, {asked.named(table.years) if table.years else asked.words}"


NO_RESULTS = "Итоги этого этапа появятся здесь, когда методист загрузит и учтёт протоколы."
PLOTS: Mapping[str, Plot] = {
    "growth": Plot(
        "Рост сети",
        "Рост сети по годам",
        LINE,
        network.growth,
        "Внесите центры с их статусом, проекты и кластеры: каждый год станет точкой.",
        for_office=False,
    ),
    "events": Plot(
        "Мероприятия",
        "Участия в мероприятиях",
        BARS,
        events.by_event,
        "Мероприятия появятся здесь, когда их проведут и отметят участников.",
    ),
    "centers": Plot(
        "Центры",
        "Участия центров в мероприятиях",
        HEAT,
        events.by_center,
        "Центры появятся здесь, когда на мероприятии отметят тех, кто от них был.",
    ),
    "decisions": Plot(
        "Поручения",
        "Исполнение поручений",
        STACKED,
        decisions.done,
        "Поручения появятся здесь, когда отправят письмо с решениями.",
    ),
    "days": Plot(
        "Сроки писем",
        "От мероприятия до письма и до ответа",
        BARS,
        decisions.days,
        "Сроки появятся здесь, когда отправят письмо об итогах мероприятия.",
    ),
    "results": Plot(
        "Победители и призёры",
        "Победители и призёры олимпиады",
        STACKED,
        olympiad.by_season,
        NO_RESULTS,
        for_office=False,
        chooses=("stage",),
    ),
    "subjects": Plot(
        "Предметы",
        "Итоги олимпиады по предметам",
        HEAT,
        olympiad.by_subject,
        NO_RESULTS,
        for_office=False,
        chooses=("stage", "said"),
    ),
    "places": Plot(
        "Муниципалитеты",
        "Итоги олимпиады по муниципалитетам",
        MAP,
        olympiad.by_municipality,
        NO_RESULTS,
        for_office=False,
        chooses=("stage", "said"),
    ),
    "sessions": Plot(
        "Смены",
        "Люди на сменах",
        STACKED,
        olympiad.of_sessions,
        "Смены появятся здесь, когда методист внесёт их с числом участников.",
    ),
}


def seen_by(user: User) -> Mapping[str, Plot]:
    return PLOTS if is_office(user) else {key: one for key, one in PLOTS.items() if not one.for_office}
