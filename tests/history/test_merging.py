"""The three-way merge, field by field, as rules."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from history.merging import OWN, THEIRS, merge

FIELDS = ("position", "text", "note", "retired_on")
rows = st.fixed_dictionaries({name: st.sampled_from(["甲", "乙", "丙", ""]) for name in FIELDS})
decisive = st.sampled_from([(), ("retired_on",)])


@given(rows, rows, rows, decisive)
def test_no_side_loses_a_change(base: Any, theirs: Any, own: Any, decisive: Any) -> None:
    merged = merge(base, theirs, own, decisive=decisive)
    assert set(merged.values) | set(merged.disputed) == set(FIELDS)
    assert not set(merged.values) & set(merged.disputed)
    for name, value in merged.values.items():
        assert value == theirs[name] or theirs[name] == base[name]
        assert value == own[name] or own[name] == base[name]


@given(rows, rows, decisive)
def test_what_one_side_alone_changed_is_taken_whole(base: Any, changed: Any, decisive: Any) -> None:
    assert merge(base, changed, base, decisive=decisive).values == changed
    assert merge(base, base, changed, decisive=decisive).values == changed


@given(rows, rows, rows, decisive)
def test_it_is_the_same_whoever_comes_second(base: Any, theirs: Any, own: Any, decisive: Any) -> None:
    assert merge(base, theirs, own, decisive=decisive) == merge(base, own, theirs, decisive=decisive)


@given(rows, rows, rows)
def test_what_was_merged_is_merged_again_to_the_same(base: Any, theirs: Any, own: Any) -> None:
    chosen = dict.fromkeys(merge(base, theirs, own).disputed, OWN)
    merged = merge(base, theirs, own, chosen=chosen).values
    assert merge(theirs, theirs, merged).values == merged
    assert merge(base, merged, merged).values == merged


@given(rows, rows, rows, st.dictionaries(st.sampled_from(FIELDS), st.sampled_from([OWN, THEIRS])))
def test_a_choice_settles_its_field_and_no_other(base: Any, theirs: Any, own: Any, chosen: Any) -> None:
    before, after = merge(base, theirs, own), merge(base, theirs, own, chosen=chosen)
    assert set(after.disputed) == set(before.disputed) - set(chosen)
    for name, side in chosen.items():
        assert after.values[name] == (own[name] if side == OWN else theirs[name])


@given(rows, rows)
def test_where_nobody_knows_the_base_every_difference_is_disputed(theirs: Any, own: Any) -> None:
    assert set(merge({}, theirs, own).disputed) == {name for name in FIELDS if theirs[name] != own[name]}


def test_whoever_retires_a_row_and_whoever_works_on_it_are_asked() -> None:
    base = {"text": "甲", "retired_on": None}
    retired, changed = base | {"retired_on": "2026-11-24"}, base | {"text": "乙"}
    assert merge(base, retired, changed, decisive=("retired_on",)).disputed == {"retired_on"}
    assert merge(base, changed, retired, decisive=("retired_on",)).disputed == {"retired_on"}
    assert merge(base, retired, base, decisive=("retired_on",)).values == retired
