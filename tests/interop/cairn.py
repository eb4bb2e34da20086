"""What Cairn made of a package: its command line imports it, its file is read as it lies there."""

import json
import os
import sqlite3
import subprocess
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import words

EPOCH = date(1970, 1, 1)
# Tables of which nothing may change when a package comes a second time.
KEPT = "deck note card review_log operation before_image tombstone media note_media elsewhere_note elsewhere_card"


@dataclass
class Row:
    """One row of the log that came from Anki."""

    at_ms: int
    grade: int | None
    taken_ms: int
    day: date
    kind: str
    elsewhere: dict


@dataclass
class Card:
    """One card as Cairn holds and shows it."""

    guid: str
    ord: int
    key: str
    front: list[str]
    back: list[str]
    deck: str
    due: date | None
    interval: int | None
    # Hundredths
    ease: int | None
    repetitions: int | None
    lapses: int | None
    suspended: bool
    flagged: bool
    buried_until: date | None
    rows: list[Row] = field(default_factory=list)
    # Rows that set the schedule outright
    set_rows: int = 0

    @property
    def schedule(self) -> tuple:
        return self.due, self.interval, self.ease, self.repetitions, self.lapses


class Cairn:
    """An empty collection at a path, and the programs that work on it."""

    def __init__(self, path: Path, now: datetime, empty: bool = True) -> None:
        self.path = path
        self.now = now
        self.programs = Path(os.environ["CAIRN_PROGRAMS"])
        self.run("create", *(["--empty"] if empty else []))

    @property
    def today(self) -> date:
        """Cairn's study day, which starts at four."""
        return (self.now - timedelta(hours=4)).date()

    def run(self, *arguments: str) -> dict:
        said = self.program(*arguments)
        return json.loads(said) if said.strip() else {}

    def program(self, *arguments: str, text: str = "") -> str:
        """Runs the command line with some lines to read; gives what it writes."""
        command = [self.programs / "cairn-cli", "--collection", self.path, "--json"]
        command += ["--now", self.now.isoformat(), *arguments]
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(f"cairn-cli {' '.join(map(str, arguments))}: {done.stdout}{done.stderr}")
        return done.stdout

    def take_in(self, package: Path) -> dict:
        return self.run("import", str(package))

    def export(self, out: Path) -> Path:
        """Writes an Anki package."""
        self.program("export", "--format", "apkg", "--out", str(out))
        return out

    def everything(self) -> dict[str, list]:
        """Every row of the tables that an import writes."""
        with self._open() as conn:
            return {table: conn.execute(f"SELECT * FROM {table}").fetchall() for table in KEPT.split()}

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)

    def cards(self) -> list[Card]:
        """Every card in sight, notes in the order in which they came in."""
        faces = self._faces()
        found: dict[int, Card] = {}
        with self._open() as conn:
            for row in conn.execute(CARDS):
                card_id, uuid, guid, key, deck, due, interval, ease, repetitions, lapses, *state = row
                side = faces[uuid]
                found[card_id] = Card(
                    guid=guid,
                    ord=number(key),
                    key=key,
                    front=words.split(side["front"]),
                    back=words.split(f"{side['back']}\n{side['note']}"),
                    deck=deck,
                    due=None if due is None else EPOCH + timedelta(days=due),
                    interval=interval,
                    ease=ease,
                    repetitions=repetitions,
                    lapses=lapses,
                    suspended=bool(state[0]),
                    flagged=bool(state[1]),
                    buried_until=None if state[2] < 0 else EPOCH + timedelta(days=state[2]),
                )
            for card_id, at_ms, grade, taken, day, kind, elsewhere in conn.execute(ROWS):
                if card_id not in found:
                    continue
                if kind == "foreign":
                    said = json.loads(elsewhere or "{}")
                    row = Row(at_ms, grade, taken, EPOCH + timedelta(days=day), kind, said)
                    found[card_id].rows.append(row)
                else:
                    found[card_id].set_rows += 1
        return list(found.values())

    def _faces(self) -> dict[str, dict]:
        command = [self.programs / "examples" / "faces", self.path]
        out = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
        lines = (json.loads(line) for line in out.splitlines())
        return {line["uuid"]: line for line in lines}


CARDS = """
SELECT card.id, lower(hex(card.uuid)), json_extract(elsewhere_note.json, '$.guid'), ordinal, deck.name,
  due, interval_days, ease_hundredths, repetitions, lapses, suspended, flagged, buried_until
FROM card JOIN note ON note.id = card.note JOIN deck ON deck.id = card.deck
  JOIN elsewhere_note ON elsewhere_note.note = note.id
WHERE card.gone = 0 ORDER BY card.id
"""
ROWS = "SELECT card, at_ms, grade, taken_ms, day, kind, elsewhere FROM review_log ORDER BY card, at_ms, id"


def number(key: str) -> int:
    """Anki's number of a card, from its key here."""
    return {"front": 0, "back": 1}.get(key, -1) if key in ("front", "back") else int(key[1:]) - 1
