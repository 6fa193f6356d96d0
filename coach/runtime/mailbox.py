"""A mailbox: what one thread leaves for another, in order.

It has no bound, on purpose: it carries the events of one call (a few a second, a few hundred
bytes each), whoever reads it may not miss one, and speech is finite. If its reader hangs for an
hour it holds some ten thousand small objects, and nothing is lost when the reader comes back.
"""

import queue
from typing import Generic, TypeVar

Message = TypeVar("Message")


class Mailbox(Generic[Message]):
    """Any thread may put; one thread takes. Neither ever waits for the other."""

    def __init__(self) -> None:
        self._messages: queue.SimpleQueue[Message] = queue.SimpleQueue()

    def put(self, message: Message) -> None:
        """Leave a message."""
        self._messages.put(message)

    def take(self, at_most: int = 1_000) -> list[Message]:
        """The oldest messages, none if there are none; the rest stays for the next time."""
        taken: list[Message] = []
        while len(taken) < at_most:
            try:
                taken.append(self._messages.get_nowait())
            except queue.Empty:
                break
        return taken
