"""Who changes how one gets in proves anew who they are: the password, or the code of the second factor.

allauth's own way would send the suspended form by itself, past every middleware; here the person presses again.
"""

import functools
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

WORDS = "Подтвердите, что это вы, и нажмите ещё раз: пять минут портал больше не спросит."


def proved_anew(back: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """The view acts for whoever proved it within five minutes; others do so first; what they sent is on ``back``."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if did_recently_reauthenticate(request):
                return view(request, **kwargs)
            if request.method != "POST":
                return lead_to_proof(request, request.get_full_path())
            kept = {name: value for name, value in kwargs.items() if name == "pk"}
            return lead_to_proof(request, reverse(back, kwargs=kept))

        return guarded

    return decorate


def lead_to_proof(request: HttpRequest, back: str) -> HttpResponse:
    if request.method == "POST":
        messages.info(request, WORDS)
    ways = get_adapter().get_reauthentication_methods(request.user)
    return redirect(f"{ways[0]['url']}?{urlencode({'next': back})}")
