"""What differs on purpose, in one place, each with its reason; everything else that differs is a fault.

A difference that is declared is still checked: what Cairn should have instead is said here too.
"""

from datetime import date, timedelta
from enum import Enum

import anki_says
import cairn

# SM-2 knows no lower ease, and Cairn no higher one.
EASE = (130, 1000)
START_EASE = 250
LONGEST = 36_500


class Reason(Enum):
    """Why something differs."""

    LEARNING = "A card that is being learned or relearned is due today and starts from an interval of a day."
    FSRS = "Under FSRS the ease of a card is not worked out: it starts from 2.50."
    NO_EASE = "A review card without an ease starts from 2.50."
    SAME_DAY = "A review card with an interval of 0 days has an interval of 1 day: SM-2 knows none shorter."
    HINT = "What waits behind a click on a question stands on the answer: nothing is clicked here."
    OCCLUSION = "A picture with covered parts is shown without its covers, and the preview says so."
    NO_QUESTION = "A card that asks nothing is left out; Anki shows a message in its place."
    NO_CARD = "A gap whose card the package lacks gets a new card, as Anki makes one when the note is next edited."
    ONE_DECK = "A note lies in one deck, that of its first card."


def left_out(card: anki_says.Card) -> Reason | None:
    """Why a card is not there."""
    return Reason.NO_QUESTION if card.blank or not card.question else None


def put_in(here: cairn.Card, guids: set[str]) -> Reason | None:
    """Why a card is there that Anki does not have."""
    is_new = here.due is None and not here.rows
    return Reason.NO_CARD if here.key.startswith("c") and is_new and here.guid in guids else None


def wants_front(card: anki_says.Card) -> tuple[list[str], Reason | None]:
    """The words of the question."""
    return card.question, Reason.OCCLUSION if card.occlusion else None


def expected_back(card: anki_says.Card, here: cairn.Card) -> tuple[list[list[str]], Reason | None]:
    """The words of the answer, with and without the question that Anki repeats above it."""
    question, answer, reason = card.question, card.answer, None
    if card.question_open != question:
        # The value behind the hint comes first, then the answer; the question, if it is repeated, last.
        answer, reason = card.answer_open, Reason.HINT
        if sorted(here.back) in (sorted(answer), sorted(without(answer, question))):
            return [here.back], reason
    elif card.answer_open != answer:
        answer = card.answer_open
    wanted = [answer]
    if answer[: len(question)] == question:
        wanted.insert(0, answer[len(question) :])
    if card.occlusion:
        wanted.append(answer[len(question) :])
    return wanted, reason


def without(words: list[str], others: list[str]) -> list[str]:
    left = list(words)
    for word in others:
        if word in left:
            left.remove(word)
    return left


def expected_schedule(card: anki_says.Card, today: date) -> tuple[dict, list[Reason]]:
    """Where the card stands, and what it is marked with."""
    marks = {
        "suspended": card.queue == -1,
        "flagged": card.flag != 0,
        "buried until": today + timedelta(days=1) if card.queue in (-2, -3) else None,
    }
    if card.type == 0:
        empty = dict.fromkeys(("due", "interval", "ease", "repetitions", "lapses"))
        return {**empty, **marks, "rows that set the schedule": 0}, []
    reasons = []
    learning = card.type != 2
    interval = min(max(card.interval, 1), LONGEST)
    if learning:
        reasons.append(Reason.LEARNING)
    elif card.interval < 1:
        reasons.append(Reason.SAME_DAY)
    ease = min(max(card.factor // 10, EASE[0]), EASE[1])
    if card.difficulty:
        ease = START_EASE
        reasons.append(Reason.FSRS)
    elif card.factor <= 0:
        ease = START_EASE
        if not learning:
            reasons.append(Reason.NO_EASE)
    wanted = {
        "due": today if learning else card.due,
        "interval": interval,
        "ease": ease,
        "repetitions": 0 if learning else 2 if interval >= 6 else 1,
        "lapses": card.lapses,
        "rows that set the schedule": 1,
    }
    return {**wanted, **marks}, reasons
