import pytest

from benchmarks.keeping_up import figures


def call(*lags: float, length: float = 600.0, lost: int = 0) -> list[dict[str, object]]:
    """A call whose finals come `lags` late, evenly over its length."""
    step = length / (len(lags) + 1)
    finals = [
        {"type": "utterance", "end_s": n * step, "at_s": n * step + lag}
        for n, lag in enumerate(lags, 1)
    ]
    losses = [{"type": "work_lost", "start_s": 1.0, "end_s": 3.5, "at_s": 4.0}] * lost
    end = {"type": "finished", "audio_s": length, "wall_s": length + 2, "cpu_s": length / 4}
    return [*finals, *losses, {**end, "at_s": length}]


def test_a_lag_that_grows_is_seen_at_the_end_of_the_call() -> None:
    found = figures(call(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 9.0, 9.5), [(300.0, 800.0)])
    assert found["lag_first_s"]["p50"] == 0.5
    assert found["lag_last_s"]["max"] == pytest.approx(9.5)
    assert found["lag_s"]["p50"] == 0.5


def test_losses_are_counted_in_seconds() -> None:
    found = figures(call(0.5, 0.5, lost=2), [(300.0, 800.0)])
    assert (found["lost"], found["lost_s"]) == (2, 5.0)


def test_time_and_cpu_are_those_of_the_run() -> None:
    found = figures(call(0.5), [(300.0, 800.0)])
    assert (found["overrun_s"], found["cpu_share"]) == (2.0, 0.25)


def test_memory_grows_only_by_what_the_second_half_adds() -> None:
    flat = [(float(at), 900.0) for at in range(130, 3600, 5)]
    rising = [(float(at), 500.0 + at / 10) for at in range(130, 3600, 5)]
    assert figures(call(0.5), flat)["memory_mb"]["second_half"] == 0
    assert figures(call(0.5), rising)["memory_mb"]["second_half"] > 100


def test_start_up_does_not_count_as_growth() -> None:
    loading = [(5.0, 100.0), (60.0, 700.0), *((float(at), 900.0) for at in range(130, 3600, 5))]
    assert figures(call(0.5), loading)["memory_mb"] == {"most": 900.0, "second_half": 0}
