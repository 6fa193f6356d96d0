"""Check digits: whether a number can be what it looks like."""

from collections.abc import Sequence

IBAN_LENGTHS = {"NL": 18, "BE": 16, "DE": 22, "FR": 27, "LU": 20}
"""Characters of an IBAN, of the countries whose accounts are heard most in Dutch calls."""

_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_LAST_CENTURY, _THIS_CENTURY = 0, 2_000_000_000


def is_iban(code: str) -> bool:
    """ISO 13616: the right length for its country, and 1 modulo 97."""
    if len(code) != IBAN_LENGTHS.get(code[:2]) or not code[2:4].isdecimal():
        return False
    if not (code.isascii() and code.isalnum()):
        return False
    return int("".join(str(int(sign, 36)) for sign in code[4:] + code[:4])) % 97 == 1


def is_card(digits: str) -> bool:
    """13 to 19 digits that pass Luhn's test (ISO/IEC 7812)."""
    if not 13 <= len(digits) <= 19 or len(set(digits)) == 1:  # noqa: PLR2004 - the standard's lengths
        return False
    doubled = [int(digit) * (1 + n % 2) for n, digit in enumerate(reversed(digits))]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def is_bsn(digits: str) -> bool:
    """A Dutch citizen service number: 9 digits that pass the eleven test."""
    return len(digits) == len(_BSN_WEIGHTS) and int(digits) > 0 and _weighed(digits) % 11 == 0


def _weighed(digits: str) -> int:
    return sum(int(d) * w for d, w in zip(digits, _BSN_WEIGHTS, strict=True))


def is_national(digits: str) -> bool:
    """A Belgian national number: 11 digits, the last two 97 minus the rest, of either century."""
    if len(digits) != 11:  # noqa: PLR2004 - six of the birth date, three of the day's order, two to check
        return False
    rest, check = int(digits[:9]), int(digits[9:])
    return _dates(digits) and check in _checks(rest, (_LAST_CENTURY, _THIS_CENTURY))


def _checks(rest: int, centuries: Sequence[int]) -> list[int]:
    return [97 - (century + rest) % 97 for century in centuries]


def _dates(digits: str) -> bool:
    """Month (also +20 or +40: the bis numbers) and day can be; 0 is unknown."""
    month, day = int(digits[2:4]), int(digits[4:6])
    return month % 20 <= 12 and month < 60 and day <= 31  # noqa: PLR2004 - months, days
