"""文书: what is issued on paper, by whoever handles the case, and what is voided because it was spoilt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from acts.errors import Incomplete, NotYours
from cases.archiving.missing import DECISIONS
from cases.papers import typeset
from cases.papers.form import Facts, Form
from cases.papers.forms import FORMS
from cases.rows.numbers import Series
from cases.rows.paper import Paper, PaperVoid
from cases.rows.party import Reading
from cases.way.case_file import CaseFile
from cases.way.states import OPEN, State
from cases.way.steps import CaseStep

NOTICE = 25
MAKERS = {"handle": OPEN, "audit": OPEN[OPEN.index(State.AWAITING_AUDIT) :]}

STEPS = (
    CaseStep(
        verb="paper_issued",
        label="制作文书",
        method="issue_paper",
        does="按案卷填好的文书定下来，取得编号，以后不能改；制作错的，作废以后另作一份。",
        begins=MAKERS,
        takes_reason=False,
        is_awaited=False,
        repeats=True,
    ),
    CaseStep(
        verb="paper_voided",
        label="作废文书",
        method="void_paper",
        does="这一份文书不再有效，编号不再使用；文书留在案卷里，页面上印“作废”。",
        begins=MAKERS,
        why="请写明作废的理由。",
        is_awaited=False,
        repeats=True,
        makes_sense=lambda here: False,  # offered beside each paper
    ),
)


class Papers(CaseFile):
    class Meta:
        abstract = True

    def papers_to_make(self, account: Any) -> Iterator[tuple[Form, Any]]:
        """The forms that this person can make now, each with the row of which it is made."""
        made = set(self.papers.valid().values_list("form", "row"))
        for form in FORMS:
            if self._makes(form, account):
                for row in form.of(self):
                    if form.repeats or (form.number, row.pk) not in made:
                        yield form, row

    def facts(self, row: Any, typed: Mapping[str, str] | None = None) -> Facts:
        return Facts(self, row, timezone.localdate(), typed or {})

    def said_before(self) -> dict[str, str]:
        """What was typed on the papers of this case, the latest last said."""
        return {each.name: each.text for paper in self.papers.defer("pdf", "docx") for each in paper.sheet.typed}

    def preview_paper(self, form: Form, key: int, typed: Mapping[str, str], *, by: Any) -> bytes:
        """As it would be, marked so, without a number; nothing is kept but that the party was read. Raises Refused."""
        row = self._row(form, key, by)
        self.refuse_who_is_not_endorsed(row)
        self.read_party(by)
        sheet = form.sheet(self.facts(row, form.complete(typed)))
        return typeset.pdf(sheet, mark=typeset.PREVIEW)

    def refuse_who_is_not_endorsed(self, row: Any) -> None:
        """A paper says who they are, and by what certificate. Raises Incomplete where nobody has endorsed what it would
        say."""
        officers = [*getattr(row, "officers", ()), *(each.officer for each in self.handlers.all())]
        if waiting := [each.account.get_full_name() for each in officers if not each.is_endorsed]:
            names = "、".join(dict.fromkeys(waiting))
            raise Incomplete(f"{names}的执法人员登记改了，还没有核对，不能写进文书。请审计或局领导先核对。")

    def issue_paper(self, form: Form, key: int, typed: Mapping[str, str], *, by: Any) -> Paper:
        """制作: filled from the file, numbered, frozen; the number is taken last, since others wait for the next."""
        given = form.complete(typed)
        with self.acting("paper_issued", by=by, reason=form.called(self._row(form, key, by))) as case:
            row = case._row(form, key, by)
            case.refuse_who_is_not_endorsed(row)
            case.read_party(by)
            if not form.repeats and case.papers.valid().filter(form=form.number, row=row.pk).exists():
                raise Incomplete(f"《{form.name}》已经制作；要重新制作，请先把原来的作废。")
            facts = case.facts(row, given)
            numbered: dict[str, Any] = {}
            label = form.own_label(facts)
            if form.word and not label:
                year = facts.day.year
                numbered = {"year": year, "number": Series.take(form.series, year)}
                label = form.label(**numbered)
            sheet = form.sheet(facts, label=label)
            paper = Paper.of(form, row, sheet, case=case, **numbered)
            case.keep(paper, by)
        return paper

    def void_paper(self, paper: Paper, *, by: Any, reason: str) -> None:
        """作废: it stays, and so does its number."""
        told = f"{paper}：{reason.strip()}" if reason.strip() else ""
        with self.acting("paper_voided", by=by, reason=told) as case:
            held = case.papers.valid().filter(pk=paper.pk).first()
            if held is None:
                raise Incomplete("这一份文书已经作废。")
            if case.was_served(held):
                raise Incomplete(f"{held}已经送达，不能作废；有错的依法更正。")
            if not case._makes(held.declared, by):
                raise NotYours(f"《{held.title}》不由您制作，也不由您作废。")
            case.keep(PaperVoid(paper=held, reason=reason.strip()), by)

    def was_served(self, paper: Paper) -> bool:
        """Whether the party has it, as far as an act keeps that."""
        if paper.form == NOTICE:
            return any(each.meeting_id == paper.row for each in self.notices.all())
        return paper.form in DECISIONS and bool(self.receipts.all())

    def may_void(self, paper: Paper, account: Any) -> bool:
        """Whether to offer it."""
        step = self.steps["paper_voided"]
        return step in self.steps.open_to(self, account) and not paper.is_void and self._makes(paper.declared, account)

    def hand_out_paper(self, paper: Paper, kind: str, account: Any) -> bytes:
        """The PDF or the DOCX, to whoever is on the case; a line says who took it. Raises NotYours, and Incomplete
        where it is not what was issued."""
        self.refuse_who_is_not_on_it(account)
        if not paper.is_as_issued(kind):
            raise Incomplete(f"{paper}的 {kind.upper()} 和制作时的摘要不符，没有给出。请告诉系统管理，运行核验。")
        content = paper.file(kind)
        self.keep(Reading(case_id=self.pk, what=Reading.What.EXPORT), account)
        return content

    def _makes(self, form: Form, account: Any) -> bool:
        return any(self.may(account, role) and self.concerns(account, role) for role in form.roles)

    def _row(self, form: Form, key: int, account: Any) -> Any:
        """Of which the paper is made. Raises NotYours, Incomplete."""
        if not self._makes(form, account):
            raise NotYours(f"《{form.name}》不由您制作。")
        row = form.row_of(self, key)
        if row is None:
            raise Incomplete(f"{form.needs or '案卷里没有这一条记录'}，不能制作《{form.name}》。")
        return row
