"""Elections: what is voted on, by which rules, and the acts of the polling commission."""
