"""Centres with their acts and coordinators: the kind ``centers`` of imports.

A coordinator is appointed for days on which the centre has its status; of a centre without one the file only says who
works there. Nobody who may log in is appointed by a file: that would give a role.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from centers.importing import center_rows
from centers.importing.people import RESERVED, OfPeople
from centers.models import Center, Coordinator, Employment, Organization, Person, StatusGrant
from rcro_portal.lib import russian
from rcro_portal.lib.keeping.imports import Ref, Step, Wish
from rcro_portal.lib.registers.importing import contacts
from rcro_portal.lib.registers.importing.kinds import Judgement, Read

MAY_LOG_IN = "У этого человека есть вход в портал: координатором его назначают на карточке центра."
WITHOUT_STATUS = "У этих центров нет статуса, поэтому координаторы войдут как сотрудники, а не в должность: строки {}."
POST = "координатор"


class CentersKind(OfPeople):
    key, title, columns = "centers", "Загрузить центры", center_rows.COLUMNS
    listed, list_name = "centers:center-list", "Центры"
    not_kept = ("№", "№ п/п", "№№ пп", "Статус", "Проекты", "Режим работы", "Дни работы центра", "Примечание")
    tables = (Organization, Center, StatusGrant, Person, Employment, Coordinator)
    told_by = {StatusGrant: "act_number", Coordinator: "coordinator"}
    row_form = center_rows.CenterRowForm

    # -- What is there ------------------------------------------------------------------------------------

    @cached_property
    def _centers(self) -> dict[int, Center]:
        return {one.organization_id: one for one in Center.objects.select_related("organization")}

    @cached_property
    def _grants(self) -> dict[int, list[StatusGrant]]:
        found: dict[int, list[StatusGrant]] = defaultdict(list)
        for one in StatusGrant.objects.order_by("pk"):
            found[one.center_id].append(one)
        return found

    @cached_property
    def _coordinators(self) -> dict[int, Coordinator]:
        """Who is in office today, by centre."""
        rows = Coordinator.objects.in_force_on(self.today).select_related("person").order_by("since", "pk")
        return {one.center_id: one for one in rows}

    @cached_property
    def _begun(self) -> dict[tuple[int, datetime.date], Coordinator]:
        """All that ever were, by centre and first day."""
        return {(one.center_id, one.since): one for one in Coordinator.objects.select_related("person")}

    @cached_property
    def _employed(self) -> set[tuple[int, int, str, datetime.date | None]]:
        rows = Employment.objects.values_list("person", "organization", "title", "until")
        return {(person, place, russian.folded(title), until) for person, place, title, until in rows}

    def has_ended(self, told: Mapping[str, Any]) -> bool:
        """A row about a coordinator of former days."""
        until = told.get("coordinator_until")
        return until is not None and until < self.today

    def post(self, organization: Organization | None, told: Mapping[str, Any]) -> Coordinator | None:
        """Who is in office there, or, where the row tells of former days, who began on the same one."""
        center = self._centers.get(organization.pk) if organization else None
        if center is None:
            return None
        if self.has_ended(told):
            return self._begun.get((center.pk, told["coordinator_since"]))
        return self._coordinators.get(center.pk)

    def coordinator(
        self, name: contacts.Named, told: Mapping[str, Any], centers: Sequence[tuple[str, Organization | None]]
    ) -> Person | None:
        """Whoever is in office there already, else whoever bears the name. Raises Doubtful."""
        posts = [post for _, there in centers if (post := self.post(there, told))]
        held = [post.person for post in posts if self.people.is_named(post.person, name)]
        person = held[0] if held else self.person(name, email=told["coordinator_email"], ways=center_rows.WAYS)
        # Beside a centre of one's own the row may name another one, where nobody is in office.
        if person and len(posts) < len(centers):
            self._refuse_powerful(person)
        return person

    def _refuse_powerful(self, person: Person) -> None:
        if person.pk in self.people.may_log_in:
            raise ValidationError(MAY_LOG_IN)
        if self.is_reserved(person):
            raise ValidationError(RESERVED)

    # -- What a row wants ---------------------------------------------------------------------------------

    def items(self, form: Any) -> Iterator[Wish]:
        for name, there in form.centers:
            yield self._wish(form, name, there)

    def _wish(self, form: Any, name: str, there: Organization | None) -> Wish:
        told = form.cleaned_data
        organization = self._organization(form, name, there)
        held = self._centers.get(there.pk) if there else None
        center = Step(("center", organization.key), Center, {"organization": Ref(organization.key)}, held)
        grants = list(self._grant(told, center, held))
        people = list(self._people(form, center, organization, grants))
        return Wish(center, [organization, center, *grants, *people])

    def _organization(self, form: Any, name: str, there: Organization | None) -> Step:
        """Of a list of names in one cell, what else the row says belongs to none of them alone."""
        told = {"municipality": form.cleaned_data.get("municipality")}
        if len(form.centers) == 1:
            told |= {field: form.cleaned_data.get(field, "") for field in ("full_name", "inn", "ogrn")}
        if there:
            return self.organization_step(told | {"full_name": "", "municipality": None}, there)
        return self.organization_step(told | {"short_name": name}, None)

    def _grant(self, told: Mapping[str, Any], center: Step, held: Any) -> Iterator[Step]:
        """An act that the portal has is left as it is: what extends or ends a status is another act."""
        if not told.get("act_number"):
            return
        number, day = told["act_number"], told["act_on"]
        there = self._grants.get(held.pk, []) if held else []
        same = next((one for one in there if one.act_number == number and one.act_on == day), None)
        term = {"since": told.get("since") or day, "until": told.get("until")}
        values = {} if same else {"center": Ref(center.key), "act_number": number, "act_on": day, **term}
        yield Step(("grant", center.key, number, day), StatusGrant, values, same)

    def _people(self, form: Any, center: Step, organization: Step, grants: Sequence[Step]) -> Iterator[Step]:
        if not form.named:
            return
        told = form.cleaned_data
        names = asdict(form.named)
        contact = {"email": told["coordinator_email"], "phone": told["coordinator_phone"], "gender": told["gender"]}
        may_touch = not (form.person and self.is_reserved(form.person))
        person = self.person_step(names | (contact if may_touch else {}), form.person)
        yield person
        key = ("coordinator", center.key, person.key, told["coordinator_since"] if self.has_ended(told) else None)
        if form.person and (post := self._post(center, form)):
            yield Step(key, Coordinator, {}, post)
            return
        term = {"since": told.get("coordinator_since") or self.today, "until": told.get("coordinator_until")}
        title = told["coordinator_title"]
        if self._has_status(center, grants, term["since"]):
            yield Step(key, Coordinator, {"center": Ref(center.key), "person": Ref(person.key), "title": title, **term})
        else:
            yield from self._employment(person, organization, title or POST, term)

    def _post(self, center: Step, form: Any) -> Coordinator | None:
        held = self.post(center.held.organization, form.cleaned_data) if isinstance(center.held, Center) else None
        return held if held and held.person_id == form.person.pk else None

    def _has_status(self, center: Step, grants: Sequence[Step], day: datetime.date) -> bool:
        held = self._grants.get(center.held.pk, []) if center.held else []
        terms = [(one.since, one.until) for one in held]
        terms += [(one.values["since"], one.values["until"]) for one in grants if one.values]
        return any(since <= day and (until is None or day <= until) for since, until in terms)

    def _employment(self, person: Step, organization: Step, title: str, term: Mapping[str, Any]) -> Iterator[Step]:
        key = ("employment", person.key, organization.key, russian.folded(title), term["until"])
        pks = [step.held.pk if step.held else 0 for step in (person, organization)]
        if (*pks, russian.folded(title), term["until"]) not in self._employed:
            values = {"person": Ref(person.key), "organization": Ref(organization.key), "title": title, **term}
            yield Step(key, Employment, values)

    def compare(self, read: Sequence[Read], judgement: Judgement) -> None:
        super().compare(read, judgement)
        rows = [one.row for one in read if any(step.model is Employment for step in one.what.steps)]
        if rows:
            judgement.notes.append(WITHOUT_STATUS.format(", ".join(map(str, dict.fromkeys(rows)))))
