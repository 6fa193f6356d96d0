"""Events to lines and back."""

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core import events
from coach.core.events import CallStarted, CustomerScored, Event, LogEvent, RunFinished, Utterance
from coach.core.units import Samples
from coach.core.vocabulary import Emotion, Speaker
from coach.store.codec import BrokenLine, from_json, read_lines, to_json, to_line
from tests.strategies import instances, start

KINDS = get_args(LogEvent)
ANY_EVENT = st.one_of(*(instances(kind) for kind in KINDS))

SCORED = CustomerScored(
    at=Samples(1),
    turn=0,
    start=Samples(0),
    end=Samples(1),
    partial=False,
    emotions=(Emotion.ANGER,),
    intensity=2,
    valence=-1.5,
    escalations=(),
)


def read(line: str) -> LogEvent:
    (event,) = read_lines([line.encode()])
    return event


def nothing_is_null(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(nothing_is_null, value.values()))
    if isinstance(value, list):
        return all(map(nothing_is_null, value))
    return value is not None


def test_every_event_of_the_vocabulary_can_stand_in_a_log() -> None:
    named = [kind for kind in vars(events).values() if isinstance(kind, type)]
    vocabulary = {kind for kind in named if issubclass(kind, Event)} - {Event}
    assert vocabulary == set(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_what_is_written_is_read_back_the_same(kind: type[LogEvent], data: st.DataObject) -> None:
    event = data.draw(instances(kind))
    again = read(to_line(event))
    assert again == event
    assert type(again) is type(event)


@given(event=ANY_EVENT)
def test_a_line_is_one_json_object_without_null(event: LogEvent) -> None:
    line = to_line(event)
    assert line.count("\n") == 1
    written = json.loads(line)
    assert next(iter(written)) == "type"
    assert nothing_is_null(written)


@given(event=ANY_EVENT)
def test_writing_again_gives_the_same_line(event: LogEvent) -> None:
    again = read(to_line(event))
    assert to_line(again) == to_line(event)


def test_unknown_is_left_out_and_zero_is_not() -> None:
    words = {"at": Samples(0), "speaker": Speaker.AGENT, "segment": 0}
    of = {"start": Samples(0), "end": Samples(0), "text": ""}
    unknown = Utterance(**words, **of)  # type: ignore[arg-type]
    zero = Utterance(**words, **of, confidence=0.0)  # type: ignore[arg-type]
    assert "confidence" not in to_json(unknown)
    assert to_json(zero)["confidence"] == 0.0


def test_times_are_written_in_seconds() -> None:
    assert to_json(SCORED)["at_s"] == 1 / 16_000


@pytest.mark.parametrize(
    "name", ["opname-\udcff", "regel\u2028einde", "terug\rwagen", 'a"b\\', "🙈"]
)
def test_a_call_may_be_named_as_the_file_system_allows(name: str) -> None:
    started = CallStarted(
        at=Samples(0),
        call_id=name,
        mode="fast",
        recogniser="r",
        understanding="u",
        policy=start().policy,
    )
    assert read(to_line(started)) == started


def changed(**changes: Any) -> str:
    written = {**to_json(SCORED), **changes}
    return json.dumps({key: value for key, value in written.items() if value is not ...}) + "\n"


BROKEN = {
    "no JSON": "anger\n",
    "an empty line": "\n",
    "two events on a line": to_line(SCORED)[:-1] + to_line(SCORED),
    "a list": "[]\n",
    "a number": "7\n",
    "null": "null\n",
    "nested without end": "[" * 100_000 + "\n",
    "no type": changed(type=...),
    "an unknown type": changed(type="rumour"),
    "a type that is no text": changed(type=["scored"]),
    "scored, but whose?": changed(speaker=...),
    "an unknown speaker": changed(speaker="supervisor"),
    "a speaker that is no text": changed(speaker=[]),
    "a field that nobody knows": changed(mood="grumpy"),
    "a missing field": changed(turn=...),
    "no moment": changed(at_s=...),
    "a moment that is text": changed(at_s="1"),
    "a moment that is a truth": changed(at_s=True),
    "a moment without end": changed(at_s=float("inf")),
    "a moment that is no number": changed(at_s=float("nan")),
    "a moment beyond all numbers": '{"type": "ended", "at_s": 1e999}\n',
    "a number beyond all numbers": changed(valence=10**400),
    "a turn that is half": changed(turn=0.5),
    "a turn that is a truth": changed(turn=True),
    "a truth that is a number": changed(partial=1),
    "null for unknown": changed(valence=None),
    "a valence that is no number": changed(valence=float("nan")),
    "a list that is a text": changed(emotions="anger"),
    "a list that is an object": changed(emotions={}),
    "an unknown emotion": changed(emotions=["envy"]),
    "a sign that is no object": changed(escalations=["media"]),
    "a sign with a field too many": changed(
        escalations=[{"kind": "media", "modality": "asserted", "because": "x", "sure": 1}]
    ),
    "a sign with a field too few": changed(escalations=[{"kind": "media"}]),
}


@pytest.mark.parametrize("line", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_line_is_an_error_with_its_number(line: str) -> None:
    lines = [to_line(SCORED).encode(), line.encode(), to_line(SCORED).encode()]
    with pytest.raises(BrokenLine) as broken:
        list(read_lines(lines))
    assert broken.value.number == 2
    assert broken.value.why


@pytest.mark.parametrize("line", [b"\xff\xfe\n", b'{"type": "ended", "at_s": 1}\xe2\n'])
def test_a_line_that_is_no_text_is_broken(line: bytes) -> None:
    with pytest.raises(BrokenLine, match="line 1"):
        list(read_lines([line]))


@pytest.mark.parametrize("field", ["type", "at_s", "audio_s", "wall_s", "cpu_s", "model"])
def test_no_field_of_the_last_line_may_be_missing(field: str) -> None:
    done = RunFinished(at=Samples(1), audio=Samples(1), wall_s=1.0, cpu_s=1.0, model="m")
    written = {key: value for key, value in to_json(done).items() if key != field}
    with pytest.raises(BrokenLine):
        read(json.dumps(written) + "\n")


@given(whole=st.lists(ANY_EVENT, max_size=3), last=ANY_EVENT, share=st.floats(0, 1))
def test_half_a_last_line_is_where_the_log_ends(
    whole: list[LogEvent], last: LogEvent, share: float
) -> None:
    line = to_line(last).encode()
    half = line[: int(len(line) * share * 0.999)]
    lines = [to_line(event).encode() for event in whole] + [half]
    assert list(read_lines(lines)) == whole


@pytest.mark.parametrize(
    "line",
    [
        {"type": "ended", "at_s": "soon"},
        {"type": "ended"},
        {"type": "rumour"},
        {},
        {**to_json(SCORED), "emotions": 3},
    ],
)
def test_from_json_says_what_is_wrong_by_one_error(line: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_json(line)
