"""What each package is made of: drawn from the seed, so that the same seed makes the same kinds."""

from dataclasses import asdict, dataclass
from random import Random

# The first of them name what every run must hold; the rest is drawn.
KINDS = [
    ("anki", "apkg", "latest"),
    ("anki", "apkg", "legacy"),
    ("anki", "colpkg", "latest"),
    ("anki", "colpkg", "legacy"),
    ("anki", "apkg", "oldest"),
    ("genanki", "apkg", "oldest"),
    ("anki", "apkg", "latest"),
]
ZONES = ["UTC", "America/Los_Angeles", "Asia/Tokyo", "Asia/Kathmandu", "Pacific/Auckland", "America/St_Johns"]


@dataclass(frozen=True)
class Recipe:
    """One package to be made."""

    seed: int
    index: int
    # `anki` or `genanki`
    maker: str
    # `apkg` or `colpkg`
    kind: str
    # `latest`; `legacy`; or `oldest`, which holds a collection.anki2 alone
    generation: str
    # Time zone of everybody concerned
    zone: str
    # Hour at which Anki's day starts
    rollover: int
    # Minutes west of UTC where the collection was made; None: as the zone says
    made_west: int | None
    # Days since the collection was made
    age: int
    media: bool
    scheduling: bool
    fsrs: bool
    filtered: bool
    # Export of one deck with its children instead of everything
    one_deck: bool
    # Who studies here has a clock that stands still
    still: bool
    notes: int

    @property
    def name(self) -> str:
        return f"{self.index:03d}-{self.maker}-{self.generation}.{self.kind}"

    @property
    def words(self) -> str:
        said = asdict(self)
        flags = [flag for flag in ("media", "scheduling", "fsrs", "filtered", "one_deck", "still") if said[flag]]
        return f"{self.name} ({self.zone}, day starts at {self.rollover}, {self.notes} notes, {', '.join(flags)})"

    def random(self, part: str) -> Random:
        """A source of chance of its own for each part of the work."""
        return Random(f"{self.seed}-{self.index}-{part}")


def recipe(seed: int, index: int) -> Recipe:
    random = Random(f"{seed}-{index}")
    maker, kind, generation = KINDS[index % len(KINDS)]
    rollover = random.choice([4, 4, 4, 0, 2, 10, 23])
    made_west = random.choice([None, None, 0, 480, -540, -765])
    # A collection made today must not have been made tomorrow in the zone that it names.
    ages = [0, 1, 40, 400, 4000] if made_west is None and rollover == 4 else [2, 40, 400, 4000]
    return Recipe(
        seed=seed,
        index=index,
        maker=maker,
        kind=kind,
        generation=generation,
        zone=random.choice(ZONES),
        rollover=rollover,
        made_west=made_west,
        age=random.choice(ages),
        media=index % 3 != 1,
        scheduling=kind == "colpkg" or index % 5 != 4,
        fsrs=index % 3 == 0,
        filtered=random.random() < 0.5,
        one_deck=kind == "apkg" and random.random() < 0.25,
        still=index % 4 == 1,
        notes=random.randint(15, 40),
    )
