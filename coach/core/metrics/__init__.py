"""The metrics of a call, defined once: `measure(events)`, and the table that says what they are.

A pure function of the call log: today's definitions apply to yesterday's calls. Unknown is `None`,
never 0. Nothing here says what the agent felt; there is no place for it.
"""

from coach.core.metrics.call import CallbackNote, CallMetrics, measure
from coach.core.metrics.definitions import DEFINITIONS, Definition, Unit, figures

__all__ = ["DEFINITIONS", "CallMetrics", "CallbackNote", "Definition", "Unit", "figures", "measure"]
