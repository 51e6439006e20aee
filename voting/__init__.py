"""The vote: roll, codes, box, count, outcome. Knows nothing of the yearly process."""
