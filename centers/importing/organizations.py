"""Organisations: the kind ``organizations`` of imports."""

import datetime
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from centers import permissions
from centers.importing import known
from centers.importing.cells import Email, Line, Named, Phone, StateNumber
from centers.importing.places import Places
from centers.models import Municipality, Organization, OrganizationKind
from centers.organizations import naming
from centers.state_numbers import validate_inn, validate_ogrn
from rcro_portal.lib import russian
from rcro_portal.lib.keeping.imports import RecordsForm, RecordsKind, Step, Wish
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.registers.importing.columns import Column
from rcro_portal.lib.registers.importing.finding import Pool, Wanted, Ways

WAYS = Ways(new="Это новая организация, внести её")
NO_PLACE = "Укажите муниципалитет: без него новая организация не вносится."

NAME_COLUMNS = (
    Column(
        "short_name",
        "Краткое наименование",
        (
            *("краткое название", "сокращённое наименование", "организация", "наименование организации", "оо"),
            *("образовательная организация", "учреждение", "образовательное учреждение", "школа", "наименование"),
            *("название", "наименование оо", "название организации", "юридическое лицо"),
        ),
        required=True,
        instead=("full_name",),
    ),
    Column("full_name", "Полное наименование", ("полное название", "наименование полностью", "полное наименование оо")),
    Column("municipality", "Муниципалитет", ("район", "муниципальное образование", "мо", "территория", "город, район")),
    Column("inn", "ИНН", ("инн организации",)),
    Column("ogrn", "ОГРН"),
)
MORE_COLUMNS = (
    Column("short_name_genitive", "Краткое в родительном падеже", ("родительный падеж",)),
    Column("short_name_dative", "Краткое в дательном падеже", ("дательный падеж",)),
    Column("kind", "Вид", ("вид организации", "тип", "тип организации")),
    Column("legal_address", "Юридический адрес", ("адрес", "адрес организации")),
    Column("postal_address", "Почтовый адрес", ("фактический адрес",)),
    Column("phone", "Телефоны", ("телефон", "тел.", "контактный телефон")),
    Column("email", "Электронная почта", ("почта", "e-mail", "email", "эл. почта", "адрес электронной почты")),
    Column("website", "Сайт", ("адрес сайта",)),
    Column("head_name", "Руководитель", ("директор", "фио руководителя", "фио директора")),
    Column("head_title", "Должность руководителя"),
)
SYNONYMS = {
    "школа": "educational",
    "оо": "educational",
    "образование": "educational",
    "общеобразовательная": "educational",
    "наука": "scientific",
    "промышленная": "industrial",
    "предприятие": "industrial",
    "культура": "cultural",
    "муоо": "authority",
}


def refuse_archived(wanted: Wanted, name: str, archived: frozenset[str]) -> Wanted:
    """Raises ValidationError for something new whose name is in the archive: it is brought back and not made twice."""
    if wanted.is_new and russian.search_key(name) in archived:
        raise ValidationError(f"{quoted(name)} – в архиве. Верните эту запись из архива, потом загружайте.")
    return wanted


class OrganizationForm(RecordsForm):
    """A row that is about an organisation, whatever else it says; ``found`` is the portal's, if it is there."""

    short_name = Line(limit=150)
    full_name = Line(limit=300)
    municipality = Line(limit=150)
    inn = StateNumber(validate_inn)
    ogrn = StateNumber(validate_ogrn)
    found: Organization | None = None

    def clean_municipality(self) -> Municipality | None:
        return self.kind.places.find(self.cleaned_data["municipality"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned.get("short_name") or cleaned.get("full_name")):
            self.add_error(self.kind.name_column(self.data), "Названия нет.")
        if not self.errors:
            self.found = self._find(cleaned)
            self._complete(cleaned)
        return cleaned

    def _find(self, cleaned: dict[str, Any]) -> Organization | None:
        name = cleaned.get("short_name") or cleaned.get("full_name") or ""
        for code in ("inn", "ogrn"):
            if there := self.kind.by_code(code, cleaned.get(code, "")):
                return there
        try:
            return self.kind.organization(name, inn=cleaned.get("inn", ""))
        except ValidationError as doubt:
            self.add_error(self.kind.name_column(self.data), doubt)
        return None

    def _complete(self, cleaned: dict[str, Any]) -> None:
        """What a new organisation must have."""
        if self.found or self.errors:
            return
        if not cleaned.get("municipality"):
            self.add_error("municipality", NO_PLACE)
        if not cleaned.get("short_name") and len(cleaned.get("full_name", "")) > 150:
            self.add_error("full_name", "Длиннее 150 знаков: добавьте столбец «Краткое наименование».")


class OrganizationRowForm(OrganizationForm):
    short_name_genitive = Line(limit=150)
    short_name_dative = Line(limit=150)
    kind = Named(OrganizationKind.choices, SYNONYMS)
    legal_address = Line(limit=300)
    postal_address = Line(limit=300)
    phone = Phone()
    email = Email()
    website = Line(limit=200)
    head_name = Line(limit=150)
    head_title = Line(limit=150)


class OfOrganizations(RecordsKind):
    """What all kinds know whose rows name organisations."""

    not_you = "Таблицы загружают методисты и администратор."

    @classmethod
    def may(cls, user: Any) -> bool:
        return bool(user.roles & permissions.EDITORS)

    @cached_property
    def today(self) -> datetime.date:
        return timezone.localdate(self.at)

    @cached_property
    def pool(self) -> Pool:
        return known.organizations(self.answers)

    @cached_property
    def places(self) -> Places:
        return Places(self.answers)

    @cached_property
    def rows(self) -> dict[int, Organization]:
        return Organization.objects.kept().in_bulk()

    @cached_property
    def _archived(self) -> frozenset[str]:
        names = Organization.objects.archived().values_list("short_name", "full_name")
        return frozenset(russian.search_key(name) for pair in names for name in pair)

    @cached_property
    def _codes(self) -> dict[tuple[str, str], Organization]:
        told = [(code, getattr(one, code), one) for one in self.rows.values() for code in ("inn", "ogrn")]
        return {(code, number): one for code, number, one in told if number}

    def by_code(self, code: str, number: str) -> Organization | None:
        return self._codes.get((code, number)) if number else None

    def organization(self, name: str, *, inn: str = "", ways: Ways = WAYS) -> Organization | None:
        """The one that bears the name; of another ИНН it is another one. Raises Doubtful."""
        wanted = refuse_archived(self.pool.find(name, ways), name, self._archived)
        there = self.rows[wanted.pk] if wanted.pk else None
        if there and inn and there.inn and there.inn != inn:
            words = f"{quoted(name)} в портале с другим ИНН: {there.inn}. Проверьте номер."
            raise ValidationError(words, params={"suggestion": there.inn})
        return there

    def name_column(self, cells: Mapping[str, str]) -> str:
        return "short_name" if cells.get("short_name") else "full_name"

    def organization_step(self, told: Mapping[str, Any], there: Organization | None) -> Step:
        """``told``: what the file says of it, by the names of fields."""
        if there:
            return Step(("organization", there.pk), Organization, dict(told), there)
        short = told.get("short_name") or told["full_name"]
        named = {"short_name": short, "full_name": told.get("full_name") or short}
        values = {"kind": OrganizationKind.EDUCATIONAL, **{name: value for name, value in told.items() if value}}
        values = naming.with_cases(values | named)
        return Step(("organization", russian.search_key(short)), Organization, values)


class OrganizationsKind(OfOrganizations):
    key, title = "organizations", "Загрузить организации"
    listed, list_name = "centers:organization-list", "Организации"
    columns = (*NAME_COLUMNS, *MORE_COLUMNS)
    not_kept = ("№", "№ п/п", "№№ пп", "Роли", "Состояние")
    tables, row_form = (Organization,), OrganizationRowForm

    def wish(self, form: Any) -> Wish:
        told = {name: form.cleaned_data[name] for name in form.fields if name in form.cleaned_data}
        if form.found and told.get("short_name") and form.found.short_name != told["short_name"]:
            # Another spelling of the name is no other name: a rename is an act of its own, by date.
            told |= {"short_name": "", "full_name": "", "short_name_genitive": "", "short_name_dative": ""}
        step = self.organization_step(told, form.found)
        return Wish(step, [step])
