"""A private PostgreSQL and a private Redis, for a machine that has neither.

Owns their start and stop, the processes of one start, and what an earlier start that was killed
left behind. Production brings its own engines and never comes here. Nothing here imports the web.
"""

from __future__ import annotations

from app.engines.errors import EngineError
from app.engines.private import EngineAddresses, private_engines, sweep

__all__ = ["EngineAddresses", "EngineError", "private_engines", "sweep"]
