"""Makes a package with Anki's own engine: notes of every type, studied over some weeks.

The engine knows no other time than the machine's, so weeks pass by moving everything that has
happened into the past (`let_days_pass`).
"""

import json
import shutil
import struct
import time
import zipfile
import zlib
from pathlib import Path
from random import Random

from anki.collection import Collection, DeckIdLimit, ExportAnkiPackageOptions
from anki.errors import FilteredDeckError

import fields
import notetypes
from recipe import Recipe

DECKS = ["Exam", "Exam::Law", "Exam::Law::Title 9", "R&D 1 < 2", "日本語::語彙", "Peer  support", "exam-2"]
TAGS = ["law", "ethics::boundaries", "naïve", "leech", "marked", "AREA::crisis", "c1"]
MEDIA = ["pic.png", "two words.png", "naïve & co.png", "sound.mp3", "日本.png", "_static.png", "a'b(1).png"]
DAY = 86_400


def make(recipe: Recipe, folder: Path) -> list[Path]:
    """The package, and a later version of it with some notes changed."""
    random = recipe.random("make")
    path = folder / "made.anki2"
    col = _collection(recipe, path)
    media = _media(col, random) if recipe.media else []
    decks = [col.decks.id(name) for name in random.sample(DECKS, random.randint(1, len(DECKS)))]
    _notes(col, recipe, random, media, [1, *decks])
    col = _study(col, recipe, random, path)
    _set_aside(col, random)
    if recipe.filtered:
        _filter(col, random, "Filtered")
        _filter(col, random, "Exam::Cram <1>")
    packages = [_export(col, recipe, folder / recipe.name, decks[0])]
    col = Collection(str(path))
    _edit(col, random, media)
    _answer(col, random, 0.3)
    packages.append(_export(col, recipe, folder / f"later-{recipe.name}", decks[0]))
    return packages


def _collection(recipe: Recipe, path: Path) -> Collection:
    col = Collection(str(path))
    for custom in notetypes.CUSTOM:
        notetypes.add_custom(col, custom)
    col.set_config("rollover", recipe.rollover)
    if recipe.made_west is not None:
        col.set_config("creationOffset", recipe.made_west)
    col.set_config("fsrs", recipe.fsrs)
    col.db.execute("update col set crt = crt - ?", recipe.age * DAY)
    col.close()
    return Collection(str(path))


def _media(col: Collection, random: Random) -> list[str]:
    for name in MEDIA:
        content = _png(random) if name.endswith(".png") else b"ID3\x03\0\0\0\0\0\x0a" + random.randbytes(40)
        (Path(col.media.dir()) / name).write_bytes(content)
    return [*MEDIA, "missing.png"]


def _png(random: Random) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        whole = name + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    line = b"\0" + random.randbytes(3)
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(line)) + chunk(b"IEND", b"")


def _notes(col: Collection, recipe: Recipe, random: Random, media: list[str], decks: list[int]) -> None:
    kinds = list(col.models.all_names_and_ids())
    for number in range(recipe.notes):
        # Every type once, then as it falls.
        kind = kinds[number % len(kinds)] if number < len(kinds) else random.choice(kinds)
        notetype = col.models.get(kind.id)
        note = col.new_note(notetype)
        for name in note.keys():
            note[name] = _field(random, notetype, name, media)
        note.tags = random.sample(TAGS, random.choice([0, 0, 1, 2]))
        note.guid = random.choice([note.guid, f"g{recipe.index}-{number}", f"it's \"{number}\" 日本 " + "x" * 30])
        col.add_note(note, random.choice(decks))
        if random.random() < 0.1:
            cards = note.card_ids()
            col.set_deck([random.choice(cards)], random.choice(decks))


def _field(random: Random, notetype: dict, name: str, media: list[str]) -> str:
    if notetype["name"].startswith("Image Occlusion"):
        return _occlusion(random, name, media)
    if notetype["type"] == 1 and name == "Text":
        return fields.cloze(random, media)
    if name in ("Add Reverse", "Example", "Hint", "Picture", "Title", "Extra", "Back Extra"):
        return fields.short(random)
    if name == "Plain":
        # The filter `text` of Anki lets `&lt;` out as `<`, and the rest is lost in a tag.
        return f"<b>{random.choice(fields.PLAIN)}</b> {random.choice(fields.PLAIN)} <i>&amp; more</i>"
    if name == "Expression":
        return f" 漢字[かんじ] {random.choice(['が', ''])} 読[よ]む {fields.phrase(random)}"
    if random.random() < 0.04 and name not in ("Front", "Question", "Term"):
        return ""
    return fields.field(random, media)


def _occlusion(random: Random, name: str, media: list[str]) -> str:
    pictures = [name for name in media if name.endswith(".png")]
    if name == "Occlusion":
        shape = "{{c%d::image-occlusion:rect:left=.1:top=.%d:width=.2:height=.1:oi=1}}"
        return "<br>".join(shape % (number, number) for number in range(1, random.randint(2, 4)))
    if name == "Image":
        return f'<img src="{random.choice(pictures)}">' if pictures else ""
    return fields.short(random)


def _study(col: Collection, recipe: Recipe, random: Random, path: Path) -> Collection:
    for _ in range(random.randint(0, 5) if recipe.index > 2 else 4):
        _answer(col, random, random.choice([0.2, 0.5, 0.8]))
        col.close()
        let_days_pass(path, random.choice([1, 1, 3, 10, 25]))
        col = Collection(str(path))
    _answer(col, random, 0.2)
    return col


def _answer(col: Collection, random: Random, share: float) -> None:
    for card_id in col.find_cards(""):
        if random.random() > share:
            continue
        card = col.get_card(card_id)
        if card.queue < 0:
            continue
        card.start_timer()
        card.timer_started -= random.choice([0, 2, 7, 40])
        col.sched.answerCard(card, random.choice([1, 2, 3, 3, 3, 4]))


def let_days_pass(path: Path, days: int) -> None:
    """Moves what has happened so many days into the past."""
    from sqlite3 import connect

    with connect(path) as conn:
        conn.execute("update col set crt = crt - ?", [days * DAY])
        conn.execute("update revlog set id = id - ?", [days * DAY * 1000])
        conn.execute("update cards set due = due - ? where queue = 1", [days * DAY])
        for row, data in conn.execute("select id, data from cards where data like '%lrt%'").fetchall():
            said = json.loads(data)
            said["lrt"] -= days * DAY
            conn.execute("update cards set data = ? where id = ?", [json.dumps(said), row])
    conn.close()


def _set_aside(col: Collection, random: Random) -> None:
    def some(share: float) -> list[int]:
        return [card for card in col.find_cards("") if random.random() < share]

    # Whoever opens the package today does not find its buried cards unburied.
    col.set_config("lastUnburied", col._backend.sched_timing_today().days_elapsed)
    col.sched.suspend_cards(some(0.12))
    col.sched.bury_cards(some(0.06), manual=True)
    col.sched.bury_cards(some(0.06), manual=False)
    for flag in range(1, 8):
        col.set_user_flag_for_cards(flag, some(0.03))
    for days in ("0", "3-7!", "400", "1"):
        chosen = some(0.05)
        if chosen:
            col.sched.set_due_date(chosen, days)
    forgotten = some(0.04)
    if forgotten:
        col.sched.schedule_cards_as_new(forgotten, restore_position=True, reset_counts=random.random() < 0.5)


def _filter(col: Collection, random: Random, name: str) -> None:
    deck = col.sched.get_or_create_filtered_deck(0)
    deck.name = name
    deck.config.reschedule = random.random() < 0.6
    del deck.config.search_terms[1:]
    deck.config.search_terms[0].search = random.choice(["is:due", "-is:suspended", "is:new", "is:learn OR is:review"])
    deck.config.search_terms[0].limit = random.randint(1, 12)
    try:
        made = col.sched.add_or_update_filtered_deck(deck)
    except FilteredDeckError:
        return
    cards = list(col.decks.cids(made.id))
    for card_id in random.sample(cards, len(cards) // 3):
        card = col.get_card(card_id)
        card.start_timer()
        col.sched.answerCard(card, random.choice([1, 3]))


def _edit(col: Collection, random: Random, media: list[str]) -> None:
    # A note changed within the second in which it was exported would look unchanged.
    time.sleep(1)
    for note_id in col.find_notes(""):
        if random.random() < 0.3:
            note = col.get_note(note_id)
            first, last = note.keys()[0], [name for name in note.keys() if name != "Plain"][-1]
            if note.note_type()["type"] == 1:
                note[first] += f" edited {fields.phrase(random)}"
            else:
                note[random.choice([first, last])] = f"edited {fields.field(random, media)}"
            col.update_note(note)


def _export(col: Collection, recipe: Recipe, out: Path, deck: int) -> Path:
    """Writes a package, and closes the collection."""
    legacy = recipe.generation != "latest"
    if recipe.kind == "colpkg":
        col.export_collection_package(str(out), include_media=recipe.media, legacy=legacy)
        return out
    options = ExportAnkiPackageOptions(
        with_scheduling=recipe.scheduling,
        with_deck_configs=recipe.scheduling,
        with_media=recipe.media,
        legacy=legacy,
    )
    col.export_anki_package(out_path=str(out), options=options, limit=DeckIdLimit(deck) if recipe.one_deck else None)
    col.close()
    if recipe.generation == "oldest":
        _as_oldest(out)
    return out


def _as_oldest(package: Path) -> None:
    """The same package as programs wrote it before 2.1.28: without meta, in collection.anki2."""
    draft = package.with_suffix(".draft")
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member not in ("meta", "collection.anki2"):
                name = "collection.anki2" if member == "collection.anki21" else member
                new.writestr(name, old.read(member))
    shutil.move(draft, package)
