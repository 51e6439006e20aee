"""Lets ``python -m app.cli`` stand in for the console script."""

from __future__ import annotations

from app.cli import main

main(prog_name="buurtbeslist")
