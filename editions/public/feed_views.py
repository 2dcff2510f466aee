"""What feed readers ask for."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from editions.form import parts
from editions.form.keys import Key
from editions.life.edition import Edition
from editions.public import edition_cache
from editions.public.feed import CONTENT_TYPE, Subject, editions_feed, subject_feed
from editions.public.reading import Reading
from editions.public.taking_turns import one_at_a_time
from editions.public.views import COMPARING, cross_edition_view, known_part, never_listed
from editions.register.register import Register


@cross_edition_view
def feed(request: HttpRequest, reading: Reading) -> HttpResponse:
    """The editions."""
    return HttpResponse(editions_feed(reading), content_type=CONTENT_TYPE)


@cross_edition_view
def part_feed(request: HttpRequest, reading: Reading, part: str) -> HttpResponse:
    """What editions changed of a part that any of them had."""
    here = known_part(part)
    if not any(_has(edition, here) for edition in reading.catalogue.published):
        raise Http404(f"公布过的各版都没有“{here.label}”这一部分。")
    subject = Subject(
        title=here.label,
        page=reverse("part", args=[part]) if here in reading.register.parts else reverse("editions"),
        feed=reverse("part-feed", args=[part]),
        thing=part,
        is_in=lambda edition: _has(edition, here),
        concerns=lambda change, old, new: change.key.kind == part or change.key == Key("frames", part),
    )
    return subject_response(reading, subject)


@cross_edition_view
def item_feed(request: HttpRequest, reading: Reading, part: str, code: str) -> HttpResponse:
    """What editions changed of an item that any of them listed."""
    if code != code.lower():
        return HttpResponsePermanentRedirect(reverse("item-feed", args=[part, code.lower()]))
    key = Key(part, code.upper())
    title = latest_title(reading, key)
    subject = Subject(
        title=f"{key.code} {title}",
        page=reverse("item-history", args=[part, code]),
        feed=reverse("item-feed", args=[part, code]),
        thing=f"{part}/{code}",
        is_in=lambda edition: key in titles_of(edition),
        concerns=lambda change, old, new: change.key == key,
    )
    return subject_response(reading, subject)


def subject_response(reading: Reading, subject: Subject) -> HttpResponse:
    with one_at_a_time("comparing", COMPARING):
        return HttpResponse(subject_feed(reading, subject), content_type=CONTENT_TYPE)


def latest_title(reading: Reading, key: Key) -> str:
    """As the latest edition that holds it has it. Raises Http404 where none ever did."""
    for edition in reading.catalogue.published:
        if title := titles_of(edition).get(key):
            return title
    raise never_listed(parts.get(key.kind), key.code)


def titles_of(edition: Edition) -> dict[Key, str]:
    """Of everything that the edition holds."""
    return edition_cache.compute(_titles, edition)


def _titles(register: Register) -> dict[Key, str]:
    return {kind.key_of(listed.document): listed.title for kind in parts.kinds() for listed in register.of(kind.name)}


def _has(edition: Edition, part: parts.Part) -> bool:
    return Key("frames", part.name) in titles_of(edition)
