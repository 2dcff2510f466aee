"""The contract of every address that only shows: OpenAPI 3.1, made of the addresses themselves.

An address that holds `<part:part>` or the kind of an index is written out for each, so that the contract says which
codes and which documents belong there. What an address gives follows from its end; what it is for stands in
`ADDRESSES`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver

from cases.publicity.views import data_schemas
from editions.form import parts
from editions.form.keys import Key
from editions.public import urls as editions_urls
from editions.public.data import XLSX, file_schemas
from editions.public.feed_views import titles_of
from editions.public.reading import Reading
from editions.register import schema
from portal.answers.reverse_index import KINDS

HTML = "text/html; charset=utf-8"
GIVES = {
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": XLSX,
    ".pdf": "application/pdf",
    ".atom": "application/atom+xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
"""By the end of an address; all others are pages."""
BINARY = (XLSX, "application/pdf")
PLACE = re.compile(r"<(\w+):(\w+)>")
OF_A_PART, OF_A_KIND = "part", "indexed"
"""The converters of which every value is an address of its own."""
COMPONENT = "#/components/schemas/{model}"
WITHOUT = {
    "400": "地址不是文字",
    "404": "没有",
    "410": "施行的清单已经废止，或者公示的处罚决定已经撤下",
    "503": "暂时没有，稍后再来",
}
"""What else may be answered, always as a page."""


@dataclass(frozen=True)
class Described:
    """What one named address is for."""

    summary: str
    gives: str = ""
    """Where it does not follow from its end."""
    schema: str = ""
    """The component that describes its JSON."""
    leads_on: tuple[int, ...] = ()
    """The statuses with which it may lead to another address."""
    asked: dict[str, str] = field(default_factory=dict)
    """Query parameters, and what each is."""
    takes: dict[str, str] = field(default_factory=dict)
    """The fields of the form that may be sent there, and what each is."""
    is_page: bool = True
    """Whether there may be something: of those that always lead on there is nothing."""


CAPITALS = (301,)
QUESTION = {"q": "用自己的话提的问题，最长 100 个字", "all": "只查字句，不直接跳到条目", "page": "第几页"}
QUESTION |= {"part": "只要这一部分的", "offices": "只要这个股室的", "departments": "只要这个部门的"}

ABOUT = {"about": "关于哪一项，如 duties/zz-01", "edition": "哪一版的，如 2017-12；不写的是现行的"}
REPORT = {"said": "哪里不对", "quoted": "有误的文字", "proposed": "应当是", "contact": "联系方式"}
REPORT |= {"may_be_public": "答复可以公开", "slip": "表单里的凭据", "proof": "来得多时要照抄的字"}

ADDRESSES = {
    "contents": Described("首页：清单的目录"),
    "part": Described("{label}的登记表"),
    "item": Described("{label}的一项", leads_on=CAPITALS),
    "list-json": Described("整份清单", schema="List"),
    "list-csv": Described("整份清单的每一格"),
    "list-xlsx": Described("整份清单的登记表，每部分一张"),
    "part-json": Described("{label}的各项", schema="{kind}-part"),
    "part-csv": Described("{label}登记表"),
    "part-xlsx": Described("{label}登记表"),
    "item-json": Described("{label}的一项", schema="{kind}-item", leads_on=CAPITALS),
    "list-pdf": Described("整本 PDF"),
    "part-pdf": Described("{label}的 PDF"),
    "item-pdf": Described("{label}一项的 PDF"),
    "office-pdf": Described("一个股室的清单 PDF"),
    "changes": Described("这一版的修订对照"),
    "changes-against": Described("与另一版的修订对照", leads_on=CAPITALS),
    "changes-pdf": Described("修订对照表 PDF"),
    "changes-against-pdf": Described("与另一版的修订对照表 PDF"),
    "editions": Described("公布过的各版"),
    "item-history": Described("{label}一项在各版的变化", leads_on=CAPITALS),
    "choose-day": Described("选一天，看那一天施行的清单", leads_on=(302,), asked={"day": "2018-01-15"}),
    "choose-day-offline": Described("静态副本里代替选日期的一页"),
    "help": Described("帮助：12 个问题"),
    "site-map": Described("网站地图"),
    "accessibility": Described("无障碍声明"),
    "on-day": Described("某一天施行的那一版", leads_on=(302,), is_page=False),
    "on-day-below": Described("某一天施行的那一版的同一页", leads_on=(302,), is_page=False),
    "all-of-kind": Described("按{label}查看：全部"),
    "one-of-kind": Described("按{label}查看：其中一个", leads_on=CAPITALS),
    "events": Described("公共服务的活动"),
    "standards": Described("现行的行政处罚裁量基准"),
    "find-standards": Described("在裁量基准里查找", asked={"q": "几个词用空格隔开"}),
    "find-standards-offline": Described("静态副本里代替在裁量基准里查找的一页"),
    "standards-json": Described("现行的行政处罚裁量基准", schema="AnyObject"),
    "decisions": Described("现在公示的行政处罚决定"),
    "decision": Described("公示的一件行政处罚决定"),
    "decisions-json": Described("现在公示的行政处罚决定", schema="decisions"),
    "decision-json": Described("公示的一件行政处罚决定", schema="decision"),
    "decisions-csv": Described("现在公示的行政处罚决定"),
    "decisions-feed": Described("订阅：公示的行政处罚决定"),
    "calendar": Described("每年的服务日和活动的日历"),
    "search": Described("问清单：先给答案，再列写着这些字的地方", leads_on=(302,), asked=QUESTION),
    "search-offline": Described("静态副本里代替查找的一页"),
    "find": Described("查找的旧地址", leads_on=(301,), is_page=False),
    "feed": Described("订阅：新的版本"),
    "part-feed": Described("订阅：{label}的变化"),
    "item-feed": Described("订阅：{label}一项的变化", leads_on=CAPITALS),
    "office-feed": Described("订阅：一个股室和写到它的条目的变化", leads_on=CAPITALS),
    "schema-json": Described("清单数据的格式（JSON Schema）", gives="application/schema+json", schema="AnyObject"),
    "openapi": Described("本文件", schema="AnyObject"),
    "data-catalogue": Described("数据目录（DCAT）", schema="AnyObject"),
    "data": Described("数据说明：格式、许可、怎样引用"),
    "error-reports": Described("我要纠错的表单", asked=ABOUT, takes=REPORT),
    "error-report": Described("一件纠错的答复，地址只有来信人知道"),
    "error-report-answers": Described("公开的纠错答复"),
    "error-reports-offline": Described("静态副本里代替纠错表单的一页"),
    "robots": Described("给搜索引擎的说明"),
    "sitemap": Described("全部页面和最后改动的日期"),
    "opensearch": Described("浏览器怎样问本站", gives="application/opensearchdescription+xml; charset=utf-8"),
    "favicon": Described("网站图标", leads_on=(301,), is_page=False),
}


@dataclass(frozen=True)
class Address:
    """One address of the contract: written out as far as it can be, with what a reader fills in between braces."""

    path: str
    name: str
    kind: str
    """The kind of documents that it is of (duties, offices), where there is one."""
    is_elder: bool

    @property
    def described(self) -> Described:
        return ADDRESSES[self.name]

    @property
    def gives(self) -> str:
        end = re.search(r"\.[a-z]+$", self.path)
        return self.described.gives or GIVES.get(end.group() if end else "", HTML)


def contract(reading: Reading, patterns: list[Any]) -> dict[str, Any]:
    """Of the list in force; `patterns` are the addresses of the whole public site."""
    return {
        "openapi": "3.1.1",
        "jsonSchemaDialect": schema.DIALECT,
        "info": {
            "title": reading.register.cover.title,
            "version": reading.edition.label,
            "description": "公开的页面和数据，不用登录；除了“我要纠错”只能读取。没有变化时答 304，差错的答复是网页。",
            "license": {"name": settings.DATA_LICENCE, "url": settings.DATA_LICENCE_URL},
        },
        "servers": [{"url": settings.SITE_URL + settings.FORCE_SCRIPT_NAME}],
        "paths": {each.path: _operations(each, reading) for each in addresses(patterns, reading)},
        "components": {"schemas": _schemas(_parts(reading))},
    }


def addresses(patterns: list[Any], reading: Reading) -> Iterator[Address]:
    written_out = {
        OF_A_PART: [part.name for part in _parts(reading)],
        OF_A_KIND: list(KINDS),
    }
    known = {*KINDS, *written_out[OF_A_PART]}
    for route, name in _routes(patterns):
        routes = [route]
        for converter, values in written_out.items():
            place = re.compile(rf"<{converter}:\w+>")
            routes = [place.sub(value, each) for each in routes for value in (values if place.search(each) else [""])]
        for each in routes:
            path = "/" + PLACE.sub(r"{\2}", each)
            kinds = [step for step in path.removesuffix(".atom").split("/") if step in known]
            yield Address(path, name, kinds[0] if kinds else "", path.startswith("/elder/"))


def _parts(reading: Reading) -> list[parts.Part]:
    """That any edition has."""
    held = [titles_of(edition) for edition in reading.catalogue.published]
    return [part for part in parts.parts() if any(Key("frames", part.name) in titles for titles in held)]


def _routes(patterns: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
    for each in patterns:
        here = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _routes(each.url_patterns, here)
        elif isinstance(each, URLPattern) and each.name:
            yield here, each.name


def _operations(address: Address, reading: Reading) -> dict[str, Any]:
    asked = _operation(address, reading)
    if not address.described.takes:
        return {"get": asked}
    answers = {
        **asked["responses"],
        "200": {**asked["responses"]["200"], "description": "没有收下，页面上说明了为什么"},
        "302": {"description": "收下了；去看答复的地址"},
        "429": {"description": "来得太多，过一刻钟再来", "content": {HTML: {"schema": {"type": "string"}}}},
    }
    form = {name: {"type": "string", "description": said} for name, said in address.described.takes.items()}
    body = {"content": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": form}}}}
    sent = {**asked, "operationId": f"{asked['operationId']}-send", "requestBody": body, "responses": answers}
    return {"get": asked, "post": sent}


def _operation(address: Address, reading: Reading) -> dict[str, Any]:
    described = address.described
    label = KINDS.get(address.kind) or (parts.get(address.kind).label if address.kind else "")
    content: dict[str, Any] = {"schema": {"type": "string"}}
    if described.schema:
        content = {"schema": {"$ref": COMPONENT.format(model=described.schema.format(kind=address.kind))}}
    elif address.gives in BINARY:
        content = {}
    page = {HTML: {"schema": {"type": "string"}}}
    answers: dict[str, Any] = {}
    if described.is_page:
        answers["200"] = {"description": "有", "content": {address.gives: content}}
    for status in described.leads_on:
        headers = {"Location": {"required": True, "schema": {"type": "string"}}}
        answers[str(status)] = {"description": "在另一个地址", "headers": headers}
    answers |= {status: {"description": said, "content": page} for status, said in WITHOUT.items()}
    return {
        "operationId": re.sub(r"[^a-z0-9]+", "-", address.path.lower()).strip("-") or "contents",
        "summary": described.summary.format(label=label) + ("（长辈版）" if address.is_elder else ""),
        "parameters": [
            *({"in": "path", "required": True, **each} for each in _filled_in(address, reading)),
            *(
                {"in": "query", "name": name, "description": said, "schema": {"type": "string"}}
                for name, said in described.asked.items()
            ),
        ],
        "responses": answers,
    }


def _filled_in(address: Address, reading: Reading) -> Iterator[dict[str, Any]]:
    """What a reader fills in, each with what it looks like and an example that is there."""
    editions = reading.catalogue.published
    for name in re.findall(r"{(\w+)}", address.path):
        match name:
            case "code":
                codes = [key.code for each in editions for key in titles_of(each) if key.kind == address.kind]
                pattern = parts.get(address.kind).document.model_json_schema()["properties"]["code"]["pattern"]
                yield {
                    "name": name,
                    "description": "代码，小写",
                    **({"example": codes[0].lower()} if codes else {}),
                    "schema": {"type": "string", "pattern": pattern.lower(), "maxLength": 12},
                }
            case "label" | "other":
                pattern = rf"^{editions_urls.Label.regex}$"
                label = editions[-1 if name == "other" else 0].label
                yield {
                    "name": name,
                    "description": "清单版本",
                    "example": label,
                    "schema": {"type": "string", "pattern": pattern},
                }
            case "number":
                shown = reading.catalogue.beside["decisions"].on(reading.catalogue.day)
                yield {
                    "name": name,
                    "description": "公示编号",
                    **({"example": shown[0].number} if shown else {}),
                    "schema": {"type": "integer", "minimum": 1, "maximum": 999999999},
                }
            case "day":
                day = editions[-1].effective_on.isoformat()
                yield {
                    "name": name,
                    "description": "日期",
                    "example": day,
                    "schema": {"type": "string", "format": "date"},
                }
            case _:
                yield {"name": name, "description": "页面", "example": "duties/", "schema": {"type": "string"}}


def _schemas(held: list[parts.Part]) -> dict[str, Any]:
    """The documents, and what each file of data holds of them."""
    whole = schema.interchange(held, reference=COMPONENT)
    made: dict[str, Any] = whole.pop("$defs")
    whole.pop("$schema")
    made["List"] = whole
    for part in held:
        document = {"$ref": COMPONENT.format(model=part.document.__name__)}
        made |= {f"{part.name}-{name}": file for name, file in file_schemas(document).items()}
    return made | data_schemas() | {"AnyObject": {"type": "object"}}
