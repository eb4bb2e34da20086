"""Makes a package with genanki, as scripts all over the world do: without schedules, schema 11."""

from pathlib import Path

import fields
import genanki
from make import MEDIA, _png
from recipe import Recipe

BUILT_IN = [
    genanki.BASIC_MODEL,
    genanki.BASIC_AND_REVERSED_CARD_MODEL,
    genanki.BASIC_OPTIONAL_REVERSED_CARD_MODEL,
    genanki.BASIC_TYPE_IN_THE_ANSWER_MODEL,
    genanki.CLOZE_MODEL,
]


def make(recipe: Recipe, folder: Path) -> list[Path]:
    """The package, and a later version of it with some notes changed."""
    random = recipe.random("genanki")
    media = [name for name in MEDIA if recipe.media]
    paths = []
    for name in media:
        path = folder / name
        path.write_bytes(_png(random) if name.endswith(".png") else b"ID3\x03\0\0\0\0\0\x0a" + random.randbytes(40))
        paths.append(str(path))
    own = genanki.Model(
        random.randrange(1 << 30, 1 << 31),
        "Made by a script",
        fields=[{"name": "Question"}, {"name": "Answer"}, {"name": "Media"}],
        templates=[
            {
                "name": "Card 1",
                "qfmt": "{{Question}}<br>{{Media}}",
                "afmt": "{{FrontSide}}<hr id=\"answer\">{{Answer}}",
            }
        ],
        css=".card { color: red }",
    )
    drawn = []
    for number in range(recipe.notes):
        model = random.choice([*BUILT_IN, own])
        drawn.append((model, _values(random, model, media), random.random() < 0.3, number % 3))
    return [
        _write(recipe, folder / recipe.name, own, drawn, paths, later=False),
        _write(recipe, folder / f"later-{recipe.name}", own, drawn, paths, later=True),
    ]


def _values(random, model: genanki.Model, media: list[str]) -> list[str]:
    if model is genanki.CLOZE_MODEL:
        return [fields.cloze(random, media), fields.short(random)]
    values = [fields.field(random, media) for _ in model.fields]
    if model is genanki.BASIC_OPTIONAL_REVERSED_CARD_MODEL:
        values[-1] = fields.short(random)
    if len(values) == 3 and media and model is not genanki.BASIC_OPTIONAL_REVERSED_CARD_MODEL:
        values[-1] = fields.media(random, media)
    return values


def _write(recipe: Recipe, out: Path, own: genanki.Model, drawn: list, paths: list[str], later: bool) -> Path:
    names = ["Scripts", "Scripts::Part two", "naïve & <deck>"]
    decks = [genanki.Deck(2_000_000_000 + recipe.index * 10 + at, name) for at, name in enumerate(names)]
    for number, (model, values, changes, deck) in enumerate(drawn):
        if later and changes:
            values = [values[0] + " edited by a script", *values[1:]]
        note = genanki.Note(model, values, tags=["made", "a::b"], guid=genanki.guid_for(recipe.seed, recipe.index, number))
        decks[deck].add_note(note)
    # Five minutes apart, so that Anki sees the later one as newer.
    genanki.Package(decks, media_files=paths).write_to_file(str(out), timestamp=1_790_000_000 + 300 * later)
    return out
