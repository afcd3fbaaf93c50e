"""Words that say nothing about the subject of an English question."""

from __future__ import annotations

_LINES = """
    a about after again all also am an and another any anybody anyone anything are arent as at
    be because been before being between both but by
    can cannot cant could couldnt did didnt do does doesnt doing done dont during
    each either else etc even ever every for from
    get gets getting give given go goes going got
    had has hasnt have havent having he hello help her here hers hey hi him his hows how however
    i id if ill im in into is isnt it its itself ive
    just kindly know let lets like lot lots
    many may maybe me might mine more most much must my myself
    need needs no nor not now of off ok okay on one ones only or other our ours out over
    own per please possible pls
    rather really same say shall she should shouldnt since so some somebody someone something
    still such sure tell than thank thanks that thats the their theirs them themselves then
    there theres these they theyre thing things this those though through to too
    u under until up upon ur us use very via
    want wanted wants was wasnt way ways we well were what whats when where whether which
    while who whom whose why will wish with within without wont would wouldnt
    yes yet you youre your yours yourself
    bro btw cause cos coz cuz dude folks gonna gotta guy guys hmm idk imo kinda lol omg plz sorta stuff tbh thx
    wanna ya yea yeah yep
    """

STOP_WORDS: frozenset[str] = frozenset(_LINES.split())
