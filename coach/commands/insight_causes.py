"""The causes of many calls: found, counted, told; and the themes that are kept from run to run."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from coach.causes import load_tree
from coach.causes.likeness import Likenesses, points
from coach.causes.themes import Found, Item, Theme, find_themes
from coach.commands.telling import out_console, print_json, print_words
from coach.core.cause_counts import CallCauses, Ranked, Turn, rank, trend
from coach.core.cause_tree import Tree
from coach.core.causes import Complaint, FoundCause, complaint, find_causes
from coach.core.events import LogEvent
from coach.core.groups import SMALLEST, Guard, Withheld
from coach.core.metrics import CallMetrics, measure
from coach.core.metrics.signs import signs
from coach.core.redaction import redact, redact_events
from coach.errors import ProductError, UserError
from coach.phrases import language, say
from coach.phrases.forms import percent
from coach.report.period import CallInsight
from coach.runtime.ports import Embedder

Done = Callable[[float], None]


@dataclass(frozen=True, kw_only=True)
class Finder:
    """How causes are looked for."""

    tree: Tree
    embedder: Embedder | None = None
    changed: date | None = None
    minimum: int = SMALLEST
    themes: Path | None = None

    def name(self, cause: str) -> str:
        """A cause's name in the user's language."""
        return self.tree.by_id[cause].name(language())


def finder(
    tree: Path | None,
    *,
    model: bool,
    changed: date | None = None,
    minimum: int = SMALLEST,
    themes: Path | None = None,
) -> Finder:
    """What was asked for on the command line; loads the model if it is to read along."""
    embedder: Embedder | None = None
    if model or themes is not None:
        from models.understanding.embeddings import CustomerEmbedder

        embedder = CustomerEmbedder()
    return Finder(
        tree=load_tree(tree), embedder=embedder, changed=changed, minimum=minimum, themes=themes
    )


@dataclass(frozen=True, kw_only=True)
class Caused:
    """The causes of the upset calls among `calls`, and what follows from them."""

    finder: Finder
    calls: int
    upset: int
    found: tuple[CallCauses, ...]
    guard: Guard
    themes: tuple[Found, ...] = ()

    @property
    def top(self) -> tuple[Ranked, ...] | Withheld:
        """The three causes of most calls."""
        return rank(self.found, self.guard)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Before and after the change that was asked about."""
        changed, top = self.finder.changed, self.top
        if changed is None or isinstance(top, Withheld):
            return ()
        return tuple(trend(self.found, one.cause, changed, self.guard) for one in top)

    def tell(self, *, as_json: bool) -> None:
        """Tell it to a program or to a person."""
        if as_json:
            print_json(self._json())
        else:
            for line in self._lines():
                print_words(out_console, line)

    def _json(self) -> dict[str, Any]:
        top = self.top
        known = [] if isinstance(top, Withheld) else [asdict(one) for one in top]
        return {
            "calls": self.calls,
            "upset": self.upset,
            "withheld": isinstance(top, Withheld),
            "top": known,
            "trend": [_turn_json(turn) for turn in self.turns],
            "themes": [_theme_json(one) for one in self.themes],
            "by_call": {one.call_id: list(one.causes) for one in self.found},
        }

    def _lines(self) -> list[str]:
        name, with_cause = self.finder.name, sum(bool(one.causes) for one in self.found)
        head = {"calls": self.calls, "upset": self.upset, "found": with_cause}
        lines = [say("insight.causes_head", **head)]
        top = self.top
        if isinstance(top, Withheld):
            return [*lines, say("insight.causes_withheld", minimum=self.finder.minimum)]
        if self.upset and not top:
            lines.append(say("insight.report_causes_none"))
        for one in top:
            share = percent(one.share)
            lines.append(
                say("insight.cause_line", cause=name(one.cause), calls=one.calls, share=share)
            )
            lines += [f"    {call}: “{words}”" for call, words in one.examples]
        lines += [self._turn(turn) for turn in self.turns]
        return lines + [_theme(one) for one in self.themes]

    def _turn(self, turn: Turn) -> str:
        before, after = (_maybe(share) for share in (turn.before, turn.after))
        cause, day = self.finder.name(turn.cause), self.finder.changed
        return say("insight.cause_trend", cause=cause, before=before, after=after, day=day)


def caused(calls: Sequence[Sequence[LogEvent]], asked: Finder, done: Done) -> Caused:
    """The causes in calls, and their themes when those are asked for."""
    read = _read(calls, asked, done)
    upset = [one for one in read if one.told.turns]
    themes = _themes(upset, asked) if asked.themes is not None else []
    return Caused(
        finder=asked,
        calls=len(read),
        upset=len(upset),
        found=tuple(_counted(one, asked.tree) for one in upset),
        guard=Guard.over([one.call for one in read], asked.minimum),
        themes=tuple(themes),
    )


def insights(calls: Sequence[Sequence[LogEvent]], asked: Finder, done: Done) -> list[CallInsight]:
    """What a report needs of every call."""
    return [
        CallInsight(
            metrics=one.call,
            signs=signs(events),
            causes=_counted(one, asked.tree) if one.told.turns else None,
        )
        for one, events in zip(_read(calls, asked, done), calls, strict=True)
    ]


@dataclass(frozen=True, kw_only=True)
class _Read:
    call: CallMetrics
    told: Complaint
    found: tuple[FoundCause, ...]
    point: Any = None


def _read(calls: Sequence[Sequence[LogEvent]], asked: Finder, done: Done) -> list[_Read]:
    """Every call with its causes. Names and numbers go first, while it is known what was asked."""
    alike = None if asked.embedder is None else Likenesses(asked.embedder, asked.tree)
    read = []
    for number, raw in enumerate(calls, start=1):
        events = list(redact_events(raw))
        told = complaint(events)
        point = None
        if alike is not None and asked.embedder is not None and told.turns:
            (point,) = points(asked.embedder, [told])
        like = alike.at(point) if alike is not None and point is not None else None
        found = find_causes(told, asked.tree, like)
        read.append(_Read(call=measure(events), told=told, found=found, point=point))
        done(number / len(calls))
    return read


def _counted(one: _Read, tree: Tree) -> CallCauses:
    """Narrow causes count for their wider ones too. The words are redacted."""
    causes: dict[str, str] = {}
    for found in one.found:
        words = redact(found.words).text
        causes.setdefault(found.cause, words)
        causes.setdefault(tree.root(found.cause), words)
    return CallCauses(
        call_id=one.call.call_id,
        day=_day(one.call.began),
        agent=one.call.agent,
        causes=tuple(causes),
        words=tuple(causes.values()),
    )


def _day(began: str | None) -> date | None:
    try:
        return None if began is None else datetime.fromisoformat(began).date()
    except ValueError:
        return None


# ---- themes --------------------------------------------------------------------------------------


def _themes(upset: Sequence[_Read], asked: Finder) -> list[Found]:
    """The themes of these calls; new ones are kept under the numbers and names they got."""
    assert asked.themes is not None  # noqa: S101  (asked for by the caller)
    assert asked.embedder is not None  # noqa: S101
    model = asked.embedder.name
    known = _kept_themes(asked.themes, model)
    items = [
        Item(
            call_id=one.call.call_id,
            text=redact(one.told.text).text,
            point=one.point,
            cause=asked.name(one.found[0].cause) if one.found else None,
        )
        for one in upset
    ]
    found = find_themes(items, known)
    themes = {theme.number: theme for theme in known} | {f.theme.number: f.theme for f in found}
    content = {"model": model, "themes": [asdict(themes[number]) for number in sorted(themes)]}
    try:
        asked.themes.parent.mkdir(parents=True, exist_ok=True)
        asked.themes.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    except OSError as why:
        raise ProductError("cli.cannot_write", path=asked.themes, why=why.strerror) from why
    return [one for one in found if len(one.calls) >= asked.minimum]


def _kept_themes(path: Path, model: str) -> list[Theme]:
    """The themes of earlier runs. Raises `UserError` for those of another model."""
    if not path.exists():
        return []
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["model"] != model:
            raise ValueError(content["model"])
        return [
            Theme(number=one["number"], name=one["name"], middle=tuple(one["middle"]))
            for one in content["themes"]
        ]
    except (OSError, ValueError, KeyError, TypeError) as why:
        raise UserError("insight.bad_themes", path=path) from why


def _theme(one: Found) -> str:
    name = one.theme.name or say("insight.theme_unnamed")
    number, calls, share = one.theme.number, len(one.calls), percent(one.share)
    return say("insight.theme_line", number=number, name=name, calls=calls, share=share)


def _theme_json(one: Found) -> dict[str, Any]:
    return {
        "number": one.theme.number,
        "name": one.theme.name,
        "calls": len(one.calls),
        "share": one.share,
        "examples": list(one.examples),
    }


def _turn_json(turn: Turn) -> dict[str, Any]:
    before, after = (
        None if isinstance(share, Withheld) else share for share in (turn.before, turn.after)
    )
    return {"cause": turn.cause, "before": before, "after": after}


def _maybe(share: float | Withheld) -> str:
    return say("insight.report_withheld") if isinstance(share, Withheld) else percent(share)
