"""Cookies: over TLS each is the host's own, secure, and set by no neighbour of the domain."""

import subprocess
import sys

from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from rcro_portal.lib.message_cookie import HostStorage
from tests.worker import environment

NAMES = """
from django.conf import settings
from django.utils.module_loading import import_string
storages = import_string(settings.MESSAGE_STORAGE).storage_classes
names = [one.cookie_name for one in storages if hasattr(one, "cookie_name")]
secure = settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, *names, secure)
"""


def test_over_tls_every_cookie_is_the_hosts_own() -> None:
    told = subprocess.run(
        [sys.executable, "-c", NAMES],
        env=environment(RCRO_BASE_URL="https://portal.example"),
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["__Host-session", "__Host-csrf", "__Host-messages", "True"]


def test_words_for_the_next_page_are_shown_once(settings: Settings, rf: RequestFactory) -> None:
    settings.SESSION_COOKIE_SECURE = True
    request = rf.get("/")
    request.session = SessionBase()
    answer = HttpResponse()
    kept = HostStorage(request)
    kept.add(messages.SUCCESS, "Сохранено.")
    kept.update(answer)
    cookie = answer.cookies["__Host-messages"]
    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
    request.COOKIES["__Host-messages"] = cookie.value
    shown = HostStorage(request)
    assert [str(one) for one in shown] == ["Сохранено."]
    answer = HttpResponse()
    shown.update(answer)
    gone = answer.cookies["__Host-messages"]
    assert (gone.value, gone["max-age"], gone["secure"]) == ("", 0, True)
