"""Replies, homes and forms at the limits that the core allows."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.core import limits
from bot.core.markup import Markdown, escape
from bot.core.params import Arg, Choice, Kind, Param
from bot.core.reply import Button, Field, File, Image, OpenForm, Option, Progress, Reply, Row, Select, Style, Tone

LETTERS = st.sampled_from([*"*_~`<>&@!:|()[]\\#-\n ab", "é", "🐍", ":tada:", "https://a.org/b_c", "&lt;", "> ", "- "])


def words(most: int, least: int = 0) -> st.SearchStrategy[str]:
    """Make texts of every length, often of one letter and as long as can be."""
    some = st.lists(LETTERS, min_size=least, max_size=min(most, 30)).map("".join)
    full = st.builds(lambda letter, size: (letter * size)[:size], LETTERS, st.just(most) | st.integers(least, most))
    return (some | full).map(lambda text: text[:most]).filter(lambda text: len(text) >= least)


def markdown(most: int, least: int = 0) -> st.SearchStrategy[Markdown]:
    """Make Markdown: of authors, with any marks, or of members, escaped."""
    return words(most, least).map(Markdown) | words(most // 2, least).map(lambda text: Markdown(escape(text)[:most]))


urls = st.sampled_from(
    ["https://a.org/x?a=1&b=2", "https://", "https://a b", "https://a.org/" + "x" * 3000, "https://[", "https://é.fr"]
)
styles = st.sampled_from(Style)


@st.composite
def rows(draw: st.DrawFn) -> tuple[Row, ...]:
    """Make rows of buttons and selects, each control with a token of its own."""
    made: list[Row] = []
    for row in range(draw(st.integers(0, limits.ROWS))):
        token = f"a1:do:{row}".ljust(draw(st.sampled_from([10, limits.TOKEN])), "x")
        if draw(st.booleans()):
            made.append(draw(_select(token)))
        else:
            count = draw(st.integers(1, limits.BUTTONS_IN_ROW))
            made.append(tuple(draw(_button(f"a1:{row}{n}:{token[7:]}")) for n in range(count)))
    return tuple(made)


@st.composite
def _button(draw: st.DrawFn, token: str) -> Button:
    label, style = draw(words(limits.LABEL, 1)), draw(styles)
    return (
        Button(label, url=draw(urls), style=style) if draw(st.booleans()) else Button(label, token[:100], style=style)
    )


@st.composite
def _select(draw: st.DrawFn, token: str) -> Select:
    count = draw(st.sampled_from([1, 2, limits.OPTIONS]))
    text, value = draw(words(limits.OPTION_LABEL, 1)), draw(words(limits.OPTION_VALUE - 2, 1))
    about, chosen = draw(words(limits.OPTION_LABEL)), draw(st.integers(0, 30))
    options = tuple(Option(text, f"{n:02}{value}", about, chosen == n) for n in range(count))
    return Select(token, options, draw(words(limits.PLACEHOLDER)))


images = st.none() | st.builds(Image, st.just("a.png"), st.just(b""), words(limits.ALT, 1))
bars = st.builds(Progress, words(60), st.integers(-3, 10**9), st.integers(-3, 10**9))
files = st.builds(File, words(300, 1), st.just(b"x"))

replies = st.builds(
    Reply,
    text=markdown(limits.TEXT),
    title=words(limits.TITLE),
    fields=st.lists(
        st.builds(Field, words(limits.FIELD_NAME, 1), markdown(limits.FIELD_VALUE, 1)), max_size=limits.FIELDS
    ).map(tuple),
    progress=st.lists(bars, max_size=30).map(tuple),
    image=images,
    files=st.lists(files, max_size=limits.FILES).map(tuple),
    rows=rows(),
    footer=markdown(limits.FOOTER),
    tone=st.sampled_from(Tone),
).filter(lambda reply: not limits.problems(reply))


def suggest(_asking: object, typed: str) -> tuple[Choice, ...]:
    """Suggest what was typed."""
    return (Choice(typed, typed),)


@st.composite
def params(draw: st.DrawFn, name: str) -> Param:
    """Make a parameter of any kind."""
    kind = draw(st.sampled_from(Kind))
    numeric = kind in (Kind.INTEGER, Kind.NUMBER)
    bounds = sorted(draw(st.lists(st.floats(-1e20, 1e20) | st.integers(-5, 5), min_size=2, max_size=2)))
    arg = Arg(
        draw(words(100, 1)),
        label=draw(words(limits.FORM_LABEL)),
        minimum=draw(st.sampled_from([None, bounds[0]])) if numeric else None,
        maximum=draw(st.sampled_from([None, bounds[1]])) if numeric else None,
        max_length=draw(st.none() | st.integers(1, limits.FORM_VALUE)) if kind is Kind.TEXT else None,
        suggest=suggest if (numeric or kind is Kind.TEXT) and draw(st.booleans()) else None,
        multiline=kind is Kind.TEXT and draw(st.booleans()),
        rest=kind is Kind.TEXT and draw(st.booleans()),
        placeholder=draw(words(200)),
    )
    label = draw(words(limits.OPTION_LABEL - 2, 1))
    count = draw(st.sampled_from([1, 3, limits.OPTIONS])) if kind is Kind.CHOICE else 0
    choices = tuple(Choice(f"{n:02}{label}", f"{n:02}{label}") for n in range(count))
    default = draw(st.sampled_from([None, True, False])) if kind is Kind.FLAG else None
    return Param(name, kind, draw(st.booleans()), str, arg, default, choices)


@st.composite
def forms(draw: st.DrawFn) -> OpenForm:
    """Make a form of any fields, filled in with anything."""
    names = [f"field_{n}".ljust(32, "x") for n in range(draw(st.integers(1, limits.FORM_FIELDS)))]
    fields = tuple(draw(params(name)) for name in names)
    given = st.sampled_from(["", "yes", "12", "0.5", "1e400", "-7", "nan", "U123ABC", "#C123ABC", "00a"])
    values = {name: draw(given | words(limits.FORM_VALUE)) for name in names if draw(st.booleans())}
    errors = {name: draw(words(400, 1)) for name in [*names, "elsewhere"] if draw(st.booleans())}
    token = "a1:form:".ljust(limits.TOKEN, "é")
    title, submit = draw(words(limits.FORM_TITLE, 1)), draw(words(limits.FORM_SUBMIT, 1))
    return OpenForm(token, title, fields, submit, values, errors)
