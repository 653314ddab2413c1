"""Files that come with answers: what is taken, and how they are handed back without being run by a browser."""

from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from rcro_portal import store
from rcro_portal.text import NAME_LIMIT, clean_text

ENDINGS = {".pdf", ".docx", ".xlsx", ".jpg", ".jpeg", ".png"}
STARTS = (b"%PDF-", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG")


def check(file: UploadedFile) -> None:
    """Raise ValidationError unless the file is of a kind and size that the portal keeps."""
    if (file.size or 0) > settings.FILE_LIMIT_BYTES:
        raise ValidationError("Файл больше 12 МБ. Сожмите его или пришлите частями.")
    start = file.read(8)
    file.seek(0)
    if PurePath(file.name or "").suffix.lower() not in ENDINGS or not start.startswith(STARTS):
        raise ValidationError("Портал принимает PDF, DOCX, XLSX, JPEG и PNG. Сохраните файл в одном из этих видов.")


def keep(file: UploadedFile) -> tuple[str, str, int]:
    """Put the file into the store; its name, digest and size."""
    data = file.read()
    name = clean_text(PurePath(file.name or "").name)[-NAME_LIMIT:]
    return name, store.put(data), len(data)
