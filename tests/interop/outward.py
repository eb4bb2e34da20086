"""The way out: what Cairn writes as an Anki package, opened by Anki's engine.

`unanswered`: a package of Anki's, taken in and written again, is in Anki what the first one was: note
types, fields, tags, guids, ids, every value of every card, every row of the log, every file.
`answered`: a collection with decks of Cairn's own and a package of Anki's, studied here, is in Anki what
it is here; Anki imports it without a remark, finds nothing to mend, shows every card, and takes a second
export as the same notes.
"""

import json
import random
import re
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import anki_says
import words
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from cairn import EPOCH, Cairn, number
from compare import Found, study_day
from recipe import Recipe

CARD = "id ord did type queue due ivl factor reps lapses left odue odid flags data"
SECONDS_FROM = 1_000_000_000
MOST_ANSWERS = 40
# Longer than so many answers take
SITTING = timedelta(minutes=20)
EASE = {0: 1, 1: 1, 2: 1, 3: 2, 4: 3, 5: 4}
RIGHT = "Database rebuilt and optimized."
BROKEN = re.compile(r"\{\{|template has a problem|front of this card is blank|No cloze \d+ found", re.I)


def unanswered(name: str, package: Path, ours: Cairn, folder: Path, found: Found) -> str:
    """Out again as it came in. Gives what Anki finds to mend in the package itself."""
    back = ours.export(folder / "back.apkg")
    theirs = _opened(package, anki_says.rollover_of(package), _made(folder / "theirs"))
    again = _opened(back, 4, _made(folder / "again"))
    known = {(card.guid, card.ord) for card in ours.cards()}
    try:
        before, after = _everything(theirs), _everything(again)
        own, _ = theirs.fix_integrity()
        problems, ok = again.fix_integrity()
        if not ok and problems != own:
            found.differences.append((name, "", 0, "database check", "nothing found", problems))
        for guid in before["notes"].keys() & after["notes"].keys():
            _same(name, guid, 0, before["notes"][guid], after["notes"][guid], found)
        for key, card in before["cards"].items():
            if key not in known:
                continue
            here = after["cards"].pop(key, None)
            if here is None:
                found.differences.append((name, *key, "card", "there", "missing"))
            else:
                found.cards += 1
                found.rows += len(card["rows"])
                _same(name, *key, _at_home(card), here, found)
        for file in sorted(Path(again.media.dir()).iterdir()):
            if file.read_bytes() != (Path(theirs.media.dir()) / file.name).read_bytes():
                found.differences.append((name, "", 0, f"file {file.name}", "the same", "another"))
    finally:
        theirs.close()
        again.close()
    return own


def answered(name: str, package: Path, folder: Path, now: datetime, recipe: Recipe, own: str, found: Found) -> None:
    """What was studied here stands in Anki as it stands here."""
    draw = random.Random(recipe.seed * 1000 + recipe.index)
    ours = Cairn(folder / "studied.cairn", now, empty=False)
    for days in (draw.randint(8, 30), draw.randint(1, 7)):
        ours.now = now - timedelta(days=days)
        _study(ours, draw, recipe.still)
    begun = now - SITTING
    still = recipe.still or study_day(begun, now) != study_day(now, now)
    ours.now = now if still else begun
    ours.take_in(package)
    _study(ours, draw, still)
    ours.now = now
    col = Collection(str(_made(folder / "studied") / "opened.anki2"))
    try:
        # The engine shifts day numbers from the package's today to its own.
        col.set_config("rollover", 4)
        col.set_config("lastUnburied", col._backend.sched_timing_today().days_elapsed)
        _import(name, col, ours.export(folder / "studied.apkg"), found)
        problems, ok = col.fix_integrity()
        # Cards that were not answered here bring the faults that they came with, where they have any.
        if not ok and own == RIGHT:
            found.differences.append((name, "", 0, "database check", "nothing found", problems))
        _compare(name, ours, col, now, found)
        _renders(name, ours, col, found)
        notes = col.note_count()
        _import(name, col, ours.export(folder / "twice.apkg"), found)
        if col.note_count() != notes:
            found.differences.append((name, "", 0, "notes after a second import", notes, col.note_count()))
    finally:
        col.close()


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _opened(package: Path, rollover: int, folder: Path) -> Collection:
    path = folder / "opened.anki2"
    if package.suffix == ".colpkg":
        return anki_says._restored(package, path)
    return anki_says._imported(package, rollover, path)


def _import(name: str, col: Collection, package: Path, found: Found) -> None:
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    log = col.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options)).log
    for what in ("conflicting", "first_field_match", "missing_notetype", "missing_deck", "empty_first_field"):
        if notes := getattr(log, what):
            found.differences.append((name, "", 0, f"remark of the import: {what}", 0, [list(note.fields)[:2] for note in notes]))


def _study(ours: Cairn, draw: random.Random, still: bool) -> None:
    """Answers some cards: seconds apart, or all at one instant, where the clock stands still."""
    lines = [draw.choice(["again", "hard", "good", "good", "easy"]) for _ in range(draw.randint(10, MOST_ANSWERS))]
    begun = ours.now
    for text in ["\n".join(lines)] if still else lines:
        done = ours.program("review", text=f"{text}\n")
        if '"event":"answered"' not in done:
            if ours.now == begun:
                raise RuntimeError(f"nothing was answered: {done}")
            break
        if not still:
            ours.now += timedelta(milliseconds=draw.randint(2_000, 25_000))


def _everything(col: Collection) -> dict:
    """Notes by guid and cards by guid and number, with what counts from a day as a date."""
    timing = col._backend.sched_timing_today()
    today = datetime.fromtimestamp(timing.next_day_at).date() - timedelta(days=1)
    start = today - timedelta(days=timing.days_elapsed)
    types = {}
    for kind in col.models.all():
        # The id that it had before an import is none of its own.
        shown = {key: value for key, value in kind.items() if key not in ("usn", "mod", "req", "originalId")}
        types[kind["id"]] = json.dumps(shown, sort_keys=True)
    notes, guids = {}, {}
    for nid, guid, mid, mod, tags, flds in col.db.all("select id, guid, mid, mod, tags, flds from notes"):
        guids[nid] = guid
        tags = sorted(tags.split())
        notes[guid] = {"id": nid, "note type": types[mid], "mod": mod, "tags": tags, "fields": flds.split("\x1f")}
    cards = {}
    for row in col.db.all(f"select nid, {', '.join(CARD.split())} from cards"):
        card = dict(zip(CARD.split(), row[1:]))
        own = card["odue"] if card["odid"] and card["odue"] else card["due"]
        if card["type"] == 2 or (card["type"] in (1, 3) and own < SECONDS_FROM):
            card["due"] = card["odue"] = start + timedelta(days=own)
        card["did"] = None
        card["data"] = json.loads(card["data"] or "{}")
        card["rows"] = col.db.all("select * from revlog where cid = ? order by id", card["id"])
        cards[guids[row[0]], card["ord"]] = card
    return {"notes": notes, "cards": cards}


def _at_home(card: dict) -> dict:
    """The card taken out of its filtered deck."""
    if card["odid"]:
        due = card["odue"] or card["due"]
        queue = {0: 0, 2: 2}.get(card["type"], 1 if isinstance(due, int) and due >= SECONDS_FROM else 3)
        card = {**card, "due": due, "queue": card["queue"] if card["queue"] < 0 else queue, "odid": 0}
    return card


def _same(name: str, guid: str, ord: int, before: dict, after: dict, found: Found) -> None:
    for key, value in before.items():
        if key == "odue":
            continue
        if value != after[key] and not (key == "rows" and [r[:2] + r[3:] for r in value] == [r[:2] + r[3:] for r in after[key]]):
            found.differences.append((f"{name}, out again", guid, ord, key, value, after[key]))


OURS = """
SELECT card.id, coalesce(json_extract(e.json, '$.guid'), 'cairn-' || lower(hex(note.uuid))), ordinal, deck.name, due,
  interval_days, ease_hundredths, lapses, suspended, flagged, buried_until, a.json IS NOT NULL, lower(hex(card.uuid)),
  json_extract(note.content, '$.kind')
FROM card JOIN note ON note.id = card.note JOIN deck ON deck.id = card.deck
  LEFT JOIN elsewhere_note AS e ON e.note = note.id LEFT JOIN elsewhere_card AS a ON a.card = card.id
WHERE card.gone = 0 AND note.gone = 0
"""
LOG = """
SELECT at_ms, kind, grade, taken_ms, after_interval_days, after_ease_hundredths, day, elsewhere FROM review_log
WHERE card = ? AND operation NOT IN (SELECT voids FROM operation WHERE voids IS NOT NULL) ORDER BY at_ms, id
"""


def _compare(name: str, ours: Cairn, col: Collection, now: datetime, found: Found) -> None:
    timing = col._backend.sched_timing_today()
    today = study_day(now, now)
    there = {}
    for guid, *card in col.db.all("select guid, ord, type, queue, due, ivl, factor, lapses, cards.flags, cards.id from cards join notes on notes.id = nid"):
        there[guid, card[0]] = card[1:]
    with ours._open() as conn:
        for cid, guid, key, _, due, interval, ease, lapses, suspended, flagged, buried, kept, *_ in conn.execute(OURS):
            ord = number(key)
            if (guid, ord) not in there:
                found.differences.append((name, guid, ord, "card in Anki", "there", "missing"))
                continue
            kind, queue, at, ivl, factor, lapsed, flag, anki_id = there[guid, ord]
            found.cards += 1
            log = conn.execute(LOG, [cid]).fetchall()
            answers = [row for row in log if row[1] in ("review", "drill")]
            if answers or not kept:
                drill = answers and answers[-1][6] == (today - EPOCH).days and answers[-1][2] < 4
                day = None if due is None else today if drill else EPOCH + timedelta(days=due)
                wanted = (0, None, 0, 0, 0) if due is None else (2, day, interval, ease * 10, lapses)
                shown = today + timedelta(days=at - timing.days_elapsed)
                got = (kind, None if kind == 0 else shown, ivl, factor, lapsed)
                if wanted != got:
                    found.differences.append((name, guid, ord, "where it stands", wanted, got))
            is_buried = buried > (today - EPOCH).days
            state = (queue == -1, flag & 7 != 0, queue in (-2, -3))
            if state != (bool(suspended), bool(flagged), is_buried and not suspended):
                found.differences.append((name, guid, ord, "state", (suspended, flagged, is_buried), state))
            rows = sorted(_row(row) for row in log if row[1] != "set")
            got = sorted((*row[:4], max(row[4], 1)) for row in col.db.all("select ease, ivl, factor, time, type from revlog where cid = ?", anki_id))
            found.rows += len(rows)
            if rows != got:
                found.differences.append((name, guid, ord, "log", rows, got))


def _row(row: tuple) -> tuple:
    _, kind, grade, taken, interval, ease, _, elsewhere = row
    if kind == "foreign":
        said = json.loads(elsewhere)
        return said["ease"], said["ivl"], said["factor"], taken, max(said["type"], 1)
    return _own(kind, grade, taken, interval, ease)


def _own(kind: str, grade: int, taken: int, interval: int, ease: int) -> tuple:
    moved = kind == "review"
    # Anki tells first answers (0) from others (1); here, both are one.
    return EASE[grade], interval or 0, ease * 10 if moved else 0, min(taken, 60_000), 1 if moved else 3


def _renders(name: str, ours: Cairn, col: Collection, found: Found) -> None:
    faces = ours._faces()
    with ours._open() as conn:
        kinds = {(row[1], number(row[2])): (row[12], row[13]) for row in conn.execute(OURS)}
    for card_id in col.find_cards(""):
        card = col.get_card(card_id)
        key = card.note().guid, card.ord
        shown = card.render_output()
        if card.note_type()["name"].startswith("Cairn "):
            for side in (shown.question_text, shown.answer_text):
                if BROKEN.search(side):
                    found.differences.append((name, *key, "template", "whole", side[:300]))
            uuid, kind = kinds[key]
            sounds = {"q": [anki_says._sound(tag) for tag in shown.question_av_tags], "a": []}
            question, front = words.of_html(shown.question_text, sounds), words.split(faces[uuid]["front"])
            if question != front and (kind != "choice" or question[: len(front)] != front):
                found.differences.append((name, *key, "question in Anki", " ".join(front), " ".join(question)))
