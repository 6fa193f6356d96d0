"""Heavy libraries opened without holding up the rest of the program.

Python keeps every other thread waiting while it opens an extension module with all that hangs on
it: for torch so long that a window visibly stands still. Asked for by a call into the system's own
loader, the library is opened beside them, and the import that follows finds it there.
"""

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

_LIBRARIES = {"linux": "libtorch_cpu.so", "darwin": "libtorch_cpu.dylib"}
"""By system; Windows looks for what hangs on it elsewhere, and is left to the import."""


def open_torch() -> None:
    """Open what the import of torch waits for longest. What cannot be is left to the import."""
    name, found = _LIBRARIES.get(sys.platform), importlib.util.find_spec("torch")
    if name is None or found is None or found.origin is None or "torch" in sys.modules:
        return
    library = Path(found.origin).parent / "lib" / name
    if library.is_file():
        opening = ctypes.CDLL(None).dlopen
        opening.argtypes, opening.restype = [ctypes.c_char_p, ctypes.c_int], ctypes.c_void_p
        opening(os.fsencode(library), os.RTLD_NOW)
