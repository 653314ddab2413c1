"""Files that come with answers: what is taken, and under which name it is kept."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from rcro_portal.lib import files, store

TAKEN = (files.PDF, files.DOCX, files.XLSX, files.JPEG, files.PNG)


class AnswerFile(NamedTuple):
    """A file that was judged; its name has the ending of what it is."""

    name: str
    data: bytes


def judged(file: UploadedFile) -> AnswerFile:
    """Raise ValidationError unless the file is of a kind and size that the portal keeps, and only shows something."""
    try:
        data = file.read(files.FILE_LIMIT_BYTES + 1)
        return AnswerFile(files.named(file.name or "", files.judge(data, taken=TAKEN), "Файл"), data)
    except files.NotTaken as refusal:
        raise ValidationError(str(refusal)) from refusal


def keep(file: AnswerFile) -> tuple[str, str, int]:
    """Put the file into the store; its name, digest and size."""
    return file.name, store.put(file.data), len(file.data)
