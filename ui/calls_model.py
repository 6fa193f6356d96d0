"""The list of calls as the screen knows it: how many there are, and pages of them. No Qt."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from ui.archive import EVERY_CALL, CallEntry, CallQuery

PAGE = 100
"""Calls in a page."""
PAGES_KEPT = 60
"""Pages that are remembered; older ones are asked for again."""


@dataclass
class CallList:
    """What is known of the calls that fit `query`. `total` is `None` until it is known.

    The screen asks for rows; `wanted` are the pages that somebody should fetch. An answer to an
    earlier query is dropped.
    """

    query: CallQuery = EVERY_CALL
    total: int | None = None
    failure: str = ""
    _pages: "OrderedDict[int, Sequence[CallEntry]]" = field(default_factory=OrderedDict)
    _asked: set[int] = field(default_factory=set)

    def search(self, query: CallQuery) -> None:
        """Begin anew with another query, or with the same one."""
        self.query, self.total, self.failure = query, None, ""
        self._pages.clear()
        self._asked.clear()

    def row(self, number: int) -> CallEntry | None:
        """The call in row `number`; `None` while it is not known."""
        page = self._pages.get(number // PAGE)
        if page is None:
            return None
        self._pages.move_to_end(number // PAGE)
        place = number % PAGE
        return page[place] if place < len(page) else None

    def wanted(self, first: int, last: int) -> list[int]:
        """The pages of rows `first` to `last` that nobody asked for yet; they count as asked."""
        if self.total is None or self.total == 0:
            return []
        last = min(last, self.total - 1)
        pages = range(max(first, 0) // PAGE, last // PAGE + 1)
        missing = [page for page in pages if page not in self._pages and page not in self._asked]
        self._asked.update(missing)
        return missing

    def counted(self, query: CallQuery, total: int) -> bool:
        """Take in the number of calls; whether it still matters."""
        if query != self.query:
            return False
        self.total = total
        return True

    def paged(self, query: CallQuery, page: int, entries: Sequence[CallEntry]) -> bool:
        """Take in a page; whether it still matters."""
        if query != self.query:
            return False
        self._pages[page] = entries
        self._asked.discard(page)
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        return True

    def failed(self, query: CallQuery, why: str) -> bool:
        """The calls could not be had, and why; whether it still matters."""
        if query != self.query:
            return False
        self.failure = why
        self._asked.clear()
        return True

    def put(self, entry: CallEntry) -> int | None:
        """Show a call as it is now; its row, if it is known."""
        for number, page in self._pages.items():
            for place, old in enumerate(page):
                if old.call_id == entry.call_id:
                    changed = [*page[:place], entry, *page[place + 1 :]]
                    self._pages[number] = changed
                    return number * PAGE + place
        return None
