"""The kinds of question that ask for one certain thing: a price, a date, a person, a command.

Who asks so wants exactly that. An entry that shares the subject, but is never asked so, is rarely the answer.
"""

from __future__ import annotations

_WORDS = {
    "price": """
        price prices pricing priced cost costs cheapest fee fees tariff tariffs quota quotas discount discounts coupon
        voucher promo subscription subscriptions billing invoice refund warranty rent
        """,
    "time": "deadline deadlines schedule timetable anniversary calendar timezone expiry eol",
    "person": """
        ceo cto founder founders cofounder founded inventor invented biography born birthday died married nobel winner
        winners won headquarters employees owner owns celebrity
        """,
    "place": "address directions headquartered located nearby",
    "news": """
        latest newest news today yesterday tonight tomorrow announced announcement announces rumour rumor layoffs stock
        stocks revenue valuation ipo acquisition acquired merger lawsuit keynote release released releases version
        versions changelog status outage happened changed delayed banned
        """,
    "meaning": "define definition meaning acronym abbreviation explain formula equation history intuition calculated",
    "handling": """
        install installing installed installation uninstall update updating upgrade upgrading downgrade configure
        configuring enable disable setup reset restart reboot restore rename undo revert delete deleting remove
        removing clear cancel activate deactivate subscribe unsubscribe login logout signin signup upload uploading
        download downloading export exporting import importing insert render unlock sync backup shortcut shortcuts
        button menu setting settings icon theme plugin extension driver port proxy password username account
        """,
    "syntax": """
        syntax function functions argument arguments parameter parameters string strings integer boolean array arrays
        dict dictionary tuple loop loops regex lambda operator callback decorator column columns dataframe dataframes
        axis dtype iterate append concatenate concat merge reshape slice sort filter parse cast convert print plot
        declare initialise initialize snippet command keyword variable variables pointer header enum constructor compile
        compiler macro pivot vlookup yaml xml html css pseudocode boilerplate call
        """,
    "error": """
        error errors exception exceptions traceback stacktrace segfault undefined unresolved denied refused
        unrecognized unrecognised deprecated timeout warning warnings crashing crashes crashed suspended locked
        400 401 403 404 405 408 409 422 429 500 502 503 504
        """,
    "homework": """
        assignment homework essay thesis exercise exercises quiz solve solving prove proof calculate compute derivative
        derive integral inverse eigenvalue eigenvalues theorem solution solutions determinant integrate differentiate
        simplify summarise summarize worksheet powerpoint lyrics joke poem recipe translate
        """,
    "comparison": "vs versus compare comparison",
    "lookup": """
        link links url pdf torrent email phone hotline support wifi fax cheatsheet app apps streak streaks leaderboard
        nickname organiser organizer moderator channel
        """,
}
_PHRASES = {
    "price": """
        how expensive, how much is, how much are, how much does, how much did, how much do the, free tier, free plan,
        free trial, free for, for free, money back, per month, per year, per hour, rate limit, rate limits
        """,
    "time": """
        when is, when are, when was, when were, when did, when does, when will, what time, what date, which date,
        what day, which day, what year, which year, opening hours, release date, out yet, come out, comes out,
        coming out, time zone, next year, date of, dates of, due date, end of life, still supported, how long does the
        """,
    "person": """
        who is, who are, who was, who were, who won, who invented, who made, who created, who wrote, who founded,
        who owns, who runs, who leads, who gave, who has, who did, who came, which company, known for, named after,
        net worth, how old, how tall, how rich
        """,
    "place": """
        where is, where are, where was, where does, where did, where in, which country, which city, based in, near me,
        in my city, in my town
        """,
    "news": """
        is down, went down, going public, shut down, just released, whats new, what is new, last week, best paper
        """,
    "meaning": """
        what is, what are, whats a, whats an, what does, what was, how does, how is, how are, how do the, used for,
        stand for, stands for, types of, examples of, example of, advantages of, in simple terms
        """,
    "handling": """
        set up, turn on, turn off, switch on, switch off, log in, log out, sign in, sign up, connect to, change my,
        change the, running on
        """,
    "syntax": "for loop, if else, while loop, source code, group by, order by, left join, inner join, one liner",
    "error": """
        not found, not working, doesnt work, does not work, no module, cannot import, failed to, fails to, fails with,
        could not, cannot find, unable to, not defined, not recognized, not recognised, timed out, not showing,
        not loading, not load, wont load, wont start, wont open, exit code, stopped working, stuck in, stuck at
        """,
    "homework": """
        write me, make me, give me, write a, write code, full code, solve for, find the, do my, show that,
        answer key, problem set
        """,
    "comparison": """
        better than, better at, difference between, faster than, cheaper than, stronger than, which is better,
        which is faster
        """,
    "lookup": "list of, number of, this server, this channel, this bot, this group, tool to, tool for, software for",
}

_KIND_OF: dict[str, frozenset[str]] = {}
for _kind, _words in _WORDS.items():
    for _word in _words.split():
        _KIND_OF[_word] = _KIND_OF.get(_word, frozenset()) | {_kind}
_LINES = tuple((f" {phrase.strip()} ", kind) for kind, several in _PHRASES.items() for phrase in several.split(","))
_ERROR_ENDINGS = ("error", "exception", "warning")
KIND_WORDS = frozenset(_KIND_OF)


def kinds_of(line: str) -> frozenset[str]:
    """Return the kinds of question that a padded line of words may be."""
    words = line.split()
    by_word = (_KIND_OF[word] for word in KIND_WORDS.intersection(words))
    by_phrase = {kind for phrase, kind in _LINES if phrase in line}
    if any(word.endswith(_ERROR_ENDINGS) for word in words):
        by_phrase.add("error")
    return frozenset(by_phrase.union(*by_word))
