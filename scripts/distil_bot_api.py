"""Makes bot/preview/bot_api.json: the Bot API's names, types and limits without its prose.

    python scripts/distil_bot_api.py PATH/TO/bot-api.json

Input is `api.json` of github.com/PaulSonOfLars/telegram-bot-api-spec (MIT). Each field
becomes one short string: types joined by "|", "[]" before an array's type, "!" when
required, then what the documentation says about its size or value:

    "String! 1-4096e"   characters after entity parsing   (c characters, b bytes, v value)
    "String! =default"  the only value allowed
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

OUTPUT = Path(__file__).resolve().parent.parent / "bot" / "preview" / "bot_api.json"

LENGTH = re.compile(r"(\d+)-(\d+) (characters|bytes)( after entit)?")
VALUE = re.compile(r"(?:between|[;,]) (\d+)(?:-| and )(\d+)(?=[.;,]| if | are |$)")
CONSTANT = re.compile(r"(?:must be|always) [\"“]?([a-z_]+)[\"”]?$")


def distil(source: dict[str, Any]) -> dict[str, Any]:
    """The table of every method and type of `source`."""
    return {
        "version": source["version"].removeprefix("Bot API "),
        "methods": {name: _fields(method) for name, method in source["methods"].items()},
        "types": {
            name: {"|": kind["subtypes"]} if kind.get("subtypes") else _fields(kind)
            for name, kind in source["types"].items()
        },
    }


def _fields(owner: dict[str, Any]) -> dict[str, str]:
    return {field["name"]: _field(field) for field in owner.get("fields", [])}


def _field(field: dict[str, Any]) -> str:
    types = "|".join(kind.replace("Array of ", "[]") for kind in field["types"])
    rule = _rule(field["description"], types)
    return types + ("!" if field["required"] else "") + (f" {rule}" if rule else "")


def _rule(description: str, types: str) -> str:
    if types == "String" and (found := CONSTANT.search(description)):
        return f"={found[1]}"
    if types == "String" and (found := LENGTH.search(description)):
        unit = "e" if found[4] else found[3][0]
        return f"{found[1]}-{found[2]}{unit}"
    # 0x7FFFFFFF: a live location without an end, outside the range named beside it
    ranged = types in ("Integer", "Float") and "0x" not in description
    if ranged and (found := VALUE.search(description)):
        return f"{found[1]}-{found[2]}v"
    return ""


def main() -> None:
    """Reads the file named on the command line and writes the table."""
    if len(sys.argv) != 2:
        sys.exit("Usage: python scripts/distil_bot_api.py PATH/TO/bot-api.json")
    table = distil(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    lines = [f'"version":{json.dumps(table["version"])}']
    for part in ("methods", "types"):
        rows = (f"{json.dumps(n)}:{_compact(f)}" for n, f in sorted(table[part].items()))
        lines.append(f'"{part}":{{\n' + ",\n".join(rows) + "\n}")
    OUTPUT.write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")
    print(f"Bot API {table['version']}: {len(table['methods'])} methods -> {OUTPUT.name}")


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


if __name__ == "__main__":
    main()
