"""The signature of a letter: whose, when, which file is the original and what was verified."""

from django.db import models
from django.db.models import Q

from centers.models import User
from rcro_portal.lib.changes.declared import Recorded
from reports.models.letter import Letter, LetterFile, Way


class Signature(models.Model):
    """One per signed letter, written with the step to «Подписано»."""

    letter = models.OneToOneField(Letter, verbose_name="письмо", on_delete=models.PROTECT, related_name="signature")
    way = models.CharField("способ", max_length=20, choices=Way)
    original = models.OneToOneField(
        LetterFile, verbose_name="подписанный файл", on_delete=models.PROTECT, related_name="+"
    )
    signed_by = models.ForeignKey(User, verbose_name="подписал", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField("когда")
    confirmed_by = models.ForeignKey(
        User, verbose_name="скан подтверждён", null=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.CharField("владелец сертификата", max_length=300, blank=True)
    serial = models.CharField("номер сертификата", max_length=100, blank=True)
    valid_from = models.DateTimeField("действует с", null=True)
    valid_to = models.DateTimeField("действует по", null=True)
    fingerprint = models.CharField("отпечаток сертификата", max_length=64, blank=True)
    report = models.JSONField("что проверено", default=list)

    class Meta:
        verbose_name = "подпись"
        verbose_name_plural = "подписи"
        constraints = [
            models.CheckConstraint(
                condition=Q(way=Way.KEY, valid_from__isnull=False, valid_to__isnull=False)
                & ~Q(serial="")
                & ~Q(fingerprint="")
                | Q(way=Way.PAPER, confirmed_by__isnull=False)
                | Q(way=Way.GOST),
                name="letter_signature_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter}: {self.get_way_display()}"


class DetachedVerdict(models.TextChoices):
    """What the portal may say of a signature made elsewhere."""

    VALID = "valid", "Подпись подтверждена"
    UNCHECKED = "unchecked", "Подпись приложена, здесь она не проверялась"


class DetachedSignature(models.Model):
    """A signature in a file of its own (.sig), made outside the portal over the exact bytes of ``over``."""

    letter = models.ForeignKey(Letter, verbose_name="письмо", on_delete=models.PROTECT, related_name="detached")
    over = models.ForeignKey(LetterFile, verbose_name="что подписано", on_delete=models.PROTECT, related_name="+")
    file = models.OneToOneField(LetterFile, verbose_name="файл подписи", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField("что установлено", max_length=20, choices=DetachedVerdict)
    owner = models.CharField("владелец сертификата", max_length=300, blank=True)
    issuer = models.CharField("кем выдан", max_length=300, blank=True)
    serial = models.CharField("номер сертификата", max_length=100, blank=True)
    algorithm = models.CharField("алгоритм", max_length=100, blank=True)
    valid_from = models.DateTimeField("действует с", null=True)
    valid_to = models.DateTimeField("действует по", null=True)
    fingerprint = models.CharField("отпечаток сертификата", max_length=64, blank=True)
    signed_at = models.DateTimeField("время в подписи", null=True)
    report = models.JSONField("что проверено", default=list)
    uploaded_by = models.ForeignKey(User, verbose_name="кем загружена", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("когда загружена")

    recorded = Recorded(personal=("owner",), without=("report",), part_of="letter")

    class Meta:
        verbose_name = "отсоединённая подпись"
        verbose_name_plural = "отсоединённые подписи"
        constraints = [
            models.UniqueConstraint(fields=["over", "fingerprint"], name="file_is_signed_once_by_a_certificate"),
            models.CheckConstraint(
                condition=Q(verdict=DetachedVerdict.UNCHECKED)
                | Q(verdict=DetachedVerdict.VALID, valid_from__isnull=False, valid_to__isnull=False)
                & ~Q(fingerprint="")
                & ~Q(owner=""),
                name="confirmed_signature_names_its_certificate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter}: {self.get_verdict_display()}"
