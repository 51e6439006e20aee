"""Counting: ballots in, outcome out. Exact, and the same on every machine.

Owns the rules. Knows no database, no web, no clock and no chance but a given seed.
"""
