"""`python -m eval.kills --kills 500 [--seed N] [--plant NAME] [--released DIR] [--json]`."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from pathlib import Path

from eval.kills.campaign import Campaign, show, warm
from eval.kills.plants import PLANTS


def main() -> int:
    """0 when nothing was found."""
    wanted = argparse.ArgumentParser(prog="python -m eval.kills", description=__doc__)
    wanted.add_argument("--kills", type=int, default=500)
    wanted.add_argument("--seed", type=int, default=0)
    wanted.add_argument("--readers", type=int, default=2, help="processes that ask the workspace")
    wanted.add_argument("--servers", type=int, default=1, help="services, each with a process that asks it over HTTP")
    wanted.add_argument("--plant", choices=sorted(PLANTS), help="a bug that should be found")
    wanted.add_argument("--released", type=Path, help="folder of SQL dumps of databases of earlier versions")
    wanted.add_argument("--json", action="store_true", help="the report as one more line of JSON")
    given = wanted.parse_args()
    warm()
    with tempfile.TemporaryDirectory(prefix="chitieu-kills-") as root:
        numbers = (given.kills, given.seed, given.readers, given.servers)
        campaign = Campaign(Path(root), *numbers, given.plant, given.released)
        signal.signal(signal.SIGTERM, lambda *_: campaign.stop())
        report = campaign.run(_tell)
    print(show(report))  # noqa: T201
    if given.json:
        print(report.model_dump_json())  # noqa: T201
    return 1 if report.findings else 0


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
