"""What holds of an edition, whoever writes: its form, the hands that it goes through, its place in the chain."""

from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from editions.life.steps import STEPS

LABEL = r"^\d{4}-(0[1-9]|1[0-2])(-[2-9]|-[1-9]\d+)?$"

DOCUMENT_NUMBER = r"〔\d{4}〕.*\d"
"""文编〔2018〕3号: the year in its brackets, and a number behind it (GB/T 9704-2012, 7.2.5)."""

EDITION = [
    CheckConstraint(
        condition=Q(label__regex=LABEL),
        name="edition_label_format",
        violation_error_message="版本号应当像 2018-03，同月第二个写 2018-03-2。",
    ),
    CheckConstraint(
        condition=Q(state__in=["submitted", "reviewed", "signed", "issued", "returned", "withdrawn", "transcribed"]),
        name="edition_state_known",
    ),
    CheckConstraint(
        condition=Q(kind__in=["adjustment", "correction"]),
        name="edition_kind_known",
        violation_error_message="种类只能是调整或更正。",
    ),
    CheckConstraint(
        condition=Q(content_digest__regex="^[0-9a-f]{64}$") & Q(chain_digest__regex="^([0-9a-f]{64})?$"),
        name="edition_digest_format",
    ),
    UniqueConstraint(
        fields=["label"],
        condition=~Q(state__in=["returned", "withdrawn"]),
        name="edition_label_once",
        violation_error_message="这个版本号已经用过，请换一个。",
    ),
    UniqueConstraint(fields=["state"], condition=Q(state="transcribed"), name="edition_transcribed_once"),
    UniqueConstraint(
        fields=["previous"],
        condition=Q(state__in=["issued", "transcribed"]),
        nulls_distinct=False,
        name="edition_chain_cannot_fork",
    ),
    UniqueConstraint(
        fields=["effective_on"],
        # What was revoked before it became effective was never in force.
        condition=Q(state__in=["issued", "transcribed"])
        & (Q(revoked_on__isnull=True) | Q(revoked_on__gt=F("effective_on"))),
        name="edition_one_effective_a_day",
        violation_error_message="同一天只能有一个版本开始施行。",
    ),
    CheckConstraint(
        condition=Q(
            state="transcribed",
            submitted_by=None,
            reviewed_by=None,
            signed_by=None,
            issued_by=None,
            closed_by=None,
            previous=None,
        )
        | (~Q(state="transcribed") & Q(submitted_by__isnull=False, submitted_at__isnull=False)),
        name="edition_submitter_known",
        violation_error_message="送审的版本要有送审人；转录的版本没有经办人。",
    ),
    CheckConstraint(
        condition=~Q(state__in=["reviewed", "signed", "issued"])
        | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
        name="edition_reviewer_known",
        violation_error_message="审核以后的版本要有审核人。",
    ),
    CheckConstraint(
        condition=~Q(state__in=["signed", "issued"]) | Q(signed_by__isnull=False, signed_at__isnull=False),
        name="edition_signer_known",
        violation_error_message="签报以后的版本要有签报人。",
    ),
    CheckConstraint(
        condition=~Q(state="issued")
        | (
            Q(issued_by__isnull=False, issued_at__isnull=False, previous__isnull=False)
            & ~Q(seal="")
            & ~Q(chain_digest="")
        ),
        name="edition_issuer_known",
        violation_error_message="公布的版本要有公布人，并接在前一版本之后。",
    ),
    CheckConstraint(
        condition=~Q(state__in=["returned", "withdrawn"])
        | (Q(closed_by__isnull=False, closed_at__isnull=False) & ~Q(closing_reason="")),
        name="edition_closing_reason_given",
        violation_error_message="退回或撤回要写明理由。",
    ),
    CheckConstraint(
        condition=~Q(state="withdrawn") | Q(closed_by=F("submitted_by")),
        name="edition_withdrawn_by_its_submitter",
        violation_error_message="只有送审人能撤回。",
    ),
    CheckConstraint(
        condition=STEPS.four_eyes(),
        name="edition_four_eyes",
        violation_error_message="送审和审核、退回、签报、公布不能是同一个人；调整须由三人分别送审、审核、公布。",
    ),
    CheckConstraint(
        condition=Q(approval_confirmed_by=None)
        | (
            Q(approval_recorded_by__isnull=False, approval_date__isnull=False)
            & ~Q(approval_confirmed_by=F("approval_recorded_by"))
            & ~Q(approval_authority="")
            & ~Q(approval_number="")
        ),
        name="edition_approval_confirmed_by_another",
        violation_error_message="批复须写明批准机关、文号、日期，并由另一人核对。",
    ),
    CheckConstraint(
        condition=~Q(state="signed")
        | Q(approval_number="")
        | Q(approval_number__regex=DOCUMENT_NUMBER)
        | ~Q(approval_note=""),
        name="edition_approval_number_or_why_not",
        violation_error_message="文号没有〔年〕，请照批复核对；确实没有的，写明理由。",
    ),
    CheckConstraint(
        condition=Q(state="transcribed", builds_on=None)
        | (~Q(state="transcribed") & Q(builds_on__isnull=False) & ~Q(change_note="")),
        name="edition_builds_on_another",
        violation_error_message="新的版本要在已公布的版本上编制，并写明修订说明。",
    ),
    CheckConstraint(
        condition=Q(revoked_on=None, revoked_by=None, revoked_at=None, revoke_reason="")
        | (
            Q(state__in=["issued", "transcribed"])
            & Q(revoked_on__isnull=False, revoked_by__isnull=False, revoked_at__isnull=False)
            & ~Q(revoke_reason="")
        ),
        name="edition_revoked_with_reason",
        violation_error_message="只有公布过的版本能废止，并要写明理由。",
    ),
]
