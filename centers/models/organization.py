"""Organisations of the region: what they are called and were called, how they are reached, which roles they have."""

import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from centers.models.rules import OneRoleAtATime
from centers.state_numbers import validate_inn, validate_ogrn
from rcro_portal.lib import search
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.keeping.archive import Archivable, ArchivableQuerySet
from rcro_portal.lib.phones import PhonesField
from rcro_portal.lib.russian import short_date
from rcro_portal.lib.search import SearchKeyField, SearchQuerySet, SortKeyField
from rcro_portal.lib.validity import Dated, DatedQuerySet


class Municipality(models.Model):
    code = models.SlugField("код", unique=True)
    name = models.CharField("название", max_length=150)
    name_genitive = models.CharField("родительный падеж", max_length=150)
    name_prepositional = models.CharField("предложный падеж", max_length=150)
    kind = models.CharField("вид", max_length=50)
    admin_center = models.CharField("административный центр", max_length=150)

    recorded = Recorded(untold=("code",), name=("name",))

    class Meta:
        verbose_name = "муниципалитет"
        verbose_name_plural = "муниципалитеты"
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="municipality_bears_its_own_name",
                violation_error_message="Муниципалитет с таким названием уже есть.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrganizationKind(models.TextChoices):
    EDUCATIONAL = "educational", "образовательная"
    SCIENTIFIC = "scientific", "научная"
    INDUSTRIAL = "industrial", "производственная"
    CULTURAL = "cultural", "культурно-просветительская"
    AUTHORITY = "authority", "орган управления образованием"
    OTHER = "other", "другая"


class Named(models.Model):
    """What an organisation is called, in the cases that letters use; an oblique case left out is proposed anew."""

    full_name = models.CharField("полное наименование", max_length=300)
    short_name = models.CharField("краткое наименование", max_length=150)
    short_name_genitive = models.CharField("краткое в родительном падеже", max_length=150)
    short_name_dative = models.CharField("краткое в дательном падеже", max_length=150, blank=True)

    class Meta:
        abstract = True


NAMES = tuple(field.name for field in Named._meta.fields)


def name_on(day: datetime.date | None, path: str = "") -> Any:
    """The short name that was in use that day, today's without one; ``path`` leads to the organisation («a__b__»)."""
    today = F(f"{path}short_name")
    if day is None:
        return today
    former = OrganizationName.objects.filter(organization=OuterRef(f"{path}pk")).in_use_on(day)
    return Coalesce(Subquery(former.values("short_name")[:1]), today)


class OrganizationQuerySet(SearchQuerySet, ArchivableQuerySet):  # type: ignore[override]
    def with_role_on(self, day: datetime.date) -> Self:
        return self.filter(pk__in=OrganizationRole.objects.in_force_on(day).values("organization"))

    def called_on(self, day: datetime.date | None) -> Self:
        """Adds ``name_then``: the short name that was in use that day, today's without one."""
        return self.annotate(name_then=name_on(day))

    def ever_called(self, words: str) -> Self:
        """Whose name of today, or a former one, holds what is asked for."""
        today = Organization.objects.matching(words).values("pk")
        former = search.narrowed(OrganizationName.objects.all(), words, texts=("full_name", "short_name"))
        return self.filter(Q(pk__in=today) | Q(pk__in=former.values("organization")))


class Organization(Named, Archivable):
    """Today's name stands here, with the day since which it is so where a change is known; former ones in rows."""

    full_name = models.CharField("полное наименование", max_length=300, unique=True)
    named_since = models.DateField("называется так с", null=True, blank=True)
    kind = models.CharField("вид", max_length=20, choices=OrganizationKind)
    municipality = models.ForeignKey(
        Municipality, verbose_name="муниципалитет", on_delete=models.PROTECT, related_name="organizations"
    )
    inn = models.CharField("ИНН", max_length=12, blank=True, validators=[validate_inn])
    ogrn = models.CharField("ОГРН", max_length=15, blank=True, validators=[validate_ogrn])
    legal_address = models.CharField("юридический адрес", max_length=300, blank=True)
    postal_address = models.CharField("почтовый адрес", max_length=300, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    phone = PhonesField("телефоны", max_length=200, blank=True)
    website = models.URLField("сайт", blank=True)
    head_name = models.CharField("руководитель", max_length=150, blank=True)
    head_title = models.CharField("должность руководителя", max_length=150, blank=True)
    search_key = SearchKeyField("full_name", "short_name")
    sort_key = SortKeyField("short_name")

    recorded = Recorded(personal=("head_name",), name=("short_name",))
    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "организация"
        verbose_name_plural = "организации"
        constraints = [
            *Archivable.Meta.constraints,
            models.UniqueConstraint(
                fields=["inn"],
                condition=~Q(inn=""),
                name="inn_belongs_to_one_organization",
                violation_error_message="Организация с таким ИНН в портале уже есть.",
            ),
            models.UniqueConstraint(
                fields=["ogrn"],
                condition=~Q(ogrn=""),
                name="ogrn_belongs_to_one_organization",
                violation_error_message="Организация с таким ОГРН в портале уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def unique_error_message(self, model_class: Any, unique_check: Any) -> Any:
        if tuple(unique_check) == ("full_name",):
            words = "Организация с таким полным наименованием в портале уже есть."
            return ValidationError(words, code="unique")
        return super().unique_error_message(model_class, unique_check)

    def names_on(self, day: datetime.date) -> Named:
        """Today's name, or the former one that was in use that day."""
        return self.former_names.in_use_on(day).first() or self

    def show_as_of(self, day: datetime.date | None) -> None:
        """Be called as on that day, for a page that shows it so; such a row is not saved."""
        if day is not None:
            self.wear(self.names_on(day))

    def wear(self, then: Named) -> None:
        """Be called by another of its names; such a row is not saved."""
        for name in NAMES:
            setattr(self, name, getattr(then, name))
        self.named_since = getattr(then, "since", self.named_since)


class OrganizationNameQuerySet(models.QuerySet):
    def in_use_on(self, day: datetime.date) -> Self:
        """The first of an organisation is the name of that day."""
        return self.filter(Q(since__isnull=True) | Q(since__lte=day), until__gte=day).order_by("until")


class OrganizationName(Named):
    """A name that was in use until a day, since when where it is known."""

    organization = models.ForeignKey(
        Organization, verbose_name="организация", on_delete=models.PROTECT, related_name="former_names"
    )
    since = models.DateField("с", null=True, blank=True)
    until = models.DateField("по")

    recorded = Recorded(part_of="organization", name=("short_name",))
    objects = OrganizationNameQuerySet.as_manager()

    class Meta:
        verbose_name = "прежнее наименование"
        verbose_name_plural = "прежние наименования"
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__gte=F("since")),
                name="name_does_not_end_before_it_begins",
                violation_error_message="Последний день наименования раньше первого.",
            ),
            models.UniqueConstraint(
                fields=["organization", "until"],
                name="one_name_ends_on_one_day",
                violation_error_message="В этот день уже закончилось другое наименование.",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def clean(self) -> None:
        """A day has one name. A name without a first day follows the one before it."""
        if self.until is None or self.organization_id is None:
            return
        present = self.organization.named_since
        if present and self.until >= present:
            raise ValidationError({"until": f"С {short_date(present)} действует нынешнее наименование."})
        if self.until >= timezone.localdate():
            raise ValidationError({"until": "Этот день ещё не прошёл: прежнее наименование закончилось раньше."})
        later = Q(until__gte=self.until, since__lte=self.until)
        earlier = Q(until__gte=self.since, until__lte=self.until) if self.since else Q(pk__in=())
        others = OrganizationName.objects.filter(later | earlier, organization=self.organization_id)
        if met := others.exclude(pk=self.pk).order_by("until").first():
            words = f"В эти дни организация называлась «{met}» (по {short_date(met.until)})."
            raise ValidationError({"until": words})


class OrganizationRole(Dated):
    """What an organisation is in the region besides itself: «региональный оператор олимпиады»."""

    organization = models.ForeignKey(
        Organization, verbose_name="организация", on_delete=models.PROTECT, related_name="roles"
    )
    title = models.CharField("роль", max_length=150)
    basis = models.CharField("основание", max_length=300, blank=True)

    rules = (OneRoleAtATime(),)
    recorded = Recorded(part_of="organization", name=("title",))
    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "роль организации"
        verbose_name_plural = "роли организации"
        constraints = [
            *Dated.Meta.constraints,
        ]

    def __str__(self) -> str:
        return self.title
