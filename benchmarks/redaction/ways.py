"""Other ways in which callers say a name, a street, a date of birth or an address of e-mail.

A slot names its way behind a dot: `[naam.gespeld]`. They are in words also where a line is
written: these are ways of saying.
"""

from collections.abc import Callable

from benchmarks.redaction.values import LETTERS, MONTHS, Chance, house, number

_RANKS = {"een": "eerste", "twee": "tweede", "drie": "derde", "acht": "achtste"}
_IN_DE = frozenset("vier vijf zes zeven negen tien elf twaalf".split())


def _first(chance: Chance) -> str:
    return chance.choice(chance.people.first)


def _last(chance: Chance) -> str:
    last = chance.choice(chance.people.last)
    return last[0].upper() + last[1:]


def _spelled(chance: Chance) -> str:
    """ "Bakker, bee, aa, ka": a family name of one word, and its letters."""
    last = chance.choice([name for name in chance.people.last if name.isalpha() and name.isascii()])
    gap = chance.choice([" ", ", "])
    return f"{last}, {gap.join(LETTERS[sign] for sign in last.upper())}"


def _street(chance: Chance) -> str:
    return chance.choice(chance.people.streets)


def _numbered(chance: Chance) -> str:
    return f"{chance.choice(chance.people.streets)} nummer {house(chance, aloud=True)}"


def _with_town(chance: Chance) -> str:
    gap = chance.choice([" in ", ", "])
    number_ = house(chance, aloud=True)
    return (
        f"{chance.choice(chance.people.streets)} {number_}{gap}{chance.choice(chance.people.towns)}"
    )


def _initial(chance: Chance) -> str:
    """An initial, or a name of a thing, before the sign."""
    initial, last = chance.choice(chance.people.first)[0], chance.choice(chance.people.last).lower()
    host = chance.choice("gmail punt com,ziggo punt nl,live punt be,home punt nl".split(","))
    said = LETTERS.get(initial, initial)
    local = chance.choice([f"{said} punt {last}", f"{said} {last}", f"info {last}"])
    return f"{local} apenstaartje {host}"


def _year(chance: Chance) -> str:
    year = chance.randint(31, 99)
    return chance.choice([number(year), f"negentien{number(year)}"])


def _in_numbers(chance: Chance) -> str:
    """ "zeventien vijf achtenvijftig"."""
    day, month = chance.randint(1, 28), chance.randint(1, 12)
    gap = chance.choice([" ", ", "])
    return gap.join([number(day), number(month), _year(chance)])


def _ranked(chance: Chance) -> str:
    """ "zeventiende van de vijfde, negentienachtenvijftig", "zeventiende mei, ..."."""
    day, month = _rank(chance.randint(1, 28)), chance.randint(1, 12)
    said = chance.choice([f" van de {_rank(month)}", f" {MONTHS[month - 1]}"])
    return f"{day}{said}, {_year(chance)}"


def _rank(n: int) -> str:
    said = number(n)
    if said in _RANKS:
        return _RANKS[said]
    return f"{said}de" if said in _IN_DE or said.endswith("tien") else f"{said}ste"


WAYS: dict[str, Callable[[Chance], str]] = {
    "naam.voor": _first,
    "naam.achter": _last,
    "naam.gespeld": _spelled,
    "adres.straat": _street,
    "adres.nummer": _numbered,
    "adres.plaats": _with_town,
    "e-mail.kort": _initial,
    "geboortedatum.cijfers": _in_numbers,
    "geboortedatum.rang": _ranked,
}
"""For every way: `said(chance)` makes up one and says it."""
