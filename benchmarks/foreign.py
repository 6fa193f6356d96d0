"""Do people who speak another language get Dutch words of ours put into their mouths?

    python -m benchmarks.foreign [--threads N]

Sentences in seven languages, spoken by espeak-ng (Debian `espeak-ng`) through a telephone line,
go into the product's recogniser with its domain prompt and without: texts kept, and texts that hold
a longer word of the prompt ("klantnummer"). Whisper told to write Dutch translates at best and
invents at worst; the prompt may not add words of its own to that.
"""

import argparse
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import machine
from benchmarks.silence import echoes
from benchmarks.sounds import telephone
from coach import paths
from coach.core.units import RATE
from coach.runtime.ports import Audio
from models.asr import WhisperRecogniser

SAID = {
    "en": (
        "Good morning, the heating in our flat has been broken since Friday.",
        "Could somebody explain to me why the bill is so much higher this time?",
        "My neighbour told me that I should ask for the manager.",
    ),
    "de": (
        "Guten Tag, seit Freitag ist bei uns die Heizung kaputt.",
        "Können Sie mir erklären, warum die Rechnung diesmal so hoch ist?",
        "Ich warte jetzt schon seit drei Wochen auf eine Antwort von Ihnen.",
    ),
    "fr": (
        "Bonjour, le chauffage de notre appartement est en panne depuis vendredi.",
        "Pourriez-vous m'expliquer pourquoi la facture est si élevée cette fois-ci ?",
        "J'attends votre réponse depuis trois semaines maintenant.",
    ),
    "tr": (
        "Günaydın, cumadan beri evimizde kalorifer çalışmıyor.",
        "Bu sefer faturanın neden bu kadar yüksek olduğunu açıklar mısınız?",
        "Üç haftadır sizden bir cevap bekliyorum.",
    ),
    "pl": (
        "Dzień dobry, od piątku nie działa u nas ogrzewanie.",
        "Czy może mi pani wyjaśnić, dlaczego rachunek jest tym razem tak wysoki?",
        "Od trzech tygodni czekam na waszą odpowiedź.",
    ),
    "ar": (
        "صباح الخير، التدفئة في شقتنا معطلة منذ يوم الجمعة.",
        "هل يمكنك أن تشرح لي لماذا الفاتورة مرتفعة جدا هذه المرة؟",
        "أنتظر ردكم منذ ثلاثة أسابيع.",
    ),
    "es": (
        "Buenos días, la calefacción de nuestro piso está rota desde el viernes.",
        "¿Me puede explicar por qué la factura es tan alta esta vez?",
        "Llevo tres semanas esperando una respuesta de ustedes.",
    ),
}
_PACES = (130, 160)


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """One language: what was written down with the prompt and without it."""

    language: str
    clips: int
    kept: list[str]
    kept_bare: list[str]
    rejected: int


def speak(text: str, language: str, pace: int, folder: Path) -> Audio:
    """`text` as a caller says it: 16 kHz, after a telephone line."""
    import soundfile
    import soxr

    path = folder / "said.wav"
    command = ["espeak-ng", "-v", language, "-s", str(pace), "-w", str(path), text]
    subprocess.run(command, check=True, capture_output=True)
    sound, rate = soundfile.read(path, dtype="float32")
    return telephone(soxr.resample(sound, rate, RATE))


def listen(language: str, with_prompt: WhisperRecogniser, bare: WhisperRecogniser) -> Heard:
    """Everything that is said in one language, to both."""
    with tempfile.TemporaryDirectory() as folder:
        clips = [
            speak(text, language, pace, Path(folder)) for text in SAID[language] for pace in _PACES
        ]
    prompted = [with_prompt.transcribe(clip, final=True) for clip in clips]
    plain = [bare.transcribe(clip, final=True) for clip in clips]
    return Heard(
        language=language,
        clips=len(clips),
        kept=[one.text for one in prompted if one.text],
        kept_bare=[one.text for one in plain if one.text],
        rejected=sum(one.rejected is not None for one in prompted),
    )


def main(arguments: list[str] | None = None) -> int:
    """Listen, keep, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=machine.describe()["cores"] or 1)
    chosen = parser.parse_args(arguments)
    folder = paths.models_folder() / "base"
    with_prompt = WhisperRecogniser(folder, "base", threads=chosen.threads)
    bare = WhisperRecogniser(folder, "base", threads=chosen.threads, prompt="")
    rows = [listen(language, with_prompt, bare) for language in SAID]
    kept = [text for row in rows for text in row.kept]
    kept_bare = [text for row in rows for text in row.kept_bare]
    totals = {
        "clips": sum(row.clips for row in rows),
        "kept": len(kept),
        "with_words_of_the_prompt": echoes(kept),
        "kept_bare": len(kept_bare),
        "bare_with_words_of_the_prompt": echoes(kept_bare),
        "rejected": sum(row.rejected for row in rows),
    }
    machine.keep("foreign", {"totals": totals, "languages": [asdict(row) for row in rows]})
    print(totals)
    return 0


if __name__ == "__main__":
    sys.exit(main())
