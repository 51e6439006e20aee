"""Sets up a working copy on a bare machine, with the standard library alone.

Owns the environment in ``.venv``, the built front end, Chromium for the tests and the stages of
``make test``. It never imports the product, and the product never imports it.
"""
