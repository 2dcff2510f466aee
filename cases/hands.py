"""Where another hand is asked for than the one that was there before: what the database refuses (cases.guards), and
`verify` looks for again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections

from cases.discretion.publication import PublishedStandards, rows_of_standards
from cases.publicity.rows import PublicityPushVoid, PublicityRelease
from cases.rows.assessment import ScoreSheet
from cases.rows.court import CourtEnd
from cases.rows.decision import SpotCorrection
from cases.rows.entry_void import ENTRIES, EntryVoid
from cases.rows.receipt import Receipt
from cases.rows.remedy import RemedyEnd
from cases.rows.roll import MemberEndorsement, OfficerEndorsement


@dataclass(frozen=True)
class OtherHand:
    """The rows of a model are written by none of those whom a query gives. In it `{row}` stands for the row, `e` is
    what was there earlier, and `{until}` says that it was, where that is no matter of course."""

    model: Any
    earlier: str
    said: str
    """To whom it is refused."""
    found: str
    """By `verify`, of a row."""

    def hands(self, row: str, until: str = "") -> str:
        return self.earlier.format(row=row, until=until)


def _hands_of_entries() -> str:
    """Of whatever may be voided, and of how a remedy or an application ended."""
    held = {(model._meta.db_table, "id", name) for name, model in ENTRIES.items()}
    ends = {
        (model._meta.db_table, f"{name}_id", name) for name, model in (("remedy", RemedyEnd), ("application", CourtEnd))
    }
    return " UNION ".join(
        f"SELECT e.by_id FROM public.{table} e WHERE e.{column} = {{row}}.{name}_id {{until}}"  # noqa: S608 (names of our own tables and columns)
        for table, column, name in sorted(held | ends)
    )


TOOK_PART = """SELECT e.account_id FROM public.cases_drawnfile f JOIN public.cases_side e ON e.case_id = f.case_id
        WHERE f.id = {row}.file_id {until}
    UNION SELECT e.by_id FROM public.cases_drawnfile f JOIN public.cases_caseact e ON e.case_id = f.case_id
        WHERE f.id = {row}.file_id {until}
    UNION SELECT l.account_id FROM (SELECT DISTINCT ON (e.account_id) e.* FROM public.cases_drawnfile f
        JOIN public.cases_recusal e ON e.case_id = f.case_id WHERE f.id = {row}.file_id {until}
        ORDER BY e.account_id, e.id DESC) l WHERE l.steps_back"""


def _hands_on_the_roll(row: str) -> str:
    """Of whoever wrote in the row of the roll since it was last endorsed, and of whom it is about."""
    trail, endorsements = f"public.cases_historical{row}", f"public.cases_{row}endorsement"
    return f"""SELECT e.history_user_id FROM {trail} r JOIN {trail} e ON e.id = r.id AND e.history_id <= r.history_id
        WHERE r.history_id = {{row}}.record_id AND e.history_id > coalesce((SELECT max(n.record_id)
            FROM {endorsements} n JOIN {trail} h ON h.history_id = n.record_id
            WHERE h.id = r.id AND n.record_id < r.history_id), 0)
    UNION SELECT r.account_id FROM {trail} r WHERE r.history_id = {{row}}.record_id"""  # noqa: S608 (as above)


def _hands_on_the_standards() -> str:
    """Of whoever changed them since they were published last."""
    trails = sorted(model.history.model._meta.db_table for model in rows_of_standards())
    lines = " UNION ALL ".join(
        f"SELECT h.history_user_id AS by_id, h.history_date AS at FROM public.{trail} h"  # noqa: S608 (as above)
        for trail in trails
    )
    return f"""SELECT e.by_id FROM ({lines}) e WHERE e.by_id IS NOT NULL {{until}} AND e.at > coalesce(
        (SELECT max(p.at) FROM public.cases_publishedstandards p WHERE p.number < {{row}}.number), '-infinity')"""  # noqa: S608 (as above)


OTHER_HANDS = (
    OtherHand(
        ScoreSheet,
        TOOK_PART,
        "这一案您经办或者审核、审理过，要由别人来评分。",
        "是经办或者审核、审理过这一案的人评的分",
    ),
    OtherHand(EntryVoid, _hands_of_entries(), "这一项是您登记的，要由别人来作废。", "是登记的人自己作废的"),
    OtherHand(
        Receipt,
        "(SELECT e.by_id FROM public.cases_receipt e WHERE e.case_id = {row}.case_id AND e.paper = {row}.paper"
        " AND e.id < {row}.id ORDER BY e.id DESC LIMIT 1)",
        "送达是您登记的，要由别人来更正。",
        "是登记送达的人自己更正的",
    ),
    OtherHand(
        SpotCorrection,
        "SELECT e.by_id FROM public.cases_spotpenalty e WHERE e.id = {row}.penalty_id"
        " UNION SELECT o.account_id FROM public.cases_spotpenalty e"
        " JOIN public.cases_officer o ON o.id IN (e.first_officer_id, e.second_officer_id)"
        " WHERE e.id = {row}.penalty_id",
        "当场处罚是您作出或者登记的，要由别人来更正。",
        "是作出或者登记当场处罚的人自己更正的",
    ),
    OtherHand(
        PublicityRelease,
        "SELECT e.by_id FROM public.cases_publicitydraft e WHERE e.id = {row}.draft_id {until}"
        " UNION SELECT o.account_id FROM public.cases_publicitydraft d"
        " JOIN public.cases_handler e ON e.case_id = d.case_id"
        " JOIN public.cases_officer o ON o.id = e.officer_id WHERE d.id = {row}.draft_id {until}",
        "公示稿是您拟的，或者这一案是您承办的，要由别人来审查、公示。",
        "是拟公示稿的人或者承办人员自己公示的",
    ),
    OtherHand(
        PublicityPushVoid,
        "SELECT e.by_id FROM public.cases_publicitypush e WHERE e.id = {row}.push_id {until}",
        "推送是您登记的，要由别人来作废。",
        "是登记推送的人自己作废的",
    ),
    OtherHand(
        PublishedStandards,
        _hands_on_the_standards(),
        "上次公布以后，裁量基准您自己改过，要由别人来公布。",
        "是改过裁量基准的人自己公布的",
    ),
    *(
        OtherHand(
            endorsement,
            _hands_on_the_roll(row),
            "这一条是您登记的，或者就是您自己，要由另一个人核对。",
            "是登记的人或者本人自己核对的",
        )
        for row, endorsement in (("officer", OfficerEndorsement), ("member", MemberEndorsement))
    ),
)


def faults() -> Iterator[str]:
    """Rows that are of a hand that was there before; each a sentence."""
    for each in OTHER_HANDS:
        table, name = each.model._meta.db_table, each.model._meta.verbose_name
        hands = each.hands("t", "AND e.at <= t.at")
        with connections["default"].cursor() as cursor:
            cursor.execute(
                f"SELECT t.id FROM public.{table} t WHERE t.by_id IN ({hands}) ORDER BY t.id"  # noqa: S608 (as above)
            )
            yield from (f"{name} {row}：{each.found}。" for (row,) in cursor.fetchall())
