"""The papers for works council, data protection officer, agents and customers.

Written from the settings in force and from measured figures, in Dutch and English, as Markdown and
as documents that a lawyer can edit. Not legal advice, and the papers say so.
"""

from pathlib import Path

from coach.pack.papers import PAPERS, papers
from coach.settings import Settings

__all__ = ["PAPERS", "write_pack"]


def write_pack(
    settings: Settings, out: Path, *, organisation: str, day: str, smallest_group: int = 5
) -> list[Path]:
    """Write every paper in both languages into `out`, one folder a language; returns the files.

    Raises `OSError` when the folder cannot be written.
    """
    from coach.pack.word import write_document

    written = []
    for paper in papers(settings, organisation, day, smallest_group):
        folder = out / paper.language
        folder.mkdir(parents=True, exist_ok=True)
        text = folder / f"{paper.file}.md"
        text.write_text(paper.text, encoding="utf-8")
        document = folder / f"{paper.file}.docx"
        write_document(paper.text, document, paper.language)
        written += [text, document]
    return written
