"""Whole journeys of people through a real installation, in a real browser."""
