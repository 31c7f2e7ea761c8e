"""Who is meant: names, nominals and pronouns, and the entities that they share."""
