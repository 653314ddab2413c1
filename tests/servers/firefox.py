"""Firefox ESR without a window, driven by its own protocol (Marionette): no driver has to be installed."""

import json
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from tests.browser.web import free_port
from tests.worker import until

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
# A worker that has just started draws its first letter meanwhile.
PATIENCE_SECONDS = 40


class Firefox:
    """As a context manager it runs with a profile of its own."""

    def __enter__(self) -> Self:
        self.profile, self.port, self.asked = Path(tempfile.mkdtemp(prefix="rcro-firefox-")), free_port(), 0
        (self.profile / "user.js").write_text(f'user_pref("marionette.port", {self.port});\n')
        command = ["firefox-esr", "--headless", "--no-remote", "--marionette", "--profile", str(self.profile)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.socket = until(self._reached, 90, lambda: "Firefox does not answer.")
        self.answers = self.socket.makefile("rb")
        self._read()
        self.version = self.ask("NewSession")["capabilities"]["browserVersion"]
        self.ask("SetTimeouts", implicit=PATIENCE_SECONDS * 1000)
        return self

    def __exit__(self, *_: object) -> None:
        self.answers.close()
        self.socket.close()
        self.process.terminate()
        self.process.wait(20)
        shutil.rmtree(self.profile, ignore_errors=True)

    def _reached(self) -> socket.socket | None:
        try:
            return socket.create_connection(("127.0.0.1", self.port), timeout=60)
        except OSError:
            return None

    def _read(self) -> Any:
        size = b""
        while (digit := self.answers.read(1)) != b":":
            size += digit
        return json.loads(self.answers.read(int(size)))

    def ask(self, command: str, **parameters: Any) -> Any:
        self.asked += 1
        data = json.dumps([0, self.asked, f"WebDriver:{command}", parameters]).encode()
        self.socket.sendall(b"%d:" % len(data) + data)
        _, _, error, result = self._read()
        assert error is None, f"{command} {parameters}: {error['message']}"
        return result

    def open(self, url: str) -> None:
        self.ask("Navigate", url=url)

    def says(self, script: str) -> Any:
        return self.ask("ExecuteScript", script=f"return {script}", args=[])["value"]

    def find(self, what: str, using: str = "css selector") -> str:
        """Waits until it is there, and scrolls it away from bars that stick to the edges, as people do."""
        element = self._found(what, using)
        scroll = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})"
        self.ask("ExecuteScript", script=scroll, args=[{ELEMENT: element}])
        return element

    def _found(self, what: str, using: str) -> str:
        return self.ask("FindElement", using=using, value=what)["value"][ELEMENT]

    def click(self, what: str, using: str = "css selector") -> None:
        self.ask("ElementClick", id=self.find(what, using))

    def press(self, words: str) -> None:
        """The button or link that says so."""
        self.click(f"//button[normalize-space()='{words}'] | //a[normalize-space()='{words}']", "xpath")

    def follow(self, words: str) -> None:
        """The first link that has these words among its own."""
        self.click(words, "partial link text")

    def fill(self, selector: str, text: str) -> None:
        element = self.find(selector)
        self.ask("ElementClear", id=element)
        self.ask("ElementSendKeys", id=element, text=text)

    def write(self, selector: str, text: str) -> None:
        """By the keys alone, into an editor that is empty yet."""
        self.click(selector)
        self.ask("ElementSendKeys", id=self.find(selector), text=text)

    def put(self, selector: str, path: Path) -> None:
        """The file, into the field for files."""
        self.ask("ElementSendKeys", id=self.find(selector), text=str(path))

    def choose(self, name: str, words: str) -> None:
        """The option that says so; closed lists show no option to scroll to."""
        self.find(f"[name={name}]")
        option = self._found(f"//select[@name='{name}']/option[normalize-space()='{words}']", "xpath")
        self.ask("ElementClick", id=option)

    def sees(self, selector: str, words: str) -> None:
        """Waits until the words stand there."""
        there = f"(document.querySelector({selector!r}) || {{}}).textContent"
        self._waits(lambda: words in (self.says(there) or ""), f"No «{words}» at {selector}: ")

    def sees_picture(self, selector: str) -> None:
        """Waits until it is really drawn."""
        self._waits(
            lambda: self.says(f"(document.querySelector({selector!r}) || {{}}).naturalWidth"), f"No {selector}: "
        )

    def _waits(self, answer: Callable[[], Any], otherwise: str) -> None:
        page = "location.href + ' ' + document.body.innerText"
        until(answer, PATIENCE_SECONDS, lambda: otherwise + self.says(page)[:2000])
