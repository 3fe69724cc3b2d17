#!/usr/bin/env python3
"""Runs peer forecasters on the series of the Go benchmark and writes their forecasts as CSV.

    peers.py --data DIR --out DIR [--models AutoETS,MSTL] [--weeks 12] [--sample 20] [--seconds 900]

Requirements, pinned in peers.txt (Python 3.11):
    statsforecast==2.1.1  prophet==1.5.0  pandas==2.3.3  numpy==2.4.6

Volume series (bank, anonbank, seattle, bikeshare): the last --weeks weeks, rolled. One fit per week; the
H28 forecast and the H7 forecast of one origin come from the same fit. Files, for the independent scorer:
    <model>_<series>_h7.csv, _h28.csv   origin,timestamp,mean,q0.025,q0.1,q0.9,q0.975
    <model>_m4.csv                      series_id,step,mean,lo80,hi80,lo95,hi95
    m4_sample_<model>_{train,test,naive2}.csv   the same series of the data, when only a sample was run
A JSON line per model and dataset goes to stdout, everything else to stderr. Exit 1 if something failed,
0 if all ran or was skipped for time.

How the peers are set up, the same for every series; nothing was chosen by looking at scores:
- Library defaults, except AutoARIMA's approximation=True, which R's auto.arima takes by itself for series
  this long: without it a fit on anonbank or bikeshare took 83 s, with it 3 to 8 s.
- Clock times are a plain regular clock, without daylight saving.
- MSTL has seasons 24 and 168. AutoETS, AutoTheta and AutoARIMA take one season and cannot do 168
  sensibly (ETS allows 24 at most): they get 24 and do not know weekdays. On bank they get 14.
- bank is open on weekdays 07..20: statsforecast sees the open hours stacked, 14 a day (seasons 14 and 70),
  absent days filled from the week before. Prophet sees the real timestamps of the open hours.
- Absent hours count 0 in the history of seattle and bikeshare.
- Prophet knows holidays: the US calendar (bank, seattle), the flagged days (bikeshare), the file of 1999
  (anonbank; its names occur once each, so they are two kinds, "eve" and "holiday"). M4 has no dates;
  Prophet gets an arbitrary Monday as the first.
- History is cut for speed: HISTORY_WEEKS.
- Negative means and bounds are set to 0.
"""
import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "STAN_NUM_THREADS"):
    os.environ[name] = "1"  # before numpy: one core, as the protocol asks (README 3.4)

import argparse
import json
import logging
import multiprocessing
import signal
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path

logging.getLogger("prophet.plot").setLevel(logging.CRITICAL)  # "Importing plotly failed"

import numpy as np
import pandas as pd
from prophet import Prophet
from statsforecast.models import MSTL, AutoARIMA, AutoETS, AutoTheta

logging.getLogger("prophet").setLevel(logging.WARNING)
logging.getLogger("cmdstanpy").disabled = True  # two lines a fit; it sets its level itself

warnings.filterwarnings("ignore", message="possible convergence problem")  # AutoARIMA, once per candidate

MODELS = ("AutoETS", "MSTL", "AutoTheta", "Prophet", "AutoARIMA")  # the slowest last: the budget may end before it
SERIES = {
    "bank": "bank_calls_hourly.csv",
    "anonbank": "anonbank1999_hourly.csv",
    "seattle": "seattle_fire911_hourly.csv.gz",
    "bikeshare": "bikeshare_hourly.csv.gz",
}
M4 = "m4_hourly_odd_{}.csv.gz"

# Weeks of history before an origin; M4 is not cut. 105 weeks is two years for Prophet's yearly season and
# touches seattle only. AutoTheta's time grows with the square of the length (26 weeks 1.4 s, 52 weeks 7 s).
HISTORY_WEEKS = {"AutoETS": 105, "AutoARIMA": 8, "MSTL": 105, "AutoTheta": 26, "Prophet": 105}
SLOW = ("AutoARIMA", "Prophet")  # a sample of M4 only, see --sample

OPEN_HOURS = range(7, 21)  # bank, weekdays
M4_STEPS = 48
QUANTILES = (0.025, 0.1, 0.9, 0.975)
COLUMNS = ["mean", *(f"q{q}" for q in QUANTILES)]
HOUR, DAY, WEEK = pd.Timedelta(hours=1), pd.Timedelta(days=1), pd.Timedelta(weeks=1)
SEED = 1


class TooSlow(Exception):
    """The remaining fits do not fit in the remaining seconds."""


class Pace:
    """Gives up early when the fits so far say that the rest will not end in time."""

    def __init__(self, fits, seconds):
        self.fits, self.seconds, self.done, self.start = fits, seconds, 0, time.monotonic()

    def tick(self):
        self.done += 1
        need = self.elapsed() / self.done * self.fits
        if need > self.seconds:
            raise TooSlow(f"{self.fits} fits need about {need:.0f} s, {self.seconds:.0f} s are left")

    def elapsed(self):
        return time.monotonic() - self.start


# Models. Both functions return a frame with COLUMNS, one row per step.


def statsforecast(model, y, steps, seasons):
    """Calls the model itself: what StatsForecast(n_jobs=1) runs, without its frames."""
    fit = {
        "AutoETS": lambda: AutoETS(season_length=seasons[0]),
        "AutoARIMA": lambda: AutoARIMA(season_length=seasons[0], approximation=True),
        "AutoTheta": lambda: AutoTheta(season_length=seasons[0]),
        "MSTL": lambda: MSTL(season_length=list(seasons)),
    }[model]()
    f = fit.forecast(y=y, h=steps, level=[80, 95])
    return frame(f["mean"], [f["lo-95"], f["lo-80"], f["hi-80"], f["hi-95"]])


def prophet(history, times, holidays=None, country=None):
    m = Prophet(holidays=holidays)
    if country:
        m.add_country_holidays(country)
    m.fit(pd.DataFrame({"ds": history.index, "y": history.to_numpy()}), seed=SEED)
    future = pd.DataFrame({"ds": times})
    np.random.seed(SEED)
    paths = m.predictive_samples(future)["yhat"]
    m.uncertainty_samples = 0  # predict would draw them again
    return frame(m.predict(future)["yhat"], np.quantile(paths, QUANTILES, axis=1))


def frame(mean, bounds):
    f = pd.DataFrame(np.column_stack([mean, *bounds]), columns=COLUMNS)
    if not np.isfinite(f.to_numpy()).all():
        raise ValueError("the forecast is not finite")
    return f.clip(lower=0)


# Volume series.


def read_volume(data, key):
    """Returns the rows as given and the end of the window: midnight after the last day, for bank the Monday."""
    rows = pd.read_csv(data / SERIES[key], parse_dates=["timestamp"]).set_index("timestamp")
    end = rows.index[-1].normalize() + DAY
    while key == "bank" and end.weekday() > 4:
        end += DAY
    return rows, end


def times(key, start, end):
    """The hours of [start, end) in which the series exists."""
    t = pd.date_range(start, end - HOUR, freq="h")
    if key == "bank":
        t = t[(t.weekday < 5) & t.hour.isin(OPEN_HOURS)]
    return t


def history(rows, key, origin, weeks):
    """The regular series before the origin."""
    y = rows["volume"].astype(float)
    y = y[y.index < origin]
    y = y.reindex(times(key, y.index[0].normalize(), origin))
    if key == "bank":
        week = 5 * len(OPEN_HOURS)
        v = y.to_numpy(copy=True)
        for i in np.flatnonzero(np.isnan(v)):
            v[i] = v[i - week]
        y = pd.Series(v, y.index)
    if key in ("seattle", "bikeshare"):
        y = y.fillna(0)
    if y.isna().any():
        raise ValueError(f"{key}: no value for {y.index[y.isna()][0]}")
    return y[y.index >= origin - weeks * WEEK]


def holidays(data, key, rows):
    """Prophet's arguments for the calendar of a series, known ahead of the origin."""
    if key in ("bank", "seattle"):
        return {"country": "US"}
    if key == "anonbank":
        h = pd.read_csv(data / "anonbank1999_holidays.csv", parse_dates=["date"])
        kinds = np.where(h["name"].str.endswith(" eve"), "eve", "holiday")
        return {"holidays": pd.DataFrame({"ds": h["date"], "holiday": kinds})}
    days = rows.index[rows["holiday"] == 1].normalize().unique()
    return {"holidays": pd.DataFrame({"ds": days, "holiday": "holiday"})}


def run_volume(args, model, key, seconds):
    rows, end = read_volume(args.data, key)
    calendar = holidays(args.data, key, rows)
    seasons = (14, 70) if key == "bank" else (24, 168)
    pace, h7, h28 = Pace(args.weeks, seconds), [], []
    for week in range(args.weeks):
        origin = end - (args.weeks - week) * WEEK
        whole = week % 4 == 0 and week + 4 <= args.weeks  # an H28 origin
        t = times(key, origin, origin + (4 if whole else 1) * WEEK)
        y = history(rows, key, origin, HISTORY_WEEKS[model])
        if model == "Prophet":
            # The true rows: Prophet does not need bank's absent days filled.
            y = y[y.index.isin(rows.index)] if key == "bank" else y
            f = prophet(y, t, **calendar)
        else:
            f = statsforecast(model, y.to_numpy(), len(t), seasons)
        f.insert(0, "origin", origin.isoformat())
        f.insert(1, "timestamp", t.strftime("%Y-%m-%dT%H:%M:%S"))
        h7.append(f[t < origin + WEEK])
        if whole:
            h28.append(f)
        pace.tick()
    took = pace.elapsed()
    write(h7, args.out / f"{model}_{key}_h7.csv")
    if h28:
        write(h28, args.out / f"{model}_{key}_h28.csv")
    return 1, took


# M4.


def m4_sample(ids, model, sample):
    """All series, or for slow models `sample` of them, evenly spread; 0 means all."""
    if model not in SLOW or not 0 < sample < len(ids):
        return ids
    return [ids[i * len(ids) // sample] for i in range(sample)]


def run_m4(args, model, _, seconds):
    train = pd.read_csv(args.data / M4.format("train"))
    every = list(train["series_id"].unique())
    ids = m4_sample(every, model, args.sample)
    values = {i: g["volume"].to_numpy(float) for i, g in train.groupby("series_id")}
    steps = np.arange(1, M4_STEPS + 1)  # the test file counts from 1 again
    pace, out = Pace(len(ids), seconds), []
    for i in ids:
        y = values[i]
        if model == "Prophet":
            t = pd.date_range("2001-01-01", periods=len(y) + M4_STEPS, freq="h")
            f = prophet(pd.Series(y, t[: len(y)]), t[len(y) :])
        else:
            f = statsforecast(model, y, M4_STEPS, (24, 168))
        f.columns = ["mean", "lo95", "lo80", "hi80", "hi95"]
        f.insert(0, "series_id", i)
        f.insert(1, "step", steps)
        out.append(f[["series_id", "step", "mean", "lo80", "hi80", "lo95", "hi95"]])
        pace.tick()
    took = pace.elapsed()
    if len(ids) < len(every):
        for part in ("train", "test", "naive2"):
            if (args.data / M4.format(part)).exists():
                d = pd.read_csv(args.data / M4.format(part))
                write([d[d["series_id"].isin(ids)]], args.out / f"m4_sample_{model}_{part}.csv")
    write(out, args.out / f"{model}_m4.csv")
    return len(ids), took


# Running: every model and dataset in its own process group, so that one overrun can be ended alone.


def write(frames, path):
    part = path.with_suffix(".part")
    pd.concat(frames).to_csv(part, index=False, float_format="%.6g")
    part.replace(path)


def files(out, model, dataset):
    if dataset == "m4":
        return [out / f"{model}_m4.csv", *out.glob(f"m4_sample_{model}_*.csv")]
    return [out / f"{model}_{dataset}_h7.csv", out / f"{model}_{dataset}_h28.csv"]


def job(args, model, dataset, seconds):
    os.setpgid(0, 0)  # Stan runs as a child of this process
    forecast = run_m4 if dataset == "m4" else run_volume
    try:
        series, took = forecast(args, model, dataset, seconds)
    except TooSlow as e:
        say(f"skipped {model} on {dataset}: {e}")
    except Exception:
        traceback.print_exc()
        say(f"failed {model} on {dataset}")
        sys.exit(1)
    else:
        print(json.dumps({"model": model, "dataset": dataset, "series": series, "seconds": round(took, 1)}), flush=True)


def end_group(p):
    try:
        os.killpg(p.pid, signal.SIGKILL)
    except ProcessLookupError:  # it has not made its group yet
        p.kill()


def say(text):
    print(f"peers: {text}", file=sys.stderr, flush=True)


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, required=True, help="folder of the series")
    p.add_argument("--out", type=Path, required=True, help="folder for the forecasts, made if absent")
    p.add_argument("--models", default=",".join(MODELS), help="default %(default)s")
    p.add_argument("--weeks", type=int, default=12, help="length of the window, default 12; 4 for held-out files")
    p.add_argument("--sample", type=int, default=20, metavar="N", help=f"M4 series for {' and '.join(SLOW)}, default 20; 0 = all")
    p.add_argument("--seconds", type=float, default=900, help="budget of the whole run, default 900; what does not fit is skipped")
    args = p.parse_args()
    args.models = args.models.split(",")
    unknown = [m for m in args.models if m not in MODELS]
    if unknown:
        p.error(f"unknown model {unknown[0]}; known: {', '.join(MODELS)}")
    if args.weeks < 1 or args.sample < 0:
        p.error("--weeks must be at least 1, --sample at least 0")
    return args


def main():
    args = arguments()
    with tempfile.TemporaryDirectory() as tempfile.tempdir:  # Stan's files; ended jobs do not clean up
        return run(args)


def run(args):
    deadline = time.monotonic() + args.seconds
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # `timeout` must not leave a job behind
    args.out.mkdir(parents=True, exist_ok=True)
    fork = multiprocessing.get_context("fork")
    failed = False
    for model in args.models:
        for dataset in (*SERIES, "m4"):
            for old in files(args.out, model, dataset):
                old.unlink(missing_ok=True)  # a skipped model leaves no forecast of an earlier run
            left = deadline - time.monotonic()
            if left <= 0:
                say(f"skipped {model} on {dataset}: the budget of {args.seconds:.0f} s is spent")
                continue
            p = fork.Process(target=job, args=(args, model, dataset, left))
            p.start()
            try:
                p.join(left)
                if p.is_alive():
                    say(f"skipped {model} on {dataset}: not done when the budget of {args.seconds:.0f} s was spent")
                elif p.exitcode:
                    failed = True
            finally:
                if p.is_alive():
                    end_group(p)
                    p.join()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
