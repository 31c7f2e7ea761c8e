"""A made-up media world with a truth log: what it is and how to run a system on it stands in docs/media-world.md."""
