"""The built front end: names with the content's hash, and a list of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

from setup.assets import entry_points, manifest_of
from setup.places import DIST


def test_manifest_names_what_pages_may_name() -> None:
    outputs = {
        "build/dist/css/main-ABC.css": {
            "entryPoint": "app/static/css/main.css",
            "inputs": {"app/static/css/main.css": {}},
        },
        "build/dist/css/main-ABC.css.map": {"inputs": {}},
        "build/dist/js/shared-DEF.js": {"inputs": {"app/static/js/shared.js": {}}},
        "build/dist/assets/letter-XYZ.woff2": {"inputs": {"node_modules/font/letter.woff2": {}}},
    }
    assert manifest_of(outputs, Path("build/dist")) == {
        "main.css": "css/main-ABC.css",
        "letter.woff2": "assets/letter-XYZ.woff2",
    }


def test_every_entry_point_is_built_under_a_name_with_its_hash() -> None:
    manifest = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    assert {file.name for file in entry_points()} <= set(manifest)
    for built in manifest.values():
        assert re.search(r"-[A-Z0-9]{8}\.(css|js|woff2?|svg|png)$", built)
        assert (DIST / built).is_file()
