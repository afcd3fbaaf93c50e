"""Words of an errand: handling a product, or looking up a fact.

Who asks with one of them wants exactly that. An entry whose wordings have no such word is rarely the answer, however
much else it shares with the question.
"""

from __future__ import annotations

_LINES = """
    account activate cancel deactivate login logout password reset restart restore signin subscribe
    subscription uninstall unsubscribe upgrade downgrade username warranty
    download driver extension install installation plugin port proxy release released settings setting setup theme
    version
    argument boolean broadcast button callback cell color colour column command compile compiler connect connection
    exception executor export flag font function header hotkey icon import integer keyboard keyword method operator
    parameter partition pending query shortcut source string syntax
    calculate convert derive equation formula proof reverse solve sort theorem
    address allowance benefit benefits ceo definition eligibility founded founder founders hours law laws limit meaning
    number opening owner phone price pricing quota results rights rule rules schedule score size tariff
    timetable winner won
    """

ERRAND_WORDS: frozenset[str] = frozenset(_LINES.split())
