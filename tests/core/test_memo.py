"""What many members get is made once."""

from __future__ import annotations

from bot.core.markup import md
from bot.core.memo import Memo
from bot.core.reply import File, Reply


def test_the_same_reply_is_looked_at_once_and_another_anew() -> None:
    seen: list[str] = []

    def look(reply: Reply) -> int:
        seen.append(reply.text)
        return len(seen)

    memo = Memo(look)
    first, second = Reply(md("one")), Reply(md("two"))
    assert [memo(first), memo(second), memo(first)] == [1, 2, 1]
    assert seen == ["one", "two"]


def test_it_forgets_the_oldest_and_never_mixes_replies_up() -> None:
    memo = Memo(lambda reply: reply.text, most=3)
    for number in range(200):
        assert memo(Reply(md("{number}", number=number))) == str(number)
    assert len(memo._made) == 3


def test_what_carries_a_file_is_not_kept() -> None:
    memo = Memo(lambda reply: reply.text)
    memo(Reply(md("words"), files=(File("a.csv", b"1,2"),)))
    assert not memo._made
