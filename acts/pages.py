"""The pages on which people act: what an act will do, its reason and, where asked, the own password, and one button."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from accounts import pages
from accounts.own_password import is_own
from acts.errors import AlreadyDone, Refused
from acts.publishing import Publication
from acts.steps import Step
from acts.subjects import Subject
from verbatim.fields import PlainForm

LINES = forms.Textarea(attrs={"rows": 3, "cols": 60})
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def page(site: Any, view: Callable[..., HttpResponse], *, permission: str) -> Any:
    """A page of the desk on which something may be refused: what is refused of a form is said on the page that has it,
    the rest on the desk."""

    @wraps(view)
    def answered(request: HttpRequest, context: dict[str, Any], **where: Any) -> HttpResponse:
        try:
            return view(request, context, **where)
        except AlreadyDone as error:
            messages.info(request, str(error))
            return redirect("admin:index")
        except Refused as error:
            messages.error(request, str(error))
            return redirect(request.path if request.method == "POST" else "admin:index")

    return pages.page(site, answered, permission=permission)


class ReasonForm(PlainForm):
    """For what is done once, without a table of steps."""

    reason = forms.CharField(label="说明", required=False, max_length=1000, widget=LINES, help_text="可以不填。")


class ActForm(PlainForm):
    """The form of one act: what its step asks for. An act that asks for more adds fields, and says what it does with
    them."""

    first: ClassVar[tuple[str, ...]] = ("reason",)
    """The fields that stand above the others."""

    def __init__(self, *args: Any, request: HttpRequest, subject: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.subject, self.step = request, subject, step
        if step.takes_reason:
            self.fields["reason"] = forms.CharField(
                label="理由" if step.why else "说明",
                required=bool(step.why),
                max_length=1000,
                widget=LINES,
                help_text="" if step.why else "可以不填。",
            )
        if step.asks_password:
            self.fields["password"] = forms.CharField(
                label="您的登录密码",
                strip=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
                help_text=step.password_note,
            )
        self.order_fields(self.first)

    def clean_password(self) -> str:
        given: str = self.cleaned_data["password"]
        if not is_own(self.request, given):
            raise ValidationError("密码不对，没有办。请再输入一次。")
        return given

    def given(self) -> dict[str, Any]:
        """What the method of the act is called with, besides who does it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "password"}

    def act(self, by: Any) -> None:
        getattr(self.subject, self.step.method)(by=by, **self.given())


def publish(
    request: HttpRequest, kind: type[Publication], *, back: str, then: Callable[[], None] = lambda: None
) -> tuple[ReasonForm, HttpResponse | None]:
    """GET asks for the reason; POST lets the public read it, does what follows, and leads `back`. `shown` is what the
    page had shown."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return form, None
    try:
        kind.publish(request.user, shown=request.POST.get("shown", ""), reason=form.cleaned_data["reason"])
    except AlreadyDone as error:
        messages.info(request, str(error))
    except Refused as error:
        form.add_error(None, f"没有公布：{error}")
        return form, None
    else:
        then()
        messages.success(request, f"{kind.what}已公布，{kind.after}")
    return form, redirect(back)


def act(
    request: HttpRequest,
    subject: Subject,
    verb: str,
    *,
    forms: Mapping[str, type[ActForm]],
    template: str,
    back: str,
    context: dict[str, Any],
) -> HttpResponse:
    """GET shows what the act will do; POST does it and leads `back`. `forms` are those of the acts that ask for more
    than their reason."""
    if verb not in subject.steps or not subject.steps[verb].begins:
        raise Http404("没有这样的经办事项。")
    step = subject.steps[verb]
    if not step.is_open_to_role(subject, request.user):
        raise PermissionDenied
    if step not in subject.steps.open_to(subject, request.user):
        return _too_late(request, subject, step, back)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.get(verb, ActForm)(*sent, request=request, subject=subject, step=step)
    if form.is_valid():
        try:
            form.act(request.user)
        except Refused as error:
            if subject.did_it_just_now(step, request.user):
                return _already_done(request, subject, step, back)
            form.add_error(None, f"没有办成：{error}")  # the page comes again with what was typed
        else:
            messages.success(request, f"{subject.named}：{step.label}已办。{subject.waits_for}")
            return redirect(back)
    context |= {"title": f"{step.label}：{subject.named}", "step": step, "form": form, "back": back}
    return TemplateResponse(request, template, context)


def _too_late(request: HttpRequest, subject: Subject, step: Step, back: str) -> HttpResponse:
    if subject.did_it_just_now(step, request.user):
        return _already_done(request, subject, step, back)
    messages.error(request, f"没有办成：{subject.cannot(step)}{subject.waits_for}")
    return redirect(back)


def _already_done(request: HttpRequest, subject: Subject, step: Step, back: str) -> HttpResponse:
    subject.refresh_from_db()
    messages.info(request, f"{subject.named}：您刚才已经{step.label}，没有再办一次。{subject.waits_for}")
    return redirect(back)
