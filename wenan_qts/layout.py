"""How the portal's own templates are read: laid out like code, a line break and what is blank around it are no text.

Between Chinese characters, or between two links, a line break would show as a blank. So the lines of a template are put
together as they are read, and a template may be broken wherever it reads best; a blank that is meant to show stands
within a line, or as {{ " " }} where a line begins or ends. Within an HTML tag a line break parts the attributes.
"""

import re

from django.template.base import Origin
from django.template.loaders import filesystem

DJANGO = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}")


class Loader(filesystem.Loader):
    def get_contents(self, origin: Origin) -> str:
        contents: str = super().get_contents(origin)
        return put_together(contents) if origin.name.endswith(".html") else contents


def put_together(source: str) -> str:
    """The lines of a template as one."""
    whole, within_a_tag = "", False
    for line in source.split("\n"):
        line = line.strip(" \t\r")  # an ideographic space is text
        whole += " " + line if within_a_tag and not line.startswith(">") else line
        html = DJANGO.sub("", line)
        if "<" in html or ">" in html:
            within_a_tag = html.rfind("<") > html.rfind(">")
    return whole
