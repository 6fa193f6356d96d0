"""Room for others: threads that work for the coach give way to the softphone where that is allowed.

On Linux every thread has a priority of its own, and threads that it starts inherit it; so does a
model that is loaded there. On Windows it is this thread alone. On macOS only the whole process
could give way, its sound included, so it is left as it is.
"""

import os
import sys
from contextlib import suppress

_STEPS = 5
_BELOW_NORMAL = -1


def give_way() -> None:
    """Let the calling thread, and the threads that it starts, give way to others from now on."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetThreadPriority(kernel.GetCurrentThread(), _BELOW_NORMAL)
    elif sys.platform == "linux":
        with suppress(OSError):  # not allowed: then all are equal
            os.nice(_STEPS)
