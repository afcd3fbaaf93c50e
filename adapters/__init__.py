"""The platforms on which the bot is spoken to. Each one is a stranger to the others."""
