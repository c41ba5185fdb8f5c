"""What each room shows: named in `__all__`, in order, and documented."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import throwline

HOUSE = Path(throwline.__file__).parent
ROOMS = sorted(p.parent.name for p in HOUSE.glob("*/__init__.py"))


@pytest.fixture(params=ROOMS)
def room(request: pytest.FixtureRequest) -> ModuleType:
    return import_module(f"throwline.{request.param}")


def test_a_room_says_what_it_is_for(room: ModuleType) -> None:
    assert room.__doc__


def test_its_public_names_are_listed_and_there(room: ModuleType) -> None:
    names = room.__all__
    assert len(names) == len(set(names))
    assert [name for name in names if not hasattr(room, name)] == []
    assert names == sorted(names, key=lambda n: (not n.isupper(), n.islower(), n))


def test_its_public_classes_and_functions_are_documented(room: ModuleType) -> None:
    for name in room.__all__:
        thing = getattr(room, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert thing.__doc__, f"{room.__name__}.{name}"


@pytest.mark.parametrize("name", ROOMS)
def test_its_modules_are_private(name: str) -> None:
    modules = [p.stem for p in (HOUSE / name).glob("*.py")]
    assert [m for m in modules if not m.startswith("_")] == []
