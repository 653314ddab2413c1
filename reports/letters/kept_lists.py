"""Distribution lists, as ``rcro_portal.lib.keeping`` makes pages of them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from centers import choosers, permissions
from centers.models import Municipality, OrganizationKind
from rcro_portal.lib.keeping import Act, Keeper, Noun, Part
from rcro_portal.lib.keeping.forms import ActForm, KeptForm
from reports.letters import distribution
from reports.models import DistributionList

KEEPERS = "Указатели рассылки ведут методист сети и администратор."
ON_LIST: Any = DistributionList.organizations.through
PEOPLE_ON_LIST: Any = DistributionList.people.through


class ListForm(KeptForm):
    class Meta:
        model = DistributionList
        fields = ("name", "addressee")


class OrganizationOnListForm(KeptForm):
    choosers = {"organization": choosers.ORGANIZATIONS}

    class Meta:
        model = ON_LIST
        fields = ("organization",)
        labels = {"organization": "Организация"}


class PersonOnListForm(KeptForm):
    choosers = {"person": choosers.PEOPLE}

    class Meta:
        model = PEOPLE_ON_LIST
        fields = ("person",)
        labels = {"person": "Человек"}


class ManyForm(ActForm):
    """Organisations by what they have in common."""

    kind = forms.ChoiceField(label="Вид", choices=[("", "любой"), *OrganizationKind.choices], required=False)
    municipality = forms.ModelChoiceField(
        label="Муниципалитет", queryset=Municipality.objects.order_by("name"), required=False, empty_label="любой"
    )
    centers = forms.BooleanField(label="Только РВЦИ, нынешние и бывшие", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) for name in ("kind", "municipality", "centers")):
            raise ValidationError("Выберите вид или муниципалитет: все организации области сразу не добавляют.")
        return cleaned


def _may(user: Any, row: Any) -> str:  # noqa: ARG001
    return "" if permissions.may_keep(user) else KEEPERS


def _seen(user: Any, day: Any) -> Any:  # noqa: ARG001
    return DistributionList.objects.all() if permissions.is_office(user) else DistributionList.objects.none()


ORGANIZATIONS = Part(
    model=ON_LIST,
    form=OrganizationOnListForm,
    noun=Noun("Организация в указателе", "Организация в указатель", "организацию"),
    name="list-organization",
    route="organizations/",
    owner="distributionlist",
    title="Организации",
    empty="Организаций в указателе нет.",
    line=lambda row: str(row.organization),
    note=lambda row: row.organization.email or "нет адреса почты",
    order=("organization__sort_key", "pk"),
    rows=lambda rows: rows.select_related("organization"),
    create=distribution.put,
    change=distribution.replace,
)
PEOPLE = Part(
    model=PEOPLE_ON_LIST,
    form=PersonOnListForm,
    noun=Noun("Человек в указателе", "Человек в указатель", "человека"),
    name="list-person",
    route="people/",
    owner="distributionlist",
    title="Люди",
    empty="Людей в указателе нет.",
    line=lambda row: row.person.full_name,
    note=lambda row: row.person.email or "нет адреса почты",
    order=("person__sort_key", "pk"),
    rows=lambda rows: rows.select_related("person"),
    create=distribution.put,
    change=distribution.replace,
)
LISTS = Keeper(
    model=DistributionList,
    form=ListForm,
    noun=Noun("Указатель рассылки", "Новый указатель рассылки", "указатель рассылки"),
    app="reports",
    name="distribution-list",
    route="distribution-lists/",
    listed="reports:distribution-lists",
    seen=_seen,
    may=_may,
    parts=(ORGANIZATIONS, PEOPLE),
    acts=(
        Act(
            key="put-many",
            label="Добавить по отбору",
            title="Организации по отбору",
            done="организации добавлены",
            form=ManyForm,
            verb=distribution.put_many,
        ),
    ),
    archive_words="Из выбора указатель уйдёт. Письма, отправленные по нему, сохраняют своих адресатов.",
)
