"""What the documents share: mentions of propositions, reuse of text, and which mentions put the same claim."""
