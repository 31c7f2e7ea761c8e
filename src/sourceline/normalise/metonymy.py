def stands_for_people(text,r,s): return False
