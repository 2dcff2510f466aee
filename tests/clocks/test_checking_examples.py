"""The examples that were agreed on before the code: whoever changes a rule sees at once which of them it changes."""

import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from clocks import vectors
from clocks.vectors import Result, Vector
from tests.conftest import BASE

AGREED = BASE / "tests" / "clocks" / "vectors.json"


def checked(file: Path) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("check_vectors", str(file), stdout=out)
    except SystemExit as stopped:
        return int(str(stopped.code)), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def examples() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(AGREED.read_text(encoding="utf-8"))
    return content


@pytest.fixture
def registry() -> Iterator[None]:
    """What a test registers is gone after it."""
    before = {rule: list(functions) for rule, functions in vectors._functions.items()}
    yield
    vectors._functions.clear()
    vectors._functions.update(before)


def written(folder: Path, content: Any) -> Path:
    file = folder / "examples.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return file


def test_every_rule_agrees_with_every_example() -> None:
    outcome = vectors.check(vectors.read(AGREED))
    assert [each.vector.id for each in outcome.differing] == []
    assert outcome.waiting == Counter()
    assert len(outcome.agreed) == 162


def test_the_command_says_how_many_agree_and_what_is_not_built(tmp_path: Path, examples: dict[str, Any]) -> None:
    assert checked(AGREED) == (0, "一致 162 个，不同 0 个，规则还没有做的 0 个。\n")
    examples["vectors"][1]["inputs"] = {"moon": "full"}
    examples["vectors"][2] |= {"rule": "errors"}
    status, said = checked(written(tmp_path, examples))
    assert status == 0
    assert said.splitlines() == ["一致 160 个，不同 0 个，规则还没有做的 2 个。", "  errors 1 个", "  filing 1 个"]


def test_an_example_that_differs_is_shown_with_what_came_out(tmp_path: Path, examples: dict[str, Any]) -> None:
    examples["vectors"][0]["expect"]["due"] = "2018-01-03"
    status, said = checked(written(tmp_path, examples))
    assert status == 1
    first = said.splitlines()[:5]
    assert first[0] == "V001 filing（a）"
    assert '"clue": "2017-12-15"' in first[1]
    assert "2018-01-03" in first[2]
    assert "2018-01-02" in first[3]
    assert "New Year" in first[4]
    assert "一致 161 个，不同 1 个" in said


@pytest.mark.parametrize(
    "expect", [{"until": "2018-01-02"}, {"due": "2018-01-02", "alarm": "2017-12-29"}, {"due": None}]
)
def test_what_the_rule_does_not_give_is_a_difference(tmp_path: Path, examples: dict[str, Any], expect: Any) -> None:
    examples["vectors"] = [{**examples["vectors"][0], "expect": expect}]
    assert checked(written(tmp_path, examples))[0] == 1


@pytest.mark.usefixtures("registry")
def test_a_later_app_adds_its_rules_and_other_inputs_of_known_ones(examples: dict[str, Any]) -> None:
    def moon(*, moon: str) -> Result:
        return {"due": "2018-01-02" if moon == "full" else None}

    example = {**examples["vectors"][0], "inputs": {"moon": "full"}, "expect": {"due": "2018-01-02"}}
    read = [Vector.model_validate(example), Vector.model_validate(example | {"expect": {"due": None}})]
    assert vectors.check(read).waiting == Counter(filing=2)
    vectors.register("filing", moon)
    outcome = vectors.check(read)
    assert (len(outcome.agreed), len(outcome.differing)) == (1, 1)


FAULTY = {
    "不是 UTF-8 的 JSON 文件": "{",
    "不是 UTF-8 的 JSON 文件，": "[" * 100_000,
    "没有 vectors 一栏": {"examples": []},
    "没有 vectors 一栏，": [],
    "第 1 个例子：整个例子 缺少、多余或写法不对": {"vectors": ["filing"]},
    "第 1 个例子：id 缺少、多余或写法不对": {
        "vectors": [{"set": "a", "rule": "filing", "inputs": {}, "expect": {"due": 1}}]
    },
    "X1：expect 缺少、多余或写法不对": {
        "vectors": [{"id": "X1", "set": "a", "rule": "filing", "inputs": {"clue": "2018-01-01"}, "expect": {}}]
    },
    "X1：不认识的规则“filling”": {
        "vectors": [{"id": "X1", "set": "a", "rule": "filling", "inputs": {}, "expect": {"due": "2018-01-01"}}]
    },
}


@pytest.mark.parametrize("said", FAULTY)
def test_a_file_that_is_none_is_refused_in_a_sentence(tmp_path: Path, said: str) -> None:
    with pytest.raises(CommandError) as refused:
        checked(written(tmp_path, FAULTY[said]))
    assert said in str(refused.value)
    assert str(refused.value).endswith("。")


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match="读不了文件 nowhere"):
        checked(Path("nowhere.json"))


UNREADABLE = {
    "clue 的值“2018-02-30”不对": ("filing", {"clue": "2018-02-30"}),
    "clue 的值“明天”不对": ("filing", {"clue": "明天"}),
    "clue 的值“None”不对": ("filing", {"clue": None}),
    "suspended 的值“['2018-01-01']”不对": ("filing", {"clue": "2018-01-01", "suspended": [["2018-01-01"]]}),
    "不对，请核对 inputs": ("filing", {"clue": "2018-01-01", "suspended": [["2018-01-05", "2018-01-04"]]}),
    "日期太远": ("limitation", {"act_ended": "9999-01-01"}),
    "half 的值“2018-3”不对": ("case_review", {"half": "2018-3"}),
    "number 的值“0”不对": ("correction", {"ordered": "2018-01-31", "days": 0}),
    "number 的值“-5”不对": ("correction", {"ordered": "2018-01-31", "days": -5}),
    "days 的值“很多”不对": ("correction", {"ordered": "2018-01-31", "days": "很多"}),
}


@pytest.mark.parametrize("said", UNREADABLE)
def test_a_value_that_cannot_be_read_is_named_with_its_example(tmp_path: Path, said: str) -> None:
    rule, inputs = UNREADABLE[said]
    example = {"id": "X1", "set": "a", "rule": rule, "inputs": inputs, "expect": {"due": "2018-01-01"}}
    with pytest.raises(CommandError) as refused:
        checked(written(tmp_path, {"vectors": [example]}))
    assert str(refused.value).startswith("X1：")
    assert said in str(refused.value)


def test_what_no_rule_of_that_day_measures_is_an_answer_and_no_traceback(tmp_path: Path) -> None:
    example = {"id": "X1", "set": "a", "rule": "hearing_report", "inputs": {"closed": "2018-01-01"}}
    status, said = checked(written(tmp_path, {"vectors": [{**example, "expect": {"due": "2018-01-08"}}]}))
    assert status == 1
    assert "没有写明这一期限" in said
