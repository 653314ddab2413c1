"""A file that came with a form: judged while the form is, put into the store by the verb, named by its row."""

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import Q

from rcro_portal.lib import files, store

TAKEN = (files.PDF, files.DOCX, files.XLSX, files.ODT, files.ODS, files.JPEG, files.PNG)


class Upload(NamedTuple):
    """A file that was judged; its name has the ending of what it is."""

    name: str
    data: bytes
    media_type: str


def judged(file: UploadedFile) -> Upload:
    """Raise ValidationError unless the file is of a kind and size that the portal keeps, and only shows something."""
    try:
        data = file.read(files.FILE_LIMIT_BYTES + 1)
        media_type = files.judge(data, taken=TAKEN)
        return Upload(files.named(file.name or "", media_type, "Файл"), data, media_type)
    except files.NotTaken as refusal:
        raise ValidationError(str(refusal)) from refusal


def keep(upload: Upload) -> tuple[str, str, int]:
    """Put the file into the store; its name, digest and size. Raises StoreFull, OutOfReach."""
    return upload.name, store.put_for_row(upload.data), len(upload.data)


def columns(upload: Upload) -> dict[str, Any]:
    """Put the file into the store; the columns of ``WithFile``. Raises StoreFull, OutOfReach."""
    name, digest, size = keep(upload)
    return {"file_name": name, "digest": digest, "size": size, "media_type": upload.media_type}


class UploadField(forms.FileField):
    """Gives an ``Upload``, or None where no file was chosen."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "PDF, DOCX, XLSX, ODT, ODS или картинка, до 12 МБ.")
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        file = super().clean(data, initial)
        return judged(file) if file else None


class Several(forms.FileInput):
    allow_multiple_selected = True


class Judged(NamedTuple):
    """Of several files those that are taken, and of the others name and reason."""

    taken: list[Upload]
    refused: list[str]


class UploadsField(forms.FileField):
    """Several files at once, each judged by itself: gives ``Judged``, so that the good ones outlive a bad one."""

    widget = Several

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text",
            "Можно несколько: PDF, DOCX, XLSX, ODT, ODS или картинки, за один раз до 12 МБ. "
            "Больше – приложите частями.",
        )
        super().__init__(required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> "Judged":
        taken, refused = [], []
        for file in data or []:
            try:
                taken.append(judged(super().clean(file, initial)))
            except ValidationError as error:
                refused.append(f"{file.name}: {' '.join(error.messages)}")
        return Judged(taken, refused)


class WithFile(models.Model):
    """A row with one file of the store, or with none yet."""

    file_name = models.CharField("имя файла", max_length=150, blank=True)
    digest = models.CharField("sha256", max_length=64, blank=True)
    size = models.PositiveIntegerField("размер, байт", default=0)
    media_type = models.CharField("тип", max_length=100, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=(Q(digest="") & Q(file_name="")) | (~Q(digest="") & ~Q(file_name="")),
                name="%(class)s_names_the_whole_of_its_file",
            )
        ]
