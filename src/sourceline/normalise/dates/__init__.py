"""What the words of a date come to on the calendar."""
