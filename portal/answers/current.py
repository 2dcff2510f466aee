"""Which 俗称表 answers now: the one that was published last, or until then the one that the portal comes with."""

import functools

from portal.answers.models import PublishedVocabulary
from portal.answers.vocabulary import Vocabulary, shipped


def current_vocabulary() -> Vocabulary:
    latest = PublishedVocabulary.latest()
    return Vocabulary(latest.document()) if latest else shipped_vocabulary()


@functools.cache
def shipped_vocabulary() -> Vocabulary:
    return Vocabulary(shipped())
