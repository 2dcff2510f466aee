"""What the first page offers before the list: ask in your own words, call, come to the next event."""

from typing import Any

from editions.public.reading import Reading
from portal.answers.answer import answer, enquiries
from portal.answers.vocabulary import Vocabulary
from services import events
from services.templatetags.services import next_day

MOST = 8
"""Questions that it offers at most."""


def opening(reading: Reading) -> dict[str, Any]:
    return {"questions": _questions(reading), "call": enquiries(reading.register), "next": _next(reading)}


def _questions(reading: Reading) -> list[Any]:
    """Those that this edition answers."""
    vocabulary: Vocabulary = reading.catalogue.beside["vocabulary"]
    offered = vocabulary.document.quick_questions
    return [each for each in offered if answer(reading.register, vocabulary, each.question).unsaid is None][:MOST]


def _next(reading: Reading) -> dict[str, Any] | None:
    """The next event that was announced, or the next yearly day; none on the permanent page of an edition."""
    if reading.permanent:
        return None
    ahead = events.ahead(reading.catalogue.beside["events"], reading.catalogue.day)
    for each in ahead:
        if not each.event.cancelled:
            return {"title": each.event.title, "first": each.event.on, "is_event": True}
    context: Any = {"reading": reading}
    days = [(next_day(context, service), service) for service in reading.register.documents("services")]
    coming = [(day["first"], service) for day, service in days if day]
    if not coming:
        return None
    first, service = min(coming, key=lambda each: each[0])
    return {"title": service.title, "first": first, "code": service.code}
