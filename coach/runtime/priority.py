"""Room for others: a coach that listens gives way to the softphone where that is allowed.

On Linux a thread and the threads that it starts from then on, models and sound included; on
Windows the process. macOS is left as it is. Neither of the two was tried.
"""

import os
import sys
from contextlib import suppress

_STEPS = 2
"""A little: a softphone needs little. At five, a recogniser of two threads beside somebody else who
computes waits for the slower of the two at every step."""
_BELOW_NORMAL_CLASS = 0x4000


def give_way() -> None:
    """Let the calling thread, and the threads that it starts, give way to others from now on."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL_CLASS)
    elif sys.platform == "linux":
        with suppress(OSError):  # not allowed: then all are equal
            if os.getpriority(os.PRIO_PROCESS, 0) < _STEPS:
                os.nice(_STEPS)
