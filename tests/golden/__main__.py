"""Write the golden logs anew: `python -m tests.golden`."""

from tests.golden import CALLS, lines, path

for name in CALLS:
    path(name).write_text(lines(name), encoding="utf-8", newline="\n")
