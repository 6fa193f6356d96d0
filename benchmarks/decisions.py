"""How good are the decisions when the understanding is perfect?

Runs labelled calls through the core with the labels themselves as the understanding, so that
what is left is the fault of rules and manners (and of labels that people would argue about):

    python -m benchmarks.decisions CALLS.jsonl TURNS_DIR OUT_DIR
    python score_calls.py CALLS.jsonl TURNS_DIR OUT_DIR
"""

import json
import sys
from pathlib import Path
from typing import Any

from coach.core.events import CallStarted
from coach.core.policy import DEFAULT_POLICY
from coach.core.readings import AgentReading, AgentText, CustomerReading, CustomerText, Escalation
from coach.core.units import Samples
from coach.core.vocabulary import Act, Emotion, EscalationKind, Modality
from coach.runtime.desk import Desk
from coach.runtime.engine import run_events
from coach.runtime.script import ScriptHearing, load_script
from coach.runtime.sequencer import Sequencer
from coach.store.calllog import CallLog, log_path


class Labels:
    """Reads the labels of a call instead of its words.

    Labels are of whole turns. Of a turn that is still being spoken, the acts count as said in
    even steps: the first of two acts is known when half of the words are out.
    """

    name = "labels"

    def __init__(self, turns: list[dict[str, Any]]) -> None:
        self._turns = [(" ".join(turn["text"].split()), turn) for turn in turns]

    def customer(self, said: CustomerText) -> CustomerReading:
        """The customer's labels, once the turn is complete."""
        turn, share = self._find(said.text, "customer")
        if turn is None or share < 1:
            return CustomerReading()
        return CustomerReading(
            emotions=tuple(Emotion(name) for name in turn["emotions"]),
            intensity=turn["intensity"],
            valence=turn["valence"],
            escalations=_escalations(turn),
        )

    def agent(self, said: AgentText) -> AgentReading:
        """The agent's labels, as far as the turn has come."""
        turn, share = self._find(said.text, "agent")
        if turn is None:
            return AgentReading()
        acts = tuple(Act(name) for name in turn["acts"])
        out = tuple(act for n, act in enumerate(acts, start=1) if n / len(acts) <= share)
        return AgentReading(acts=out, escalations=_escalations(turn) if share == 1 else ())

    def _find(self, text: str, speaker: str) -> tuple[dict[str, Any] | None, float]:
        for whole, turn in self._turns:
            if turn["speaker"] == speaker and whole.startswith(text):
                return turn, len(text) / len(whole)
        return None, 0.0


def _escalations(turn: dict[str, Any]) -> tuple[Escalation, ...]:
    return tuple(
        Escalation(
            kind=EscalationKind(e["kind"]), modality=Modality(e["modality"]), because=turn["text"]
        )
        for e in turn.get("escalations", [])
    )


def main(calls: Path, turns: Path, out: Path) -> None:
    """Write a log for every call of `calls` to `out`."""
    for line in calls.read_text(encoding="utf-8").splitlines():
        call = json.loads(line)
        script = load_script(call["id"], turns / f"{call['id']}.turns.json")
        start = CallStarted(
            at=Samples(0),
            call_id=call["id"],
            mode="script",
            recogniser="script",
            understanding=Labels.name,
            policy=DEFAULT_POLICY,
        )
        with CallLog(log_path(out, call["id"])) as log:
            desk = Desk(ScriptHearing(script), Labels(call["turns"]))
            run_events(script.speech(), desk, Sequencer(start, [log.write]), script.end)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
