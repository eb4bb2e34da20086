"""Note types beside Anki's own: what people build from templates."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Custom:
    """A note type of our own. `fields` are filled by what their name says (see `make.py`)."""

    name: str
    fields: list[str]
    templates: list[tuple[str, str]]
    cloze: bool = False


RULE = "\n\n<hr id=answer>\n\n"

CUSTOM = [
    Custom(
        "Conditions",
        ["Question", "Answer", "Example", "Picture"],
        [
            (
                "{{#Picture}}<div class=p>{{Picture}}</div>{{/Picture}}{{Question}}"
                "{{^Picture}}<i>no picture</i>{{/Picture}}",
                "{{FrontSide}}" + RULE + "{{Answer}}{{#Example}}<div>e.g. {{Example}}"
                "{{#Picture}} (shown){{/Picture}}</div>{{/Example}}",
            ),
            ("{{#Example}}Which one is it: {{Example}}?{{/Example}}", "{{Question}}<br>{{Answer}}"),
        ],
    ),
    Custom(
        "Words & marks",
        ["Term", "Meaning", "Hint", "Source", "Plain"],
        [
            ("<h1>{{Term}}</h1>{{hint:Hint}}", "{{FrontSide}}" + RULE + "{{Meaning}}<p>{{Source}}</p>"),
            ("{{text:Plain}} <small>{{Tags}}</small>", "{{FrontSide}}" + RULE + "{{Term}} {{Type}} {{Card}}"),
            ("Spell: {{Meaning}}{{type:Term}}", "{{Meaning}}<hr id='answer' />{{type:Term}}"),
        ],
    ),
    Custom(
        "Bare",
        ["Front", "Back"],
        [("{{Front}}", "{{Back}}")],
    ),
    Custom(
        "Places",
        ["Front", "Back"],
        [("{{Deck}}: {{Front}}", "{{FrontSide}}<hr id=answer>{{Subdeck}} {{Back}}")],
    ),
    Custom(
        "Other marks",
        ["Front", "Back"],
        [("{{=<% %>=}}<% Front %> <!-- {{Back}} -->", "{{FrontSide}}" + RULE + "{{Back}}")],
    ),
    Custom(
        "Reading",
        ["Expression", "Meaning"],
        [("{{kanji:Expression}}", "{{furigana:Expression}}" + RULE + "{{Meaning}}")],
    ),
    Custom(
        "Gaps with more",
        ["Text", "Extra", "Title"],
        [
            (
                "{{#Title}}<b>{{Title}}</b><br>{{/Title}}{{cloze:Text}}",
                "{{#Title}}<b>{{Title}}</b><br>{{/Title}}{{cloze:Text}}<hr>{{Extra}}",
            )
        ],
        cloze=True,
    ),
    Custom(
        "Gaps to type",
        ["Text", "Extra"],
        [("{{cloze:Text}}{{type:cloze:Text}}", "{{cloze:Text}}{{type:cloze:Text}}<br>{{Extra}}")],
        cloze=True,
    ),
    Custom(
        "Gaps by condition",
        ["Text", "Extra"],
        [
            (
                "{{cloze:Text}}{{#c1}}<div>first</div>{{/c1}}{{^c1}}<div>not first</div>{{/c1}}",
                "{{cloze:Text}}{{#Extra}}<br>{{Extra}}{{/Extra}}",
            )
        ],
        cloze=True,
    ),
]


def add_custom(col, custom: Custom) -> dict:
    """Adds a note type to a collection and gives it back."""
    models = col.models
    made = models.new(custom.name)
    made["type"] = 1 if custom.cloze else 0
    for name in custom.fields:
        models.add_field(made, models.new_field(name))
    for number, (front, back) in enumerate(custom.templates, 1):
        template = models.new_template(f"Card {number}")
        template["qfmt"], template["afmt"] = front, back
        models.add_template(made, template)
    models.add_dict(made)
    return models.by_name(custom.name)
