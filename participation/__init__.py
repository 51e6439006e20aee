"""The year: what residents, staff and boards do. Knows nothing of the web."""
