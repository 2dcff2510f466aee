"""The picture in docs/architecture.md shows the floors and rooms that the imports go by."""

import re
import tomllib
from xml.etree import ElementTree

from tests.conftest import BASE

PICTURE = BASE / "docs" / "pictures" / "floors.svg"
SVG = "{http://www.w3.org/2000/svg}"


def layers(contract: str) -> list[list[str]]:
    """The layers of a contract, the highest first; those that share a line do not know each other."""
    settings = tomllib.loads((BASE / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    found = next(each for each in settings["contracts"] if each["name"] == contract)
    return [re.split(r" \| ", layer) for layer in found["layers"]]


def drawn() -> list[dict[str, list[str]]]:
    """By floor, the highest first: the apps, each with its rooms, as they are drawn."""
    floors = []
    for group in ElementTree.parse(PICTURE).getroot().iter(f"{SVG}g"):  # noqa: S314 (our own file)
        floor: dict[str, list[str]] = {}
        for text in group.iter(f"{SVG}text"):
            if text.get("class") == "app":
                floor[str(text.text)] = []
            elif text.get("class") == "room":
                floor[list(floor)[-1]].append(str(text.text))
        floors.append(floor)
    return floors


def test_the_picture_shows_the_floors_that_imports_go_down() -> None:
    assert [list(floor) for floor in drawn()] == layers("Imports go down the floors only")


def test_every_app_and_every_folder_of_code_is_on_a_floor() -> None:
    packages = {path.parent.name for path in BASE.glob("*/__init__.py")} - {"tests", "bench"}
    assert packages == {app for floor in drawn() for app in floor}


def test_the_picture_shows_the_rooms() -> None:
    rooms = {app: rooms for floor in drawn() for app, rooms in floor.items() if rooms}
    for app, contract in (("editions", "The rooms of editions"), ("portal", "The rooms of the portal")):
        here = {path.parent.name for path in (BASE / app).glob("*/__init__.py")}
        assert set(rooms[app]) == here - {"management", "migrations", "templatetags"}
        named = [room for layer in layers(contract) for room in layer]
        assert {room.removeprefix(f"{app}.") for room in named} >= set(rooms[app])


def test_each_room_says_what_it_is_for() -> None:
    for room in (*BASE.glob("editions/*/__init__.py"), *BASE.glob("portal/*/__init__.py")):
        if room.parent.name not in ("management", "migrations", "templatetags"):
            assert room.read_text(encoding="utf-8").startswith('"""'), room
