#!/usr/bin/env python3
"""Anki's own engine, for the bench: makes a large package, and takes one in.

    with_anki.py make FILE NOTES ROWS     writes a package of so many notes with so many rows of the log
    with_anki.py import FILE              imports it into an empty collection; prints the time of the call alone,
                                     in milliseconds, and the most memory that the process held, in MiB
    with_anki.py keep FILE TIMES          imports it, then exports a package with scheduling and checks the database,
                                     so many times; prints the times of both, in milliseconds
"""

import hashlib
import json
import random
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageOptions, ImportAnkiPackageRequest

SYLLABLES = "re co ver y sup port pe er li ved ex pa ri ence ad vo ca te ho me tru st so lu".split()
DAY = 86_400


def make(out: Path, notes: int, rows: int) -> None:
    """Half of the notes are basic, half have two gaps; every card has been studied."""
    draw = random.Random(7)
    words = ["".join(draw.choice(SYLLABLES) for _ in range(draw.randint(2, 4))) for _ in range(6_000)]
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        path = Path(folder) / "made.anki2"
        col = Collection(str(path))
        kinds = [col.models.by_name(name)["id"] for name in ("Basic", "Cloze")]
        decks = [col.decks.id(name) for name in ("Large", "Large::One", "Large::Two")]
        col.db.execute("update col set crt = crt - ?", 1_000 * DAY)
        col.close()
        _fill(path, draw, words, notes, rows, kinds, decks)
        col = Collection(str(path))
        draft = Path(folder) / out.name
        options = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
        col.export_anki_package(out_path=str(draft), options=options, limit=None)
        col.close()
        draft.rename(out)


def _fill(path: Path, draw: random.Random, words: list[str], notes: int, rows: int, kinds: list[int], decks: list[int]) -> None:
    def text(count: int) -> str:
        # Few words are common, most are rare.
        return " ".join(words[int(len(words) * draw.random() ** 3)] for _ in range(count))

    start = (int(time.time()) - 1_000 * DAY) * 1000
    conn = sqlite3.connect(path)
    card_ids = []
    for number in range(notes):
        note_id, is_cloze = start + number * 10, number % 2
        front = f"{text(22)}?"
        back = f"<b>{text(4)}</b> {text(26)}."
        if is_cloze:
            front, back = f"{text(8)} {{{{c1::{text(2)}}}}} {text(8)} {{{{c2::{text(1)}::hint}}}}.", text(12)
        sort = front.replace("{{", "").replace("}}", "")
        checksum = int.from_bytes(hashlib.sha1(sort.encode()).digest()[:4], "big")
        conn.execute(
            "insert into notes values (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')",
            [note_id, f"guid-{number}", kinds[is_cloze], start // 1000, " made-up large ", f"{front}\x1f{back}", sort, checksum],
        )
        for ord in range(1 + is_cloze):
            interval = draw.randint(1, 200)
            conn.execute(
                "insert into cards values (?, ?, ?, ?, ?, -1, 2, 2, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?)",
                [note_id + ord, note_id, decks[number % 3], ord, start // 1000, 1_000 - draw.randint(-200, interval)]
                + [interval, draw.randrange(1300, 3100, 50), draw.randint(2, 12), draw.randint(0, 3), '{"pos":%d}' % number],
            )
            card_ids.append(note_id + ord)
    for number in range(rows):
        at_ms = start + int(number * (995 * DAY * 1000 / rows))
        interval = draw.randint(1, 200)
        conn.execute(
            "insert into revlog values (?, ?, -1, ?, ?, ?, ?, ?, ?)",
            [at_ms, card_ids[number % len(card_ids)], draw.choice([1, 2, 3, 3, 3, 4]), interval, interval // 2 + 1, 2500]
            + [draw.randint(2_000, 30_000), 1],
        )
    conn.commit()
    conn.close()


def take_in(package: Path) -> None:
    with tempfile.TemporaryDirectory(dir=package.parent) as folder:
        col = Collection(str(Path(folder) / "into.anki2"))
        options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
        request = ImportAnkiPackageRequest(package_path=str(package), options=options)
        start = time.perf_counter()
        col.import_anki_package(request)
        taken = time.perf_counter() - start
        found = {"notes": col.note_count(), "rows": col.db.scalar("select count(*) from revlog")}
        col.close()
    print(json.dumps({"ms": taken * 1000, "peak_mib": _peak(), **found}))


def keep(package: Path, times: int) -> None:
    with tempfile.TemporaryDirectory(dir=package.parent) as folder:
        col = Collection(str(Path(folder) / "kept.anki2"))
        options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
        col.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options))
        options = ExportAnkiPackageOptions(with_scheduling=True, with_media=True, with_deck_configs=True)
        export_ms, check_ms = [], []
        for number in range(times):
            out = Path(folder) / f"out-{number}.apkg"
            start = time.perf_counter()
            col.export_anki_package(out_path=str(out), options=options, limit=None)
            export_ms.append((time.perf_counter() - start) * 1000)
            out.unlink()
            start = time.perf_counter()
            col.fix_integrity()
            check_ms.append((time.perf_counter() - start) * 1000)
        col.close()
    print(json.dumps({"export_ms": export_ms, "check_ms": check_ms}))


def _peak() -> float | None:
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), None)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]).absolute(), int(sys.argv[3]), int(sys.argv[4]))
    elif sys.argv[1] == "keep":
        keep(Path(sys.argv[2]).absolute(), int(sys.argv[3]))
    else:
        take_in(Path(sys.argv[2]).absolute())
