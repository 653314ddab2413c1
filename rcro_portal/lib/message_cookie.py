"""Words for the next page, kept by the browser: over TLS under a name that no other site of the domain can set."""

from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookie(CookieStorage):
    cookie_name = "__Host-messages"


class HostStorage(FallbackStorage):
    """As Django's own: in the cookie, in the session what is too long for one."""

    storage_classes = (HostCookie, SessionStorage)
