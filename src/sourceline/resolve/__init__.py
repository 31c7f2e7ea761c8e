"""Who is behind a saying: the path of its words to this article, and where the article says that its words come from."""
