"""What an act brings, said on its confirm page: the papers that belong to it, and the clocks that begin, end or stand
still."""

from collections.abc import Collection, Iterator

from cases.papers.forms import FORMS
from cases.way.steps import CaseStep
from clocks.limits_of_the_law import in_force


def brings_of(step: CaseStep) -> list[tuple[str, str]]:
    """Each kind of thing with what it is; nothing of a kind of which there is none."""
    papers = "、".join(f"《{form.name}》" for form in FORMS if form.act == step.verb)
    said = [
        ("文书", papers),
        ("起算", _titles(step.starts)),
        ("结束", _titles(step.ends)),
        ("期间不计入", _titles(step.stops)),
    ]
    return [(kind, what) for kind, what in said if what]


def _titles(names: Collection[str]) -> str:
    return "、".join(dict.fromkeys(_titles_of(names)))


def _titles_of(names: Collection[str]) -> Iterator[str]:
    for name in names:
        yield from (f"{limit.title}的期限" for limit in in_force().versions(name))
