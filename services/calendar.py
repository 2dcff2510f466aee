"""The calendar that ordinary programs subscribe to (RFC 5545): the yearly days of the list, and the events announced.

Made of the edition in force and the announcements alone, so that the same content gives the same bytes.
"""

import datetime
import uuid
from zoneinfo import ZoneInfo

from icalendar import Calendar, vRecur
from icalendar import Event as Entry

from editions.life.edition import Edition
from editions.public import edition_cache
from editions.public.reading import Reading, address
from editions.register.register import Register
from services.documents import EventDocument, ServiceDocument
from services.events import Announced
from verbatim.fields import paragraphs

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONE_DAY = datetime.timedelta(days=1)


def calendar(reading: Reading) -> bytes:
    bureau = reading.register.bureau.full_name or reading.register.bureau.name
    made = Calendar()
    made.add("prodid", f"-//{bureau}//公共服务日历//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"{bureau}公共服务")
    made.add("x-wr-timezone", SHANGHAI.key)
    made.add("refresh-interval", datetime.timedelta(days=1), parameters={"VALUE": "DURATION"})
    for service in reading.register.documents("services"):
        if service.yearly:
            made.add_component(_yearly(reading, service, _since(reading, service)))
    for announced in reading.catalogue.beside["events"]:
        made.add_component(_event(reading, announced))
    made.add_missing_timezones()
    return made.to_ical()


def _uid(reading: Reading, thing: str) -> str:
    """The same for the same thing, whatever else changes, the name of the bureau included (RFC 7986 asks for a UUID).
    What tells one bureau from another is its first edition."""
    first = reading.catalogue.published[-1]
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{first.content_digest}/{thing}"))


def _since(reading: Reading, service: ServiceDocument) -> datetime.date:
    """When the list began to hold this day: the first that a calendar shows stays the same from edition to edition."""
    assert service.yearly
    for edition in reversed(reading.catalogue.published):
        if (service.code, service.yearly.when) in edition_cache.compute(_yearly_days, edition):
            return edition.effective_on
    return reading.edition.effective_on


def _yearly_days(register: Register) -> frozenset[tuple[str, tuple[int, int | None]]]:
    return frozenset((each.code, each.yearly.when) for each in register.documents("services") if each.yearly)


def _yearly(reading: Reading, service: ServiceDocument, since: datetime.date) -> Entry:
    assert service.yearly
    first, last = service.yearly.next(since)
    entry = Entry()
    entry.add("uid", _uid(reading, f"{service.code}/yearly"))
    entry.add("dtstamp", _stamp(reading.edition))
    entry.add("summary", service.title)
    entry.add("url", address(reading.url("item", part="services", code=service.code)))
    entry.add("dtstart", first)
    entry.add("dtend", last + ONE_DAY)
    rule = {"freq": "yearly", "bymonth": service.yearly.month, "bymonthday": service.yearly.day or 1}
    entry.add("rrule", vRecur(rule))
    lines = [*paragraphs(service.content), f"承办机构：{'、'.join(paragraphs(service.offices))}"]
    if service.phones:
        lines.append(f"电话：{'、'.join(paragraphs(service.phones))}")
    if service.yearly.is_added:
        lines.append(f"日期为本局整理，非清单原文：{service.yearly.basis}")
    entry.add("description", "\n".join(lines))
    entry.add("transp", "TRANSPARENT")
    return entry


def _stamp(edition: Edition) -> datetime.datetime:
    """When the edition became what it is: its issue, or for one from before the portal its first day."""
    start = datetime.datetime.combine(edition.effective_on, datetime.time(), SHANGHAI)
    return (edition.issued_at or start).astimezone(datetime.UTC)


def _event(reading: Reading, announced: Announced) -> Entry:
    event: EventDocument = announced.event
    entry = Entry()
    entry.add("uid", _uid(reading, event.code))
    entry.add("dtstamp", announced.at.astimezone(datetime.UTC))
    entry.add("sequence", announced.number - 1)
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    entry.add("summary", ("已取消：" if event.cancelled else "") + event.title)
    if event.begins:
        entry.add("dtstart", datetime.datetime.combine(event.on, event.begins, SHANGHAI))
        if event.ends:  # an end is later than the beginning, or is not there (RFC 5545, 3.8.2.2)
            entry.add("dtend", datetime.datetime.combine(event.on, event.ends, SHANGHAI))
    else:
        entry.add("dtstart", event.on)
        entry.add("dtend", event.on + ONE_DAY)
    entry.add("location", event.place)
    entry.add("url", f"{address(reading.url('events'))}#{event.code.lower()}")
    entry.add("description", "\n".join([*paragraphs(event.offers), f"承办股室：{event.office}"]))
    return entry
