"""The words of the field are the words of the labelled calls."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

from coach.core.vocabulary import (
    Act,
    Emotion,
    EscalationKind,
    Modality,
    NudgeKind,
    OrderValue,
    RiskLevel,
    Speaker,
)


def section(schema: str, title: str) -> str:
    """The text under one heading."""
    return schema.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def identifiers(text: str) -> set[str]:
    """The first column of `name` (explanation), `name` …: what stands in back quotes."""
    outside = re.sub(r"\([^()]*\)", "", text)
    return set(re.findall(r"`([a-z_]+)`", outside))


@pytest.mark.parametrize(
    ("title", "kind"),
    [("Customer emotions", Emotion), ("Nudges that a coach may show the agent", NudgeKind)],
)
def test_lists_are_those_of_the_schema(shared: Path, title: str, kind: type[StrEnum]) -> None:
    schema = (shared / "calls" / "SCHEMA.md").read_text(encoding="utf-8")
    assert identifiers(section(schema, title)) == set(kind)


def test_acts_are_those_of_the_schema(shared: Path) -> None:
    schema = (shared / "calls" / "SCHEMA.md").read_text(encoding="utf-8")
    listed = section(schema, "Agent acts").split("\n", 1)[0]
    assert identifiers(listed) == set(Act)


def test_escalations_are_those_of_the_schema(shared: Path) -> None:
    schema = (shared / "calls" / "SCHEMA.md").read_text(encoding="utf-8")
    kinds, modalities = section(schema, "Escalation kinds").strip().split("\n", 1)
    assert identifiers(kinds) == set(EscalationKind)
    assert identifiers(modalities) - {"modality"} == set(Modality)


@pytest.mark.parametrize(
    ("field", "kind"), [("order", OrderValue), ("risk", RiskLevel), ("speaker", Speaker)]
)
def test_closed_values_are_those_of_the_schema(
    shared: Path, field: str, kind: type[StrEnum]
) -> None:
    schema = (shared / "calls" / "SCHEMA.md").read_text(encoding="utf-8")
    found = re.search(rf'"{field}": ((?:"\w+"(?: \| )?)+)', schema)
    assert found is not None
    assert set(re.findall(r'"(\w+)"', found[1])) == set(kind)


def test_risk_levels_can_be_compared() -> None:
    assert sorted(RiskLevel, key=lambda level: level.rank) == ["none", "watch", "high"]


@pytest.mark.parametrize("speaker", Speaker)
def test_there_are_two_sides(speaker: Speaker) -> None:
    assert speaker.other is not speaker
    assert speaker.other.other is speaker
