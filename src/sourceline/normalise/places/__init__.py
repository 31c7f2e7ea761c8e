"""Named places, their countries, and whether the name stands for its government."""
