"""A side of a card as Anki shows it, reduced to words.

In: the HTML that Anki renders, with its sounds. Out: the words a person reads, with a mark for every
picture (`⟦name⟧`), every sound (`⟦name⟧`) and every gap (`[...]`, `[hint]`). Cairn's side of the
comparison is reduced in the same way by the example `faces` of the store.
"""

import re
import unicodedata
from html.parser import HTMLParser
from urllib.parse import unquote

BLOCKS = frozenset(
    "address article aside blockquote br center dd details dialog div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot"
    " th thead tr ul".split()
)
SILENT = frozenset("script style template title head select textarea button svg math iframe object".split())
# Cairn writes what is raised or lowered in these signs, Anki in smaller digits.
SMALL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()n0123456789+-=()")
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


def mark(name: str) -> str:
    return f" ⟦{name.replace(' ', '_')}⟧ "


class _Reader(HTMLParser):
    def __init__(self, hints: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.hints = hints
        self.out: list[str] = []
        self.quiet: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.quiet:
            if tag == self.quiet[-1]:
                self.quiet.append(tag)
            return
        found = dict(attrs)
        if tag in SILENT or (tag == "a" and found.get("class") == "hint"):
            self.quiet.append(tag)
        elif tag == "div" and _is_hidden(found) and not (self.hints and found.get("class") == "hint"):
            self.quiet.append(tag)
        elif tag == "img":
            self.out.append(picture(found.get("src") or ""))
        elif tag == "rt":
            self.out.append(" (")
        elif tag in BLOCKS:
            self.out.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self.quiet:
            if tag == self.quiet[-1]:
                self.quiet.pop()
        elif tag == "rt":
            self.out.append(")")
        elif tag in BLOCKS:
            self.out.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if not self.quiet:
            self.out.append(data)


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    return "display:none" in (attributes.get("style") or "").replace(" ", "").lower()


def picture(source: str) -> str:
    """The mark of a picture; none for one that is not a file of the note."""
    if re.match(r"[a-z]+:|//", source.strip(), re.IGNORECASE):
        return ""
    return mark(unquote(source))


def of_html(html: str, sounds: dict[str, list[str]], hints: bool = False) -> list[str]:
    """The words of a rendered side. `sounds` are the names of both sides, by their letters `q` and `a`;
    `hints` shows what waits behind a click."""
    html = re.sub(r"\[anki:play:([qa]):(\d+)\]", lambda m: mark(sounds[m[1]][int(m[2])]), html)
    html = re.sub(r"\[anki:tts\].*?\[/anki:tts\]", "", html, flags=re.DOTALL)
    reader = _Reader(hints)
    reader.feed(html)
    reader.close()
    return split("".join(reader.out))


def split(text: str) -> list[str]:
    """Words between white space, each in one normal form, without characters that nobody sees."""
    text = unicodedata.normalize("NFC", text).translate(SMALL)
    text = "".join(" " if c == "\u00a0" else c for c in text if unicodedata.category(c) != "Cf")
    return text.split()
