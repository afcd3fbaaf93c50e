"""Running the bot for real: what an operator looks at, and what keeps the members' work safe."""
