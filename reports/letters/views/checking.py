"""«Проверьте письмо»: before filing, the pages, what is missing, and who would get the letter. No number is taken."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rcro_portal.lib.drafts.views.pages import EditorPages
from reports.composing import previews
from reports.composing.addressees import Receiver
from reports.composing.findings import Finding


def page(
    request: HttpRequest,
    pages: EditorPages[Any],
    of: Any,
    *,
    findings: Iterable[Finding],
    receivers: list[Receiver],
    now: datetime.datetime,
    template: str = "reports/text_check.html",
    moved: str = "",
    **said: Any,
) -> HttpResponse:
    """``moved``: why it was not filed as it was read."""
    found = list(findings)
    shown = previews.preview_of(pages.drafts.text(of), now)
    context = {
        "topic": pages.topic(of),
        "back": pages.back,
        "edit_url": pages.url("edit", of),
        "blocking": [finding for finding in found if finding.blocks],
        "advice": [finding for finding in found if not finding.blocks],
        "receivers": receivers,
        "without_address": sum(not receiver.email for receiver in receivers),
        "appendices": of.appendices.order_by("position", "pk"),
        "moved": moved,
        **shown,
        "act_fields": {"seen": shown["seen"]},
        **said,
    }
    return render(request, template, context, status=409 if moved else 200)
