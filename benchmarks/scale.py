"""A team's database in its first year: how long lists, search, figures and a purge take.

    python -m benchmarks.scale

Starts a PostgreSQL of its own, fills it with made-up calls (`benchmarks/scale_data.sql`), logs in
as an agent, a lead and a coach, and asks what their screens ask. Two databases: the whole house
with a part of its calls, and two teams with all of their calls of a year, because a lead and an
agent see no more than that of the 2.6 million. Needs `tests/` beside it and Debian's `postgresql`.
"""

import argparse
import json
import random
import statistics
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from psycopg import sql

from benchmarks.machine import keep
from coach.store import groups
from coach.store.database import Origin, Store
from coach.store.queries import CallFilter, count_calls, list_calls, one_call
from coach.store.roles import grant, set_up
from tests.store import postgres
from tests.store.calls import call
from tests.store.postgres import Server

YEAR = 200 * 60 * 220
"""Calls of 200 agents, 60 a day, 220 working days each."""

_SENTENCES = 6_000
_MONDAY = datetime(2025, 1, 6, tzinfo=UTC)
_PURGED = 20
_ALONE = 60

_NOUNS = """
factuur rekening storing monteur afspraak pakket levering klacht verzekering polis hypotheek
bijdrage teruggave aanslag vergunning afval container parkeerkaart uitkering toeslag aanvraag
formulier contract abonnement router internet televisie telefoon meter stroom gas water lekkage
waterleiding ketel garantie reparatie bon bestelling terugbetaling incasso aanmaning
deurwaarder betaling termijn adres verhuizing overlijden erfgenaam begrafenis ziekenhuis
specialist behandeling wachttijd verwijzing trein vertraging bus reis bagage vlucht omboeking
hotel collega leidinggevende
""".split()
_VERBS = "wacht bel betaal vraag schrijf stuur lees krijg mis zoek".split()
_REST = (
    "al drie weken en niemand zegt iets",
    "en ik ben er helemaal klaar mee",
    "dat begrijp ik heel goed",
    "want er komt niets van terecht",
    "zoals we hadden afgesproken",
    "en dat vind ik niet normaal",
    "dus ik kijk even met u mee",
    "en ik heb het al twee keer gemeld",
    "dank u wel voor het wachten",
    "en anders ga ik ergens anders heen",
)


def sentences(chance: random.Random) -> list[str]:
    """What people in the made-up calls say; a few words are rare."""
    found = []
    for number in range(_SENTENCES):
        noun, other = chance.choices(_NOUNS, k=2)
        rare = f" dossier{number}" if number % 10 == 0 else ""
        verb, rest = chance.choice(_VERBS), chance.choice(_REST)
        found.append(f"Ik {verb} op de {noun} van de {other}{rare} {rest}.")
    return found


@dataclass(frozen=True, kw_only=True)
class House:
    """How large the made-up house is."""

    calls: int
    agents: int
    teams: int


def fill(server: Server, name: str, house: House) -> float:
    """Put the calls of a house into the database; how many seconds it took."""
    began = perf_counter()
    script = Path(__file__).with_name("scale_data.sql").read_text(encoding="utf-8")
    with server.admin(name) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS said (n integer PRIMARY KEY, text text)")
        with connection.cursor().copy("COPY said FROM STDIN") as copy:
            for row in enumerate(sentences(random.Random(1))):  # noqa: S311 - made-up text
                copy.write_row(row)
        for start in range(0, house.calls, 10_000):
            last = min(start + 10_000, house.calls) - 1
            values = {"first": start, "last": last, "sentences": _SENTENCES}
            values |= {"agents": house.agents, "teams": house.teams}
            given = {name: sql.Literal(value) for name, value in values.items()}
            for part in script.split(";\n\n"):
                connection.execute(sql.SQL(part).format(**given))
        connection.execute("VACUUM ANALYZE")
    with closing(Store.open(server.url(name))) as store, store.writing() as writing:
        from coach.store.weeks import add_up_all

        add_up_all(writing)
    return perf_counter() - began


# ---- questions -----------------------------------------------------------------------------------


def timed(ask: Callable[[random.Random], Any], times: int) -> dict[str, float]:
    """Milliseconds of a question asked over and over, each time otherwise."""
    chance = random.Random(7)  # noqa: S311 - which week is no secret
    ask(chance)
    took = []
    for _ in range(times):
        began = perf_counter()
        ask(chance)
        took.append((perf_counter() - began) * 1000)
    cuts = statistics.quantiles(took, n=20)
    return {
        "p50_ms": round(cuts[9], 1),
        "p95_ms": round(cuts[18], 1),
        "max_ms": round(max(took), 1),
    }


def of_a_list(store: Store) -> dict[str, Callable[[random.Random], Any]]:
    """What the screens with calls ask."""

    def week(chance: random.Random) -> CallFilter:
        since = _MONDAY + timedelta(days=7 * chance.randrange(52))
        return CallFilter(since=since, until=since + timedelta(days=7))

    def far(chance: random.Random) -> Any:
        after = list_calls(store, week(chance), limit=100).after
        return list_calls(store, after=after, limit=100)

    return {
        "list": lambda _: list_calls(store),
        "list of a week": lambda chance: list_calls(store, week(chance)),
        "next page": far,
        "risk of a kind": lambda chance: list_calls(
            store, replace(week(chance), risk_kind="legal")
        ),
        "turned around": lambda chance: list_calls(
            store, replace(week(chance), started_negative_ended_positive=True)
        ),
        "nudges missed": lambda _: list_calls(store, CallFilter(nudges_missed=True)),
        "search, common word": lambda chance: list_calls(
            store, CallFilter(text=chance.choice(_NOUNS)), limit=50
        ),
        "search, two words": lambda chance: list_calls(
            store, CallFilter(text=" ".join(chance.choices(_NOUNS, k=2))), limit=50
        ),
        "search, rare word": lambda chance: list_calls(
            store, CallFilter(text=f"dossier{chance.randrange(0, _SENTENCES, 10)}"), limit=50
        ),
        "search in a week": lambda chance: list_calls(
            store, replace(week(chance), text=chance.choice(_NOUNS)), limit=50
        ),
        "good examples": lambda _: list_calls(store, CallFilter(good_example=True)),
        "count of a week": lambda chance: count_calls(store, week(chance)),
        "count": lambda _: count_calls(store),
        "one call": lambda chance: one_call(store, f"call-{chance.randrange(1000)}"),
    }


def of_the_dashboard(store: Store, teams: int) -> dict[str, Callable[[random.Random], Any]]:
    """What the screen with figures asks."""
    year = _MONDAY.date(), (_MONDAY + timedelta(weeks=52)).date()

    def quarter(chance: random.Random) -> tuple[date, date]:
        since = (_MONDAY + timedelta(weeks=chance.randrange(39))).date()
        return since, since + timedelta(weeks=13)

    def team(chance: random.Random) -> str:
        return f"team-{chance.randrange(teams)}"

    return {
        "figures of a year": lambda _: groups.aggregate(store, *year),
        "figures of a team's quarter": lambda chance: groups.aggregate(
            store, *quarter(chance), groups.Where(team=team(chance))
        ),
        "a year by week": lambda _: groups.by_week(store, *year),
        "kinds of risk in a year": lambda _: groups.kinds(store, "risk", *year),
        "causes of a quarter": lambda chance: groups.kinds(store, "cause", *quarter(chance)),
    }


def ask_everything(
    server: Server, name: str, house: House, times: int
) -> dict[str, dict[str, Any]]:
    """Every question of every role that may ask it."""
    found: dict[str, dict[str, Any]] = {}
    for login in ("lead", "agent", "coach"):
        with closing(Store.open(server.url(name, f"scale_{login}"))) as store:
            asked = of_the_dashboard(store, house.teams) if login == "coach" else of_a_list(store)
            found[login] = {what: timed(ask, times) for what, ask in asked.items()}
    return found


# ---- purge beside writers ------------------------------------------------------------------------


def purge(server: Server, name: str) -> dict[str, Any]:
    """Take old calls away while an agent's calls come in; how long each had to wait."""
    with (
        closing(Store.open(server.url(name))) as owner,
        closing(Store.open(server.url(name, "scale_agent"))) as agent,
    ):
        alone = _write(agent, "alone", lambda n: n < _ALONE)
        over = threading.Event()
        beside: list[float] = []
        writer = threading.Thread(
            target=lambda: beside.extend(_write(agent, "beside", lambda _: not over.is_set()))
        )
        writer.start()
        began, gone = perf_counter(), 0
        while gone < _PURGED * 500:
            old = [row.call_id for row in _oldest(owner)]
            gone += owner.remove(old)
            if not old:
                break
        took = perf_counter() - began
        over.set()
        writer.join()
    return {
        "calls": gone,
        "seconds": round(took, 2),
        "calls_a_second": round(gone / took),
        "write_alone_p95_ms": _p95(alone),
        "write_beside_p95_ms": _p95(beside),
        "write_beside_max_ms": round(max(beside), 1),
        "writes_beside": len(beside),
    }


def _oldest(store: Store) -> Any:
    from sqlalchemy import select

    from coach.store import tables as t

    with store.reading() as connection:
        asked = select(t.calls.c.call_id).order_by(t.calls.c.placed).limit(500)
        return connection.execute(asked).all()


def _write(store: Store, name: str, on: Callable[[int], bool]) -> list[float]:
    took, number = [], 0
    while on(number):
        call_id = f"scale-{name}-{number}"
        log = call(call_id, agent="agent-0")
        began = perf_counter()
        store.append_whole(call_id, log, Origin(agent="agent-0", team="team-0", shared=True))
        took.append((perf_counter() - began) * 1000)
        number += 1
    return took


def _p95(took: list[float]) -> float:
    return round(statistics.quantiles(took, n=20)[18], 1)


# ---- all of it -----------------------------------------------------------------------------------


def sizes(server: Server, name: str) -> dict[str, int]:
    """Bytes of the tables with their indexes."""
    asked = """SELECT relname, pg_total_relation_size(oid) FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC"""
    with server.admin(name) as connection:
        return {str(table): int(str(size)) for table, size in connection.execute(asked)}


def measure(houses: dict[str, House], times: int) -> dict[str, Any]:
    """Fill each house, ask, and purge in the last."""
    programs = postgres.binaries()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed")
    server = postgres.new_server(programs, memory=True)
    found: dict[str, Any] = {}
    try:
        for login in _LOGINS:
            server.new_login(login)
        for title, house in houses.items():
            name = server.new_database()
            set_up(server.url(name))
            for login, member in _LOGINS.items():
                grant(server.url(name), login, **member)
            filled = fill(server, name, house)
            found[title] = {
                **asdict(house),
                "fill_s": round(filled),
                "bytes": sizes(server, name),
                **ask_everything(server, name, house, times),
                "purge": purge(server, name),
            }
        return found
    finally:
        postgres.remove(server)


_LOGINS: dict[str, dict[str, str]] = {
    "scale_agent": {"role": "agent", "agent": "agent-0", "team": "team-0"},
    "scale_lead": {"role": "lead", "team": "team-0"},
    "scale_coach": {"role": "coach"},
}


def slowest(found: dict[str, Any]) -> dict[str, Any]:
    """The question with the highest p95 of each role in each house."""
    worst = {}
    for title, house in found.items():
        for role in ("lead", "agent", "coach"):
            what = max(house[role], key=lambda asked: house[role][asked]["p95_ms"])
            worst[f"{title}, {role}"] = {"what": what, **house[role][what]}
    return worst


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=200_000)
    parser.add_argument("--year", type=int, default=2 * YEAR // 20, help="calls of two teams")
    parser.add_argument("--times", type=int, default=60)
    asked = parser.parse_args()
    houses = {
        "the whole house": House(calls=asked.calls, agents=200, teams=20),
        "two teams' year": House(calls=asked.year, agents=20, teams=2),
    }
    found = measure(houses, asked.times)
    per_call = sum(found["the whole house"]["bytes"].values()) / asked.calls
    year = {"calls": YEAR, "gigabytes": round(per_call * YEAR / 1e9, 1)}
    result = {"houses": found, "slowest": slowest(found), "projected_year": year}
    print(json.dumps(result, indent=1))
    print(keep("scale", result))


if __name__ == "__main__":
    main()
