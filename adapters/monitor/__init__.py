"""The pages for whoever watches over the bot."""
