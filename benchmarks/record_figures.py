"""The tables of the documentation about the record and the windows, drawn from `results/*.json`."""

from benchmarks.figures import machine_line, results


def crash() -> str:
    """What a kill costs."""
    r = results("crash")
    process, server = r["process"], r["server"]
    sound = "sound" if process["sound"] else "**damaged**"
    whole = "each once and whole" if server["each_once_and_whole"] else "**not each whole**"
    rows = [
        "| killed | how often | calls | what was lost |",
        "|---|---|---|---|",
        f"| the process that writes | {process['kills']} | {process['calls']} | at most "
        f"{process['lost_s_max']:.2f} s of a call (median {process['lost_s_median']:.2f} s); "
        f"database {sound} |",
        f"| the database server | {server['kills']} | {server['calls']} | {whole} |",
    ]
    return "\n".join([*rows, "", machine_line(r)])


def scale() -> str:
    """The slowest question of each role, and purging beside a writer."""
    r = results("scale")
    rows = [
        "| | calls | role | slowest question (by p95) | p50 | p95 | longest |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, found in r["slowest"].items():
        house, _, who = name.rpartition(", ")
        calls = r["houses"][house]["calls"]
        rows.append(
            f"| {house} | {calls:,} | {who} | {found['what']} | {found['p50_ms']:.0f} ms | "
            f"{found['p95_ms']:.0f} ms | {found['max_ms']:.0f} ms |"
        )
    purges = [
        f"{house}: {found['purge']['calls_a_second']} calls a second, writes beside it p95 "
        f"{found['purge']['write_beside_p95_ms']:.0f} ms (alone "
        f"{found['purge']['write_alone_p95_ms']:.0f} ms)"
        for house, found in r["houses"].items()
    ]
    year = r["projected_year"]
    rows += [
        "",
        f"Purging: {'; '.join(purges)}. A year of 200 agents with 60 calls a day "
        f"({year['calls']:,} calls), projected: {year['gigabytes']} GB. {machine_line(r)}",
    ]
    return "\n".join(rows)


def windows() -> str:
    """How long people wait for windows, and how long a window stands still."""
    live, archive = results("ui"), results("ui_archive")
    scroll, hour = archive["scroll"], archive["open_hour"]
    rows = [
        "| | measured | asked |",
        "|---|---|---|",
        f"| live window visible after | {live['window_s']:.2f} s (slowest "
        f"{live['window_slowest_s']:.2f} s) | ≤ 2 s |",
        f"| longest pause of the UI thread while a call is coached | "
        f"{live['longest_pause_ms']:.0f} ms (p99 {live['p99_pause_ms']:.0f} ms; "
        f"{live['pauses_over_50_ms']} of {live['looks']:,} over 50 ms) | ≤ 50 ms |",
        f"| longest pause while the models load | {live['longest_while_loading_ms']:.0f} ms | "
        "≤ 50 ms |",
        f"| opening a call of an hour | {hour['p50_s']:.2f} s (longest {hour['longest_s']:.2f} s), "
        f"longest pause {hour['longest_pause_ms']:.0f} ms | ≤ 1 s |",
        f"| scrolling 100,000 calls | {scroll['frames_a_second']:.0f} frames a second, "
        f"{scroll['cpu_ms_a_frame']:.1f} ms of processor time a frame | ≥ 30 |",
        f"| dashboard over {archive['dashboard']['calls']:,} calls | "
        f"{archive['dashboard']['p50_s']:.2f} s, longest pause "
        f"{archive['dashboard']['longest_pause_ms']:.0f} ms | |",
    ]
    return "\n".join(
        [*rows, "", f"Live window: {machine_line(live)} Archive: {machine_line(archive)}"]
    )


RECORD_FIGURES = {"crash": crash, "scale": scale, "windows": windows}
