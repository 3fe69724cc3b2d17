#!/usr/bin/env python3
"""Answers the Erlang C cases of smena-bench staffing by pyworkforce, from its released package.

    staffing.py --repeat N < cases.json > answers.json

A case has arrivals, aht, within, interval (seconds), share, occupancy and shrinkage. An answer has
operators, scheduled, service_level, p_wait and occupancy; "seconds" is the time of all cases, once. The
package as released knows Erlang C; Erlang A is in its repository only.
"""
import argparse
import json
import sys
import time

from pyworkforce.queuing import ErlangC


def answer(case):
    erlang = ErlangC(transactions=case["arrivals"], aht=case["aht"] / 60, asa=case["within"] / 60,
                     interval=case["interval"] / 60, shrinkage=case["shrinkage"])
    found = erlang.required_positions(service_level=case["share"], max_occupancy=case["occupancy"])
    return {"operators": found["raw_positions"], "scheduled": found["positions"], "service_level": found["service_level"],
            "p_wait": found["waiting_probability"], "occupancy": found["occupancy"]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeat", type=int, default=1)
    repeat = parser.parse_args().repeat
    cases = json.load(sys.stdin)
    answers = [answer(case) for case in cases]  # warm
    start = time.perf_counter()
    for _ in range(repeat):
        for case in cases:
            answer(case)
    json.dump({"answers": answers, "seconds": (time.perf_counter() - start) / repeat}, sys.stdout)


if __name__ == "__main__":
    main()
