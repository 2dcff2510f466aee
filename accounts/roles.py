"""Who may do what: nine groups, one table. After every migration the groups are made to match it.

Administration of accounts, of content and of audit are three different hands (三员): 系统管理 keeps accounts and sees
no content form, 审计 sees all and changes nothing of the list, nobody else touches accounts. What 系统管理 asks for
takes effect when 审计, or a second 系统管理, has confirmed it (accounts.requests).
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connections

from history.models import WorkingRow

EDITOR, CHIEF, REVIEWER, DIRECTOR, AUDITOR, SYSADMIN = "编辑", "股长", "法规审核", "局领导", "审计", "系统管理"
OFFICER, MEMBER, HEAD = "执法人员", "案审委委员", "主要负责人"

WORKING = "working"  # every row of the working list
EVENTS = "events"  # what is announced beside the list
DICTIONARY = "dictionary"  # what the check-up knows of laws and terms
ANSWERS = "answers"  # with what citizens' questions are answered
QUESTIONS = "questions"  # what they were not answered
ERROR_REPORTS = "error_reports"  # what citizens report as wrong
CALENDAR = "calendar"  # the working days, from which every term is counted
EDITIONS = "editions"  # editions, their entries, versions and timeline
ACTS = "acts"  # what is done with an edition
CHECKS = "checks"  # the annual check
CASES = "cases"  # penalty cases, to look at
CASE_FILES = "case_files"  # what a case holds, written on its own pages by those on the case
CASE_ACTS = "case_acts"  # what is done with a case
STANDARDS = "standards"  # by what penalties are measured
OFFICERS = "officers"  # who may enforce the law, and who sits in the committee
ACCOUNTS = "accounts"  # accounts
GROUPS = "groups"  # the groups themselves, to look at
LOG = "log"  # what was done in the admin
VISITS = "visits"  # who came, was turned away, left
REQUESTS = "requests"  # what is asked for accounts, and decided

AREAS = {
    WORKING: "清单工作数据",
    EVENTS: "活动",
    DICTIONARY: "体检词典",
    ANSWERS: "俗称表和首页提问",
    QUESTIONS: "没有答案的提问",
    ERROR_REPORTS: "群众纠错",
    CALENDAR: "放假安排",
    EDITIONS: "清单版本",
    ACTS: "版本经办",
    CHECKS: "年度核对",
    CASES: "案件",
    CASE_FILES: "案卷",
    CASE_ACTS: "案件经办",
    STANDARDS: "裁量基准",
    OFFICERS: "执法人员和案审委",
    ACCOUNTS: "账号",
    GROUPS: "组",
    LOG: "操作日志",
    VISITS: "登录记录",
    REQUESTS: "账号变更",
}
VERBS = {
    "view": "查看",
    "add": "新增",
    "change": "修改",
    "change_own": "修改本股室的",
    "import": "导入",
    "export": "导出",
    "announce": "公布",
    "announce_own": "公布本股室的",
    "answer": "答复、转办",
    "answer_own": "答复、转办本股室的",
    "erase": "删除来信和联系方式",
    "compile": "编制、送审",
    "review": "审核",
    "sign": "签发、公布、废止",
    "reply": "登记和核对批复、答复意见",
    "handle": "登记线索、承办案件",
    "lead": "审核本机构的立案",
    "audit": "初审",
    "vote": "审理",
    "hear": "主持和记录听证",
    "approve": "批准立案等",
    "determine": "批准不予处罚、移送等",
    "supervise": "查看全部",
    "open": "发起",
    "confirm": "核对没有写股室的",
    "confirm_own": "核对本股室的",
    "decide": "确认或不同意",
    "endorse": "核对别人登记的",
}

ROLES: dict[str, dict[str, tuple[str, ...]]] = {
    EDITOR: {
        WORKING: ("view", "add", "change", "import", "export"),
        EVENTS: ("view", "add", "change", "import", "export"),
        DICTIONARY: ("view", "add", "change", "import", "export"),
        ANSWERS: ("view", "add", "change", "import", "export", "announce"),
        QUESTIONS: ("view",),
        ERROR_REPORTS: ("view", "answer", "erase"),
        CALENDAR: ("view", "add", "change", "import", "export"),
        EDITIONS: ("view",),
        ACTS: ("compile", "reply"),
        CHECKS: ("view", "confirm"),
    },
    CHIEF: {
        WORKING: ("view", "change_own", "export"),
        EVENTS: ("view", "add", "change_own", "export", "announce_own"),
        DICTIONARY: ("view", "export"),
        ANSWERS: ("view", "export"),
        QUESTIONS: ("view",),
        ERROR_REPORTS: ("view", "answer_own"),
        CALENDAR: ("view", "export"),
        EDITIONS: ("view",),
        CHECKS: ("view", "confirm_own"),
        CASES: ("view",),
        CASE_FILES: ("view",),
        CASE_ACTS: ("handle", "lead", "vote", "hear"),
        STANDARDS: ("view",),
        OFFICERS: ("view",),
    },
    REVIEWER: {
        WORKING: ("view", "export"),
        EVENTS: ("view", "export"),
        DICTIONARY: ("view", "add", "change", "import", "export"),
        ANSWERS: ("view", "add", "change", "import", "export", "announce"),
        QUESTIONS: ("view",),
        ERROR_REPORTS: ("view", "erase"),
        CALENDAR: ("view", "add", "change", "import", "export"),
        EDITIONS: ("view",),
        ACTS: ("review", "reply"),
        CHECKS: ("view",),
        CASES: ("view",),
        CASE_FILES: ("view",),
        CASE_ACTS: ("audit", "vote", "hear"),
        STANDARDS: ("view", "add", "change", "import", "export", "announce"),
        OFFICERS: ("view", "add", "change", "import", "export"),
    },
    DIRECTOR: {
        WORKING: ("view", "export"),
        EVENTS: ("view", "export", "announce"),
        DICTIONARY: ("view", "export"),
        ANSWERS: ("view", "export"),
        QUESTIONS: ("view",),
        ERROR_REPORTS: ("view",),
        CALENDAR: ("view", "export"),
        EDITIONS: ("view",),
        ACTS: ("sign",),
        CHECKS: ("view", "open"),
        CASES: ("view",),
        CASE_FILES: ("view",),
        CASE_ACTS: ("approve", "vote", "hear"),
        STANDARDS: ("view", "export", "announce"),
        OFFICERS: ("view", "endorse"),
    },
    AUDITOR: {
        WORKING: ("view", "export"),
        EVENTS: ("view", "export"),
        DICTIONARY: ("view", "export"),
        ANSWERS: ("view", "export"),
        QUESTIONS: ("view",),
        ERROR_REPORTS: ("view",),
        CALENDAR: ("view", "export"),
        EDITIONS: ("view",),
        CHECKS: ("view",),
        CASES: ("view",),
        CASE_FILES: ("view",),
        CASE_ACTS: ("supervise",),
        STANDARDS: ("view", "export"),
        OFFICERS: ("view", "export", "endorse"),
        ACCOUNTS: ("view",),
        GROUPS: ("view",),
        LOG: ("view",),
        VISITS: ("view",),
        REQUESTS: ("view", "decide"),
    },
    SYSADMIN: {ACCOUNTS: ("view", "add", "change"), GROUPS: ("view",), REQUESTS: ("view", "decide")},
    OFFICER: {
        CALENDAR: ("view",),
        CASES: ("view",),
        CASE_FILES: ("view",),
        CASE_ACTS: ("handle", "hear"),
        STANDARDS: ("view",),
        OFFICERS: ("view",),
    },
    MEMBER: {
        CASES: ("view",),
        CASE_FILES: ("view",),
        CASE_ACTS: ("vote", "hear"),
        STANDARDS: ("view",),
        OFFICERS: ("view",),
    },
}
ROLES[HEAD] = ROLES[DIRECTOR] | {CASE_ACTS: ("approve", "determine", "vote", "hear")}
"""Whoever heads the bureau does what its other heads do, and what the law leaves to the head alone. Who votes on a case
is in the committee besides (cases.rows.people.Member), and who hears the party was named to: a group only lets them."""


THEIRS = {GROUPS: ["auth.group"], LOG: ["admin.logentry"]}
"""The models of libraries, which cannot say themselves in which area they are."""


def models_of(area: str) -> list[str]:
    """The models that say that they are in an area, as app_label.model; what is acted on says so of its acts too."""
    ours = [model._meta.label_lower for model in apps.get_models() if area in _areas_of(model)]
    return THEIRS.get(area, []) + ours


def _areas_of(model: Any) -> list[str]:
    if issubclass(model, WorkingRow):
        return [model.in_area()]
    return [getattr(model, "area", ""), getattr(model, "acts_area", "")]


def permissions_of(role: str) -> set[str]:
    """The permissions of a group, as app_label.verb_model."""
    return {
        f"{label}.{verb}_{name}"
        for area, verbs in ROLES[role].items()
        for label, name in (model.split(".") for model in models_of(area))
        for verb in verbs
    }


# One account, one hand: the form says it in words, this index holds it.
ONE_GROUP = "CREATE UNIQUE INDEX IF NOT EXISTS accounts_account_one_group ON accounts_account_groups (account_id)"


def make_groups_match(using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(ONE_GROUP)
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0, using=using)
    known = {
        f"{p.content_type.app_label}.{p.codename}": p
        for p in Permission.objects.using(using).select_related("content_type")
    }
    for role in ROLES:
        group, _ = Group.objects.using(using).get_or_create(name=role)
        group.permissions.set(_named(known, permissions_of(role)))


def _named(known: dict[str, Permission], names: Iterable[str]) -> list[Permission]:
    return [known[name] for name in names]
