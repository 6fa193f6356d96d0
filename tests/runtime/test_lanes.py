"""The models' threads: what goes first, what is dropped, and that nothing else is.

Work is held at a gate, so that what waits can be arranged; no test waits for time to pass.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.events import Utterance
from coach.core.readings import AgentText
from coach.core.requests import Request, ScoreAgent, Transcribe
from coach.core.units import Samples
from coach.core.vocabulary import Speaker
from coach.runtime.desk import Answer
from coach.runtime.lanes import Lanes

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
NOW = Samples(0)
SOON = 20.0
"""Seconds until a test gives up; never waited for when all is well."""


def final(speaker: Speaker) -> Transcribe:
    return Transcribe(speaker=speaker, segment=0, start=Samples(0), end=Samples(1), final=True)


def look(speaker: Speaker = AGENT) -> Transcribe:
    return Transcribe(speaker=speaker, segment=0, start=Samples(0), end=Samples(1), final=False)


def score() -> ScoreAgent:
    return ScoreAgent(turn=0, start=Samples(0), end=Samples(1), said=AgentText(text="ja"))


def answer(text: str) -> Answer:
    return Utterance(
        at=Samples(0),
        speaker=AGENT,
        segment=0,
        start=Samples(0),
        end=Samples(1),
        text=text,
    )


@dataclass
class Bench:
    """Lanes whose hearing is held up by a first job until `open_gate`."""

    lanes: Lanes
    gate: threading.Event = field(default_factory=threading.Event)
    worked: list[str] = field(default_factory=list)

    def submit(self, request: Request, name: str) -> None:
        self.lanes.submit(request, self.work(name), NOW)

    def work(self, name: str) -> Callable[[], Answer]:
        def do() -> Answer:
            self.worked.append(name)
            return answer(name)

        return do

    def hold(self) -> None:
        """Occupy the hearing until the gate opens."""
        at_work = threading.Event()

        def wait() -> Answer:
            at_work.set()
            assert self.gate.wait(SOON)
            return answer("held")

        self.lanes.submit(final(CUSTOMER), wait, NOW)
        assert at_work.wait(SOON)

    def answers(self) -> list[str]:
        """Open the gate and take everything that is still to come."""
        self.gate.set()
        texts = []
        while self.lanes.busy:
            taken = self.lanes.take(SOON)
            if taken is not None:
                assert isinstance(taken, Utterance)
                texts.append(taken.text)
        return texts


@contextmanager
def bench() -> Iterator[Bench]:
    before = set(threading.enumerate())
    with Lanes() as lanes:
        yield Bench(lanes)
    assert set(threading.enumerate()) == before


def test_work_is_answered() -> None:
    with bench() as desk:
        desk.submit(final(AGENT), "words")
        desk.submit(score(), "acts")
        assert sorted(desk.answers()) == ["acts", "words"]
        assert not desk.lanes.busy


def test_nothing_to_come_is_nothing() -> None:
    with bench() as desk:
        assert desk.lanes.take(0) is None
        assert desk.lanes.take(-5) is None


def test_the_customers_words_come_before_the_agents() -> None:
    with bench() as desk:
        desk.hold()
        for name, speaker in (("a1", AGENT), ("c1", CUSTOMER), ("a2", AGENT), ("c2", CUSTOMER)):
            desk.submit(final(speaker), name)
        assert desk.answers() == ["held", "c1", "c2", "a1", "a2"]


def test_a_look_is_replaced_by_a_newer_one() -> None:
    with bench() as desk:
        waiting = threading.Event()

        def slow() -> Answer:
            waiting.set()
            assert desk.gate.wait(SOON)
            return answer("first look")

        desk.lanes.submit(look(), slow, NOW)
        assert waiting.wait(SOON)
        for name in ("second", "third", "fourth"):
            desk.submit(look(), name)
        assert desk.answers() == ["first look", "fourth"]
        assert desk.worked == ["fourth"]


def test_no_look_is_taken_while_final_work_waits() -> None:
    with bench() as desk:
        desk.hold()
        desk.submit(look(), "look")
        assert desk.answers() == ["held"]
        assert desk.worked == []


@pytest.mark.parametrize(("speaker", "heard"), [(AGENT, ["whole"]), (CUSTOMER, ["whole", "look"])])
def test_a_look_at_speech_that_is_over_is_not_taken(speaker: Speaker, heard: list[str]) -> None:
    with bench() as desk:
        waiting = threading.Event()

        def slow() -> Answer:
            waiting.set()
            assert desk.gate.wait(SOON)
            return answer("earlier look")

        desk.lanes.submit(look(), slow, NOW)
        assert waiting.wait(SOON)
        desk.submit(look(), "look")
        desk.submit(final(speaker), "whole")
        assert desk.answers() == ["earlier look", *heard]


def test_looks_are_taken_again_when_the_final_work_is_done() -> None:
    with bench() as desk:
        desk.submit(final(AGENT), "whole")
        assert desk.answers() == ["whole"]
        desk.submit(look(), "look")
        assert desk.answers() == ["look"]


@given(st.lists(st.sampled_from(["final agent", "final customer", "look", "score"]), max_size=20))
def test_final_work_and_readings_are_never_dropped(kinds: list[str]) -> None:
    requests: dict[str, Request] = {
        "final agent": final(AGENT),
        "final customer": final(CUSTOMER),
        "look": look(),
        "score": score(),
    }
    with bench() as desk:
        desk.hold()
        names = [f"{kind} {n}" for n, kind in enumerate(kinds)]
        for kind, name in zip(kinds, names, strict=True):
            desk.submit(requests[kind], name)
        wanted = [name for name in names if "look" not in name]
        assert sorted(desk.answers()) == sorted(["held", *wanted])


def test_readings_do_not_wait_for_hearing() -> None:
    with bench() as desk:
        desk.hold()
        desk.submit(score(), "acts")
        taken = desk.lanes.take(SOON)
        assert isinstance(taken, Utterance)
        assert taken.text == "acts"
        assert desk.answers() == ["held"]


class Broken(BaseException):
    """An error that no model should make."""


@pytest.mark.parametrize("error", [Broken(), KeyError("x"), SystemExit(3)])
@pytest.mark.parametrize(
    "request_", [final(AGENT), look(), score()], ids=["final", "look", "score"]
)
def test_an_error_in_a_thread_is_raised_where_the_call_runs(
    request_: Request, error: BaseException
) -> None:
    def fail() -> Answer:
        raise error

    with bench() as desk:
        desk.lanes.submit(request_, fail, NOW)
        with pytest.raises(type(error)):
            desk.lanes.take(SOON)
        assert not desk.lanes.busy
        desk.submit(request_, "next")
        assert desk.answers() == ["next"]


def test_leaving_in_order_finishes_what_waits() -> None:
    with bench() as desk:
        desk.hold()
        desk.submit(final(AGENT), "whole")
        desk.gate.set()
    assert desk.worked == ["whole"]


def test_leaving_with_an_error_leaves_what_waits() -> None:
    worked: list[str] = []
    with pytest.raises(Broken):
        leave_in_the_middle(worked)
    assert worked == []


def leave_in_the_middle(worked: list[str]) -> None:
    with bench() as desk:
        desk.worked = worked
        desk.hold()
        desk.submit(final(AGENT), "whole")
        tell = desk.lanes._ready.notify_all

        def tell_and_open() -> None:
            tell()
            desk.gate.set()  # only now: the lanes have been told to stop

        desk.lanes._ready.notify_all = tell_and_open  # type: ignore[method-assign]
        raise Broken


def drafted(speaker: Speaker) -> Transcribe:
    end = Samples(1)
    return Transcribe(
        speaker=speaker, segment=0, start=Samples(0), end=end, final=False, draft=True
    )


def test_drafts_come_before_looks_and_the_whole_replaces_a_draft_that_waits() -> None:
    with bench() as desk:
        at_work = threading.Event()

        def slow() -> Answer:
            at_work.set()
            assert desk.gate.wait(SOON)
            return answer("first look")

        desk.lanes.submit(look(CUSTOMER), slow, NOW)
        assert at_work.wait(SOON)
        desk.submit(look(AGENT), "agent look")
        desk.submit(drafted(CUSTOMER), "customer draft")
        assert desk.answers() == ["first look", "customer draft", "agent look"]
        desk.hold()
        desk.submit(drafted(CUSTOMER), "draft that waits")
        desk.submit(final(CUSTOMER), "whole")
        assert desk.answers() == ["held", "whole"]


def test_a_draft_waits_for_its_turn_behind_the_words_of_the_other() -> None:
    with bench() as desk:
        desk.hold()
        desk.submit(drafted(AGENT), "draft")
        assert desk.answers() == ["held", "draft"]


def test_what_nobody_waits_for_any_more_is_not_answered() -> None:
    with bench() as desk:
        desk.hold()
        for asked, name in ((5, "old"), (6, "young")):
            desk.lanes.submit(final(AGENT), desk.work(name), Samples(asked))
        desk.lanes.submit(look(CUSTOMER), desk.work("look"), NOW)
        given = desk.lanes.give_up(Samples(6))
        assert given == [final(CUSTOMER), final(AGENT)], "what is held, and the old one; no look"
        assert desk.answers() == ["young"]
        assert desk.worked == ["young"]
        assert desk.lanes.give_up(Samples(100)) == []


def test_the_time_at_work_is_counted() -> None:
    with bench() as desk:
        desk.submit(final(AGENT), "words")
        desk.submit(score(), "acts")
        desk.answers()
        assert 0 < desk.lanes.worked_s < SOON


def test_a_thread_that_hangs_does_not_hold_up_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.runtime.lanes._GRACE_S", 0.01)
    gate, hangs = threading.Event(), threading.Event()

    def hang() -> Answer:
        hangs.set()
        gate.wait(SOON)
        return answer("too late")

    with Lanes() as lanes:
        lanes.submit(final(AGENT), hang, NOW)
        assert hangs.wait(SOON)
        assert lanes.give_up(Samples(1)) == [final(AGENT)]
        assert not lanes.busy
    gate.set()
    for thread in lanes._threads:
        thread.join(SOON)
