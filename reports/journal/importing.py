"""The register that was kept before the portal, brought in from its table: the kind ``journal`` of imports.

Numbers lie before the first one that the portal gave, or fill rows of unknown origin. The same file brought in twice
changes nothing, and neither does the register's own table.

A number never leaves the register, so that an import that is undone leaves its numbers and days there, with nothing
said of them: a right file fills them again. Rows that were there hold again what they held.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import F

from rcro_portal.lib import russian
from rcro_portal.lib.registers.importing.fields import RowForm, read_day
from rcro_portal.lib.registers.importing.kinds import CannotUndo, Judgement, Kind, Read, Written
from reports.journal import cells as journal_cells
from reports.journal import clerk_dashboard, comparing
from reports.journal import log as journal_log
from reports.models import OutgoingRegister, RegisterEntry, RegisterYear
from reports.models.register import Origin

ELSEWHERE = "другого журнала"
# What a file says of a number and an undone import takes back; its number and day stay.
TEXTS = ("addressee", "subject_line", "prepared_by", "document_kind", "note")
COUNTS = ("sheets", "copies")


class JournalKind(Kind):
    """``options``: the key of the register."""

    key, title, columns = "journal", "Загрузить прежний журнал", journal_cells.COLUMNS
    listed, list_name = "reports:register", "Журнал исходящих"
    not_you = "Номера в журнале даёт делопроизводитель."
    undo_words = (
        "Номера с датами останутся в журнале: они не удаляются. Счёт года, который начат этим файлом, тоже останется: "
        "следующий номер – после последнего из них. Остальное, что внёс файл, будет снято, а прежнее вернётся."
    )

    @classmethod
    def may(cls, user: Any) -> bool:
        return clerk_dashboard.may_keep(user)

    @cached_property
    def register(self) -> OutgoingRegister:
        return OutgoingRegister.objects.get(pk=self.options["register"])

    @cached_property
    def _others(self) -> set[str]:
        return set(OutgoingRegister.objects.exclude(pk=self.register.pk).values_list("name", flat=True))

    @cached_property
    def _own(self) -> dict[tuple[str, str], RegisterEntry]:
        return {(one.number, russian.short_date(one.registered_on)): one for one in self.register.entries.all()}

    # -- One row ----------------------------------------------------------------------------------------

    def is_record(self, cells: Mapping[str, str]) -> bool:
        """A row with a number and a day, whatever its texts begin with."""
        numbered = any(sign.isdecimal() for sign in cells.get("number", ""))
        return numbered and read_day(cells.get("registered_on", "")) is not None

    def passed_by(self, cells: Mapping[str, str]) -> str:
        return ELSEWHERE if cells.get("register") in self._others else ""

    def known(self, cells: Mapping[str, str]) -> RegisterEntry | None:
        """A row that says what the register says of it is the register's own, whatever else one might doubt of it."""
        there = self._own.get((cells["number"], cells["registered_on"]))
        shown = {name: cell for name, cell in cells.items() if name != "register"}
        return there if there and journal_cells.is_same(shown, there) else None

    def form(self, cells: Mapping[str, str], *, section: str) -> RowForm:
        return journal_cells.RegisterRowForm(cells, register=self.register, section=section)

    def items(self, form: RowForm) -> Iterator[RegisterEntry]:
        told = dict(form.cleaned_data)
        day = told.pop("registered_on")
        for place in told.pop("number"):
            yield RegisterEntry(
                register=self.register,
                year=day.year,
                registered_on=day,
                number=place.number,
                sequence=place.parsed.sequence,
                suffix=place.parsed.suffix,
                origin=Origin.IMPORTED,
                registered_by=self.by,
                **told,
            )

    # -- All of them --------------------------------------------------------------------------------------

    def lock(self) -> None:
        """No other file is brought in meanwhile, and no number is given."""
        OutgoingRegister.objects.filter(pk=self.register.pk).update(code=F("code"))
        RegisterYear.objects.filter(register=self.register).update(last_on=F("last_on"))

    def compare(self, read: Sequence[Read], judgement: Judgement) -> None:
        comparing.compare(self.register, read, judgement, self.at)

    def write(self, judgement: Judgement) -> list[Written]:
        new, filled = [one.what for one in judgement.new], [one.what for one in judgement.changed]
        before = RegisterEntry.objects.in_bulk([entry.pk for entry in filled])
        RegisterEntry.objects.bulk_create(new)
        for entry in filled:
            self._fill(entry)
        self._open_years(new)
        journal_log.write([*new, *filled], "Внесено из прежнего журнала", by=self.by, at=self.at)
        return [
            *(Written(one.row, one.what.pk, None, _held(one.what)) for one in judgement.new),
            *(Written(one.row, one.what.pk, _held(before[one.what.pk]), _held(one.what)) for one in judgement.changed),
        ]

    def _fill(self, entry: RegisterEntry) -> None:
        entry.save(update_fields=[*journal_cells.HELD, "origin"])
        last = RegisterYear.objects.filter(register=self.register, year=entry.year, last_sequence=entry.sequence)
        last.update(last_on=entry.registered_on)

    def _open_years(self, entries: Sequence[RegisterEntry]) -> None:
        """A year that the portal has not begun goes on after what was brought in."""
        if not self.register.counts:
            return
        last: dict[int, RegisterEntry] = {}
        for entry in sorted(entries, key=comparing.place):
            last[entry.year] = entry
        RegisterYear.objects.bulk_create(
            [
                RegisterYear(
                    register=self.register,
                    year=year,
                    first_sequence=entry.sequence + 1,
                    last_sequence=entry.sequence,
                    last_on=entry.registered_on,
                    opening_note=f"Номера по {entry.sequence} внесены из прежнего журнала",
                )
                for year, entry in last.items()
            ],
            ignore_conflicts=True,
        )

    def undo(self, written: Sequence[Written]) -> str:
        """Raises CannotUndo where somebody has changed one of the rows since."""
        entries = RegisterEntry.objects.in_bulk([one.pk for one in written])
        changed = [entries[one.pk] for one in written if _held(entries[one.pk]) != one.now]
        if changed:
            named = ", ".join(f"№ {entry.number}" for entry in changed[:5])
            raise CannotUndo(
                f"После загрузки эти строки журнала изменены: {named}{' и другие' if len(changed) > 5 else ''}. "
                "Отменить её целиком уже нельзя: исправьте строки по одной."
            )
        empty = {**dict.fromkeys(TEXTS, ""), **dict.fromkeys(COUNTS)}
        RegisterEntry.objects.filter(pk__in=entries).update(**empty, origin=Origin.UNKNOWN)
        self._give_back({one.pk: one for one in written if one.was is not None})
        journal_log.write(list(entries.values()), "Загрузка отменена: сведения сняты", by=self.by, at=self.at)
        return (
            f"Загрузка отменена. Номера из журнала не удаляются: {russian.agree(len(entries), *STAYED)} с датами, "
            "без сведений. Загрузите исправленный файл, и они заполнятся; номера, которых не было, аннулируйте."
        )

    def _give_back(self, written: Mapping[int, Written]) -> None:
        """What rows held that were filled; their days where no day of their year falls then."""
        entries = RegisterEntry.objects.in_bulk(written)
        for pk, entry in entries.items():
            for name, value in (written[pk].was or {}).items():
                if name in journal_cells.HELD:
                    setattr(entry, name, value)
            entry.registered_on = datetime.date.fromisoformat((written[pk].was or {})["registered_on"])
        falling = {year for year in {one.year for one in entries.values()} if self._falls(year, entries)}
        for pk, entry in entries.items():
            if entry.year in falling:
                entry.registered_on = datetime.date.fromisoformat(written[pk].now["registered_on"])
            self._fill(entry)

    def _falls(self, year: int, changed: Mapping[int, RegisterEntry]) -> bool:
        there = [changed.get(one.pk, one) for one in self.register.entries.filter(year=year)]
        days = [one.registered_on for one in sorted(there, key=comparing.place)]
        return self.register.counts and days != sorted(days)


STAYED = ("номер остался", "номера остались", "номеров остались")


def _held(entry: RegisterEntry) -> dict[str, Any]:
    """As the database keeps it of a row that was brought in."""
    held = {name: getattr(entry, name) for name in journal_cells.HELD}
    return held | {name: str(getattr(entry, name)) for name in ("registered_on", "origin", "status")}


KINDS = (JournalKind,)
