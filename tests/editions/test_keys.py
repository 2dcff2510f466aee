"""One thing of the list is named by its kind and its code, and so read again wherever that is written."""

import json
import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from editions.form import parts
from editions.form.keys import Key, NotAKey
from editions.register.register import compose

LETTERS, DIGITS = string.ascii_lowercase + "_", string.ascii_uppercase + string.digits + "-"

KEYS = st.builds(
    Key, st.from_regex(r"[a-z_]+", fullmatch=True), st.from_regex(r"[A-Za-z0-9]+(-[0-9]+)*", fullmatch=True)
)


@given(KEYS)
def test_what_is_written_is_read_again(key: Key) -> None:
    assert Key.read(str(key)) == key
    assert Key.read(f"{key}") == Key(*json.loads(json.dumps(key))) == (key.kind, key.code)


@given(st.text() | st.builds("{} {}".format, st.text(max_size=8), st.text(max_size=8)))
def test_any_other_text_is_refused_with_a_sentence(text: str) -> None:
    kind, _, code = text.partition(" ")
    assume(not (set(kind) <= set(LETTERS) and set(code) <= set(LETTERS + DIGITS) and kind and code))
    with pytest.raises(NotAKey) as refused:
        Key.read(text)
    assert str(refused.value) == f"“{text}”不是清单里一项的种类和代码，应当像 services FW-05 这样写。"


@pytest.mark.parametrize(
    "text", ["", " ", "services", "services FW-05 ", " FW-05", "services  FW-05", "services FW 05", "services FW-05\n"]
)
def test_nothing_is_guessed(text: str) -> None:
    with pytest.raises(NotAKey):
        Key.read(text)


@given(KEYS, KEYS)
def test_two_things_have_two_names_everywhere(one: Key, other: Key) -> None:
    assume(one != other)
    assert str(one) != str(other)
    assert one.slug != other.slug


def test_everything_in_the_list_has_one(db: None) -> None:
    register = compose()
    for kind in parts.kinds():
        for document in register.documents(kind.name):
            key = kind.key_of(document)
            assert Key.read(str(key)) == key
            found = register.find(*key)
            assert found is not None
            assert found.document is document
