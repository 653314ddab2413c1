"""Files of certificates as people get them: one under its number, those of a release as an archive that is streamed."""

from collections.abc import Iterator

from rcro_portal.lib import downloads, store
from reports.certificates import wording
from reports.models import Certificate, CertificateRelease
from reports.typesetting import certificate_filling, rendering

SAMPLE_PX = 1400


def name_of(certificate: Certificate) -> str:
    return f"{downloads.ascii_name('sertifikat', certificate.number, certificate.name)}.pdf"


def of_release(release: CertificateRelease) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each that stands, read one by one. Raises a StoreError."""
    rows = release.certificates.issued().filter(revoked_at=None).order_by("position")
    for row in rows.iterator(chunk_size=200):
        yield name_of(row), store.read(row.digest)


def sample(certificate: Certificate, said: wording.Printed) -> bytes:
    """A picture of what will be printed. Raises a CannotDraw."""
    pdf = certificate_filling.draw(wording.words_of(said, certificate), wording.holder_of(certificate))
    return rendering.page_image(pdf, 1, SAMPLE_PX, every_colour=True)
