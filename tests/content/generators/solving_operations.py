"""The answers on training, serving and watching models, found again in another way."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from tests.content.generators.reading import Files, Floats, Found, Given, Row, column, rows


def training_curves(files: Files, given: Given) -> Found:
    runs: dict[str, list[Row]] = defaultdict(list)
    for row in rows(files, "curves"):
        runs[row["run"]].append(row)
    valid = {run: column(table, "valid_loss") for run, table in runs.items()}
    gaps = {run: valid[run][-1] - column(table, "train_loss")[-1] for run, table in runs.items()}
    best = min(valid, key=lambda run: valid[run].min())
    own = valid[best]
    record = np.minimum.accumulate(own)
    fresh = np.flatnonzero(np.concatenate([[True], own[1:] < record[:-1]]))
    stop = next((at + given["patience"] for at, after in zip(fresh, [*fresh[1:], 10**6], strict=True)
                 if after - at > given["patience"] and at + given["patience"] < len(own)), len(own) - 1)  # fmt: skip
    smooth = [own[0]]
    for loss in own[1:]:
        smooth.append(0.9 * smooth[-1] + 0.1 * loss)
    return {
        "best_run": best,
        "best_rate": float(runs[best][0]["learning_rate"]),
        "best_epoch": int(own.argmin()) + 1,
        "best_loss": own.min(),
        "last_gap": gaps[best],
        "widest_gap_run": max(gaps, key=lambda run: gaps[run]),
        "growing_runs": sum(bool(each[-1] > 1.1 * each.min()) for each in valid.values()),
        "stop_epoch": int(stop) + 1,
        "stop_loss": own[: stop + 1].min(),
        "smoothed_best": min(smooth),
        "last_five": own[-5:].mean(),
        "mean_best": np.mean([each.min() for each in valid.values()]),
    }


def serving_log(files: Files, _: Given) -> Found:
    calls, prices = rows(files, "calls"), {row["model"]: row for row in rows(files, "prices")}
    prompt, cached, answer = (column(calls, f"{name}_tokens") for name in ("prompt", "cached", "answer"))
    start, first, total = (column(calls, name) for name in ("start_ms", "first_token_ms", "total_ms"))

    def price(name: str, model: str | None = None) -> Floats:
        return np.array([float(prices[model or row["model"]][name]) for row in calls]) / 1e6

    cost = (prompt - cached) * price("prompt") + cached * price("cached") + answer * price("answer")
    small = (prompt - cached) * price("prompt", "small") + cached * price("cached", "small")
    teams = np.array([row["team"] for row in calls])
    by_team = {team: cost[teams == team].sum() for team in set(teams)}
    models = np.array([row["model"] for row in calls])
    waits = {model: first[models == model].mean() for model in set(models)}
    return {
        "total_cost": cost.sum(),
        "mean_cost": cost.mean(),
        "dearest_team": max(by_team, key=lambda team: by_team[team]),
        "dearest_team_cost": max(by_team.values()),
        "cost_without_cache": (prompt * price("prompt") + answer * price("answer")).sum(),
        "cost_all_small": (small + answer * price("answer", "small")).sum(),
        "cached_share": cached.sum() / prompt.sum(),
        "p95_total": int(min(each for each in total if np.mean(total <= each) >= 0.95)),
        "slowest_start_model": max(waits, key=lambda model: waits[model]),
        "tokens_a_second": answer.sum() / ((total - first).sum() / 1000),
        "most_at_once": max(int(((start <= each) & (start + total > each)).sum()) for each in start),
    }


def drift(files: Files, _: Given) -> Found:
    before, now, bins = (rows(files, name) for name in ("before", "now", "bins"))
    names = [name for name in before[0] if name != "plan"]
    known = {
        name: [np.array([float(row[name]) for row in side if row[name]]) for side in (before, now)] for name in names
    }
    ks = {name: _distance(*known[name]) for name in names}
    moved = max(ks, key=lambda name: ks[name])
    edges = {row["column"]: [-np.inf, *(float(row[f"edge{n}"]) for n in range(1, 5)), np.inf] for row in bins}
    psi = {}
    for name in names:
        old, new = (np.histogram(each, edges[name])[0] / len(each) for each in known[name])
        psi[name] = ((new - old) * np.log(new / old)).sum()
    holes = {
        name: np.mean([not row[name] for row in now]) - np.mean([not row[name] for row in before]) for name in names
    }
    plans = sorted({row["plan"] for row in (*before, *now)})
    seen = np.array([[sum(row["plan"] == plan for row in side) for plan in plans] for side in (before, now)])
    expected = seen.sum(axis=1, keepdims=True) * seen.sum(axis=0, keepdims=True) / seen.sum()
    return {
        "moved_column": moved,
        "largest_ks": ks[moved],
        "mean_shift": (known[moved][1].mean() - known[moved][0].mean()) / known[moved][0].std(ddof=1),
        "first_psi": psi[names[0]],
        "largest_psi_column": max(psi, key=lambda name: psi[name]),
        "largest_psi": max(psi.values()),
        "missing_column": max(holes, key=lambda name: holes[name]),
        "missing_change": max(holes.values()),
        "new_plan_share": np.mean([row["plan"] not in {each["plan"] for each in before} for row in now]),
        "plan_chi2": ((seen - expected) ** 2 / expected).sum(),
    }


def _distance(old: Floats, new: Floats) -> float:
    points = np.concatenate([old, new])
    return float(max(abs(np.mean(old <= each) - np.mean(new <= each)) for each in points))
