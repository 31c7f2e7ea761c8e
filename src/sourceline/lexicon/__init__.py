"""The alias table and the gazetteer: what names stand for, offline."""
