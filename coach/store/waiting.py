"""What people are told when calls wait for the database: how many, since when, what to do."""

from coach.phrases import say
from coach.phrases.forms import moment
from coach.store.spool import SpoolState


def waits(state: SpoolState) -> str | None:
    """How it stands, in a sentence or three; `None`: nothing is wrong and nothing waits."""
    why = state.trouble
    if state.kind is None and not state.waiting:
        return None
    if state.kind is None:
        why = say("record.waits_soon")
    if not state.waiting or state.since is None:
        return why if state.kind == "disk" else say("record.waits_none", why=why)
    key = "record.waits_one" if state.waiting == 1 else "record.waits_more"
    since = moment(state.since.astimezone())
    return say(key, count=state.waiting, since=since, why=why)
