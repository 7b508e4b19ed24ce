#!/usr/bin/env python3
"""What a first night costs by the number of schools: seconds and memory, as a table and as a picture.

  benches/cost.py BENCH CORPORA PICTURE.svg [SCHOOLS ...]

BENCH is a folder with make_corpus.py (not part of this project); what it makes, without photos, is kept in CORPORA.
Memory is what all processes of a night take together, each page counted once, looked at every twentieth of a second; Linux
alone says so. The program is target/release/shouqi, or what PROGRAM names. Small campaigns are run three times: the median.
"""
import math
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("PROGRAM", str(ROOT / "target/release/shouqi"))
SCHOOLS = [100, 500, 2_000, 5_000, 20_000, 100_000]
ONCE = 20_000  # from so many schools on a night is run once


def pss(process):
    """Kilobytes of a process; none once it has ended."""
    try:
        with open(f"/proc/{process}/smaps_rollup") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


def children(process):
    """The processes that one has started."""
    try:
        tasks = os.listdir(f"/proc/{process}/task")
        return {int(c) for t in tasks for c in open(f"/proc/{process}/task/{t}/children").read().split()}
    except OSError:
        return set()


def night(corpus):
    """Seconds and megabytes of one first night."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [PROGRAM, "run", str(ROOT / "fixtures/chengshui-2020"), "--no-cache", "--ocr", "off"]
        command += ["--roster", f"{corpus}/roster.csv", "--inbox", f"{corpus}/inbox"]
        command += ["--as-of", "2020-10-20T08:00:00+08:00", "--out", f"{scratch}/out", "--state", f"{scratch}/state"]
        begun, peak = time.monotonic(), 0
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while run.poll() is None:
            peak = max(peak, pss(run.pid) + sum(pss(child) for child in children(run.pid)))
            time.sleep(0.05)
        if run.returncode not in (0, 3):
            sys.exit(f"{' '.join(command)}: ended with {run.returncode}")
        return time.monotonic() - begun, peak / 1000


def measured(bench, corpora, schools):
    """Medians over the nights of a campaign of so many schools."""
    corpus = corpora / str(schools)
    if not corpus.exists():
        making = corpora / f"{schools}.part"
        shutil.rmtree(making, ignore_errors=True)
        make = [sys.executable, str(bench / "make_corpus.py"), str(making), "--schools", str(schools), "--no-photos"]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
        making.rename(corpus)
    nights = [night(corpus) for _ in range(1 if schools >= ONCE else 3)]
    return [statistics.median(column) for column in zip(*nights)]


def panel(left, title, unit, points):
    """One chart, both axes in powers of ten."""
    width, height, top = 300, 220, 50
    low, high = math.floor(math.log10(min(y for _, y in points))), math.ceil(math.log10(max(y for _, y in points)))
    across = lambda n: left + width * (math.log10(n) - 2) / 3
    up = lambda y: top + height * (1 - (math.log10(y) - low) / (high - low))
    said = [f'<text x="{left}" y="30" font-weight="bold">{title}</text>']
    for power in range(low, high + 1):
        y = up(10**power)
        said.append(f'<path d="M{left} {y:.1f}h{width}" stroke="#ddd"/>')
        said.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    for power in range(2, 6):
        x = across(10**power)
        said.append(f'<path d="M{x:.1f} {top}v{height}" stroke="#ddd"/>')
        said.append(f'<text x="{x:.1f}" y="{top + height + 18}" text-anchor="middle">{10**power:,}</text>')
    line = " ".join(f"{across(n):.1f},{up(y):.1f}" for n, y in points)
    said.append(f'<polyline points="{line}" fill="none" stroke="#1f6f54" stroke-width="2"/>')
    for at, (n, seen) in enumerate(points):
        x, y = across(n), up(seen)
        told = f"{seen:.2g}" if seen < 10 else f"{seen:,.0f}"
        # In turn below and above the line, so that neighbours do not stand in one another.
        (right, down), anchor = ((6, 16), "start") if at % 2 == 0 else ((-6, -8), "end")
        said.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="#1f6f54"/>')
        said.append(f'<text x="{x + right:.1f}" y="{y + down:.1f}" text-anchor="{anchor}">{told} {unit}</text>')
    return said


def picture(rows):
    """The two charts side by side."""
    said = ['<svg xmlns="http://www.w3.org/2000/svg" width="800" height="320" font-family="sans-serif" font-size="12">']
    said.append('<rect width="800" height="320" fill="white"/>')
    said += panel(60, "Seconds of a first night", "s", [(n, seconds) for n, seconds, _ in rows])
    said += panel(450, "Memory of all its processes", "MB", [(n, memory) for n, _, memory in rows])
    said.append('<text x="400" y="308" text-anchor="middle">schools</text></svg>')
    return "\n".join(said) + "\n"


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__.strip())
    bench, corpora, to = (pathlib.Path(given) for given in sys.argv[1:4])
    corpora.mkdir(parents=True, exist_ok=True)
    rows = []
    print("| schools | first night s | peak MB | KB a school from the row before |\n|---|---|---|---|")
    for schools in [int(given) for given in sys.argv[4:]] or SCHOOLS:
        seconds, memory = measured(bench, corpora, schools)
        grown = f"{(memory - rows[-1][2]) * 1000 / (schools - rows[-1][0]):.1f}" if rows else ""
        print(f"| {schools:,} | {seconds:.2f} | {memory:,.0f} | {grown} |", flush=True)
        rows.append((schools, seconds, memory))
    to.write_text(picture(rows), encoding="utf-8")


main()
