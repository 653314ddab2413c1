"""axe-core on a page as it stands: what breaks WCAG 2.2 AA, where, and why."""

from typing import Any

from django.conf import settings
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
SOURCE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async tags => {
    const found = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
    const where = node => [node.target.join(" "), node.failureSummary];
    return found.violations.map(({ id, nodes }) => [id, nodes.map(where)]);
}"""


def violations(page: Page) -> list[Any]:
    """Asked past the policy of the page, which forbids scripts of others: the page stays as people get it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE.read_text(encoding="utf-8"))
    return page.evaluate(RUN, TAGS)
