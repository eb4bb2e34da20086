"""What Anki itself says of a package: it is opened in an empty Anki collection by Anki's engine."""

import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import words
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki._backend import RustBackend
from anki.sound import SoundOrVideoTag

DAY = 86_400
BLANK = "front of this card is blank"
NO_GAP = re.compile(r"No cloze \d+ found on card")


@dataclass
class Row:
    """One row of the review log."""

    at_ms: int
    ease: int
    kind: int
    interval: int
    taken_ms: int


@dataclass
class Card:
    """One card as Anki holds and shows it."""

    guid: str
    ord: int
    notetype: str
    question: list[str]
    answer: list[str]
    # The question and the answer with what a hint hides
    question_open: list[str]
    answer_open: list[str]
    deck: str
    # 0 new, 1 learning, 2 review, 3 relearning
    type: int
    queue: int
    due: date | None
    interval: int
    # Thousandths
    factor: int
    # FSRS holds a difficulty for it
    difficulty: bool
    flag: int
    lapses: int
    occlusion: bool
    # Anki says that it asks nothing
    blank: bool
    rows: list[Row] = field(default_factory=list)


def says(package: Path, rollover: int, folder: Path) -> list[Card]:
    """Every card of a package, notes in the order of their ids."""
    path = folder / "opened.anki2"
    if package.suffix == ".colpkg":
        col = _restored(package, path)
    else:
        col = _imported(package, rollover, path)
    try:
        return _cards(col)
    finally:
        col.close()


def _restored(package: Path, path: Path) -> Collection:
    media = path.with_suffix(".media")
    media.mkdir()
    RustBackend().import_collection_package(
        col_path=str(path), backup_path=str(package), media_folder=str(media), media_db=str(path.with_suffix(".mdb"))
    )
    return Collection(str(path))


def _imported(package: Path, rollover: int, path: Path) -> Collection:
    col = Collection(str(path))
    # So that no name of the package meets one that is here, and gets another.
    others = col.models.all_names_and_ids()
    for other in others[1:]:
        col.models.remove(other.id)
    last = col.models.get(others[0].id)
    last["name"] = "Nothing of the package"
    col.models.update_dict(last)
    # The engine shifts day numbers from the package's today to its own: both days start at one hour.
    col.set_config("rollover", rollover)
    col.db.execute("update col set crt = crt - ?", 400 * DAY)
    col.close()
    col = Collection(str(path))
    # Nothing is unburied today any more: what is buried in the package stays so.
    col.set_config("lastUnburied", col._backend.sched_timing_today().days_elapsed)
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    col.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options))
    return col


def _cards(col: Collection) -> list[Card]:
    timing = col._backend.sched_timing_today()
    today = datetime.fromtimestamp(timing.next_day_at).date() - timedelta(days=1)
    start = today - timedelta(days=timing.days_elapsed)
    cards = []
    for card_id in col.db.list("select id from cards order by nid, ord"):
        card = col.get_card(card_id)
        notetype = card.note_type()
        shown = card.render_output()
        sides = {"q": shown.question_av_tags, "a": shown.answer_av_tags}
        sounds = {side: [_sound(tag) for tag in tags] for side, tags in sides.items()}
        typed = _typed(col, card, notetype)
        question = re.sub(r"\[\[type:.*?\]\]", "", shown.question_text)
        answer = re.sub(r"\[\[type:(.*?)\]\]", lambda m: typed(m[1]), shown.answer_text)
        rows = col.db.all("select id, ease, type, ivl, time from revlog where cid = ? order by id", card_id)
        own_due = card.odue if card.odid and card.odue else card.due
        cards.append(
            Card(
                guid=card.note().guid,
                ord=card.ord,
                notetype=notetype["name"],
                question=words.of_html(question, sounds),
                answer=words.of_html(answer, sounds),
                question_open=words.of_html(question, sounds, hints=True),
                answer_open=words.of_html(answer, sounds, hints=True),
                deck=col.decks.name(card.odid or card.did),
                type=card.type,
                queue=card.queue,
                due=start + timedelta(days=own_due) if card.type == 2 else None,
                interval=card.ivl,
                factor=card.factor,
                difficulty=card.memory_state is not None,
                flag=card.user_flag(),
                lapses=card.lapses,
                occlusion=notetype.get("originalStockKind") == 6,
                blank=BLANK in question or NO_GAP.search(question) is not None,
                rows=[Row(*row) for row in rows],
            )
        )
    return cards


def _sound(tag: object) -> str:
    return tag.filename if isinstance(tag, SoundOrVideoTag) else ""


def _typed(col: Collection, card, notetype: dict):
    """What Anki's window shows in place of the answer to be typed."""

    def shown(inside: str) -> str:
        *filters, name = inside.split(":")
        value = card.note()[name] if name in card.note() else ""
        value = re.sub(r"\[sound:(.*?)\]", lambda m: words.mark(m[1]), value)
        if "cloze" in filters:
            return col.extract_cloze_for_typing(value, card.ord + 1)
        return value

    return shown


def rollover_of(package: Path) -> int:
    """The hour at which days start in a package of schema 11; 4 where it says nothing."""
    import json
    import sqlite3
    import tempfile

    with zipfile.ZipFile(package) as archive, tempfile.TemporaryDirectory() as folder:
        names = archive.namelist()
        if "collection.anki21b" in names:
            return 4
        member = "collection.anki21" if "collection.anki21" in names else "collection.anki2"
        path = archive.extract(member, folder)
        conf = json.loads(sqlite3.connect(path).execute("select conf from col").fetchone()[0])
        return conf.get("rollover", 4)
