"""What the page of figures is asked for in its address: years, a municipality, a stage, which number of results."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.validators import slug_re

from centers.models import Municipality
from olympiad.models import Stage
from rcro_portal.lib.as_of import FIRST

# So many years that a finger still hits each of their marks on a phone.
YEARS = 10
STAGES = (Stage.MUNICIPAL, Stage.REGIONAL, Stage.FINAL)
SAID = {"participants": "Участники", "winners": "Победители", "prize_winners": "Призёры"}


@dataclass(frozen=True)
class Asked:
    """Both years belong to it; ``begins`` says that its first year was asked for and is no default."""

    since: int
    until: int
    today: datetime.date
    begins: bool = False
    municipality: Municipality | None = None
    stage: str = Stage.REGIONAL
    said: str = "participants"

    @property
    def years(self) -> range:
        return range(self.since, self.until + 1)

    @property
    def period(self) -> dict[str, str]:
        """All its years as parameters of a figure."""
        return {**between(self.since, self.until), **self.place}

    @property
    def place(self) -> dict[str, str]:
        return {"municipality": self.municipality.code} if self.municipality else {}

    @property
    def params(self) -> dict[str, str]:
        """As the address has them; what is not asked for is not there."""
        since = {"since": str(self.since)} if self.begins else {}
        until = {"until": str(self.until)} if self.until != self.today.year else {}
        stage = {"stage": self.stage} if self.stage != Stage.REGIONAL else {}
        said = {"said": self.said} if self.said != "participants" else {}
        return {**since, **until, **self.place, **stage, **said}

    def link(self, **more: str) -> str:
        return urlencode({**more, **self.params})

    @property
    def words(self) -> str:
        """«2016–2025 годы, Томский район»."""
        return self.named(f"{self.since} год" if self.since == self.until else f"{self.since}–{self.until} годы")

    def named(self, years: str) -> str:
        """These years, and the municipality that is asked for."""
        return f"{years}, {self.municipality}" if self.municipality else years


def between(first: int, last: int) -> dict[str, str]:
    return {"since": f"{first}-01-01", "until": f"{last}-12-31"}


def read(params: Mapping[str, str], today: datetime.date) -> Asked:
    """What makes no sense is ignored; years the wrong way round change places, the latest ten of many stay."""
    since, until = _year(params.get("since", ""), today), _year(params.get("until", ""), today)
    if since and until and since > until:
        since, until = until, since
    last = until or max(since or today.year, today.year)
    first = max(since or last - YEARS + 1, last - YEARS + 1, FIRST.year)
    code = params.get("municipality", "")
    return Asked(
        since=first,
        until=last,
        today=today,
        begins=since is not None,
        municipality=Municipality.objects.filter(code=code).first() if slug_re.fullmatch(code) else None,
        stage=_among(params.get("stage", ""), STAGES, Stage.REGIONAL),
        said=_among(params.get("said", ""), SAID, "participants"),
    )


def _among(value: str, known: Any, otherwise: str) -> str:
    return value if value in known else otherwise


def _year(text: str, today: datetime.date) -> int | None:
    is_year = len(text) == 4 and text.isascii() and text.isdigit()
    return int(text) if is_year and FIRST.year <= int(text) <= today.year + 1 else None
