"""Say commands as members of this platform type them: under one root, `/mentor tip` instead of `/tip`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.core.declare import Command
from bot.core.limits import FORM_TITLE
from bot.core.markup import Markdown
from bot.core.memo import Memo
from bot.core.registry import Registry
from bot.core.reply import FieldErrors, OpenForm, Outcome, Reply, Update

# In addresses and paths something else stands around a slash and its word.
_BEFORE = r"(?<![^\s`\"'(\[“‘«*_>])"
_BEHIND = r"(?![\w/-]|\.\w)"


@dataclass(frozen=True, slots=True)
class Naming:
    """Knows the root and the first words of all commands."""

    root: str
    known: re.Pattern[str]
    # A refusal repeats words that are no command of ours, as code.
    unknown: re.Pattern[str]
    _known: Memo[Reply] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", Memo(self._renamed))

    def outcome(self, said: Outcome, *, refused: bool = False) -> Outcome:
        """Rename the commands that an outcome speaks of."""
        match said:
            case Reply():
                return self.reply(said, refused=refused)
            case Update(reply):
                return Update(self.reply(reply, refused=refused))
            case OpenForm():
                return self.form(said)
            case FieldErrors(form):
                return FieldErrors(self.form(form))

    def reply(self, reply: Reply, *, refused: bool = False) -> Reply:
        """Rename the commands in every text of a reply; once for all members who get the same."""
        return self._renamed(reply, refused=True) if refused else self._known(reply)

    def _renamed(self, reply: Reply, *, refused: bool = False) -> Reply:
        text = self.words(reply.text)
        return replace(
            reply,
            text=Markdown(_rename(self.unknown, self.root, text)) if refused else text,
            title=self._plain(reply.title),
            fields=tuple(replace(one, value=self.words(one.value)) for one in reply.fields),
            footer=self.words(reply.footer),
        )

    def form(self, form: OpenForm) -> OpenForm:
        """Rename the commands in a form's title and in what is to mend."""
        errors = {name: self._plain(text) for name, text in form.errors.items()}
        return replace(form, title=self._title(form.title), errors=errors)

    def words(self, text: Markdown) -> Markdown:
        """Rename the commands in a text."""
        return Markdown(self._plain(text)) if "/" in text else text

    def _plain(self, text: str) -> str:
        return _rename(self.known, self.root, text) if "/" in text else text

    def _title(self, title: str) -> str:
        """Rename a command in a title; one that grows too long is said without the root."""
        renamed = self._plain(title)
        return renamed if len(renamed) <= FORM_TITLE else title.removeprefix("/").capitalize()


def naming(registry: Registry, root: str) -> Naming:
    """Make the naming for a vocabulary."""
    heads = sorted({_head(command) for command in registry.commands}, key=len, reverse=True)
    known = re.compile(rf"{_BEFORE}/({'|'.join(map(re.escape, heads))}){_BEHIND}")
    return Naming(root, known, re.compile(rf"(?<=`)/(?!{re.escape(root)}\b)(\w[\w-]*)(?=[ `])"))


def _head(command: Command) -> str:
    return command.words.split()[0]


@lru_cache(maxsize=1024)
def _rename(pattern: re.Pattern[str], root: str, text: str) -> str:
    return pattern.sub(rf"/{root} \1", text)
