"""The author's corner: a pack as it is being written, with what is wrong and what members will see."""
