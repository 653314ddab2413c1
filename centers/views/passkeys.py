"""What allauth's pages of passkeys do otherwise: whoever could not prove who they are stays where they tried."""

from typing import Any

from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.http import HttpResponse
from django.views.generic import FormView


class ProveAgain(ReauthenticateWebAuthnView):
    def form_invalid(self, form: Any) -> HttpResponse:
        """allauth would lead home and leave the page that was asked for behind."""
        return FormView.form_invalid(self, form)


prove_again = ProveAgain.as_view()
