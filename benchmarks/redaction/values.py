"""Invented details of invented people, as they are written and as they are said.

Every number passes the check of its kind; the words are made here, apart from the rules that have
to find them.
"""

# ruff: noqa: PLR2004  (shares of what is rendered how, chosen once; years and lengths)

import random
from collections.abc import Callable

from benchmarks.redaction.people import PEOPLE, People

_ONES = "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien".split()
_ONES += "vijftien zestien zeventien achttien negentien".split()
_TENS = ". . twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "a bee cee dee e ef gee haa i jee ka el em en o pee kuu er es tee u vee wee iks ij "
        "zet".split(),
        strict=True,
    )
)
_SPELLED = dict(
    zip(
        "ABCDEFGHJKLMNPRSTVWXZ",
        "Anton Bernard Cornelis Dirk Eduard Ferdinand Gerard Hendrik Jan Karel Lodewijk Maria Nico "
        "Pieter Rudolf Simon Theo Victor Willem Xantippe Zacharias".split(),
        strict=True,
    )
)
MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december"
).split()
_BANKS = ("ABNA", "INGB", "RABO", "TRIO", "KNAB", "SNSB")
_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)
_FILLERS = (" eh ", ", eh, ", " en dan ", ", ", "... ")


class Chance(random.Random):
    """A generator of chance, and the people among whom it picks."""

    people: People = PEOPLE


def number(n: int) -> str:
    """A number below a thousand in Dutch words."""
    if n < len(_ONES):
        return _ONES[n]
    if n < 100:
        ten, one = divmod(n, 10)
        if not one:
            return _TENS[ten]
        return f"{_ONES[one]}{'ën' if _ONES[one].endswith('e') else 'en'}{_TENS[ten]}"
    hundreds, rest = divmod(n, 100)
    return f"{'' if hundreds == 1 else _ONES[hundreds]}honderd{number(rest) if rest else ''}"


def group(digits: str) -> str:
    """One, two or three digits as somebody says them at once."""
    if len(digits) > 1 and digits[0] != "0":
        return number(int(digits))
    return " ".join(_ONES[int(digit)] for digit in digits)


def spoken(digits: str, chance: Chance, sizes: tuple[int, ...] = (1, 2, 3)) -> str:
    """A row of digits in groups, with commas, hesitation and "dubbel"."""
    plain = chance.random() < 0.35
    words, at = [], 0
    while at < len(digits):
        size = 1 if plain else chance.choice(sizes)
        part = digits[at : at + size]
        if len(part) == 1 and digits[at : at + 2] == part * 2 and chance.random() < 0.3:
            words.append(
                chance.choice([f"dubbel {_ONES[int(part)]}", f"twee keer {_ONES[int(part)]}"])
            )
            at += 2
            continue
        words.append(group(part))
        at += len(part)
    text = words[0]
    for word in words[1:]:
        roll = chance.random()
        text += (chance.choice(_FILLERS) if roll < 0.12 else ", " if roll < 0.3 else " ") + word
    return text


def letters(pair: str, chance: Chance) -> str:
    """Letters by their names."""
    way = chance.random()
    if way < 0.45:
        return " ".join(LETTERS[letter] for letter in pair)
    if way < 0.7:
        return " ".join(pair)
    if way < 0.85 and all(letter in _SPELLED for letter in pair):
        return " en de ".join(f"{letter} van {_SPELLED[letter]}" for letter in pair)
    return pair


# ---- codes -------------------------------------------------------------------------------------


def _digits(chance: Chance, count: int) -> str:
    return "".join(str(chance.randrange(10)) for _ in range(count))


def bsn(chance: Chance) -> str:
    """Nine digits that pass the eleven test."""
    while True:
        rest = _digits(chance, 8)
        check = sum(int(d) * w for d, w in zip(rest, _BSN_WEIGHTS, strict=True)) % 11
        if check < 10 and int(rest):
            return f"{rest}{check}"


def national(chance: Chance) -> str:
    """A Belgian national number, of either century."""
    year, month, day = chance.randrange(1935, 2007), chance.randint(1, 12), chance.randint(1, 28)
    rest = f"{year % 100:02}{month:02}{day:02}{chance.randint(1, 997):03}"
    check = 97 - int(("2" if year >= 2000 else "") + rest) % 97
    return f"{rest}{check:02}"


def iban(chance: Chance) -> str:
    """A Dutch or Belgian account."""
    if chance.random() < 0.7:
        country, account = "NL", chance.choice(_BANKS) + _digits(chance, 10)
    else:
        rest = _digits(chance, 10)
        country, account = "BE", f"{rest}{int(rest) % 97 or 97:02}"
    number_ = "".join(str(int(sign, 36)) for sign in f"{account}{country}00")
    return f"{country}{98 - int(number_) % 97:02}{account}"


def card(chance: Chance) -> str:
    """Sixteen digits that pass Luhn's test."""
    rest = chance.choice("45") + _digits(chance, 14)
    doubled = [int(d) * (2 - n % 2) for n, d in enumerate(rest)]
    return rest + str(-sum(d // 10 + d % 10 for d in doubled) % 10)


def phone(chance: Chance) -> str:
    """A Dutch mobile or fixed, or a Belgian mobile number."""
    way = chance.random()
    if way < 0.6:
        return "06" + chance.choice("12345") + _digits(chance, 7)
    if way < 0.8:
        return "04" + chance.choice("6789") + _digits(chance, 7)
    return chance.choice(["024", "030", "010", "0416", "0592"]).ljust(3) + _digits(chance, 6)


# ---- renderings ----------------------------------------------------------------------------------


def _in_fours(code: str) -> str:
    return " ".join(code[n : n + 4] for n in range(0, len(code), 4))


def _account(chance: Chance, *, aloud: bool) -> str:
    code = iban(chance)
    if not aloud:
        return chance.choice([code, _in_fours(code)])
    if code.startswith("BE"):
        return f"bee ee {spoken(code[2:], chance, (1, 2, 2))}"
    bank = chance.choice([code[4:8], " ".join(LETTERS[sign] for sign in code[4:8])])
    return f"en el {spoken(code[2:4], chance)} {bank} {spoken(code[8:], chance)}"


def _row(make: Callable[[Chance], str], *written: Callable[[str], str]) -> "Render":
    def render(chance: Chance, *, aloud: bool) -> str:
        digits = make(chance)
        return spoken(digits, chance) if aloud else chance.choice(written)(digits)

    return render


def _postcode(chance: Chance, *, aloud: bool) -> str:
    digits = f"{chance.randint(1000, 9999)}"
    pair = "".join(chance.choice("ABCDEGHJKLMNPRSTVWXZ") for _ in range(2))
    if aloud:
        gap = chance.choice([" ", ", ", " eh "])
        return spoken(digits, chance, (1, 2, 2)) + gap + letters(pair, chance)
    return chance.choice([f"{digits}{pair}", f"{digits} {pair}", f"{digits}{pair.lower()}"])


def house(chance: Chance, *, aloud: bool) -> str:
    """The number of a house, with what is added to some."""
    n = chance.choice([chance.randint(1, 30), chance.randint(31, 420)])
    more = chance.choice(
        ["", "", "", "", " a", " bis", " b", " bus 2" if not aloud else " bus twee"]
    )
    return (number(n) if aloud else str(n)) + more


def _email(chance: Chance, *, aloud: bool) -> str:
    first = chance.choice(chance.people.first).lower()
    last = chance.choice(chance.people.last).lower()
    host = chance.choice("gmail hotmail ziggo outlook telenet kpnmail voorbeeld fietshuis".split())
    end = {"telenet": "be", "gmail": "com", "hotmail": "com", "outlook": "com"}.get(host, "nl")
    if not aloud:
        local = chance.choice(
            [f"{first}.{last}", f"{first[0]}{last}", f"{first}{chance.randint(1, 99)}"]
        )
        return f"{local.replace(' ', '')}@{host}.{end}"
    local = chance.choice(
        [
            f"{first} punt {last}",
            f"{first} {last}",
            f"{first} streepje {last}",
            f"{first} {number(chance.randint(10, 99))}",
        ]
    )
    at = chance.choice(["apenstaartje", "apenstaartje", "apestaartje", "at"])
    return f"{local} {at} {host} punt {end}"


def _name(chance: Chance, *, aloud: bool) -> str:
    last = chance.choice(chance.people.last)
    way = chance.random()
    if way < 0.4:
        return last[0].upper() + last[1:]
    return (
        f"{chance.choice(chance.people.first)} {last}"
        if way < 0.8 or aloud
        else f"{chance.choice(chance.people.first)[0]}. {last}"
    )


def _address(chance: Chance, *, aloud: bool) -> str:
    number_ = house(chance, aloud=aloud)
    town = f" in {chance.choice(chance.people.towns)}" if chance.random() < 0.4 else ""
    return f"{chance.choice(chance.people.streets)} {number_}{town}"


def _birth(chance: Chance, *, aloud: bool) -> str:
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(1931, 2004)
    if not aloud:
        return chance.choice(
            [
                f"{day}-{month}-{year}",
                f"{day:02}/{month:02}/{year}",
                f"{day} {MONTHS[month - 1]} {year}",
            ]
        )
    said = (
        f"negentien{number(year % 100)}"
        if year < 2000
        else f"tweeduizend{number(year % 100) if year % 100 else ''}"
    )
    if year < 2000 and year % 100 > 25 and chance.random() < 0.4:
        said = number(year % 100)
    return f"{number(day)} {MONTHS[month - 1]} {said}"


def _code(chance: Chance, *, aloud: bool) -> str:
    digits = _digits(chance, chance.randint(6, 9)).replace("0", "4", 1)
    if aloud:
        return spoken(digits, chance)
    return chance.choice([digits, f"{chance.choice('KABT')}{digits}", f"{digits[:3]}-{digits[3:]}"])


Render = Callable[..., str]

RENDER: dict[str, Render] = {
    "postcode": _postcode,
    "huisnummer": house,
    "iban": _account,
    "kaartnummer": _row(card, _in_fours, str),
    "bsn": _row(bsn, str),
    "rijksregisternummer": _row(
        national, str, lambda n: f"{n[:2]}.{n[2:4]}.{n[4:6]}-{n[6:9]}.{n[9:]}"
    ),
    "telefoonnummer": _row(
        phone,
        str,
        lambda n: f"{n[:2]}-{n[2:]}",
        lambda n: f"{n[:2]} {n[2:4]} {n[4:6]} {n[6:8]} {n[8:]}".strip(),
        lambda n: f"+{31 if n[1] == '6' else 32} {n[1:]}",
    ),
    "e-mail": _email,
    "naam": _name,
    "adres": _address,
    "geboortedatum": _birth,
    "nummer": _code,
}
"""For every kind of detail: `render(chance, aloud=...)` makes up one and writes it."""
