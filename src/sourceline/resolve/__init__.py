"""Who is behind a saying: the path of its words to this article, and where the article as a whole has them from."""
