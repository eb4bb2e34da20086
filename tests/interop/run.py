#!/usr/bin/env python3
"""`./dev interop`: random Anki packages, read by Cairn and by Anki's own engine, compared card by card.

Each package is made by Anki's engine (or by genanki), imported into an empty Cairn collection and
opened in an empty Anki collection. Compared are the words of both sides, due day, interval, ease,
what is suspended, flagged or buried, the deck, and every row of the log; then the same file comes a
second time (nothing may change), a later version of it (text follows, schedules stay), and all is
undone. What differs on purpose is declared in `declared.py` and counted.

Layout: `recipe` draws what a package is; `make`, `notetypes`, `fields` and `genanki_make` make it;
`anki_says` and `cairn` read each side, `words` reduces HTML; `compare` and `declared` judge; `job`
does it all for one package, in a process of its own.

In: CAIRN_PROGRAMS, the folder with `cairn-cli` and `examples/faces`. Exit code: 1 when anything differs.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from declared import Reason

HERE = Path(__file__).parent
SHOWN = 200


def main() -> int:
    arguments = _arguments()
    if "CAIRN_PROGRAMS" not in os.environ:
        sys.exit("interop: CAIRN_PROGRAMS is not set; run `./dev interop`")
    out = Path(arguments.out).absolute()
    shutil.rmtree(out, ignore_errors=True)
    numbers = [arguments.only] if arguments.only is not None else range(arguments.count)
    print(f"interop: {len(numbers)} packages, seed {arguments.seed}, into {out}", flush=True)
    start = time.monotonic()
    with ThreadPoolExecutor(arguments.jobs) as pool:
        results = list(pool.map(lambda index: _job(arguments.seed, index, out), numbers))
    report = _sum(results)
    report["seed"] = arguments.seed
    (out / "report.json").write_text(json.dumps(report, indent=2, ensure_ascii=False))
    _print(report, time.monotonic() - start)
    print(f"interop: written to {out / 'report.json'}")
    return 1 if report["differences"] or report["failures"] else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev interop", description="Compares Cairn with Anki's own engine.")
    parser.add_argument("--seed", type=int, default=4, help="what the packages are drawn from (default 4)")
    parser.add_argument("--count", type=int, default=60, help="how many packages (default 60)")
    parser.add_argument("--only", type=int, help="one package, by its number")
    parser.add_argument("--jobs", type=int, default=2, help="packages at one time (default 2)")
    parser.add_argument("--out", default="target/interop", help="where the packages and the report go")
    return parser.parse_args()


def _job(seed: int, index: int, out: Path) -> dict:
    folder = out / f"{index:03d}"
    folder.mkdir(parents=True)
    command = [sys.executable, HERE / "job.py", str(seed), str(index), folder]
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        result = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        result = {"words": f"package {index}", "failure": done.stdout + done.stderr}
    state = "failed" if "failure" in result else f"{result['cards']} cards, {len(result['differences'])} differences"
    print(f"  {result['words']}: {state}", flush=True)
    return result


def _sum(results: list[dict]) -> dict:
    whole = [result for result in results if "failure" not in result]
    declared = Counter()
    for result in whole:
        declared.update(result["declared"])
    return {
        "packages": len(whole),
        "cards": sum(result["cards"] for result in whole),
        "rows": sum(result["rows"] for result in whole),
        "declared": dict(declared),
        "left_out": [[result["words"], why] for result in whole for why in result["left_out"]],
        "differences": [difference for result in whole for difference in result["differences"]],
        "failures": [[result["words"], result["failure"]] for result in results if "failure" in result],
    }


def _print(report: dict, seconds: float) -> None:
    for words, failure in report["failures"]:
        print(f"\nfailed: {words}\n{failure}")
    for package, guid, ord, name, anki, ours in report["differences"][:SHOWN]:
        print(f"\n{package}: note {guid!r}, card {ord}: {name}\n  Anki:  {anki}\n  Cairn: {ours}")
    if len(report["differences"]) > SHOWN:
        print(f"\n… and {len(report['differences']) - SHOWN} more")
    print("\ndeclared:")
    for name, count in sorted(report["declared"].items()):
        print(f"  {count:6}  {Reason[name].value}")
    print(
        f"interop: {report['packages']} packages, {report['cards']} cards, {report['rows']} rows of the log compared "
        f"in {seconds:.0f} s; {len(report['left_out'])} notes left out, {len(report['failures'])} failures, "
        f"{len(report['differences'])} differences"
    )


if __name__ == "__main__":
    sys.exit(main())
