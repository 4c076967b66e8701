"""The daemon's way of looking for sessions, for comparison: every PAUSE seconds it lists all session files, takes the one that was
modified last and, where that was within five minutes, reads its last 100 KB for the newest usage. Written anew from a description of
its behaviour. Prints the milliseconds of each look. Arguments: PROJECTS-FOLDER STATE-FILE PAUSE-SECONDS"""

import json
import sys
import time
from pathlib import Path

WINDOW_TOKENS = 200_000
ACTIVE_SECONDS = 300
TAIL_BYTES = 100_000


def newest_usage(session):
    with open(session, "rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL_BYTES))
        text = file.read().decode("utf-8", errors="ignore")
    for line in reversed(text.strip().split("\n")):
        if not line.startswith("{"):
            continue
        try:
            usage = json.loads(line).get("message", {}).get("usage", {})
        except json.JSONDecodeError:
            continue
        if usage:
            names = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens", "output_tokens")
            return sum(usage.get(name, 0) for name in names)
    return None


def look(projects, state_file):
    sessions = list(projects.rglob("*.jsonl"))
    if not sessions:
        return
    session = max(sessions, key=lambda file: file.stat().st_mtime)
    if time.time() - session.stat().st_mtime > ACTIVE_SECONDS:
        return
    tokens = newest_usage(session)
    if tokens is None:
        return
    state = {"last_check": time.time(), "last_context_percent": tokens / WINDOW_TOKENS * 100, "session_file": session.name}
    state_file.write_text(json.dumps(state, indent=2))


def main():
    projects, state_file, pause = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
    while True:
        started = time.perf_counter()
        look(projects, state_file)
        print((time.perf_counter() - started) * 1000, flush=True)
        time.sleep(pause)


main()
