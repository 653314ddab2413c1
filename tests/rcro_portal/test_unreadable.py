"""Requests that no page can read: words and 400 from the first reader on, never a fault while the error is drawn."""

import io

import pytest
from django.test import Client

from rcro_portal.wsgi import application

pytestmark = pytest.mark.django_db
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
TWO_HUNDRED = "".join(
    f'--x\r\nContent-Disposition: form-data; name="f{number}"; filename="a"\r\n\r\nb\r\n' for number in range(200)
)
UNREADABLE = {
    "cp1251": (f"{FORM}; charset=windows-1251", "a=b"),
    "no text codec": (f"{PARTS}; charset=hex", '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'),
    "undefined": ("text/plain; charset=undefined", ""),
    "odd type": ("a/b; c*=nonsense''%ff", ""),
    "fields": (FORM, "&".join(f"a{number}=1" for number in range(2_100))),
    "files": (PARTS, f"{TWO_HUNDRED}--x--\r\n"),
    "no boundary": ("multipart/form-data", "a=b"),
}


@pytest.mark.parametrize("path", ["/check/", "/accounts/login/", "/no/such/page/", "/mail/bounces/"])
@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_refused_in_words(kind: str, path: str) -> None:
    media_type, body = UNREADABLE[kind]
    status, page = asked(path, media_type, body.encode())
    assert (status, "Данные пришли не полностью или в неверном виде" in page) == ("400 Bad Request", True)


def test_within_a_page_the_words_alone_come_back(client: Client) -> None:
    answer = client.post("/check/", "a=b", content_type=f"{FORM}; charset=windows-1251", headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith("<p data-refusal>Данные пришли не полностью")
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "utf8"])
def test_utf8_under_each_of_its_names_is_read(charset: str, client: Client) -> None:
    answer = client.post("/check/", "a=b", content_type=f"{FORM}; charset={charset}")
    assert answer.status_code == 422


def asked(path: str, media_type: str, body: bytes) -> tuple[str, str]:
    """As gunicorn asks: a browser that has been here brings the cookie of forms."""
    told: list[str] = []
    environ = {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "q=%D0%B0",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_COOKIE": f"csrftoken={'a' * 32}",
        "CONTENT_TYPE": media_type,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
    }
    answer = application(environ, lambda status, headers, error=None: told.append(status))
    page = b"".join(answer).decode()
    return told[0], page
