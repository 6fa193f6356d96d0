"""Full-text search in Dutch: PostgreSQL's `dutch` configuration; on SQLite, FTS5 over stems.

Both find a call in which all the words of a question were said, in any form that Dutch gives them
("klacht" finds "klachten"), and words between double quotes as they follow each other.
"""

import re
import unicodedata
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Integer,
    Text,
    bindparam,
    literal_column,
    text,
)

MOST_FOUND = 5_000
"""How many of the newest calls with the words are looked through for what else is asked."""

_FIND = "(SELECT coach_find(:question, :since, :until, :most, :placed, :call_id))"

_WORD = re.compile(r"\w+")
_PHRASE = re.compile(r'"([^"]*)"')


def plain(said: str) -> str:
    """A text in small letters without accents, letter by letter as long as it was."""
    return "".join(_plain(sign) for sign in unicodedata.normalize("NFC", said))


@lru_cache(maxsize=4_000)
def _plain(sign: str) -> str:
    return unicodedata.normalize("NFD", sign)[0].lower()[:1]


def stems(said: str) -> list[str]:
    """The stems of the words of a text, in order."""
    return [_stem(word) for word in _WORD.findall(plain(said))]


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("dutch_porter")  # the algorithm of PostgreSQL's `dutch`


class Newest(NamedTuple):
    """How far a search on a server looks: so many calls, the newest first, behind a place."""

    most: int = MOST_FOUND
    placed: datetime | None = None
    call_id: str | None = None


def matching(
    dialect: str,
    question: str,
    since: datetime | None,
    until: datetime | None,
    newest: Newest,
) -> ColumnElement[bool] | None:
    """The condition on `calls` that a question makes; `None` if there is no word in it."""
    if not stems(question):
        return None
    if dialect == "postgresql":
        found = text(_FIND).bindparams(
            bindparam("question", plain(question), Text),
            bindparam("since", since, DateTime(timezone=True)),
            bindparam("until", until, DateTime(timezone=True)),
            bindparam("most", newest.most, Integer),
            bindparam("placed", newest.placed, DateTime(timezone=True)),
            bindparam("call_id", newest.call_id, Text),
        )
        return literal_column("calls.call_id").in_(found)
    found = text("(SELECT rowid FROM call_words WHERE call_words MATCH :question)")
    return literal_column("calls.number").in_(found.bindparams(question=_fts_question(question)))


def _fts_question(question: str) -> str:
    phrases = [stems(phrase) for phrase in _PHRASE.findall(question)]
    loose = [[stem] for stem in stems(_PHRASE.sub(" ", question))]
    return " ".join(f'"{" ".join(one)}"' for one in (*phrases, *loose) if one)


_KEEP = {
    "sqlite": text("INSERT INTO call_words (rowid, words) VALUES (:number, :said)"),
    "postgresql": text(
        "UPDATE calls SET words = to_tsvector('dutch', :said) WHERE number = :number"
    ),
}


def keep_words(connection: Connection, number: int, said: str) -> None:
    """Make what was said in call `number` findable, once its row in `calls` stands anew."""
    dialect = connection.dialect.name
    said = plain(said) if dialect == "postgresql" else " ".join(stems(said))
    connection.execute(_KEEP[dialect], {"number": number, "said": said})


def snippet(lines: list[str], question: str, *, around: int = 60) -> str | None:
    """The place in `lines` where the first word of the question was said; `None`: in none."""
    asked = set(stems(question))
    for line in (unicodedata.normalize("NFC", one) for one in lines):
        for found in _WORD.finditer(plain(line)):
            if _stem(found.group()) in asked:
                first, last = max(0, found.start() - around), found.end() + around
                cut = line[first:last].strip()
                return ("… " if first else "") + cut + (" …" if last < len(line) else "")
    return None
