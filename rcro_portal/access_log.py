"""gunicorn's logs, with every address cut: one line a request, and what went wrong with it."""

from typing import Any

from gunicorn.glogging import Logger

from rcro_portal.lib.log_lines import CutAddresses, cut


class AccessLog(Logger):
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        if not self.error_log.filters:
            self.error_log.addFilter(CutAddresses())

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> dict[str, Any]:
        """No header and no variable may be named in a format: a dozen of them hold addresses."""
        known = super().atoms(resp, req, environ, request_time)
        atoms = {name: value for name, value in known.items() if not name.startswith("{")}
        address = cut(environ["RAW_URI"])
        atoms["U"], _, atoms["q"] = address.partition("?")
        atoms["r"] = f"{environ['REQUEST_METHOD']} {address} {environ['SERVER_PROTOCOL']}"
        atoms["f"] = cut(environ["HTTP_REFERER"]) if environ.get("HTTP_REFERER") else "-"
        return atoms
