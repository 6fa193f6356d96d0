"""PostgreSQL itself holds who may see what: each role logs in and tries what it must not do."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import psycopg
import pytest
from psycopg import errors

from coach.core.vocabulary import EscalationKind
from coach.errors import UserError
from coach.store import groups, people
from coach.store.database import Origin, Store
from coach.store.failures import NotAllowed, StoreUnavailable
from coach.store.queries import CallFilter, count_calls, list_calls, search
from coach.store.roles import grant
from tests.store.calls import MONDAY, call
from tests.store.logins import As, move_in
from tests.store.postgres import Server

LOGINS = {
    "anna": {"role": "agent", "agent": "a1", "team": "blue"},
    "ben": {"role": "agent", "agent": "b1", "team": "blue"},
    "karin": {"role": "lead", "team": "blue"},
    "rob": {"role": "lead", "team": "red"},
    "carla": {"role": "coach"},
    "ada": {"role": "auditor"},
}


@pytest.fixture(scope="module")
def house(server: Server, template: str) -> str:
    """A team's database with two agents' calls, some of them shared with their lead."""
    name = server.new_database(template)
    move_in(server, name, LOGINS)
    for login, agent in (("anna", "a1"), ("ben", "b1")):
        with closing(Store.open(server.url(name, login))) as store:
            for shared in (True, False):
                call_id = f"{agent}-{'shared' if shared else 'own'}"
                log = call(call_id, agent=agent, sign=EscalationKind.MEDIA)
                store.append(call_id, 0, log, Origin(agent=agent, team="blue", shared=shared))
    return name


@pytest.fixture
def connect(
    server: Server, house: str
) -> Iterator[Callable[[str], "psycopg.Connection[tuple[object, ...]]"]]:
    """The database as somebody with a console reaches it."""
    with ExitStack() as stack:

        def opened(login: str) -> "psycopg.Connection[tuple[object, ...]]":
            url = server.url(house, login) + "&sslmode=verify-full"
            return stack.enter_context(psycopg.connect(url, autocommit=True))

        yield opened


def seen(store: Store) -> list[str]:
    return sorted(row.call_id for row in list_calls(store).rows)


# ---- what each may do ----------------------------------------------------------------------------


def test_each_sees_their_own(log_in: As) -> None:
    assert seen(log_in("anna")) == ["a1-own", "a1-shared"]
    assert seen(log_in("karin")) == ["a1-shared", "b1-shared"]
    assert seen(log_in("rob")) == []
    for login in ("carla", "ada"):
        with pytest.raises(NotAllowed):
            seen(log_in(login))


def test_search_finds_only_what_one_may_see_and_quotes_only_to_the_agent(log_in: As) -> None:
    anna, karin = log_in("anna"), log_in("karin")
    assert {row.call_id: bool(row.snippet) for row in search(anna, "klacht").rows} == {
        "a1-own": True,
        "a1-shared": True,
    }
    assert {row.call_id: row.snippet for row in search(karin, "klacht").rows} == {
        "a1-shared": None,
        "b1-shared": None,
    }
    assert count_calls(log_in("rob"), CallFilter(text="klacht")) == 0
    of_signs = (CallFilter(risk_kind="media"), CallFilter(any_risk=("media", "legal")))
    for wanted in (
        *of_signs,
        CallFilter(nudge="acknowledge_first"),
        CallFilter(good_example=False),
    ):
        assert len(list_calls(karin, wanted).rows) == 2


def test_an_agent_reads_and_adds_to_own_calls(log_in: As) -> None:
    anna = log_in("anna")
    assert anna.events("a1-own") == call("a1-own", agent="a1", sign=EscalationKind.MEDIA)
    people.add_note(anna, "a1-own", "a1", "Teruggebeld.")
    people.add_callback(anna, "a1", MONDAY, "Bellen")
    people.submit_incident(
        anna, submitted_by="a1", severity="warning", kind="threat", text="…", team="blue"
    )
    assert [one.text for one in people.open_callbacks(anna)] == ["Bellen"]
    people.callback_done(anna, people.open_callbacks(anna)[0].id)
    assert people.open_callbacks(anna) == []
    assert anna.rebuild("a1-own") == 1


def test_a_lead_opens_a_shared_call_and_the_agent_sees_that(log_in: As) -> None:
    karin = log_in("karin")
    assert karin.events("a1-shared") == []  # not before it is written down
    opened = people.open_call(karin, "a1-shared", "karin", "lead")
    assert opened == call("a1-shared", agent="a1", sign=EscalationKind.MEDIA)
    people.mark_good_example(karin, "a1-shared", "karin")
    openings = [(o.who, o.role, o.call_id) for o in people.access_log(log_in("anna"))]
    assert openings == [("karin", "lead", "a1-shared")]
    assert people.access_log(log_in("ben")) == []
    assert len(people.access_log(log_in("ada"))) == 1
    with pytest.raises(NotAllowed):
        people.access_log(karin)


@pytest.mark.parametrize("call_id", ["a1-own", "none"])
def test_a_lead_opens_nothing_else(log_in: As, call_id: str) -> None:
    assert people.open_call(log_in("karin"), call_id, "karin", "lead") == []
    assert people.open_call(log_in("rob"), "a1-shared", "rob", "lead") == []
    assert [one for one in people.access_log(log_in("ada")) if one.who == "rob"] == []


def test_a_coach_sees_figures_of_groups_and_no_call(log_in: As) -> None:
    carla = log_in("carla")
    monday = MONDAY.date()
    assert groups.aggregate(carla, monday, monday.replace(day=9)) is None  # two agents are too few
    assert groups.kinds(carla, "risk", monday, monday.replace(day=9)) == {}
    people.add_disruption(carla, "mailing", MONDAY)
    assert (groups.nudges(carla, monday, monday), groups.occurring(carla)) == ({}, ([], []))


def test_the_functions_tell_nothing_to_who_may_not_ask(
    connect: Callable[..., psycopg.Connection],
) -> None:
    for login in ("carla", "ada", "rob"):
        connection = connect(login)
        assert (
            connection.execute("SELECT coach_find('klacht', NULL, NULL, 9, NULL, NULL)").fetchall()
            == []
        )
        assert connection.execute("SELECT coach_ask('a1-shared')").fetchall() == [(False,)]
        assert connection.execute("SELECT * FROM coach_read('a1-shared')").fetchall() == []


# ---- what each must not do -----------------------------------------------------------------------

TABLES = (
    "register events sounds calls utterances turns nudges risks signs causes weeks week_kinds "
    "week_nudges notes marks callbacks incidents access members travelled"
).split()

READABLE = {
    "carla": set(),
    "ada": {"access"},
    "karin": {"causes", "incidents", "notes", "marks"},
    "anna": set(TABLES) - {"members", "calls", "travelled"},
}
"""Tables that may be asked for with `TABLE`; the rows are another matter."""


@pytest.mark.parametrize("login", READABLE)
def test_what_is_not_given_is_refused(
    connect: Callable[..., psycopg.Connection], login: str
) -> None:
    connection = connect(login)
    for name in TABLES:
        if name in READABLE[login]:
            connection.execute(f"TABLE {name}")  # type: ignore[call-overload]
        else:
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(f"TABLE {name}")  # type: ignore[call-overload]


FORBIDDEN = {
    "anna": [
        "UPDATE events SET lines = ''",
        "DELETE FROM events",
        "DELETE FROM register",
        "DELETE FROM access",
        "UPDATE access SET who = 'nobody'",
        "UPDATE calls SET agent = 'b1'",
        "UPDATE register SET agent = 'b1'",
        "UPDATE register SET team = 'red' WHERE agent = 'a1'",
        "INSERT INTO access (at, who, role, what, call_id) VALUES (now(), 'x', 'x', 'x', 'x')",
        "INSERT INTO members VALUES ('anna', 'lead', NULL, 'blue')",
        "INSERT INTO register (call_id, agent, team, shared, stored, next_seq, projected, synced)"
        " VALUES ('x', 'b1', 'blue', true, now(), 0, 0, 0)",
        "INSERT INTO events VALUES ('b1-own', 99, '{}')",
        "INSERT INTO incidents (submitted_by, at, submitted, severity, kind, text)"
        " VALUES ('b1', now(), now(), 'threat', 'x', 'y')",
        "INSERT INTO incidents (submitted_by, team, at, submitted, severity, kind, text)"
        " VALUES ('a1', 'red', now(), now(), 'threat', 'x', 'y')",
        "INSERT INTO incidents (submitted_by, team, call_id, at, submitted, severity, kind, text)"
        " VALUES ('a1', 'blue', 'b1-own', now(), now(), 'threat', 'x', 'y')",
        "INSERT INTO callbacks (agent, made, due, text) VALUES ('b1', now(), now(), 'x')",
        "INSERT INTO callbacks (agent, call_id, made, due, text)"
        " VALUES ('a1', 'b1-own', now(), now(), 'x')",
        "UPDATE callbacks SET text = 'x'",
        "UPDATE callbacks SET due = now()",
        "INSERT INTO notes (call_id, author, written, text) VALUES ('a1-own', 'me', now(), 'x')",
        "INSERT INTO notes (call_id, author, written, text) VALUES ('b1-own', 'a1', now(), 'x')",
        "UPDATE incidents SET severity = 'warning'",
        "DELETE FROM incidents",
        "INSERT INTO week_kinds VALUES ('2026-03-02', 'red', 'phone', 'a1', 'risk', 'media', 999)",
        "UPDATE house SET smallest_group = 1",
        "SET ROLE coach_auditor",
        "SET ROLE postgres",
        "SET SESSION AUTHORIZATION karin",
        "ALTER TABLE events DISABLE ROW LEVEL SECURITY",
        "DROP POLICY own ON calls",
        "CREATE FUNCTION public.coach_me() RETURNS text LANGUAGE sql AS $$ SELECT 'b1' $$",
        "CREATE TABLE public.members (login text)",
        "COPY calls TO PROGRAM 'cat'",
    ],
    "karin": [
        "SELECT words FROM calls",
        "SELECT count(*) FROM calls WHERE words @@ to_tsquery('klacht')",
        "SELECT because FROM signs",
        "SELECT because FROM nudges",
        "SELECT text FROM utterances",
        "SELECT lines FROM events",
        "UPDATE register SET shared = true",
        "TABLE callbacks",
        "DELETE FROM notes",
        "UPDATE notes SET text = 'x'",
        "INSERT INTO notes (call_id, author, written, text) VALUES ('a1-own', 'karin', now(), 'x')",
        "INSERT INTO notes (call_id, author, written, text) VALUES ('a1-shared', 'a1', now(), 'x')",
        "INSERT INTO marks VALUES ('a1-own', 'good_example', 'karin', now())",
        "INSERT INTO incidents (submitted_by, at, submitted, severity, kind, text)"
        " VALUES ('a1', now(), now(), 'threat', 'x', 'y')",
        "INSERT INTO access (at, who, role, what, call_id)"
        " VALUES (now() - interval '1 minute', 'karin', 'lead', 'call', 'a1-shared')",
        "DELETE FROM access",
    ],
    "carla": [
        "SELECT * FROM weeks",
        "SELECT agent FROM week_kinds NATURAL JOIN week_nudges",
        "SELECT call_id FROM calls",
        "UPDATE house SET smallest_group = 5",
    ],
    "ada": ["DELETE FROM access", "INSERT INTO access DEFAULT VALUES", "SELECT * FROM calls"],
}


@pytest.mark.parametrize(
    ("login", "statement"), [(who, what) for who, all_ in FORBIDDEN.items() for what in all_]
)
def test_nobody_does_what_is_not_theirs(
    connect: Callable[..., psycopg.Connection], login: str, statement: str
) -> None:
    with pytest.raises((errors.InsufficientPrivilege, errors.InvalidParameterValue)):
        connect(login).execute(statement)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE register SET shared = false WHERE call_id = 'b1-shared'",
        "DELETE FROM utterances WHERE call_id = 'b1-own'",
        "DELETE FROM notes WHERE call_id LIKE 'b1%'",
    ],
)
def test_rows_of_others_are_not_there(
    connect: Callable[..., psycopg.Connection], statement: str
) -> None:
    assert connect("anna").execute(statement).rowcount == 0  # type: ignore[call-overload]


# ---- attacks -------------------------------------------------------------------------------------


def test_a_lead_cannot_read_and_take_the_trace_back(
    connect: Callable[..., psycopg.Connection], log_in: As
) -> None:
    before = len(people.access_log(log_in("ada")))
    connection = connect("karin")
    connection.execute("DELETE FROM marks")
    for savepoint in (False, True):
        connection.execute("BEGIN")
        if savepoint:
            connection.execute("SAVEPOINT s")
        assert connection.execute("SELECT coach_ask('b1-shared')").fetchall() == [(True,)]
        if savepoint:
            connection.execute("RELEASE SAVEPOINT s")
        assert connection.execute("SELECT * FROM coach_read('b1-shared')").fetchall() == []
        connection.execute("ROLLBACK")
    assert len(people.access_log(log_in("ada"))) == before


def test_a_leaky_function_is_shown_nothing_of_others(
    connect: Callable[..., psycopg.Connection],
) -> None:
    connection = connect("anna")
    connection.execute(
        "CREATE FUNCTION pg_temp.leak(text) RETURNS boolean COST 0.0001 LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$"
    )
    heard: list[str] = []
    connection.add_notice_handler(lambda told: heard.append(told.message_primary or ""))
    connection.execute("SELECT count(*) FROM calls WHERE pg_temp.leak(call_id)")
    assert sorted(heard) == ["a1-own", "a1-shared"]


def test_a_login_without_a_role_sees_nothing(server: Server, house: str) -> None:
    server.new_login("stranger")
    with pytest.raises(NotAllowed):
        Store.open(server.url(house, "stranger"))


def test_a_role_is_given_anew_and_the_old_one_goes(server: Server, house: str) -> None:
    server.new_login("mover")
    for role, extra in (("lead", {"team": "blue"}), ("auditor", {})):
        grant(server.url(house), "mover", role, **extra)
    with closing(Store.open(server.url(house, "mover"))) as store:
        assert store.member.role == "auditor"
        people.access_log(store)
        with pytest.raises(NotAllowed):
            list_calls(store)


@pytest.mark.parametrize(
    ("login", "role", "key"),
    [
        ("anna", "boss", "cli.bad_choice"),
        ("anna", "agent", "record.role_needs"),
        ("anna", "lead", "record.role_needs"),
        ("nobody", "coach", "record.no_login"),
        ('x"; DROP TABLE calls; --', "coach", "record.no_login"),
    ],
)
def test_a_role_that_cannot_be_given_is_told(
    server: Server, house: str, login: str, role: str, key: str
) -> None:
    with pytest.raises(UserError) as told:
        grant(server.url(house), login, role)
    assert told.value.key == key


# ---- TLS -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "verify-ca"])
def test_anything_less_than_a_checked_certificate_is_refused(
    server: Server, house: str, mode: str
) -> None:
    with pytest.raises(UserError) as told:
        Store.open(server.url(house) + f"&sslmode={mode}")
    assert told.value.key == "record.tls_needed"
    assert "throw-away" not in str(told.value)


def test_the_environment_does_not_weaken_it(
    server: Server, house: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGSSLMODE", "disable")
    with closing(Store.open(server.url(house))) as store, store.reading() as connection:
        asked = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        assert connection.exec_driver_sql(asked).scalar() is True


@pytest.mark.parametrize(
    "wrong",
    [
        lambda url: url.split("?")[0],  # a CA that the machine does not know
        lambda url: url.replace("localhost", "127.0.0.1"),  # a name that is not in the certificate
    ],
)
def test_a_server_that_cannot_prove_who_it_is_is_refused(
    server: Server, house: str, wrong: Callable[[str], str]
) -> None:
    with pytest.raises(StoreUnavailable, match="certificate"):
        Store.open(wrong(server.url(house)))


@pytest.mark.parametrize("url", ["postgres//u:geheim@x", "mysql://u:geheim@server/x", "://geheim@"])
def test_what_is_no_address_is_told_without_its_password(url: str) -> None:
    with pytest.raises(UserError) as told:
        Store.open(url if "://" in url else f"postgresql://u:geheim@x:port/{url}")
    assert told.value.key == "record.bad_address"
    assert "geheim" not in str(told.value)


@pytest.mark.parametrize("url", ["postgresql:///calls", "postgresql://u@/calls?host=/tmp"])
def test_a_server_without_a_name_is_refused(url: str) -> None:
    with pytest.raises(UserError) as told:
        Store.open(url)
    assert told.value.key == "record.host_needed"
