"""The ballot box: sealed ballots by public key. Holds nothing about a person."""
