"""Made-up fields of notes, in the HTML that people and editors leave in them."""

from random import Random

WORDS = (
    "recovery support peer advocate boundary consent crisis plan listen hope wellness community "
    "housing benefits trauma stigma employment voice choice dignity respect culture language family "
    "naïve café Ångström 日本語 привет مرحبا 🙂 e\u0301tude 42 3.14 50% $5 C++ can't “quoted” well-being "
    "a_b_c *star* **two** _under_ #hash >more 1. 2) -dash +plus `tick` ~~strike~~ [link](here) ![x](y) "
    "back\\slash pipe|pipe {brace} [square] !bang ---- === <!-- www.example.org user@example.org "
    "&amp; &lt;b&gt; &nbsp; &quot;q&quot; &#8212; &copy; AT&T x&lt;y a&nbsp;b"
).split()
PLAIN = WORDS[:20]
FORMULAS = [r"\(x^2\)", r"\(a_b*c_d\)", r"\(\frac{1}{2}\)", r"\[\sum_{i=1}^n i\]"]


def escape(word: str) -> str:
    return word if "&" in word and word.endswith(";") else word.replace("<!--", "&lt;!--")


def phrase(random: Random, least: int = 1, most: int = 8) -> str:
    words = WORDS if random.random() < 0.5 else PLAIN
    return " ".join(escape(random.choice(words)) for _ in range(random.randint(least, most)))


def inline(random: Random) -> str:
    text = phrase(random)
    return random.choice(
        [
            text,
            text,
            text,
            f"<b>{text}</b>",
            f"<i>{text}</i> {phrase(random)}",
            f"<u>{text}</u>",
            f"<span style=\"color: rgb(255, 0, 0);\">{text}</span>",
            f"<font color=\"#0000ff\">{text}</font>",
            f"<strong><em>{text}</em></strong>",
            f"H<sub>2</sub>O x<sup>2</sup> {text}",
            f"<s>{text}</s>",
            f"<code>{text}</code>",
            f"<a href=\"https://example.org/{random.randint(1, 9)}?a=1&amp;b=2\">{text}</a>",
            f"<a href=\"javascript:alert(1)\">{text}</a>",
            f"half<b>bold</b>word {text}",
            f"<b> {text} </b>,{phrase(random)}",
            f"{random.choice(FORMULAS)} {text}",
            f"<img src=\"https://example.org/remote.png\">{text}",
            f"<!-- hidden -->{text}",
        ]
    )


def block(random: Random) -> str:
    return random.choice(
        [
            lambda: inline(random),
            lambda: inline(random),
            lambda: f"{inline(random)}<br>{inline(random)}",
            lambda: f"<div>{inline(random)}</div><div>{inline(random)}</div>",
            lambda: f"<p>{inline(random)}</p>\n<p>{inline(random)}</p>",
            lambda: f"<ul><li>{inline(random)}</li><li>{inline(random)}</li></ul>",
            lambda: f"<ol><li>{inline(random)}</li><li>{inline(random)}<ul><li>{inline(random)}</li></ul></li></ol>",
            lambda: f"<blockquote>{inline(random)}</blockquote>",
            lambda: f"<h2>{inline(random)}</h2>{inline(random)}",
            lambda: f"<pre>{phrase(random)}\n  {phrase(random)}</pre>",
            lambda: f"<table><tr><th>{inline(random)}</th><th>{inline(random)}</th></tr>"
            f"<tr><td>{inline(random)}</td><td>{inline(random)}</td></tr></table>",
            lambda: f"{inline(random)}<hr>{inline(random)}",
            lambda: f"<div><br></div>{inline(random)}<div><br></div>",
            lambda: f"{inline(random)}<script>alert('no')</script><style>b {{ color: red }}</style>",
            lambda: f"<div>{inline(random)}<div>{inline(random)}</div>{inline(random)}</div>",
            lambda: f"{phrase(random)}\n{phrase(random)}\n\n{phrase(random)}",
        ]
    )()


def media(random: Random, names: list[str]) -> str:
    if not names:
        return ""
    name = random.choice(names)
    if name.endswith((".mp3", ".ogg")):
        return f"[sound:{name}]"
    written = random.choice([name, name.replace(" ", "%20"), name.replace("&", "&amp;")])
    return random.choice([f'<img src="{written}">', f"<div><img alt='a' src='{written}' /></div>"])


def field(random: Random, names: list[str]) -> str:
    """A field that says something."""
    parts = [block(random) for _ in range(random.choice([1, 1, 1, 2, 3]))]
    if names and random.random() < 0.35:
        parts.insert(random.randint(0, len(parts)), media(random, names))
    return random.choice(["", "", " ", "<br>"]).join(parts)


def short(random: Random) -> str:
    """A field that may be empty."""
    return random.choice(["", "", "<br>", "&nbsp;", phrase(random), inline(random)])


def cloze(random: Random, names: list[str]) -> str:
    """A field with gaps, some of them in each other."""
    numbers = random.sample([1, 2, 3, 4, 7, 12], random.randint(1, 3))
    gaps = [_gap(random, number) for number in numbers]
    if random.random() < 0.3:
        gaps.append(_gap(random, numbers[0]))
    if len(numbers) > 1 and random.random() < 0.4:
        inner = "{{c%d::%s}}" % (numbers[1], phrase(random))
        gaps[0] = "{{c%d::%s %s %s}}" % (numbers[0], phrase(random), inner, phrase(random))
    if len(numbers) > 1 and random.random() < 0.2:
        gaps[0] = "{{c%d,%d::%s}}" % (numbers[0], numbers[1], phrase(random))
    between = [random.choice([inline(random), phrase(random), phrase(random)]) for _ in gaps]
    text = " ".join(part for pair in zip(between, gaps) for part in pair)
    if random.random() < 0.2:
        text = f"<div>{text}</div><div>{inline(random)}</div>"
    if names and random.random() < 0.2:
        text += media(random, names)
    return text


def _gap(random: Random, number: int) -> str:
    hidden = random.choice(
        [phrase(random), phrase(random), f"<b>{phrase(random)}</b>", f"{phrase(random)}<br>{phrase(random)}"]
    )
    hint = random.choice(["", "", "::" + random.choice(PLAIN), "::what is it?"])
    return "{{c%d::%s%s}}" % (number, hidden, hint)
