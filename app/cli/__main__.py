"""Lets ``python -m app.cli`` stand in for the console script."""

from __future__ import annotations

from app.cli import main

if __name__ == "__main__":
    main(prog_name="buurtbeslist")
