"""Answers: at the real size against search, and in a list of forty bureaus; the list turned round at the same sizes."""

import dataclasses
import re
import statistics
from typing import Any

from bench.clock import wall

TIMES = (1, 10, 40)
ROUNDS = 20
QUESTIONS = (
    *("谁管烟花爆竹运输", "秤不准找谁", "电梯困人", "买到假货打什么电话", "饭店吃坏肚子", "条型码怎么办", "社保卡丢了"),
    *("质量监督股是干什么的", "烟花爆竹储存归谁管", "我要投诉", "罐车漏了", "计量纠纷找哪个股室调解", "叉车证在哪考"),
)


def measure() -> None:
    from django.test import Client

    from editions.life.edition import Edition
    from portal.answers import answer as answers
    from portal.answers import ranking, reverse_index, rows
    from portal.answers.current import shipped_vocabulary
    from portal.answers.search import find
    from verbatim.folding import words

    edition = Edition.objects.get()
    register, vocabulary = edition.register(), shipped_vocabulary()
    client = Client(headers={"host": "127.0.0.1"})
    print("\nAnswers (wall time)")
    asked, searched, pages = [], [], []
    for _ in range(ROUNDS):
        for question in QUESTIONS:
            searched.append(wall(lambda question=question: find(edition, words(question))))
            asked.append(wall(lambda question=question: answers.answer(register, vocabulary, question)))
            pages.append(wall(lambda question=question: client.get("/search/", {"q": question})))
    one, other, page = (statistics.median(times) * 1000 for times in (asked, searched, pages))
    print(
        f"  the whole list: answer {one:.2f} ms, search {other:.2f} ms, ratio {one / other:.2f}; the page {page:.1f} ms"
    )
    print(f"  {'bureaus':>10} {'items':>7} {'turned round':>13} {'made ready':>11} {'p50':>11} {'p95':>7} {'max':>7}")
    for times in TIMES:
        large = grown(register, times)
        turned = wall(lambda large=large: reverse_index.reverse_index_of.__wrapped__(large))
        ready = wall(lambda large=large: (rows.rows_of(large), ranking.ranking_of(large), ask(large, vocabulary, "秤")))
        taken = sorted(
            wall(lambda large=large, question=question: ask(large, vocabulary, question))
            for _ in range(ROUNDS)
            for question in QUESTIONS
        )
        p50, p95 = taken[len(taken) // 2], taken[int(len(taken) * 0.95)]
        items = sum(len(duty.work_items) for duty in large.documents("duties"))
        print(
            f"  {times:10} {items:7} {turned:11.2f} s {ready:9.2f} s {p50 * 1000:8.2f} ms {p95 * 1000:4.1f} ms"
            f" {taken[-1] * 1000:4.1f} ms"
        )


def ask(register: Any, vocabulary: Any, question: str) -> Any:
    from portal.answers.answer import answer

    return answer(register, vocabulary, question)


def grown(register: Any, times: int) -> Any:
    """As many bureaus in one list: each has codes, offices, departments and laws of its own, named in its own texts."""
    from editions.form import parts
    from editions.register.register import Register

    names = {
        name for kind in ("offices", "departments", "citations") for d in register.documents(kind) for name in d.names
    }
    named = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    listed = {kind.name: list(register.of(kind.name)) for kind in parts.kinds()}
    for number in range(1, times):

        def other(value: Any, number: int = number) -> Any:
            if isinstance(value, dict):
                return {name: other(each) for name, each in value.items()}
            if isinstance(value, list):
                return [other(each) for each in value]
            if not isinstance(value, str):
                return value
            if code := re.fullmatch(r"([A-Z]{2}-)(\d+)((?:-\d+)*)", value):
                return f"{code[1]}{int(code[2]) + 100 * number:02}{code[3]}"
            return named.sub(lambda name: f"{name.group()[:-1]}{number}{name.group()[-1]}", value)

        for kind in parts.kinds():
            for each in register.of(kind.name) if kind.name not in ("cover", "frames") else ():
                made = {name: value for name, value in other(each.document.dump()).items() if name != "is_bureau"}
                document = type(each.document).model_validate(made)
                listed[kind.name].append(dataclasses.replace(each, document=document, stored=""))
    return Register({name: tuple(rows) for name, rows in listed.items() if rows})
