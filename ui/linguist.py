"""The sentences for Qt Linguist, and back: translators work in the tool that they know.

    python -m ui.linguist write FOLDER     one .ts a language, to open in Linguist
    python -m ui.linguist take FILE.ts     what a translator wrote, into coach/phrases

`coach/phrases` stays the one source: screen, terminal and papers say the same sentence in the same
words. Sentences for one and for more (`NAME_one`, `NAME_other`) are one message with plural forms.
"""

import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from coach.phrases import LANGUAGES, area

SOURCE = "nl"
"""What is translated from: the product's own language."""

_ONE, _OTHER = "_one", "_other"
Sentences = dict[str, dict[str, str]]


def areas() -> list[str]:
    """Every area, by name."""
    folder = files("coach.phrases")
    return sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name[-5:] == ".toml")


def ts(language: str) -> str:
    """All sentences as Qt Linguist reads them, from Dutch to `language`."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage=SOURCE)
    for name in areas():
        context = ET.SubElement(root, "context")
        ET.SubElement(context, "name").text = name
        for key, plural, forms in _messages(area(name)):
            message = ET.SubElement(context, "message", {"id": f"{name}.{key}"})
            ET.SubElement(message, "source").text = forms[-1][SOURCE]
            ET.SubElement(message, "comment").text = key
            translation = ET.SubElement(message, "translation")
            if plural:
                message.set("numerus", "yes")
                for form in forms:
                    ET.SubElement(translation, "numerusform").text = form[language]
            else:
                translation.text = forms[0][language]
    ET.indent(root)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    return f"{head}{ET.tostring(root, encoding='unicode')}\n"


def write(folder: Path) -> list[Path]:
    """A .ts file a language in `folder`; the files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for language in LANGUAGES:
        made.append(folder / f"eerst_begrip_{language}.ts")
        made[-1].write_text(ts(language), encoding="utf-8")
    return made


def translations(text: str) -> tuple[str, dict[str, str]]:
    """The language of a .ts file, and its sentences by key; unfinished ones are left out.

    Raises `ValueError` for a file that is no such file.
    """
    if "<!ENTITY" in text:
        raise ValueError("a file of translations declares nothing")
    try:
        root = ET.fromstring(text)  # noqa: S314 - without entities, see above
    except ET.ParseError as why:
        raise ValueError(str(why)) from why
    language = (root.get("language") or "")[:2]
    if root.tag != "TS" or language not in LANGUAGES:
        raise ValueError(f"not a file of translations into {', '.join(LANGUAGES)}")
    return language, dict(_taken(root))


def take(file: Path, folder: Path) -> int:
    """Put what a translator wrote into the areas in `folder`; how many sentences changed."""
    language, told = translations(file.read_text(encoding="utf-8"))
    changed = 0
    for path in sorted(folder.glob("*.toml")):
        text = before = path.read_text(encoding="utf-8")
        for key, words in told.items():
            name, _, sentence = key.partition(".")
            if name == path.stem:
                text = _with(text, sentence, language, words)
        if text != before:
            path.write_text(text, encoding="utf-8")
            pairs = zip(text.splitlines(), before.splitlines(), strict=True)
            changed += sum(new != old for new, old in pairs)
    return changed


def _messages(sentences: Sentences) -> Iterator[tuple[str, bool, list[dict[str, str]]]]:
    """Key, whether it has plural forms, and its forms in the order that Qt wants."""
    for key, said in sentences.items():
        stem = key.removesuffix(_ONE)
        if key.endswith(_ONE) and f"{stem}{_OTHER}" in sentences:
            yield stem, True, [said, sentences[f"{stem}{_OTHER}"]]
        elif not (key.endswith(_OTHER) and f"{key.removesuffix(_OTHER)}{_ONE}" in sentences):
            yield key, False, [said]


def _taken(root: ET.Element) -> Iterator[tuple[str, str]]:
    for context in root.iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            key, translation = message.findtext("comment") or "", message.find("translation")
            if translation is None or translation.get("type") == "unfinished":
                continue
            forms = [form.text or "" for form in translation.iter("numerusform")]
            if forms:
                yield from zip((f"{name}.{key}{_ONE}", f"{name}.{key}{_OTHER}"), forms, strict=True)
            elif translation.text:
                yield f"{name}.{key}", translation.text


def _with(text: str, sentence: str, language: str, words: str) -> str:
    """The area with one sentence in other words; its line stays where it is."""
    from coach.settings_file import toml_value

    line = re.compile(
        rf"(^\[{re.escape(sentence)}\]\n(?:(?!\[).*\n)*?{language} = ).*$", re.MULTILINE
    )
    if area_value(text, sentence, language) in (None, words):
        return text
    changed = line.sub(lambda found: found[1] + toml_value(words), text, count=1)
    if area_value(changed, sentence, language) != words:
        raise ValueError(f"{sentence}: this sentence stands over several lines; change it by hand")
    return changed


def area_value(text: str, sentence: str, language: str) -> str | None:
    """One sentence out of the text of an area."""
    import tomllib

    found = tomllib.loads(text).get(sentence, {}).get(language)
    return found if isinstance(found, str) else None


def main(arguments: list[str]) -> int:
    """Write or take; the exit code."""
    match arguments:
        case ["write", folder]:
            write(Path(folder))
        case ["take", file]:
            take(Path(file), Path(str(files("coach.phrases"))))
        case _:
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
