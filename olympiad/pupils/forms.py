"""Forms of pupils by name. None asks for a reason: what is typed there stays in the history when the name is gone."""

from typing import Any

from django import forms
from django.utils import timezone

from centers.choosers import ORGANIZATIONS
from olympiad.models import Pupil, PupilFile, Purpose
from olympiad.pupils.pupils import not_in_force
from rcro_portal.lib.keeping.forms import ActForm, KeptForm
from rcro_portal.lib.russian import search_key
from rcro_portal.lib.uploads import UploadField

SCAN = "PDF, DOCX или картинка, до 12 МБ."
THERE = " Файл уже приложен; новый встанет на его место."
NAMESAKES = (
    "В списке смены уже есть обучающийся с таким именем, классом и школой. Если это он же, второй раз не вносите. "
    "Если другой – отметьте «Это тёзка»."
)
NEW = (("", "не сказано"), ("True", "да"), ("False", "нет"))


class PupilForm(KeptForm):
    choosers = {"organization": ORGANIZATIONS}
    groups = (
        ("Обучающийся", (("surname", "given_name"), ("grade", "new_in_season"), "organization", "namesake")),
        ("Согласие на обработку данных", (("consent_on", "consent_until"), "consent_file")),
        ("Согласие на публикацию, если его дали", (("publication_on", "publication_until"), "publication_file")),
    )
    new_in_season = forms.TypedChoiceField(
        label="Впервые в сезоне",
        choices=NEW,
        coerce=lambda value: value == "True",
        empty_value=None,
        required=False,
        help_text="Не был на сменах этого сезона.",
    )
    namesake = forms.BooleanField(label="Это тёзка: другой человек, чем тот, кто в списке", required=False)
    consent_file = UploadField(label="Файл согласия", help_text=SCAN)
    publication_file = UploadField(label="Файл согласия на публикацию", help_text=SCAN, required=False)

    class Meta:
        model = Pupil
        fields = (
            *("surname", "given_name", "grade", "organization", "new_in_season", "namesake"),
            *("consent_on", "consent_until", "publication_on", "publication_until"),
        )
        help_texts = {
            "surname": "Только фамилия и имя: отчество, дата рождения и почта здесь не нужны.",
            "consent_until": "Последний день. Назавтра имя и файлы уйдут, в числах обучающийся останется.",
            "publication_on": "Это отдельный документ. Без него имени нет ни на сайте, ни в письмах.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("why", None)
        there = set() if self.is_new else set(_scans(self.row))
        for name, purpose in (("consent_file", Purpose.CONSENT), ("publication_file", Purpose.PUBLICATION)):
            if purpose in there:
                self.fields[name].required = False
                self.fields[name].help_text = SCAN + THERE

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, words in not_in_force(cleaned.get("consent_on"), cleaned.get("consent_until"), timezone.localdate()):
            self.add_error(name, words)
        if not self.errors and not cleaned.get("namesake") and self._stands_there(cleaned):
            self.add_error("namesake", NAMESAKES)
        self._publication(cleaned)
        return cleaned

    def _stands_there(self, cleaned: dict[str, Any]) -> bool:
        """Somebody else of the session with the same name however spelled, the same class and school."""
        asked = ("surname", "given_name", "grade", "organization")
        if not self.is_new and all(cleaned[name] == getattr(self.row, name) for name in asked):
            return False
        others = Pupil.objects.filter(session=self.row.session, nameless_at=None).exclude(pk=self.row.pk)
        same = others.filter(grade=cleaned["grade"], organization=cleaned["organization"])
        wanted = search_key(f"{cleaned['surname']} {cleaned['given_name']}")
        return any(search_key(f"{one.surname} {one.given_name}") == wanted for one in same)

    def _publication(self, cleaned: dict[str, Any]) -> None:
        is_given = cleaned.get("publication_on") or cleaned.get("publication_until")
        if cleaned.get("publication_file") and not is_given:
            self.add_error("publication_on", "Внесите дни этого согласия: когда дано и по какой день действует.")
        has_file = cleaned.get("publication_file") or "publication_file" in self.errors
        if is_given and not has_file and self.fields["publication_file"].help_text == SCAN:
            self.add_error("publication_file", "Приложите согласие на публикацию или уберите его дни.")


class PupilActForm(ActForm):
    """Of «Отозвать согласие» and «Удалить ошибочную запись»."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["why"]


def _scans(pupil: Any) -> Any:
    return PupilFile.objects.filter(pupil=pupil, dropped_at=None).values_list("purpose", flat=True)
