"""The template tag ``line``, which every template has: what it holds is one line, however many the template takes.

Plain text, pages that keep line breaks and the sheet of a letter need it. Knows no app.
"""

import re

from django import template
from django.template.base import NodeList, Parser, TextNode, Token
from django.template.context import Context

register = template.Library()

BREAK = re.compile(r"\s*\n\s*")
AT_AN_END = re.compile(r"^\s*\n\s*|\s*\n\s*$")


class Line(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        return self.nodelist.render(context)


@register.tag
def line(parser: Parser, _: Token) -> Line:
    """A break of the template with its indent is a space between words and nothing beside a template tag or variable.

    What variables and includes hold stays as it is.
    """
    inside = parser.parse(("endline",))
    parser.delete_first_token()
    for node in inside.get_nodes_by_type(template.Node):
        if isinstance(node, TextNode):
            node.s = BREAK.sub(" ", AT_AN_END.sub("", node.s))
    return Line(inside)
