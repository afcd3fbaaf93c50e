"""The progress card: a picture of how somebody is doing, and the words for whoever cannot see it."""

from bot.services.pictures.card import Card, StageBar
from bot.services.pictures.drawing import draw
from bot.services.pictures.words import describe

__all__ = ["Card", "StageBar", "describe", "draw"]
