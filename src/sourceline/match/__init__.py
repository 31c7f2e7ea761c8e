"""What articles share: text that one used from another, and claims that both put."""
