"""The 俗称表 that the portal comes with, and how it gets into the rows that the staff keep."""

from django.db import transaction

from portal.answers.models import QuickQuestion, Saying
from portal.answers.vocabulary import VocabularyDocument


def load(shipped: VocabularyDocument, *, reason: str) -> int:
    """Add what is missing; what the staff changed stays as they have it. How many rows were added."""
    added = 0
    with transaction.atomic():
        said = set(Saying.objects.values_list("said", flat=True))
        for saying in shipped.sayings:
            if saying.said not in said:
                Saying(said=saying.said).put(reason=reason, sort=saying.sort, means=saying.means)
                added += 1
        labels = set(QuickQuestion.objects.values_list("label", flat=True))
        for position, quick in enumerate(shipped.quick_questions, start=1):
            if quick.label not in labels:
                QuickQuestion(label=quick.label).put(reason=reason, question=quick.question, position=position)
                added += 1
    return added
