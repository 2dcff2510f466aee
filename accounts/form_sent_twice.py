"""A form that is sent twice is done once: two clicks on one button, a confirmation that is confirmed again.

The token against forged requests is drawn anew for every page. So what comes twice from the same person to the same
address with the same content and the same token was sent twice from one page. The deed and the note that it was done
are one transaction: who comes second waits, and is led to what the first made.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import Sent

SENT_BEFORE = "这张表单刚才已经送到、办过，没有再办一次；结果就在这一页。"


def once(request: HttpRequest, view: Callable[..., HttpResponse], *args: Any, **kwargs: Any) -> HttpResponse:
    """The view's answer; where the same form led somewhere before, the way there. A form that comes back with errors,
    or that is refused or fails, was not done and may be sent again."""
    key = _key(request)
    if not key:
        return view(request, *args, **kwargs)
    with transaction.atomic():
        try:
            with transaction.atomic():
                sent = Sent.objects.create(key=key)  # waits until whoever sends the same is through
        except IntegrityError:
            messages.info(request, SENT_BEFORE)
            return redirect(Sent.objects.get(key=key).led_to)
        response = view(request, *args, **kwargs)
        if response.status_code == 302 and not _was_refused(request):
            sent.led_to = response["Location"]
            sent.save()
        else:
            sent.delete()
        return response


def _was_refused(request: HttpRequest) -> bool:
    """Whether the page that it leads to will say that it was not done."""
    said = getattr(messages.get_messages(request), "_queued_messages", ())
    return any(each.level >= messages.ERROR for each in said)


def _key(request: HttpRequest) -> str:
    token = request.POST.get("csrfmiddlewaretoken", "") if request.method == "POST" else ""
    if not token:
        return ""
    seen = hashlib.sha256(f"{request.user.pk}\n{request.get_full_path()}\n".encode())
    for line in _content(request):
        seen.update(line.encode() + b"\x00")
    return seen.hexdigest()


def _content(request: HttpRequest) -> Iterator[str]:
    for name, values in sorted(request.POST.lists()):
        yield from (f"{name}={value}" for value in values)
    for name, files in sorted(request.FILES.lists()):
        yield from (f"{name}={file.name} {_digest(file)}" for file in files)


def _digest(file: UploadedFile) -> str:
    seen = hashlib.sha256()
    for chunk in file.chunks():
        seen.update(chunk)
    file.seek(0)
    return seen.hexdigest()
