"""Whether a file may be taken: the same judge for the page, for the command and for taking itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from django.core.exceptions import ValidationError

from centers.models import Municipality
from olympiad.models import Season, Stage, Subject
from olympiad.results import rules
from olympiad.results.found import Count, Found, Participation
from olympiad.results.judged import Bad, Doubt, Judged, Key, Tally
from olympiad.results.known import Known
from olympiad.results.words import Status
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.registers.importing.asking import Doubtful
from rcro_portal.lib.russian import upper_first

COUNTED = {Status.WINNER: "winners", Status.PRIZE_WINNER: "prize_winners"}
UNLISTED = "Предмета {} в перечне сезона {} нет. Проверьте сезон или дни предмета в справочнике «Предметы»."
NO_SUBJECT = "Не сказано, какой это предмет: назовите его в файле или выберите при загрузке."


@dataclass
class Judge:
    """``subject`` and ``municipality``: what somebody said of the whole file, for rows that say nothing of it."""

    found: Found
    season: Season
    stage: str
    known: Known
    subject: Subject | None = None
    municipality: Municipality | None = None
    judged: Judged = field(default_factory=Judged)

    def all(self) -> Judged:
        self.edition = rules.of_season(self.season)
        self._stages()
        for row in self.found.participations:
            self._participation(row)
        self._laureates()
        self._said_beside()
        self._reports()
        self._listed()
        self._quota()
        return self.judged

    # -- What the whole file says ---------------------------------------------------------------------------------

    def _stages(self) -> None:
        others = [Stage(one).label for one in self.found.stages if one != self.stage]
        if others and self.stage not in self.found.stages:
            named, chosen = ", ".join(others), Stage(self.stage).label
            first = self.found.sheets[0]
            why = f"В файле назван {named} этап, а выбран {chosen}. Проверьте, тот ли это этап."
            self.judged.doubts.append(Doubt(first["sheet"], first["header_rows"][0], why))

    def _subject(self, row: Participation | Count) -> tuple[str, Subject | None]:
        """The name to count by, and the row where the portal knows it."""
        if row.subject:
            if known := self.known.subject(row.subject):
                return known.name, known
            self._ask_subject(row, row.subject)
            return row.subject, None
        section = row.section if isinstance(row, Participation) else ""
        if section and (known := self.known.subject(section)):
            return known.name, known
        said: list[str] = next((sheet["said"] for sheet in self.found.sheets if sheet["sheet"] == row.sheet), [])
        known = self.known.subject_in(said) or self.subject
        if known is None and section:
            self._ask_subject(row, section)
            return section, None
        if known is None and not row.faults:
            self._bad(row, "", NO_SUBJECT)
        return (known.name if known else ""), known

    def _ask_subject(self, row: Participation | Count, name: str) -> None:
        question, likely = self.known.ask_subject(name)
        why = f"Предмета {quoted(name)} в портале нет." + (f" Похоже: {likely}." if likely else " Какой это?")
        self.judged.doubts.append(Doubt(row.sheet, row.row, why, question))

    def _place(self, row: Participation | Count) -> tuple[str, Municipality | None]:
        if not row.municipality:
            school = row.organization if isinstance(row, Participation) else ""
            known = self.municipality or (self.known.place_of(school) if school else None)
            return (known.name if known else ""), known
        answer = self.known.place(row.municipality)
        if isinstance(answer, Doubtful):
            self.judged.doubts.append(Doubt(row.sheet, row.row, str(answer.messages[0]), answer.question))
        elif isinstance(answer, ValidationError):
            params = getattr(answer, "params", None) or {}
            self._bad(row, "", answer.messages[0], params.get("suggestion", ""))
        else:
            return (answer.name if answer else ""), answer
        return row.municipality, None

    def _bad(self, row: Participation | Count, column: str, problem: str, suggestion: str = "") -> None:
        self.judged.bad.append(Bad(row.sheet, row.row, column, problem, suggestion))

    def _doubt(self, row: Participation | Count, why: str, *, remark: bool = False) -> None:
        self.judged.doubts.append(Doubt(row.sheet, row.row, why, remark=remark))

    # -- Protocols --------------------------------------------------------------------------------------------------

    def _participation(self, row: Participation) -> None:
        errors = len(self.judged.bad)
        name, subject = self._subject(row)
        place, municipality = self._place(row)
        for fault in row.faults:
            self._bad(row, fault.column, fault.problem, fault.suggestion)
        self._grades(row, subject)
        self._score(row)
        if row.namesake:
            self._doubt(row, f"Та же фамилия, имя и отчество, что в строке {row.namesake}: это двое.", remark=True)
        if row.twice:
            self._doubt(row, f"Этот участник уже есть в строке {row.twice}: второй раз он не считается.")
        elif len(self.judged.bad) == errors and row.status != Status.AWAY:
            tally = self._tally(Key(name, row.grade, place), subject, municipality)
            tally.add(participants=1)
            if row.status:
                tally.add(winners=0, prize_winners=0)
                if row.status in COUNTED:
                    tally.add(**{COUNTED[Status(row.status)]: 1})

    def _tally(self, key: Key, subject: Subject | None, municipality: Municipality | None) -> Tally:
        return self.judged.tallies.setdefault(key, Tally(subject, municipality))

    def _grades(self, row: Participation, subject: Subject | None) -> None:
        """Tasks of an older grade may be done, of a younger one not; tasks there are for the stage's grades alone."""
        tasks = row.tasks or row.grade
        if row.tasks and row.grade and row.tasks > row.grade:
            self._doubt(row, f"Класс заданий ({row.tasks}) выше класса обучения ({row.grade}).", remark=True)
        if row.tasks and row.grade and row.tasks < row.grade:
            self._bad(row, "", f"Класс заданий ({row.tasks}) ниже класса обучения ({row.grade}).", str(row.grade))
        first = self.edition.first_grade(self.stage, subject.code if subject else "")
        last = self.edition.last_grade(self.stage)
        if tasks is not None and not first <= tasks <= last:
            stage = Stage(self.stage).label
            self._bad(row, "", f"{tasks}-й класс: {stage} этап проводится для {first}–{last}-х классов.")

    def _score(self, row: Participation) -> None:
        if row.score is None or row.best is None:
            return
        if row.score > row.best:
            self._bad(row, "", f"Балл {_points(row.score)} больше наибольшего ({_points(row.best)}).")
        elif row.status == Status.WINNER and self.stage in self.edition.half and row.score * 2 <= row.best:
            self._doubt(row, f"Победитель набрал {_points(row.score)} из {_points(row.best)}: нужно больше половины.")

    def _laureates(self) -> None:
        """Nobody without a place has more points than somebody with one, in a sheet, by subject and grade of tasks."""
        rows = [row for row in self.found.participations if row.score is not None and not row.faults]
        rows.sort(key=_contest)
        for _, group in groupby(rows, key=_contest):
            contest = list(group)
            for better, worse in ((Status.WINNER, Status.PRIZE_WINNER), (Status.PRIZE_WINNER, Status.PARTICIPANT)):
                self._order([row for row in contest if row.status == better], [r for r in contest if r.status == worse])

    def _order(self, better: list[Participation], worse: list[Participation]) -> None:
        if better and worse:
            lowest = min(better, key=lambda row: row.score or 0)
            for row in worse:
                if (row.score or 0) > (lowest.score or 0):
                    self._doubt(
                        row, f"Балл {_points(row.score)} выше, чем в строке {lowest.row} с более высоким местом."
                    )

    def _said_beside(self) -> None:
        """What the protocol itself says of how many there are, of a sheet or of all of them."""
        for total in self.found.totals:
            of_sheet = [row for row in self.found.participations if row.sheet == total.sheet]
            there = [row for row in of_sheet if row.status != Status.AWAY]
            ways = [there, of_sheet, [row for row in there if not row.twice]]
            told = [tuple(_compared(total, [_counted(total, rows)])) for rows in ways]
            for words, said, summed in min(told, key=len):
                self._doubt(total, f"Итог не сходится: {words} {said}, по строкам {summed}.")

    # -- Reports ----------------------------------------------------------------------------------------------------

    def _reports(self) -> None:
        seen: dict[Key, Count] = {}
        lines: list[tuple[Count, str]] = []
        for row in (one for one in self.found.counts if not one.is_total):
            name, subject = self._subject(row)
            place, municipality = self._place(row)
            key = Key(name, row.grade, place)
            lines.append((row, name))
            for fault in row.faults:
                self._bad(row, fault.column, fault.problem, fault.suggestion)
            if key in seen:
                self._bad(row, "", f"{name or 'Итоги'}, {place or 'без места'}: уже есть в строке {seen[key].row}.")
                continue
            seen[key] = row
            if self._adds_up(row):
                tally = self._tally(key, subject, municipality)
                tally.add(participants=row.participants, winners=row.winners, prize_winners=row.prize_winners)
        self._totals(lines)

    def _adds_up(self, row: Count) -> bool:
        participants, winners, prize_winners = row.numbers
        laureates = (winners or 0) + (prize_winners or 0)
        if participants is not None and laureates > participants:
            self._bad(row, "", f"Победителей и призёров {laureates}, а участников {participants}.")
            return False
        return not row.faults

    def _totals(self, lines: list[tuple[Count, str]]) -> None:
        """What the file itself sums up is compared and not taken."""
        totals = [one for one in self.found.counts if one.is_total]
        for total in totals:
            mine = [row for row, _ in lines if row.sheet == total.sheet and row.subject == total.subject]
            for words, said, summed in _compared(total, mine):
                self._doubt(
                    total, f"Итог не сходится: {total.subject or 'всего'}, {words} {said}, по строкам {summed}."
                )

    # -- The whole --------------------------------------------------------------------------------------------------

    def _listed(self) -> None:
        """Of each subject: whether there was one in the list of that year."""
        subjects = {tally.subject.pk: tally.subject for tally in self.judged.tallies.values() if tally.subject}
        for subject in subjects.values():
            if not subject.is_listed(self.season):
                first = self.found.sheets[0]
                why = UNLISTED.format(quoted(upper_first(subject.name)), self.season)
                self.judged.doubts.append(Doubt(first["sheet"], first["header_rows"][0], why))

    def _quota(self) -> None:
        """Of each subject: whether more won or got prizes than the organiser of the stage lets."""
        per_cent = rules.quota(self.season, self.stage)
        if per_cent is None or not self.found.sheets:
            return
        first = self.found.sheets[0]
        for row in self.judged.sums():
            laureates, participants = (row["winners"] or 0) + (row["prize_winners"] or 0), row["participants"]
            if participants and not rules.within(laureates, participants, per_cent):
                why = above_quota(row["subject"], laureates, participants, per_cent)
                self.judged.doubts.append(Doubt(first["sheet"], first["header_rows"][0], why, remark=True))


def above_quota(subject: str, laureates: int, participants: int, per_cent: int) -> str:
    share = round(laureates * 100 / participants)
    words = f"победителей и призёров {laureates} из {participants} ({share}\xa0%)"
    return f"{subject or 'Предмет не назван'}: {words}, а квота этапа\xa0– {per_cent}\xa0%."


def _points(number: float | None) -> str:
    """«39,1»."""
    return f"{number:g}".replace(".", ",")


def _contest(row: Participation) -> tuple[str, str, int]:
    return row.sheet, row.subject, row.tasks or row.grade or 0


def _counted(total: Count, rows: list[Participation]) -> Count:
    """The lines of a protocol as a count; who won is not known where no status stands."""
    statuses = [row.status for row in rows]
    with_status = any(statuses)
    return replace(
        total,
        participants=len(rows),
        winners=statuses.count(Status.WINNER) if with_status else total.winners,
        prize_winners=statuses.count(Status.PRIZE_WINNER) if with_status else total.prize_winners,
    )


def _compared(total: Count, rows: list[Count]) -> Iterator[tuple[str, int, int]]:
    for place, words in enumerate(("участников", "победителей", "призёров")):
        said, numbers = total.numbers[place], [row.numbers[place] for row in rows]
        summed = sum(number for number in numbers if number is not None)
        if said is not None and said != summed:
            yield words, said, summed
