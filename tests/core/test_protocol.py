"""The escalation protocol: read whole, or refused with every line that is wrong."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.core.deadlines import Calendar, Deadline, Span, read_deadline
from coach.core.protocol import (
    GAPS,
    LANGUAGES,
    Channel,
    Entry,
    Protocol,
    ProtocolRefused,
    read_protocol,
    to_toml,
)
from coach.core.vocabulary import EscalationKind

GOOD = """\
holidays = [2026-12-25]
closes = 16:30:00

[media]
owner.nl = "Woordvoering"
owner.en = "Press office"
channel = "phone"
deadline = "2 hours"
call_back = true
steps.nl = ["Noteer de vraag"]
steps.en = ["Note the question"]
hand_over.nl = "{when}: {words}"
hand_over.en = "{when}: {words}"
"""


def test_a_good_protocol() -> None:
    protocol = read_protocol(GOOD)
    (entry,) = protocol.entries
    assert (entry.kind, entry.channel, entry.call_back) == (
        EscalationKind.MEDIA,
        Channel.PHONE,
        True,
    )
    assert entry.deadline == Deadline(amount=2, span=Span.HOURS)
    assert protocol.calendar == Calendar(
        holidays=frozenset({date(2026, 12, 25)}), closes=time(16, 30)
    )
    assert protocol.of(EscalationKind.LEGAL) is None
    assert protocol.for_signs([EscalationKind.LEGAL, EscalationKind.MEDIA]) == (entry,)


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "key"),
    [
        ("[media]", "[medja]", 4, "medja", "unknown_kind"),
        ('"phone"', '"fax"', 7, "media.channel", "bad_channel"),
        ('"2 hours"', '"soon"', 8, "media.deadline", "bad_deadline"),
        ('"2 hours"', '"0 hours"', 8, "media.deadline", "bad_deadline"),
        ("= true", "= 'ja'", 9, "media.call_back", "bad_flag"),
        ('["Noteer de vraag"]', "[]", 10, "media.steps.nl", "bad_steps"),
        ('["Noteer de vraag"]', "'x'", 10, "media.steps.nl", "bad_steps"),
        ('"Press office"', '" "', 6, "media.owner.en", "no_text"),
        ('owner.en = "Press office"\n', "", 5, "media.owner", "both_languages"),
        ('channel = "phone"\n', "", 4, "media.channel", "missing"),
        ('en = "{when}', 'en = "{wen}', 13, "media.hand_over.en", "unknown_gap"),
        ('en = "{when}', 'en = "{when', 13, "media.hand_over.en", "bad_braces"),
        ("[2026-12-25]", '["Kerst"]', 1, "holidays", "bad_holidays"),
        ("16:30:00", '"half vijf"', 2, "closes", "bad_time"),
        ("call_back", "colour", 9, "media.colour", "unknown_field"),
        ("[media]", "media = 3\n[legal]", 4, "media", "no_table"),
        ("[media]", "[media", 4, "", "bad_toml"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    old: str, new: str, line: int, field: str, key: str
) -> None:
    assert old in GOOD
    with pytest.raises(ProtocolRefused) as refused:
        read_protocol(GOOD.replace(old, new, 1))
    faults = [(f.line, f.field, f.key) for f in refused.value.faults]
    assert (line, field, key) in faults


def test_everything_that_is_wrong_is_told_at_once() -> None:
    wrong = GOOD.replace('"phone"', '"fax"').replace('"2 hours"', '"soon"')
    with pytest.raises(ProtocolRefused) as refused:
        read_protocol(wrong)
    assert [fault.line for fault in refused.value.faults] == [7, 8]


@given(st.text(max_size=200))
def test_any_text_is_a_protocol_or_is_refused(text: str) -> None:
    try:
        read_protocol(text)
    except ProtocolRefused as refused:
        faults = refused.faults
    else:
        faults = None
    assert faults != ()


WORDS = st.text("aé\"'\\#=[]{}\n\t €☎😀z", max_size=20).map(lambda text: f"w{text}")
FILLED = st.sampled_from([f"{{{gap}}}" for gap in GAPS])


@st.composite
def protocols(draw: st.DrawFn) -> Protocol:
    kinds = draw(st.lists(st.sampled_from(EscalationKind), unique=True, max_size=3))
    both = st.fixed_dictionaries(dict.fromkeys(LANGUAGES, WORDS))
    entries = tuple(
        Entry(
            kind=kind,
            owner=draw(both),
            channel=draw(st.sampled_from(Channel)),
            deadline=draw(
                st.builds(Deadline, amount=st.integers(1, 99), span=st.sampled_from(Span))
            ),
            call_back=draw(st.booleans()),
            steps={n: tuple(draw(st.lists(WORDS, min_size=1, max_size=8))) for n in LANGUAGES},
            hand_over=dict.fromkeys(LANGUAGES, draw(FILLED)),
        )
        for kind in kinds
    )
    return Protocol(entries=entries)


@settings(max_examples=40)
@given(protocols())
def test_what_an_editor_writes_is_read_back(protocol: Protocol) -> None:
    assert read_protocol(to_toml(protocol)) == protocol


FRIDAY = datetime(2026, 12, 18, 15, 20, tzinfo=UTC)
CALENDAR = Calendar(holidays=frozenset({date(2026, 12, 25)}), closes=time(17))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("at once", datetime(2026, 12, 18, 15, 20)),
        ("30 minutes", datetime(2026, 12, 18, 15, 50)),
        ("1 minute", datetime(2026, 12, 18, 15, 21)),
        ("12 hours", datetime(2026, 12, 19, 3, 20)),
        ("3 days", datetime(2026, 12, 21, 15, 20)),
        ("1 working day", datetime(2026, 12, 21, 17)),
        ("5 working days", datetime(2026, 12, 28, 17)),  # over a weekend and Christmas
    ],
)
def test_by_when(text: str, due: datetime) -> None:
    deadline = read_deadline(text)
    assert deadline.due(FRIDAY, CALENDAR) == due.replace(tzinfo=UTC)
    assert str(deadline) == text


@pytest.mark.parametrize("text", ["", "soon", "2", "2 weeks", "-1 hours", "1000 days", "two hours"])
def test_no_deadline(text: str) -> None:
    with pytest.raises(ValueError, match="no deadline"):
        read_deadline(text)
