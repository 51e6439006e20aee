"""What ``make`` calls on a bare Python: checks its version, then hands over to ``setup``.

This file alone must be readable by every Python, so that an old one gets a sentence instead of a
syntax error.
"""

import sys

OLDEST = (3, 11)


def version_problem(version):
    # type: (tuple[int, ...]) -> str
    """The sentence for a Python that is too old, or nothing at all."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    found = ".".join(str(part) for part in version[:2])
    return (
        "Python " + found + " is too old: install Python 3.11 or newer, "
        "or name one that you have: make run PYTHON=python3.12"
    )


if __name__ == "__main__":
    problem = version_problem(sys.version_info[:2])
    if problem:
        sys.stderr.write(problem + "\n")
        sys.exit(1)
    from setup.commands import main

    sys.exit(main(sys.argv[1:]))
