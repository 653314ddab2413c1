"""Addresses of styles and scripts without digests, so that no test wants them collected; each is put together once."""

from functools import cache

from django.contrib.staticfiles.storage import StaticFilesStorage


class Unhashed(StaticFilesStorage):
    """In production a list of what was collected answers at once; here every page would join twenty addresses anew."""

    @cache  # noqa: B019 - one storage for all tests
    def url(self, name: str | None) -> str:
        return super().url(name)
