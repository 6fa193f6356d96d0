"""The tables of the documentation that hold figures, drawn from `results/*.json`.

`python -m benchmarks.pages` puts them into the pages. A figure that nobody measured is not drawn.
"""

import json
from collections.abc import Callable
from typing import Any

from benchmarks.labelled_calls import ROWS, at
from benchmarks.machine import RESULTS

MUST: dict[str, tuple[str, str]] = {
    "acknowledge F1": (".78", ".68"),
    "ask F1": (".92", ".84"),
    "strong negative F1": (".70", ".60"),
    "emotion macro-F1": (".45", ".36"),
    "valence correlation": (".65", ".55"),
    "escalation micro-F1": (".60", ".48"),
    "nudge precision": (".70", ".65"),
    "nudge recall": (".55", ".45"),
    "false alarms per calm call": ("≤ .15", "≤ .20"),
    "order accuracy": (".80", ".72"),
}
"""What is asked of the text run and of the audio run at least."""

_SHOWN_TO_NEWCOMERS = (
    "nudge precision",
    "nudge recall",
    "false alarms per calm call",
    "ask F1",
    "acknowledge F1",
    "strong negative F1",
)


def results(name: str) -> dict[str, Any]:
    """What a benchmark kept. Raises `FileNotFoundError` where nobody measured."""
    found: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def machine_line(found: dict[str, Any]) -> str:
    """On what, when and at which commit something was measured."""
    m = found["machine"]
    where = f"{m['processor']}, {m['cores']} cores, {m['memory_gib']} GiB, {m['system']}"
    return f"*{where}, Python {m['python']}; {m['date']}, commit `{m['commit']}`.*"


def times() -> str:
    """How long a newcomer waits."""
    r = results("fresh_clone")
    first, second, test = r["first_run"], r["second_run"], r["test"]
    rows = [
        "| | seconds | first line of the transcript after |",
        "|---|---|---|",
        f"| first `make run`, downloads included | {first['seconds']:.0f} | "
        f"{first['first_line_s']:.0f} s |",
        f"| `make run` again | {second['seconds']:.0f} | {second['first_line_s']:.0f} s |",
        f"| `make test` | {test['seconds']:.0f} | |",
        "",
        f"The environment takes {r['environment_mb']:,} MB on disk. {machine_line(r)}",
    ]
    return "\n".join(rows)


def startup() -> str:
    """How soon the command line answers."""
    r = results("startup")
    return "\n".join(
        [
            "| | median | slowest |",
            "|---|---|---|",
            f"| `coach --help` | {r['help_s']} s | {r['help_slowest_s']} s |",
            f"| plain `python -c pass`, in turn | {r['python_s']} s | |",
            "",
            f"Ratio pair by pair: {r['ratio']} (median). {machine_line(r)}",
        ]
    )


def calls() -> str:
    """The whole chain on labelled calls, beside the phrase rules and what is asked."""
    ours = results("labelled_calls")
    n_text, n_audio = ours["text"]["calls"], ours["audio"]["calls"]
    rows = [
        f"| | text ({n_text} calls) | rules | asked | audio ({n_audio} calls) | rules | asked |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, path in ROWS:
        text, audio = MUST.get(name, ("", ""))
        cells = (
            f"**{at(ours['text'], path):.3f}**",
            f"{at(ours['rules_text'], path):.3f}",
            text,
            f"**{at(ours['audio'], path):.3f}**",
            f"{at(ours['rules_audio'], path):.3f}",
            audio,
        )
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    audio = ours["audio"]
    rows += [
        "",
        f"{ours['text']['understanding']}; {audio['recogniser']}. From audio: "
        f"{audio['times_real_time']:.1f} times real time, {audio['cpu_share']:.2f} CPU seconds a "
        f"second of call, both channels. Every log replayed: identical. {machine_line(ours)}",
    ]
    return "\n".join(rows)


_ASKED_AS = {
    "valence corr.": "valence correlation",
    "false alarms a calm call": "false alarms per calm call",
    "order": "order accuracy",
}
"""Columns of the wide table that have a longer name in `MUST`."""

_BASELINES = ("phrase rules", "TF-IDF n-grams + LR", "Pattern lexicon")


def understanding() -> str:
    """The understanding through the product, with parts left out, disturbed, and its baselines."""
    return _understanding(lambda _: True)


def baselines() -> str:
    """The product beside phrase rules, n-grams and a lexicon, on the same calls."""
    return _understanding(lambda row: row.startswith("the product") or row in _BASELINES)


def _understanding(wanted: Callable[[str], bool]) -> str:
    found = results("understanding")
    names = [name for name in found if name not in {"machine", "speed"} and wanted(name)]
    columns = list(found[names[0]])
    rows = [f"| | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    rows += [
        f"| {name} | " + " | ".join(f"{found[name][c]:.3f}" for c in columns) + " |"
        for name in names
    ]
    for head, place in (("*must, text*", 0), ("*must, from audio*", 1)):
        asked = (MUST.get(_ASKED_AS.get(c, c), ("-", "-"))[place] for c in columns)
        rows.append(f"| {head} | {' | '.join(asked)} |")
    return "\n".join([*rows, "", machine_line(found)])


def apart() -> str:
    """The project's own calls that were set apart, by model."""
    found = results("apart")
    names = next(iter(next(iter(found["rows"].values())).values()))
    rows = ["| calls | | " + " | ".join(names) + " |", "|---|---|" + "---|" * len(names)]
    for file, models in found["rows"].items():
        rows += [
            f"| `{file}` | {model} | " + " | ".join(f"{row[name]:.3f}" for name in names) + " |"
            for model, row in models.items()
        ]
    return "\n".join([*rows, "", machine_line(found)])


def quality() -> str:
    """A few figures for the front page."""
    ours = results("labelled_calls")
    rows = ["| | from the words | from telephone audio |", "|---|---|---|"]
    for name, path in ROWS:
        if name in _SHOWN_TO_NEWCOMERS:
            text, audio = (at(ours[run], path) for run in ("text", "audio"))
            rows.append(f"| {name} | {text:.2f} | {audio:.2f} |")
    n_text, n_audio = ours["text"]["calls"], ours["audio"]["calls"]
    rows += [
        "",
        f"{n_text} written calls, {n_audio} of them spoken by synthetic voices over a telephone "
        "line, labelled for this project. The decisions and thresholds were tuned on them; the "
        "model's weights never saw them. Figures on real calls are unknown.",
    ]
    return "\n".join(rows)


def latency() -> str:
    """How long people wait."""
    r = results("latency")
    rows = ["| seconds | n | p50 | p95 | p99 |", "|---|---|---|---|---|"]
    for name, wait in r["waits_s"].items():
        rows.append(f"| {name} | {wait['n']} | {wait['p50']} | {wait['p95']} | {wait['p99']} |")
    rows += [
        "",
        f"{r['calls']} calls, {r['audio_s'] / 60:.0f} minutes at the speed of the clock, "
        f"{r['cpu_share']} CPU seconds a second of call, both channels; {r['recogniser']}, "
        f"{r['understanding']}. {machine_line(r)}",
    ]
    return "\n".join(rows)


def memory() -> str:
    """Memory over the length of a call."""
    r = results("memory")
    rows = [
        "| call | loaded | peak while checking | peak of the chain | checking | chain |",
        "|---|---|---|---|---|---|",
    ]
    rows += [
        f"| {row['minutes']:.0f} min | {row['loaded_mb']:.0f} MB | {row['inspect_mb']:.0f} MB | "
        f"{row['chain_mb']:.0f} MB | {row['inspect_s']:.1f} s | {row['chain_s']:.0f} s |"
        for row in r["rows"]
    ]
    return "\n".join([*rows, "", machine_line(r)])


def words() -> str:
    """Word error rates of the product beside the best offline decode of the same audio."""
    r = results("words")
    rows = ["| | product | offline | difference in points (95 %) |", "|---|---|---|---|"]
    calls, people = r["calls"], r["people"]
    name = f"{calls['calls']} synthetic calls, both sides, {calls['words']:,} words"
    rows.append(_compared(name, calls["streaming"]["wer"], calls["offline"]["wer"], calls))
    for condition, both in people["conditions"].items():
        product, offline = both["product"]["wer"], both["offline"]["wer"]
        rows.append(_compared(f"acted speech, {condition}", product, offline, both))
    note = f"Acted speech: {people['utterances']} utterances, {people['words']} words."
    return "\n".join([*rows, "", f"{note} {machine_line(r)}"])


def _compared(name: str, product: float, offline: float, with_difference: dict[str, Any]) -> str:
    d = with_difference["difference"]
    between = f"{d['points']:+.1f} ({d['low']:+.1f} to {d['high']:+.1f})"
    return f"| {name} | {product:.3f} | {offline:.3f} | {between} |"


def silence() -> str:
    """Text on sounds in which nobody speaks."""
    r = results("silence")
    t = r["totals"]["all"]
    sounds = len({sound["sound"] for sound in r["sounds"]})
    rows = [
        "| | texts |",
        "|---|---|",
        f"| the product's chain, {sounds} sounds of {r['length_s']} s on two lines | {t['kept']} |",
        f"| its recogniser alone, past the ears, {t['clips']} clips | {t['clips_kept']} |",
        f"| the same without the domain prompt | {t['clips_kept_bare']} |",
        f"| faster-whisper, segments on the same sounds | {t['plain_segments']} |",
        f"| faster-whisper with `vad_filter` | {t['plain_vad_segments']} |",
    ]
    return "\n".join([*rows, "", machine_line(r)])


def prompts() -> str:
    """What each domain prompt makes of sounds without a voice, and of other languages."""
    r = results("prompts")
    by_name: dict[str, dict[str, dict[str, Any]]] = {}
    for row in r["rows"]:
        by_name.setdefault(row["prompt"], {})[row["kind"]] = row
    rows = [
        "| prompt | texts without a voice | texts in other languages | a word of the prompt |",
        "|---|---|---|---|",
    ]
    for name, kinds in by_name.items():
        silent, foreign_ones = kinds["no voice"], kinds["other languages"]
        invented = len(silent["invented"]) + len(foreign_ones["invented"])
        rows.append(
            f"| {name} | {len(silent['kept'])} of {silent['clips']} | "
            f"{len(foreign_ones['kept'])} of {foreign_ones['clips']} | {invented} |"
        )
    return "\n".join([*rows, "", machine_line(r)])


def peers() -> str:
    """Other systems on the same audio, model file and cores, in the same run."""
    r = results("peers")
    rows = [
        "| | deciding words on screen | after, p50 | final after, p50 | wait, to ours | WER | "
        "CPU s a second | to ours | peak memory |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, s in r["systems"].items():
        rows.append(
            f"| {name} | {s['shown']['known']} of {s['words']} | {s['shown']['p50_s']} s | "
            f"{s['final']['p50_s']} s | {s['wait_to_ours']} × | {s['wer']:.3f} | {s['rtf']:.2f} | "
            f"{s['cpu_to_ours']} × | {s['peak_mb']} MB |"
        )
    settings = "; ".join(f"**{name}**: {s['settings']}" for name, s in r["systems"].items())
    return "\n".join([*rows, "", f"Settings: {settings}.", "", machine_line(r)])


def keeping_up() -> str:
    """An hour of both channels, by condition."""
    r = results("keeping_up")
    rows = [
        "| | minutes | CPU s a second | final words p50 / p95, first sixth | last sixth | lost | "
        "pace changes | peak memory | second half |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, c in r["conditions"].items():
        first, last = c["lag_first_s"], c["lag_last_s"]
        memory = c["memory_mb"]
        begin, end = (f"{lag['p50']:.2f} / {lag['p95']:.2f} s" for lag in (first, last))
        rows.append(
            f"| {name} | {c['audio_s'] / 60:.0f} | {c['cpu_share']:.2f} | "
            f"{begin} | {end} | "
            f"{c['lost_s']:.0f} s | {c['pace_changes']} | {memory['most']:.0f} MB | "
            f"{memory['second_half']:+.0f} MB |"
        )
    return "\n".join([*rows, "", machine_line(r)])


def soak() -> str:
    """A shift with faults."""
    r = results("soak")
    memory, threads, files = r["memory_mb"], r["threads"], r["open_files"]
    faults = ", ".join(f"{count} × {name}" for name, count in sorted(r["faults"].items()))
    rows = [
        "| | |",
        "|---|---|",
        f"| calls, hours of call | {r['calls']}, {r['hours']:.1f} |",
        f"| faults | {faults} |",
        f"| stretches of speech without words or a loss on record | "
        f"{r['stretches_unaccounted_for']} |",
        f"| logs that replay differently | {r['logs_that_replay_differently']} |",
        f"| memory after the first call, most, added by the second half | "
        f"{memory['after_first']:.0f} MB, {memory['most']:.0f} MB, "
        f"{memory['second_half']:+.1f} MB |",
        f"| threads, open files: after the first call, after the last | "
        f"{threads['after_first']}, {files['after_first']}; "
        f"{threads['after_last']}, {files['after_last']} |",
        "",
        f"Took {r['wall_s']} s. {machine_line(r)}",
    ]
    return "\n".join(rows)


def threads() -> str:
    """The recogniser with one thread, and with more."""
    r = results("threads")
    rows = [
        "| threads | final words | processor | a look | processor |",
        "|---|---|---|---|---|",
    ]
    for row in r["rows"]:
        times = ("final_s", "final_cpu_s", "look_s", "look_cpu_s")
        rows.append(f"| {row['threads']} | " + " | ".join(f"{row[t]} s" for t in times) + " |")
    return "\n".join([*rows, "", machine_line(r)])


def max_cpu() -> str:
    """What a share of the processors is worth."""
    r = results("max_cpu")
    rows = ["| `--max-cpu` | used | times real time | threads |", "|---|---|---|---|"]
    rows += [
        f"| {row['allowed']} % | {row['used']} % | {row['speed']} | {row['threads']} |"
        for row in r["shares"]
    ]
    return "\n".join([*rows, "", machine_line(r)])


def foreign() -> str:
    """People who speak another language."""
    r = results("foreign")
    t = r["totals"]
    rows = [
        "| | with the domain prompt | without |",
        "|---|---|---|",
        f"| clips with a text, of {t['clips']} | {t['kept']} | {t['kept_bare']} |",
        f"| of these with a word of the prompt | {t['with_words_of_the_prompt']} | "
        f"{t['bare_with_words_of_the_prompt']} |",
        "",
        f"Languages: {', '.join(row['language'] for row in r['languages'])}. {machine_line(r)}",
    ]
    return "\n".join(rows)


FIGURES = {
    "apart": apart,
    "understanding": understanding,
    "baselines": baselines,
    "keeping_up": keeping_up,
    "soak": soak,
    "foreign": foreign,
    "words": words,
    "silence": silence,
    "threads": threads,
    "max_cpu": max_cpu,
    "prompts": prompts,
    "peers": peers,
    "times": times,
    "startup": startup,
    "calls": calls,
    "quality": quality,
    "latency": latency,
    "memory": memory,
}
