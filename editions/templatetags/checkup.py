"""For the pages of the check-up: what a level and a rule are called, and the paragraph with the words found marked."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from editions.checkup.rule import LEVELS, Finding, Level, rule

register = template.Library()
LONGEST = 120
AROUND = 40


@register.filter
def level(value: str) -> str:
    return LEVELS[Level(value)]


@register.filter
def rule_label(code: str) -> str:
    """What a rule is called; one that there is no more goes by its code."""
    known = rule(code)
    return known.label if known else code


@register.filter
def highlighted(finding: Finding) -> SafeString:
    """The paragraph, or what stands around the words of a long one, with the words marked."""
    before, found, after = finding.line.partition(finding.text) if finding.text else (finding.line, "", "")
    if len(finding.line) > LONGEST:
        before = f"……{before[-AROUND:]}" if len(before) > AROUND else before
        after = f"{after[:AROUND]}……" if len(after) > AROUND else after
    marked = f"<mark>{escape(found)}</mark>" if found else ""
    return mark_safe(escape(before) + marked + escape(after))  # noqa: S308 (escaped piece by piece)
