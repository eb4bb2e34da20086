"""One package from the making to the comparison; prints what it found as JSON.

Runs in a process of its own, since the time zone belongs to the process. In: the environment that
`run.py` sets, the seed, the number of the package, a folder. Out: a line of JSON.
"""

import json
import os
import sys
import time
import traceback
from datetime import datetime
from pathlib import Path

from recipe import Recipe, recipe


def main() -> None:
    seed, index, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    made = recipe(seed, index)
    os.environ["TZ"] = made.zone
    time.tzset()
    result = {"words": made.words}
    try:
        result |= examine(made, folder)
    except Exception:
        result["failure"] = traceback.format_exc()
    print(json.dumps(result, default=str, ensure_ascii=False))


def examine(recipe: Recipe, folder: Path) -> dict:
    import anki_says
    import compare
    import genanki_make
    import make
    import outward
    from cairn import Cairn

    first, later = (genanki_make if recipe.maker == "genanki" else make).make(recipe, folder)
    now = datetime.now().astimezone().replace(microsecond=0)
    ours = Cairn(folder / "ours.cairn", now)
    report = ours.take_in(first)
    found = compare.Found()
    said = anki_says.says(first, anki_says.rollover_of(first), folder_in(folder, "first"))
    before = ours.cards()
    own = outward.unanswered(recipe.name, first, ours, folder, found)
    outward.answered(f"{recipe.name}, studied", first, folder, now, recipe, own, found)
    compare.compare(recipe.name, said, before, now, found)
    again(recipe, ours, first, found)
    update(recipe, ours, later, before, anki_says.says(later, anki_says.rollover_of(later), folder_in(folder, "later")), now, found)
    undo(recipe, ours, found)
    return {
        "cards": found.cards,
        "rows": found.rows,
        "declared": dict(found.declared),
        "differences": found.differences,
        "left_out": [problem["message"] for problem in report["problems"]],
    }


def folder_in(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name


def again(recipe: Recipe, ours, package: Path, found) -> None:
    """The same file a second time changes nothing."""
    before = ours.everything()
    ours.take_in(package)
    after = ours.everything()
    for table, rows in before.items():
        if rows != after[table]:
            changed = next((pair for pair in zip(rows, after[table]) if pair[0] != pair[1]), (len(rows), len(after[table])))
            found.differences.append((f"{recipe.name}, again", "", 0, f"table {table}", *changed))


def update(recipe: Recipe, ours, package: Path, before: list, said: list, now: datetime, found) -> None:
    """A later version brings its text; a card that has a history here keeps where it stands."""
    import compare

    name = f"{recipe.name}, later version"
    ours.take_in(package)
    known = {(card.guid, card.ord): card for card in before}
    after = {(card.guid, card.ord): card for card in ours.cards()}
    home = compare.home_decks(said)
    for card in said:
        here, was = after.pop((card.guid, card.ord), None), known.get((card.guid, card.ord))
        if here is None:
            reason = compare.left_out(card)
            if not reason:
                found.differs(name, card, "card", "there", "missing")
            continue
        compare.faces(name, card, here, found)
        if was and (was.rows or was.set_rows):
            if was.schedule != here.schedule:
                found.differs(name, card, "schedule kept", was.schedule, here.schedule)
        else:
            compare.standing(name, card, here, now, found)
            compare.log(name, card, here, now, found)
        if not was:
            compare.deck(name, card, here, home[card.guid], found)
    # What the later version no longer holds stays.
    for key, here in after.items():
        if key not in known:
            compare.surplus(name, here, home, found)


def undo(recipe: Recipe, ours, found) -> None:
    """One undo for each import, and nothing is left."""
    for _ in range(len(ours.everything()["operation"])):
        if not ours.cards():
            return
        ours.run("undo")
    if ours.cards():
        found.differences.append((f"{recipe.name}, undone", "", 0, "cards left", 0, len(ours.cards())))


if __name__ == "__main__":
    main()
