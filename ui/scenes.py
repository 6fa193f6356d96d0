"""Every window as it looks in use, with invented data: for the pictures in docs/screens.

A window that needs more room than it asks for says so with the property `roomy`.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from coach.core.events import (
    AgentScored,
    CallEnded,
    CallStarted,
    CustomerScored,
    Heard,
    LogEvent,
    NudgeShown,
    NudgeWithdrawn,
    RiskChanged,
    SpeechEnded,
    SpeechStarted,
    Utterance,
    Word,
)
from coach.core.metrics.signs import Sign
from coach.core.policy import DEFAULT_POLICY
from coach.core.readings import Because, Escalation
from coach.core.summary import AfterCall, Point, Promised, after_call
from coach.core.units import Samples, from_seconds
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
from coach.protocol import load_protocol
from coach.protocol.asked import Asked, asked_for
from ui.controls import CallIs, Erased, NoCall, SideIs
from ui.first_run import FirstRun
from ui.help_window import HelpWindow
from ui.home_page import HomePage
from ui.incident_form import IncidentForm
from ui.live_menu import Question
from ui.live_window import LiveWindow
from ui.messages import Message
from ui.privacy_page import PrivacyPage
from ui.record_scenes import record_scenes
from ui.samples import (
    SampleIncidents,
    SamplePrivacy,
    SamplePromises,
    SampleSettings,
    SampleSound,
)
from ui.settings_groups import GROUPS
from ui.settings_page import SettingsPage
from ui.shell import Section, Shell
from ui.viewmodel import LiveView, LiveViewModel

Scene = Callable[[], QWidget]

KEYS = {"useful": "Ctrl+Shift+1", "not_now": "Ctrl+Shift+2", "wrong": "Ctrl+Shift+3"}
"""Keys that answer a nudge from any program."""

_S = from_seconds
_STARTED = CallStarted(
    at=Samples(0),
    call_id="beeld",
    mode="live",
    recogniser="base int8 cpu",
    understanding="v2",
    policy=DEFAULT_POLICY,
)


# ---- an invented call ----------------------------------------------------------------------------


def _says(speaker: Speaker, number: int, start: float, end: float, text: str) -> Iterator[LogEvent]:
    who, a, b = speaker, _S(start), _S(end)
    yield SpeechStarted(at=a, speaker=who, segment=number, start=a)
    yield SpeechEnded(at=b, speaker=who, segment=number, start=a, end=b, reason="pause")
    at = _S(end + 0.4)
    yield Utterance(at=at, speaker=who, segment=number, start=a, end=b, text=text)


def _feels(
    turn: int, start: float, end: float, valence: float, words: str, *emotions: Emotion
) -> CustomerScored:
    return CustomerScored(
        at=_S(end + 0.5),
        turn=turn,
        start=_S(start),
        end=_S(end),
        partial=False,
        emotions=emotions,
        intensity=2 if emotions else None,
        valence=valence,
        escalations=(),
        because=tuple(Because(label=one.value, words=words) for one in emotions),
    )


def _looks(speaker: Speaker, number: int, start: float, text: str) -> Iterator[LogEvent]:
    """Two looks at speech that still goes on: what both agree on has settled."""
    words = text.split()
    for look, heard in enumerate((words, [*words[:-2], "op", "die"])):
        timed = tuple(
            Word(start=_S(start + n * 0.3), end=_S(start + n * 0.3 + 0.3), text=word)
            for n, word in enumerate(heard)
        )
        yield Heard(
            at=_S(start + 3 + look),
            speaker=speaker,
            segment=number,
            start=_S(start),
            end=_S(start + 3),
            text=" ".join(heard),
            words=timed,
        )


def _call() -> list[LogEvent]:
    agent, customer = Speaker.AGENT, Speaker.CUSTOMER
    loss = Escalation(
        kind=EscalationKind.BEREAVEMENT, modality=Modality.ASSERTED, because="is overleden"
    )
    sad = "mijn man is vorige week overleden"
    first = replace(_feels(0, 3.4, 9.0, -1.6, sad, Emotion.SADNESS), escalations=(loss,))
    return [
        _STARTED,
        *_says(agent, 0, 0.2, 3.0, "Goedemiddag, met Sanne. Waarmee kan ik u helpen?"),
        *_says(customer, 0, 3.4, 9.0, f"Ja dag, {sad}. Zijn nummer moet opgezegd worden."),
        first,
        RiskChanged(at=_S(9.6), level=RiskLevel.WATCH, because="is overleden"),
        *_says(agent, 1, 10.2, 12.4, "Wat is uw postcode en huisnummer?"),
        AgentScored(
            at=_S(12.85),
            turn=1,
            start=_S(10.2),
            end=_S(12.4),
            partial=False,
            acts=(Act.ASK_IDENTIFICATION,),
        ),
        NudgeShown(
            at=_S(12.9),
            nudge=0,
            kind=NudgeKind.REPAIR_ACKNOWLEDGEMENT,
            decided=_S(12.8),
            because=sad,
        ),
    ]


def _later() -> list[LogEvent]:
    agent, customer = Speaker.AGENT, Speaker.CUSTOMER
    kind = NudgeKind.REPAIR_ACKNOWLEDGEMENT
    return [
        NudgeWithdrawn(at=_S(18), nudge=0, kind=kind, reason="done"),
        *_says(agent, 2, 15.0, 19.5, "Ik ging te snel. Wat verdrietig, gecondoleerd mevrouw."),
        *_says(customer, 1, 20.0, 24.0, "Dank u wel. Dat is lief van u."),
        _feels(1, 20.0, 24.0, 0.8, "dat is lief van u", Emotion.GRATITUDE),
        *_says(agent, 3, 24.6, 29.0, "Zullen we het samen stap voor stap regelen?"),
        *_says(customer, 2, 33.5, 37.0, "Graag. Ik zag er zo tegenop."),
        _feels(2, 33.5, 37.0, 0.2, "ik zag er zo tegenop", Emotion.RELIEF),
    ]


def _view(*messages: Message, length: float = 103) -> LiveView:
    model = LiveViewModel(LiveView(length=_S(length)))
    for message in messages:
        model.take(message)
    return model.view


def _moment(seconds: float, kind: int = 0) -> Point:
    keys = ("well_made_up", "well_ended_better", "grow_order")
    return Point(key=f"summary.{keys[kind]}", at=_S(seconds))


def _review() -> AfterCall:
    call = [*_call(), *_later(), CallEnded(at=_S(41))]
    found = after_call(call)
    return replace(
        found,
        well=(_moment(15), _moment(33, 1)),
        grow=(replace(_moment(10, 2), example="nudges.acknowledge_first_example"),),
        order=OrderValue.ASKED_FIRST,
        promises=(
            Promised(
                at=_S(30),
                words="ik bel u morgen vóór twaalf uur",
                timed=True,
                due=datetime(2026, 11, 26, 12).astimezone(),
            ),
        ),
    )


def _asked() -> Asked:
    """What the protocol as it ships asks for after this call."""
    return asked_for([*_call(), *_later(), CallEnded(at=_S(41))], load_protocol())


def _abused() -> AfterCall:
    threat = Sign(
        kind=EscalationKind.THREAT,
        turn=3,
        start=_S(64),
        end=_S(69),
        words="dan kom ik wel even langs bij jullie",
    )
    return AfterCall(
        call_id="beeld",
        well=(Point(key="summary.well_limit", at=_S(71)),),
        grow=(),
        order=OrderValue.NO_ASK,
        start=None,
        lowest=None,
        end=None,
        promises=(),
        pause=Point(key="summary.pause_abuse", at=_S(64)),
        abuse=(threat,),
    )


# ---- the windows ---------------------------------------------------------------------------------


def _live(*messages: Message, notes: bool = False, mini: bool = False) -> Scene:
    def make() -> QWidget:
        window = LiveWindow(
            keys=KEYS, controls=NoCall(), report=lambda _: None, agenda=SamplePromises()
        )
        window.set_view(_view(*messages))
        if notes:
            window.footer.note.click()
            window.footer.figures.click()
            window.notes.set_heard(
                {
                    "name": "mevrouw De Wit",
                    "number": "06 1234 5678",
                    "product": "mobiel abonnement",
                    "promise": "terugbellen, morgen vóór 12:00",
                }
            )
        window.set_mini(mini)
        return window

    return make


def _shell(name: str, sign: str, page: Callable[[], QWidget]) -> Shell:
    names = ("live", "calls", "dashboard", "settings", "privacy")
    signs = {"live": "live", "calls": "calls", "dashboard": "dashboard", name: sign}
    sections = [
        Section(
            name=one,
            title=f"shell.{one}",
            sign=signs.get(one, one),
            page=page if one == name else QWidget,
        )
        for one in names
    ]
    shell = Shell(sections, first=name)
    shell.setProperty("roomy", QSize(1060, 700))
    return shell


def _home() -> QWidget:
    def page() -> QWidget:
        return HomePage(
            listen=_nothing, demo=_nothing, first_run=_nothing, promises=SamplePromises()
        )

    return _shell("live", "live", page)


def _settings(group: str) -> Scene:
    def page() -> QWidget:
        made = SettingsPage(SampleSettings(), SampleSound())
        made.open(group)
        return made

    return lambda: _shell("settings", "settings", page)


def _privacy() -> QWidget:
    return _shell("privacy", "privacy", lambda: PrivacyPage(SamplePrivacy()))


def _first_run(step: int) -> Scene:
    def make() -> QWidget:
        window = FirstRun(
            SampleSound(), demo=_nothing, done=_nothing, language=_nothing, device=_nothing
        )
        window.go_to(step)
        return window

    return make


def _objection() -> QWidget:
    return Question(
        None,
        ask="screen.object_ask",
        means="screen.object_means",
        do="screen.object_do",
        leave="screen.object_not",
    )


def _nothing(*_: object) -> None:
    """Nobody listens to a picture."""


_SPEAKS = _looks(Speaker.CUSTOMER, 3, 38, "en dan is er nog de laatste rekening")
_GONE = SideIs(speaker=Speaker.CUSTOMER, missing="het apparaat is weg")

_SCENES: dict[str, Scene] = {
    "live-nudge": _live(*_call()),
    "live-words": _live(*_call(), *_later(), CallIs(standing="in_call"), *_SPEAKS),
    "live-notes": _live(*_call(), *_later(), notes=True),
    "live-mini": _live(*_call(), mini=True),
    "live-ready": _live(CallIs(standing="idle")),
    "live-hold": _live(*_call(), CallIs(standing="on_hold")),
    "live-missing": _live(*_call(), *_later(), _GONE),
    "live-objected": _live(*_call(), CallIs(standing="objected"), Erased()),
    "live-after": _live(*_call(), *_later(), CallEnded(at=_S(41)), _asked(), _review()),
    "live-abused": _live(_STARTED, CallEnded(at=_S(90)), _abused()),
    "objection": _objection,
    "help": HelpWindow,
    "incident": lambda: IncidentForm(None, _abused(), SampleIncidents()),
    "home": _home,
    "privacy": _privacy,
    **{f"settings-{group.name}": _settings(group.name) for group in GROUPS},
    **{f"first-run-{step + 1}": _first_run(step) for step in range(3)},
}


def scenes() -> dict[str, Scene]:
    """All of them by name: what makes the window, in the language and look of the moment."""
    return {**_SCENES, **record_scenes()}
