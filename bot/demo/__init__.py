"""A community that is made up, so that whoever looks at the bot for the first time has something to see."""
