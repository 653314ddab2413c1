"""Forms of organisations and of what stands under their card."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone

from centers.models import Organization, OrganizationName, OrganizationRole
from rcro_portal.lib.fields import Day
from rcro_portal.lib.keeping.forms import KeptForm

AS_IN_LETTERS = "Как в письмах: «МАОУ лицей № 7»."
PROPOSED = "Пусто – портал просклоняет сам, потом проверьте."


class _NamesForm(KeptForm):
    """Oblique cases may be left to the portal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("short_name_genitive", "short_name_dative"):
            self.fields[name].required = False
            self.fields[name].help_text = PROPOSED
        self.fields["short_name"].help_text = AS_IN_LETTERS
        self.fields["short_name"].widget.attrs |= {
            "hx-get": reverse("centers:organization-cases"),
            "hx-trigger": "input delay:400ms",
            "hx-target": "#id_short_name_helptext",
            "hx-swap": "innerHTML",
        }

    def _get_validation_exclusions(self) -> set[str]:
        """An empty case is filled by the verb."""
        return {*super()._get_validation_exclusions(), "short_name_genitive"}  # type: ignore[misc]


class OrganizationForm(_NamesForm):
    groups = (
        ("Наименование", ("full_name", "short_name", "short_name_genitive", "short_name_dative")),
        ("Что за организация", (("kind", "municipality"), ("inn", "ogrn"))),
        ("Как связаться", ("legal_address", "postal_address", "phone", ("email", "website"))),
        ("Руководитель", (("head_name", "head_title"),)),
    )

    class Meta:
        model = Organization
        fields = (
            "full_name",
            "short_name",
            "short_name_genitive",
            "short_name_dative",
            "kind",
            "municipality",
            "inn",
            "ogrn",
            "legal_address",
            "postal_address",
            "phone",
            "email",
            "website",
            "head_name",
            "head_title",
        )


class RenameForm(_NamesForm):
    """Another name from a day on."""

    since = Day(label="Называется так с")
    field_order = ("since", "full_name", "short_name", "short_name_genitive", "short_name_dative", "why")

    class Meta:
        model = Organization
        fields = ("full_name", "short_name", "short_name_genitive", "short_name_dative")

    def clean_since(self) -> Any:
        """A name that comes later is put down when it has come: letters of today print the present one."""
        since = self.cleaned_data["since"]
        if since > timezone.localdate():
            raise forms.ValidationError("Этот день ещё не наступил. Внесите переименование, когда оно вступит в силу.")
        return since


class FormerNameForm(_NamesForm):
    class Meta:
        model = OrganizationName
        fields = ("full_name", "short_name", "short_name_genitive", "short_name_dative", "since", "until")


class RoleForm(KeptForm):
    groups = (("", ("title", ("since", "until"), "basis")),)

    class Meta:
        model = OrganizationRole
        fields = ("title", "since", "until", "basis")
