"""In which state an edition is, and of which kind."""

from django.db import models


class State(models.TextChoices):
    SUBMITTED = "submitted", "送审"  # frozen, waits for the reviewer
    REVIEWED = "reviewed", "已审核"  # found lawful, waits for the signature
    SIGNED = "signed", "已签报"  # signed by the bureau's head, waits for the county
    ISSUED = "issued", "公布"  # public from its effective day on
    RETURNED = "returned", "退回"  # stays as it is; what follows it is a new edition
    WITHDRAWN = "withdrawn", "撤回"  # taken back by the submitter
    TRANSCRIBED = "transcribed", "转录"  # published on paper before the portal existed


ISSUED_STATES = (State.TRANSCRIBED, State.ISSUED)
UNDER_WAY = (State.SUBMITTED, State.REVIEWED, State.SIGNED)
GIVEN_UP = (State.RETURNED, State.WITHDRAWN)


class Kind(models.TextChoices):
    ADJUSTMENT = "adjustment", "调整"
    CORRECTION = "correction", "更正"
