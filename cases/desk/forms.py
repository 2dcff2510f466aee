"""What the acts of a case ask for: one form for each, most of them the columns of the row that the act adds."""

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from acts.errors import Refused
from acts.pages import DATE, LINES, ActForm
from cases.amounts import in_order
from cases.attaching.incoming import IncomingFile, refuse_large
from cases.attaching.kinds import TAKEN
from cases.case import Case
from cases.choices import chosen
from cases.desk.approved_text import approved_text, weighed_text
from cases.desk.papers import IssueForm, VoidForm
from cases.discretion.weighed import UNSET
from cases.penalties import Penalty
from cases.rows.closing import Amendment, Report
from cases.rows.committee import Ballot, Meeting
from cases.rows.conclusion import Conclusion
from cases.rows.correction import CorrectionOrder
from cases.rows.court import SUMS, CourtApplication, CourtEnd, Urging
from cases.rows.decision import Decision, SpotCorrection, SpotPenalty
from cases.rows.evidence import Attachment, Evidence
from cases.rows.fulfilment import Fulfilment
from cases.rows.hearing import Hearing, HearingMinutes, HearingReport
from cases.rows.inspection import Inspection
from cases.rows.measure import LONGEST, Measure, MeasureEnd
from cases.rows.money import Agreement, Payment, Refund
from cases.rows.notifying import Defence, DefenceAnswer, PenaltyNotice, Recheck
from cases.rows.party import KINDS, TEXTS, Party
from cases.rows.people import Member, Officer
from cases.rows.proposal import COLUMNS as PROPOSAL
from cases.rows.proposal import OF_THE_LAW, Outcome
from cases.rows.receipt import COLUMNS as SERVICE
from cases.rows.receipt import Receipt
from cases.rows.recusal import Recusal
from cases.rows.remedy import LIFTED, Remedy, RemedyEnd
from cases.rows.testing import Testing
from cases.rows.transfer import HandingOver, PoliceReply
from cases.rows.weighing import Weighing
from cases.rules import HearingDue, Review
from cases.way.measures import names_of_heads
from cases.way.states import Kind, Source
from history.forms import WorkingForm
from verbatim.fields import PlainForm

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
PAYMENT = "自收到本决定书之日起十五日内，到指定的银行缴纳罚款。"
TALL = forms.Textarea(attrs={"rows": 6, "cols": 60})


class ClueForm(PlainForm):
    source = forms.ChoiceField(label="来源", choices=Source)
    found_on = forms.DateField(
        label="发现（收到材料）之日", widget=DATE, initial=timezone.localdate, help_text="立案期限从这一天的次日起算。"
    )
    kinds = forms.MultipleChoiceField(label="类别", choices=Kind, widget=forms.CheckboxSelectMultiple)
    clue = forms.CharField(label="线索内容", max_length=5000, widget=LINES)
    party_kind = forms.ChoiceField(label="当事人类别", choices=KINDS)
    party_name = forms.CharField(label="当事人姓名或者名称", max_length=100)


Groups = tuple[tuple[str, tuple[str, ...]], ...]


class CaseForm(ActForm):
    """A reason is asked for where a rule wants one. The page says up to which act its reader has seen the case."""

    is_of_today: ClassVar[bool] = True
    """What was done on a day that is typed is judged by that day: only then is it known whether a reason is wanted."""
    groups: ClassVar[Groups] = ()
    """Where it is long: headings, each with the fields below it."""
    preview: Any = None
    """What the public will read."""
    pieces: tuple[str, ...] = ()
    """Of the file, to be offered where one is named."""

    @property
    def button(self) -> str:
        return self.step.label

    def about(self) -> list[tuple[str, str]]:
        """What is agreed to, above the button."""
        return approved_text(self.step.verb, self.subject, self.request.user)

    def grouped(self) -> Iterator[tuple[str, list[Any]]]:
        return self.under(self.groups)

    def under(self, groups: Groups) -> Iterator[tuple[str, list[Any]]]:
        """The fields under their headings; those of none come last."""
        under = {name for _, names in groups for name in names}
        for title, names in groups:
            if held := [self[name] for name in names if name in self.fields]:
                yield title, held
        if rest := [field for field in self.visible_fields() if field.name not in under]:
            yield "", rest

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hidden = {"seen": f"{self.subject.timeline.count()}-{self.subject.party.latest_record}"}
        if seen := re.fullmatch("([0-9]{1,9})-([0-9]{1,15})", self.data.get("seen", "")):
            self.subject.seen_until, self.subject.seen_of_party = map(int, seen.groups())
        self.objections = self.subject.objections_to(self.step.verb)
        if any(each.asks_reason for each in self.objections):
            reason = self.fields["reason"]
            reason.label, reason.help_text = "理由", "会和规则一起记入经办记录。"
            reason.required = self.is_of_today


def field_of(column: Any, **kwargs: Any) -> Any:
    """The field in which an officer fills in a column."""
    if isinstance(column, ArrayField):
        return forms.MultipleChoiceField(
            label=column.verbose_name,
            choices=column.base_field.choices or [],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    if isinstance(column, models.BooleanField):
        kwargs |= {"initial": False}  # whoever states it ticks it
    elif isinstance(column, models.DateTimeField):
        kwargs |= {"widget": MOMENT}
    elif isinstance(column, models.DateField):
        kwargs |= {"widget": DATE}
    elif isinstance(column, models.TextField):
        kwargs |= {"widget": TALL, "max_length": 20_000}
    elif isinstance(column, models.ForeignKey):
        kwargs |= {"empty_label": "没有" if column.blank else "请选择"}
    return column.formfield(**kwargs)


class RowForm(CaseForm):
    """The columns of a row that the act adds to the case."""

    model: ClassVar[type[models.Model]]
    columns: ClassVar[tuple[str, ...]]
    argument: ClassVar[str]
    """What the method of the act calls the row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = forms.fields_for_model(self.model, self.columns, formfield_callback=field_of)
        self.fields = {**{name: own[name] for name in self.columns}, **self.fields}
        for name in {"first_officer", "second_officer"} & set(self.columns):
            self.fields[name].queryset = Officer.objects.select_related("account")  # type: ignore[attr-defined]
        if not self.is_bound:
            self.initial = {**self._two(), **self.likely(), **self.initial}

    def _two(self) -> dict[str, Any]:
        """The first two of those who handle the case; before they are named, whoever fills it in."""
        handlers = self.subject.handlers.all()
        named = [each.officer_id for each in handlers if not self.subject.has_stepped_back(each.officer.account)]
        if not named:
            user: Any = self.request.user
            named = list(Officer.objects.filter(account=user).values_list("pk", flat=True))
        return dict(zip(("first_officer", "second_officer"), named, strict=False))

    def likely(self) -> dict[str, Any]:
        """What the officer will most likely fill in."""
        return {}

    def given(self) -> dict[str, Any]:
        """The row, and what else the method takes."""
        own = {name: self.cleaned_data[name] for name in self.columns if name in self.fields}
        row = self.model(**{name: _stored(self.model, name, value) for name, value in own.items()})
        others = {name: value for name, value in super().given().items() if name not in self.columns}
        return {self.argument: row, **others}


def _stored(model: type[models.Model], name: str, value: Any) -> Any:
    """An empty choice of a text column as the empty text."""
    return "" if value is None and isinstance(model._meta.get_field(name), models.CharField) else value


def today() -> datetime.date:
    return timezone.localdate()


PENALTY: Groups = (
    ("处理意见", ("outcome", "article", "kinds", "fine", "confiscated", "gains")),
    ("法定种类和幅度", ("article_kinds", "compulsory", "minimum", "maximum")),
    ("裁量", ("grade", "ground", "reasons", "beyond")),
)


# 立案


class FileForm(CaseForm):
    handlers = forms.ModelMultipleChoiceField(
        Officer.objects.none(),
        label="承办人员",
        widget=forms.CheckboxSelectMultiple,
        help_text="指定两名以上执法人员；这里只列出执法证件今天有效的。",
    )
    first = ("handlers", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        certified = Officer.objects.valid_on(today()).filter(account__is_active=True).select_related("account")
        self.fields["handlers"].queryset = certified  # type: ignore[attr-defined]


class AddHandlersForm(FileForm):
    """Those who handle the case already are not added again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        handlers: Any = self.fields["handlers"]
        handlers.queryset = handlers.queryset.exclude(cases__case=self.subject)
        handlers.help_text = "这里只列出执法证件今天有效的。"


class ProlongForm(CaseForm):
    days = forms.IntegerField(label="延长几个工作日", min_value=1, max_value=15)
    first = ("days", "reason")


class RecusalForm(RowForm):
    model, argument = Recusal, "recusal"
    columns = ("account", "capacity", "asked_on", "asked_by", "ground", "decided_by", "decided_on", "steps_back")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = AccountField(label="谁")

    def likely(self) -> dict[str, Any]:
        return {"asked_on": today(), "decided_on": today()}


class AccountField(forms.ModelChoiceField):
    """Whoever has to do with cases, by name."""

    def __init__(self, **kwargs: Any) -> None:
        people = get_user_model().objects.filter(is_active=True, groups__permissions__codename="view_case").distinct()
        super().__init__(people.order_by("last_name", "first_name"), empty_label=None, **kwargs)

    def label_from_instance(self, account: Any) -> str:
        return f"{account.get_full_name()}（{account.get_username()}）"


# 检查、措施、送检


class InspectionForm(RowForm):
    model, argument = Inspection, "inspection"
    columns = (
        *("kind", "began_at", "ended_at", "place", "first_officer", "second_officer", "ids_shown"),
        *("record", "signature", "witness"),
    )


class MeasureForm(RowForm):
    model, argument = Measure, "measure"
    columns = (
        *("kind", "power", "days", "taken_at", "consent_at", "consent_by", "place", "goods"),
        *("first_officer", "second_officer", "rights_told"),
    )
    groups = (
        ("采取什么措施", ("kind", "power", "days", "place", "goods")),
        ("事前同意", ("consent_at", "consent_by")),
        ("实施", ("taken_at", "first_officer", "second_officer", "rights_told")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("power", "days", "consent_at", "consent_by"):
            self.fields[name].required = False
        kind: Any = self.fields["kind"]
        kind.choices = [each for each in kind.choices if each[0] != Measure.Kind.CONFISCATION]
        power: Any = self.fields["power"]
        power.choices = [("", "登记保存，不填"), *Measure.Power.choices]
        self.fields["days"].help_text = "登记保存不填。"
        self.fields["consent_at"].help_text = "应当在实施以前；没有事前同意的写明理由。"
        self.fields["consent_by"] = forms.ChoiceField(
            label=self.fields["consent_by"].label,
            required=False,
            choices=[("", "没有事前同意"), *((name, name) for name in names_of_heads())],
        )
        self.order_fields(self.columns)


class GoodsForm(RowForm):
    model, argument = Measure, "measure"
    columns = ("taken_at", "place", "goods", "first_officer", "second_officer")


class UploadForm(CaseForm):
    """With a file, which is looked at when the act is done."""

    file = forms.FileField(label="文件", max_length=255)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = f"{TAKEN}；最大 {settings.ATTACHMENT_MB} MB。"

    def clean_file(self) -> IncomingFile | None:
        sent = self.cleaned_data["file"]
        if not sent:
            return None
        try:
            refuse_large(sent.size)
        except Refused as error:
            raise ValidationError(str(error)) from None
        return IncomingFile(sent.name, sent.read())


class EvidenceForm(UploadForm, RowForm):
    model, argument = Evidence, "evidence"
    columns = ("kind", "name", "proves", "obtained_at", "place", "origin", "first_officer", "second_officer")
    first = (*columns, "file")
    groups = (
        ("证据", ("kind", "name", "proves", "file")),
        ("怎样取得", ("obtained_at", "place", "origin", "first_officer", "second_officer")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_officer", "second_officer"):
            officer: Any = self.fields[name]
            officer.required, officer.empty_label = False, "别人提供的，不填"
        self.fields["file"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("origin") != Evidence.Origin.COLLECTED:
            cleaned |= {"first_officer": None, "second_officer": None}
        return cleaned


class AttachForm(UploadForm):
    evidence = forms.ModelChoiceField(
        Evidence.objects.none(), label="属于哪一项证据", required=False, empty_label="不属于某一项证据"
    )
    first = ("file", "evidence", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].queryset = self.subject.evidence.all()  # type: ignore[attr-defined]


class VoidAttachmentForm(CaseForm):
    attachment = forms.ModelChoiceField(Attachment.objects.none(), label="哪一个文件", empty_label=None)
    first = ("attachment", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attachment"].queryset = self.subject.attachments.valid()  # type: ignore[attr-defined]


def _with_goods(measure: Measure) -> str:
    return f"{measure}：{measure.goods.replace(chr(10), '、')}"


class OfMeasureForm(CaseForm):
    """Of which measure the act is, where there are several."""

    measure = forms.ModelChoiceField(
        Measure.objects.none(), label="哪一项措施", empty_label=None, widget=forms.RadioSelect
    )
    first: ClassVar[tuple[str, ...]] = ("measure", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measure: Any = self.fields["measure"]
        measure.queryset, measure.label_from_instance = self.subject.measures.open(), _with_goods
        if (only := measure.queryset[:2]) and len(only) == 1:
            measure.initial = only[0]


class ProlongMeasureForm(OfMeasureForm):
    days = forms.IntegerField(label="延长几日", min_value=1, max_value=LONGEST)
    first = ("measure", "days", "reason")


class EndMeasureForm(OfMeasureForm):
    how = forms.ChoiceField(label="怎样处理", choices=MeasureEnd.How)
    first = ("measure", "how", "reason")


class TestingForm(RowForm):
    model, argument = Testing, "testing"
    columns = ("kind", "institute", "sample", "sent_on", "until", "is_told_in_writing")

    def likely(self) -> dict[str, Any]:
        return {"sent_on": today()}


class ResultForm(CaseForm):
    testing = forms.ModelChoiceField(Testing.objects.none(), label="哪一次送检", empty_label=None)
    received_on = forms.DateField(label="收到结果的日期", widget=DATE, initial=today)
    conclusion = forms.CharField(
        label="结论", max_length=5000, widget=LINES, help_text="样品灭失、撤回送检而没有结果的，写明原因。"
    )
    first = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["testing"].queryset = self.subject.testings.filter(result=None)  # type: ignore[attr-defined]


# 终结、审理


class ProposalForm(RowForm):
    """What is proposed, beside what its article allows; where it was weighed, that is taken from there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        weighing: Weighing | None = self.subject.weighing()
        for name in OF_THE_LAW if weighing else ("beyond",):
            self.fields.pop(name, None)
        if weighing:
            kinds: Any = self.fields["kinds"]
            kinds.choices = [(kind.value, kind.value) for kind in in_order(weighing.weighed.law.kinds)]
            self.fields["fine"].help_text = f"裁量的幅度：{weighing.said_range}。"
            self.fields["reasons"].help_text = "处罚、不予处罚的由裁量写出，不填；建议、移送的填写。"
            self.initial.setdefault("kinds", in_order(weighing.measured.compulsory))
            if self.initial.get("outcome") in (Outcome.PENALTY, Outcome.NONE):
                self.initial["reasons"] = ""  # they are written anew

    def about(self) -> list[tuple[str, str]]:
        weighing = self.subject.weighing()
        return [*super().about(), *(weighed_text(weighing) if weighing else ())]


class ConclusionForm(ProposalForm):
    """What its article allows stands beside what is proposed."""

    model, argument = Conclusion, "conclusion"
    columns = ("facts", "evidence", "act_ended_on", "harms_life", "rights_told", "is_crime", *PROPOSAL)
    groups = (("事实和证据", columns[:6]), *PENALTY)

    def likely(self) -> dict[str, Any]:
        latest, weighing = self.subject.conclusion(), self.subject.weighing()
        again = forms.model_to_dict(latest, self.columns) if latest else {}
        return again | ({"act_ended_on": weighing.weighed.act_ended_on} if weighing else {})


class MeetingForm(ProposalForm):
    """What is put to the vote is what was concluded, unless the committee changes it."""

    model, argument = Meeting, "meeting"
    columns = ("held_on", "place", "chair", "is_deputised", "is_weighty", "record", *PROPOSAL)
    groups = (
        ("会议", ("held_on", "place", "chair", "is_deputised", "present", "is_weighty", "record")),
        *PENALTY,
    )
    present = forms.ModelMultipleChoiceField(
        Member.objects.none(),
        label="出席的委员",
        widget=forms.CheckboxSelectMultiple,
        help_text="没有勾的记为缺席；登记过回避决定的记为回避。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Member.objects.valid_on(today()).select_related("account")
        for name in ("chair", "present"):
            self.fields[name].queryset = members  # type: ignore[attr-defined]
        self.order_fields(("held_on", "place", "chair", "is_deputised", "present", "is_weighty"))

    def likely(self) -> dict[str, Any]:
        """All of them under their chair, but those who have to step back."""
        members = list(Member.objects.valid_on(today()).select_related("account"))
        away = [member for member in members if self.subject.has_stepped_back(member.account)]
        return {
            "held_on": today(),
            "chair": next((member.pk for member in members if member.is_chair_on(today())), None),
            "present": [member.pk for member in members if member not in away],
            **forms.model_to_dict(self.subject.conclusion(), PROPOSAL),
        }


class VoteForm(CaseForm):
    vote = forms.ChoiceField(label="表决", choices=Ballot.Vote, widget=forms.RadioSelect)
    opinion = forms.CharField(
        label="意见", required=False, max_length=5000, widget=LINES, help_text="不同意的必填，记入审理记录。"
    )
    first = ("vote", "opinion")


class HandingOverForm(RowForm):
    model, argument = HandingOver, "handing_over"
    columns = ("to", "handed_at", "receipt")


class PoliceReplyForm(RowForm):
    model, argument = PoliceReply, "reply"
    columns = ("replied_on", "paper")

    def likely(self) -> dict[str, Any]:
        return {"replied_on": today()}


# 告知、听证、复核


class NoticeForm(RowForm):
    model, argument = PenaltyNotice, "notice"
    columns = ("facts", "basis", "reasons", "hearing_offered", *SERVICE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sanction = self.subject.meeting().sanction(self.subject.party.kind)
        why = HearingDue.reasons(today(), sanction, HearingDue.local())
        said = f"应当告知：{'；'.join(why)}。" if why else "拟作的处罚没有达到应当告知听证的标准，可以不告知。"
        self.fields["hearing_offered"].help_text = said

    def likely(self) -> dict[str, Any]:
        conclusion, meeting = self.subject.conclusion(), self.subject.meeting()
        told = {"facts": conclusion.facts, "basis": meeting.article, "reasons": meeting.reasons}
        return told | {"served_on": today(), "hearing_offered": self.subject.is_heavy(meeting)}


class DefenceForm(RowForm):
    model, argument = Defence, "defence"
    columns = ("kind", "way", "received_on", "posted_on", "text")

    def likely(self) -> dict[str, Any]:
        return {"received_on": today()}


class LetterForm(DefenceForm):
    def likely(self) -> dict[str, Any]:
        return {"received_on": today(), "way": Defence.Way.POSTED}


class RecheckForm(RowForm):
    """What the party has said, each time with its answer."""

    model, argument = Recheck, "recheck"
    columns = ("points", "is_changed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = self.subject.notice().statements()
        for each in self.said:
            self.fields[f"taken_{each.pk}"] = forms.ChoiceField(
                label=f"{each}：是否采纳", choices=DefenceAnswer.Taken, widget=forms.RadioSelect, help_text=each.text
            )
            self.fields[f"why_{each.pk}"] = forms.CharField(label="为什么", max_length=5000, widget=LINES)

    def given(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        answers = [
            DefenceAnswer(defence=each, taken=cleaned[f"taken_{each.pk}"], why=cleaned[f"why_{each.pk}"])
            for each in self.said
        ]
        row = Recheck(points=cleaned["points"], is_changed=cleaned["is_changed"])
        return {"recheck": row, "answers": answers}


class HearingForm(RowForm):
    model, argument, is_of_today = Hearing, "hearing", False
    columns = ("chair", "clerk", "held_on", "place", "is_public", "told_on", "published_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("chair", "听证主持人"), ("clerk", "记录员")):
            self.fields[name] = AccountField(label=label, help_text="不能是本案的承办人员。")
        self.order_fields(self.columns)

    def likely(self) -> dict[str, Any]:
        return {"is_public": True}


class MinutesForm(RowForm):
    model, argument = HearingMinutes, "minutes"
    columns = ("course", "closed_on", "agents", "steps", "record", "signature")

    def likely(self) -> dict[str, Any]:
        return {"closed_on": self.subject.hearing().held_on}


class HearingReportForm(RowForm):
    model, argument = HearingReport, "report"
    columns = ("text",)


# 决定、送达


class DecisionForm(RowForm):
    model, argument = Decision, "decision"
    columns = (
        *("party_name", "party_address", "facts", "evidence", "basis", "reasons", "defence"),
        *("standard", "consent", "payment", "remedy", "publicity_told"),
    )
    groups = (
        ("当事人", ("party_name", "party_address")),
        ("事实和证据", ("facts", "evidence", "defence")),
        ("依据和理由", ("basis", "standard", "consent", "reasons")),
        ("没收的物品", ("measures",)),
        ("履行和救济", ("payment", "remedy", "publicity_told")),
    )
    measures = forms.ModelMultipleChoiceField(
        Measure.objects.none(),
        label="没收哪些措施里的物品",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="勾选的依决定没收；没有勾的，期限照样在走，到期以前要退还。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.subject.meeting().standards_left:
            self.fields["consent"].required = True
        else:
            del self.fields["consent"]
        held = self.subject.measures_to_decide_on() if Penalty.GOODS in self.subject.meeting().kinds else []
        if not held:
            del self.fields["measures"]
            return
        measures: Any = self.fields["measures"]
        measures.queryset = Measure.objects.filter(pk__in=[each.pk for each in held])
        measures.label_from_instance = _with_goods

    def likely(self) -> dict[str, Any]:
        """What the file says, the party in full; a text that came back is shown as it was."""
        party = self.subject.read_party(self.request.user)
        if latest := self.subject.decision():
            return forms.model_to_dict(latest, self.columns)
        conclusion, notice = self.subject.conclusion(), self.subject.notice()
        return {
            "party_name": party.name,
            "party_address": party.address,
            "facts": notice.facts,
            "evidence": conclusion.evidence,
            "basis": notice.basis,
            "reasons": notice.reasons,
            "standard": (weighing.standards or UNSET) if (weighing := self.subject.meeting().weighing) else "",
            "defence": self.subject.latest_recheck().said,
            "payment": PAYMENT,
            "remedy": _remedy(today()),
        }


def _remedy(day: datetime.date) -> str:
    review = f"可以自收到之日起六十日内向{'或者'.join(Review.at(day))}申请行政复议"
    return f"不服本决定的，{review}，或者自收到之日起六个月内向{chosen().sue_at}提起行政诉讼。"


class ProlongDecisionForm(CaseForm):
    days = forms.IntegerField(label="延长几日", min_value=1, max_value=30)
    first = ("days", "reason")


class ProlongDecisionAgainForm(CaseForm):
    days = forms.IntegerField(label="再延长几日", min_value=1, max_value=365)
    first = ("days", "reason")


class ReceiptForm(RowForm):
    model, argument, is_of_today = Receipt, "receipt", False
    columns = SERVICE

    def likely(self) -> dict[str, Any]:
        return {"served_on": today()}


class CorrectReceiptForm(ReceiptForm):
    def likely(self) -> dict[str, Any]:
        """As it was registered: only what is wrong is typed anew."""
        registered = self.subject.receipts.last()
        return forms.model_to_dict(registered, self.columns) if registered else {}


class CorrectionForm(RowForm):
    model, argument = CorrectionOrder, "order"
    columns = ("what", "days", "is_refund", "rule", *SERVICE)

    def likely(self) -> dict[str, Any]:
        return {"served_on": today(), "days": 30}


class CorrectionCheckForm(CaseForm):
    order = forms.ModelChoiceField(CorrectionOrder.objects.none(), label="哪一项", empty_label=None)
    checked_on = forms.DateField(label="复查日期", widget=DATE, initial=today)
    is_mended = forms.BooleanField(label="已经改正", required=False)
    found = forms.CharField(label="复查情况", max_length=5000, widget=LINES)
    first = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order"].queryset = self.subject.correction_orders.filter(check_up=None)  # type: ignore[attr-defined]


# 执行


class PaymentForm(RowForm):
    model, argument = Payment, "payment"
    columns = ("what", "amount", "paid_on", "voucher", "through_court")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.subject.valid_applications():
            self.fields["through_court"].widget = forms.HiddenInput()

    def likely(self) -> dict[str, Any]:
        sums = self.subject.owed(today()).unpaid_of_each
        what = next((each for each, amount in sums.items() if amount), Payment.For.FINE)
        return {"what": what, "amount": sums[what], "paid_on": today()}


class VoidEntryForm(CaseForm):
    entry = forms.ChoiceField(label="哪一项登记", widget=forms.RadioSelect)
    first = ("entry", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {f"{each._meta.model_name}-{each.pk}": each for each in self.subject.entries()}
        entry: Any = self.fields["entry"]
        entry.choices = [(key, self._named(each)) for key, each in self.held.items()]

    @staticmethod
    def _named(entry: Any) -> str:
        """缴款：2026-03-02 罚款 500.00 元，票据 0001"""
        voucher = getattr(entry, "voucher", "")
        return f"{entry._meta.verbose_name}：{entry}" + (f"，票据 {voucher}" if voucher else "")

    def clean_entry(self) -> models.Model:
        return self.held[self.cleaned_data["entry"]]


class RefundForm(RowForm):
    model, argument = Refund, "refund"
    columns = ("what", "amount", "refunded_on", "voucher")

    def likely(self) -> dict[str, Any]:
        if not self.subject.overpaid():
            return {}
        what, amount = max(self.subject.owed(today()).overpaid_of_each.items(), key=lambda each: each[1])
        return {"what": what, "amount": amount, "refunded_on": today()}


class FulfilmentForm(RowForm):
    model, argument = Fulfilment, "fulfilment"
    columns = ("duty", "done_on", "found", "first_officer", "second_officer")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        duty: Any = self.fields["duty"]
        duty.choices = [(kind, kind) for kind in self.subject.duties_to_see()]


class ArrangementForm(CaseForm):
    asked_on = forms.DateField(label="当事人书面申请的日期", widget=DATE, initial=today)
    instalments = forms.CharField(
        label="各期", max_length=2000, widget=LINES, help_text="一行一期：日期、空格、金额，例如 2026-12-31 1000。"
    )
    first = ("asked_on", "instalments", "reason")

    def clean_instalments(self) -> list[tuple[datetime.date, Decimal]]:
        lines = [line.split() for line in self.cleaned_data["instalments"].splitlines() if line.strip()]
        try:
            plan = [(datetime.date.fromisoformat(day), Decimal(amount)) for day, amount in lines]
        except (ValueError, InvalidOperation):
            raise ValidationError("请一行写一期：日期、空格、金额，例如 2026-12-31 1000。") from None
        if any(not amount.is_finite() or amount <= 0 for _, amount in plan):
            raise ValidationError("各期的金额要大于 0。")
        if any(amount.adjusted() > 9 or amount != amount.quantize(Decimal("0.01")) for _, amount in plan):
            raise ValidationError("各期的金额写到分，例如 333.33，十亿以下。")
        return plan


class RemedyForm(RowForm):
    model, argument = Remedy, "remedy"
    columns = ("kind", "began_on")


class RemedyEndForm(RowForm):
    model, argument = RemedyEnd, "end"
    columns = ("ended_on", "outcome", "fine", "gains", "lifted", "paper")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lifted, proposal = self.fields["lifted"], self.subject.decided_proposal()
        lifted.choices = [(kind, kind) for kind, _ in LIFTED if kind in proposal.kinds]  # type: ignore[attr-defined]
        lifted.help_text = "按这一次的结果填：前一次复议、诉讼已经取消、这一次没有恢复的，也要勾选。"

    def likely(self) -> dict[str, Any]:
        return {"lifted": self.subject.lifted_kinds()}


class AgreementForm(RowForm):
    model, argument = Agreement, "agreement"
    columns = ("agreed_on", "made_good", "remitted")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remitted"].help_text = f"到今天还欠加处罚款 {self.subject.unpaid_surcharge()} 元。"
        self.fields["reason"].help_text = self.step.why

    def likely(self) -> dict[str, Any]:
        return {"agreed_on": today()}


DEMAND = (*SUMS.values(), "duties", "duty")


class DemandForm(RowForm):
    """What is owed today; of other duties only those that the party still has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        duties: Any = self.fields["duties"]
        duties.choices = [(duty, duty) for duty in self.subject.duties()]
        if not duties.choices:
            for name in ("duties", "duty"):
                self.fields[name].widget = self.fields[name].hidden_widget()

    def likely(self) -> dict[str, Any]:
        owed = self.subject.owed(today()).unpaid_of_each
        return {column: owed[what] or None for what, column in SUMS.items()}


class UrgingForm(DemandForm):
    model, argument = Urging, "urging"
    columns = (*DEMAND, "rights_told", *SERVICE)

    def likely(self) -> dict[str, Any]:
        return {"served_on": today(), **super().likely()}


class CourtForm(DemandForm):
    model, argument = CourtApplication, "application"
    columns = ("court", "applied_on", *DEMAND)

    def likely(self) -> dict[str, Any]:
        return {"court": chosen().sue_at, "applied_on": today(), **super().likely()}


class CourtEndForm(RowForm):
    model, argument = CourtEnd, "end"
    columns = ("ended_on", "outcome", "paper")


# 结案


class FinishForm(CaseForm):
    ground = forms.ChoiceField(label="结案情形")
    first = ("ground", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds: Any = self.fields["ground"]
        grounds.choices = [(ground, ground) for ground in self.subject.grounds_to_finish()]


class ReportForm(RowForm):
    model, argument = Report, "report"
    columns = ("ground", "to", "sent_on")

    def likely(self) -> dict[str, Any]:
        return {"sent_on": today()}


class AmendmentForm(RowForm):
    model, argument = Amendment, "amendment"
    columns = ("where", "right")


class SpotForm(ProposalForm):
    model, argument = SpotPenalty, "penalty"
    columns = (
        *("facts", "article", "kinds", "fine", "article_kinds", "compulsory", "minimum", "maximum"),
        *("grade", "ground", "reasons"),
        *("first_officer", "second_officer", "told_and_heard", "handed_over_on", "cash"),
    )
    groups = (
        ("处罚", ("facts", "article", "kinds", "fine")),
        *PENALTY[1:],
        ("当场作出和交付", ("first_officer", "second_officer", "told_and_heard", "handed_over_on", "cash")),
    )

    def likely(self) -> dict[str, Any]:
        return {"handed_over_on": today()}


class CorrectSpotForm(RowForm):
    model, argument = SpotCorrection, "correction"
    columns = ("handed_over_on", "cash")

    def likely(self) -> dict[str, Any]:
        spot = self.subject.spot_penalty_or_none()
        return {"handed_over_on": spot.served_on, "cash": spot.is_cash} if spot else {}


class PartyForm(WorkingForm):
    class Meta:
        model = Party
        fields = ("kind", *TEXTS, "registered_in")
        widgets: ClassVar[Any] = dict.fromkeys((*TEXTS, "registered_in"), forms.TextInput)


FORMS: dict[str, type[ActForm]] = {
    **{step.verb: CaseForm for step in Case.steps},
    "filed": FileForm,
    "prolonged": ProlongForm,
    "audit_prolonged": ProlongForm,
    "inspected": InspectionForm,
    "measured": MeasureForm,
    "measure_approved": OfMeasureForm,
    "measure_prolonged": ProlongMeasureForm,
    "goods_taken": GoodsForm,
    "measure_ended": EndMeasureForm,
    "tested": TestingForm,
    "evidence_kept": EvidenceForm,
    "attached": AttachForm,
    "attachment_voided": VoidAttachmentForm,
    "test_received": ResultForm,
    "recusal_decided": RecusalForm,
    "handlers_added": AddHandlersForm,
    "concluded": ConclusionForm,
    "met": MeetingForm,
    "voted": VoteForm,
    "handed_over": HandingOverForm,
    "police_accepted": PoliceReplyForm,
    "police_refused": PoliceReplyForm,
    "notified": NoticeForm,
    "defended": DefenceForm,
    "letter_received": LetterForm,
    "rechecked": RecheckForm,
    "hearing_convened": HearingForm,
    "hearing_held": MinutesForm,
    "hearing_reported": HearingReportForm,
    "decision_proposed": DecisionForm,
    "decision_prolonged": ProlongDecisionForm,
    "decision_prolonged_again": ProlongDecisionAgainForm,
    "served": ReceiptForm,
    "outcome_served": ReceiptForm,
    "receipt_corrected": CorrectReceiptForm,
    "correction_ordered": CorrectionForm,
    "correction_checked": CorrectionCheckForm,
    "paid": PaymentForm,
    "entry_voided": VoidEntryForm,
    "refunded": RefundForm,
    "fulfilled": FulfilmentForm,
    "arranged": ArrangementForm,
    "surcharge_remitted": AgreementForm,
    "remedy_begun": RemedyForm,
    "remedy_ended": RemedyEndForm,
    "urged": UrgingForm,
    "applied_to_court": CourtForm,
    "court_ended": CourtEndForm,
    "enforced": FinishForm,
    "reported": ReportForm,
    "amended": AmendmentForm,
    "paper_issued": IssueForm,
    "paper_voided": VoidForm,
    "penalised_on_the_spot": SpotForm,
    "spot_corrected": CorrectSpotForm,
}
