"""Holds what Cairn has against what Anki says, card by card and row by row."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import anki_says
import cairn
from declared import Reason, expected_back, expected_schedule, left_out, put_in, wants_front

GRADES = {1: 1, 2: 3, 3: 4, 4: 5}


@dataclass
class Found:
    """What a comparison of one package came to."""

    cards: int = 0
    rows: int = 0
    # Cards and rows that differ on purpose, by the name of the reason
    declared: Counter = field(default_factory=Counter)
    # Package, guid, number, field, what Anki says, what Cairn has
    differences: list[tuple[str, str, int, str, Any, Any]] = field(default_factory=list)

    def differs(self, package: str, card: anki_says.Card | cairn.Card, name: str, anki: Any, ours: Any) -> None:
        self.differences.append((package, card.guid, card.ord, name, anki, ours))

    def note(self, reason: Reason | None) -> None:
        if reason:
            self.declared[reason.name] += 1


def compare(package: str, said: list[anki_says.Card], made: list[cairn.Card], now: datetime, found: Found) -> None:
    """Every card of a package that came into an empty collection."""
    ours = by_card(package, made, found)
    home = home_decks(said)
    for card in said:
        here = ours.pop((card.guid, card.ord), None)
        if here is None:
            reason = left_out(card)
            found.note(reason)
            if not reason:
                found.differs(package, card, "card", "there", "missing")
            continue
        found.cards += 1
        faces(package, card, here, found)
        standing(package, card, here, now, found)
        deck(package, card, here, home[card.guid], found)
        log(package, card, here, now, found)
    for here in ours.values():
        surplus(package, here, home, found)


def surplus(package: str, here: cairn.Card, home: dict[str, str], found: Found) -> None:
    """A card that Anki does not have."""
    reason = put_in(here, set(home))
    found.note(reason)
    if not reason:
        found.differs(package, here, "card", "missing", "there")


def by_card(package: str, made: list[cairn.Card], found: Found) -> dict[tuple[str, int], cairn.Card]:
    ours: dict[tuple[str, int], cairn.Card] = {}
    for card in made:
        if (card.guid, card.ord) in ours:
            found.differs(package, card, "card", "once", "twice")
        ours[(card.guid, card.ord)] = card
    return ours


def home_decks(said: list[anki_says.Card]) -> dict[str, str]:
    """The deck of each note: that of its first card."""
    home: dict[str, str] = {}
    for card in said:
        home.setdefault(card.guid, card.deck)
    return home


def faces(package: str, card: anki_says.Card, here: cairn.Card, found: Found) -> None:
    front, reason = wants_front(card)
    found.note(reason)
    if here.front != front:
        found.differs(package, card, "question", " ".join(front), " ".join(here.front))
    wanted, reason = expected_back(card, here)
    found.note(reason)
    if here.back not in wanted:
        found.differs(package, card, "answer", " ".join(wanted[0]), " ".join(here.back))


def standing(package: str, card: anki_says.Card, here: cairn.Card, now: datetime, found: Found) -> None:
    today = study_day(now, now)
    wanted, reasons = expected_schedule(card, today)
    for reason in reasons:
        found.note(reason)
    got = {
        "due": here.due,
        "interval": here.interval,
        "ease": here.ease,
        "repetitions": here.repetitions,
        "lapses": here.lapses,
        "suspended": here.suspended,
        "flagged": here.flagged,
        "buried until": here.buried_until,
        "rows that set the schedule": here.set_rows,
    }
    for name, value in wanted.items():
        if got[name] != value:
            found.differs(package, card, name, value, got[name])


def deck(package: str, card: anki_says.Card, here: cairn.Card, home: str, found: Found) -> None:
    if card.deck != home:
        found.note(Reason.ONE_DECK)
    if here.deck != home:
        found.differs(package, card, "deck", home, here.deck)


def log(package: str, card: anki_says.Card, here: cairn.Card, now: datetime, found: Found) -> None:
    wanted = [
        (row.at_ms, GRADES.get(row.ease), row.taken_ms, study_day(instant(row.at_ms, now), now), row.kind, row.interval)
        for row in card.rows
    ]
    got = [
        (row.at_ms, row.grade, row.taken_ms, row.day, row.elsewhere.get("type"), row.elsewhere.get("ivl"))
        for row in here.rows
    ]
    found.rows += len(wanted)
    if wanted != got:
        first = next((pair for pair in zip(wanted, got) if pair[0] != pair[1]), (len(wanted), len(got)))
        found.differs(package, card, "log", *first)


def instant(at_ms: int, now: datetime) -> datetime:
    return datetime.fromtimestamp(at_ms // 1000, now.tzinfo)


def study_day(moment: datetime, now: datetime) -> date:
    """Cairn's study day of a moment, in the zone of `now`."""
    return (moment.astimezone(now.tzinfo) - timedelta(hours=4)).date()
