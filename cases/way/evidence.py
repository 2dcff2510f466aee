"""证据和附件 (清单十四 三(三)): what shows what happened is put into the file, whenever it comes, and stays there."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from acts.errors import Incomplete
from cases.attaching import folder
from cases.attaching.incoming import ExaminedFile, IncomingFile
from cases.rows.evidence import Attachment, AttachmentVoid, Evidence
from cases.way.case_file import CaseFile, officers_objections
from cases.way.states import OPEN
from cases.way.steps import CaseStep

STEPS = (
    CaseStep(
        verb="evidence_kept",
        label="存入证据",
        method="keep_evidence",
        does="把一项证据记入案卷，可以同时存入它的文件。存入以后不能改；存错的，另存一次，把文件作废。",
        begins={"handle": OPEN},
        is_awaited=False,
        repeats=True,
        paragraphs=("c3-3-1",),
    ),
    CaseStep(
        verb="attached",
        label="存入附件",
        method="attach",
        does="把一个文件存入案卷。存入以后不能改，也不能删；存错的可以作废。",
        begins={"handle": OPEN},
        is_awaited=False,
        repeats=True,
    ),
    CaseStep(
        verb="attachment_voided",
        label="作废附件",
        method="void_attachment",
        does="写明这个文件为什么不算；文件和理由都留在案卷里。",
        begins={"handle": OPEN},
        why="请写明作废的理由。",
        is_awaited=False,
        repeats=True,
        makes_sense=lambda here: here.subject.attachments.valid().exists(),
    ),
)


class KeepingEvidence(CaseFile):
    class Meta:
        abstract = True

    def keep_evidence(self, evidence: Evidence, *, by: Any, file: IncomingFile | None = None, reason: str = "") -> None:
        """存入证据, with its file where it has one."""
        if evidence.obtained_at > timezone.now():
            raise Incomplete("取得证据的时间还没有到，请核对。")
        examined = file and file.examined()
        day = timezone.localtime(evidence.obtained_at).date()
        with self.acting("evidence_kept", by=by, reason=reason) as case:
            collected = evidence.origin == Evidence.Origin.COLLECTED
            seen = officers_objections("收集证据", evidence.officers, day) if collected else []
            case.answer_to("evidence_kept", reason, seen)
            evidence.case = case
            case.keep(evidence, by)
            if examined:
                _keep_file(case, examined, by, evidence)

    def attach(self, file: IncomingFile, *, by: Any, evidence: Evidence | None = None, reason: str = "") -> None:
        """存入附件: whatever refuses the file does so before anything is written."""
        examined = file.examined()
        with self.acting("attached", by=by, reason=reason) as case:
            if evidence and evidence.case_id != case.pk:
                raise Incomplete("这一项证据不是本案的。")
            _keep_file(case, examined, by, evidence)

    def void_attachment(self, attachment: Attachment, *, by: Any, reason: str) -> None:
        """作废: it stays, and counts no more."""
        with self.acting("attachment_voided", by=by, reason=reason) as case:
            if not case.attachments.valid().filter(pk=attachment.pk).exists():
                raise Incomplete("这个文件已经作废。")
            case.keep(AttachmentVoid(attachment=attachment, reason=reason.strip()), by)


def _keep_file(case: Any, file: ExaminedFile, by: Any, evidence: Evidence | None) -> None:
    """The row that names a file, and first the file itself: no row is without its file. Raises Incomplete."""
    if there := case.attachments.valid().filter(digest=file.digest).first():
        raise Incomplete(f"这个文件已经在案卷里：{there.name}，{there.by_name}存入。")
    row = Attachment(
        case=case,
        evidence=evidence,
        name=file.name,
        media_type=file.media_type,
        size=len(file.content),
        digest=folder.keep(file.content),
    )
    case.keep(row, by)
