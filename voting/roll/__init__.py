"""The roll: who may vote. Holds no ballot and nothing that leads to one without two cards."""
