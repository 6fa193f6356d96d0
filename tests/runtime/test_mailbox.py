import threading

from hypothesis import given
from hypothesis import strategies as st

from coach.runtime.mailbox import Mailbox


def test_an_empty_mailbox_gives_nothing_and_does_not_wait() -> None:
    assert Mailbox[int]().take() == []


@given(sent=st.lists(st.integers()), at_most=st.integers(1, 5))
def test_every_message_comes_once_and_in_order(sent: list[int], at_most: int) -> None:
    mailbox: Mailbox[int] = Mailbox()
    for message in sent:
        mailbox.put(message)
    taken: list[int] = []
    while got := mailbox.take(at_most):
        assert len(got) <= at_most
        taken += got
    assert taken == sent


def test_nothing_is_lost_between_threads() -> None:
    mailbox: Mailbox[tuple[int, int]] = Mailbox()

    def send(sender: int) -> None:
        for number in range(500):
            mailbox.put((sender, number))

    senders = [threading.Thread(target=send, args=(sender,)) for sender in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    taken = mailbox.take(10_000)
    for sender in range(4):
        assert [n for who, n in taken if who == sender] == list(range(500))
