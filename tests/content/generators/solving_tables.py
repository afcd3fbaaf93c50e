"""The answers on tables, logs and series, found again in another way."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta

import numpy as np

from tests.content.generators.reading import Files, Found, Given, Row, column, rows

HOLES = {"", "NA", "n/a", "-"}


def messy_table(files: Files, _: Given) -> Found:
    everything = rows(files, "orders")
    clean: dict[str, Row] = {}
    for row in everything:
        clean.setdefault(row["order"], row)
    orders = list(clean.values())
    missing = {name: sum(row[name].strip() in HOLES for row in orders) for name in orders[0]}
    known = [float(row["amount"]) for row in orders if row["amount"] not in HOLES]
    items = [None if row["items"] in HOLES else int(row["items"]) for row in orders]
    middle = statistics.median(each for each in items if each is not None)
    by_city: dict[str, float] = defaultdict(float)
    for row in orders:
        if row["city"].strip() not in HOLES and row["amount"] not in HOLES:
            by_city[row["city"].strip().title()] += float(row["amount"])
    best = max(by_city, key=lambda city: by_city[city])
    return {
        "repeated_rows": len(everything) - len(orders),
        "missing_cells": sum(missing.values()),
        "most_missing_column": max(missing, key=lambda name: missing[name]),
        "complete_orders": sum(not any(cell.strip() in HOLES for cell in row.values()) for row in orders),
        "mean_amount": np.mean(known),
        "median_amount": np.median(known),
        "total_amount": np.sum(known),
        "mean_items_filled": np.mean([middle if each is None else each for each in items]),
        "best_city": best,
        "best_city_total": by_city[best],
    }


def two_tables(files: Files, _: Given) -> Found:
    customers, orders = rows(files, "customers"), rows(files, "orders")
    latest: dict[str, Row] = {}
    for row in customers:
        if row["customer"] not in latest or row["since"] > latest[row["customer"]]["since"]:
            latest[row["customer"]] = row
    joined = [(order, row) for order in orders for row in customers if row["customer"] == order["customer"]]
    kept = [order for order in orders if order["customer"] in latest]
    spent, regions = dict.fromkeys(latest, 0.0), defaultdict[str, float](float)
    for order in kept:
        spent[order["customer"]] += float(order["amount"])
        regions[latest[order["customer"]]["region"]] += float(order["amount"])
    buyers = {order["customer"] for order in kept}
    top = max(regions, key=lambda region: regions[region])
    return {
        "lost_orders": sum(order["customer"] not in latest for order in orders),
        "moved_customers": len(customers) - len(latest),
        "quiet_customers": len(set(latest) - buyers),
        "joined_rows": len(joined),
        "inflated_total": sum(float(order["amount"]) for order, _ in joined),
        "true_total": sum(float(order["amount"]) for order in kept),
        "top_region": top,
        "top_region_total": regions[top],
        "top_customer": max(spent, key=lambda name: spent[name]),
        "mean_per_customer": np.mean([*spent.values()]),
        "mean_per_buyer": np.mean([spent[name] for name in buyers]),
    }


def event_log(files: Files, _: Given) -> Found:
    pattern = re.compile(r"(\S+)Z user=(\S+) GET (\S+) (\d+) (\d+)ms")
    seen = [found.groups() for found in map(pattern.fullmatch, files["requests.txt"].splitlines()) if found]
    assert len(seen) == files["requests.txt"].count("\n")
    times = np.array([int(each[4]) for each in seen])
    by_path: dict[str, list[tuple[int, int]]] = defaultdict(list)
    moments: dict[str, list[float]] = defaultdict(list)
    quarters = Counter[str]()
    for moment, user, path, status, takes in seen:
        by_path[path].append((int(status), int(takes)))
        stamp = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        moments[user].append(stamp.timestamp())
        quarters[f"{stamp:%H}:{stamp.minute // 15 * 15:02}"] += 1
    sessions = [
        session
        for each in moments.values()
        for session in np.split(np.array(each), np.flatnonzero(np.diff(each) > 1800) + 1)
    ]
    means = {path: float(np.mean([takes for _, takes in each])) for path, each in by_path.items()}
    errors = {path: float(np.mean([status >= 500 for status, _ in each])) for path, each in by_path.items()}
    return {
        "users": len(moments),
        "error_rate": np.mean([int(each[3]) >= 500 for each in seen]),
        "least_sure_path": max(errors, key=lambda path: errors[path]),
        "slowest_path": max(means, key=lambda path: means[path]),
        "slowest_path_mean": max(means.values()),
        "p95": min(int(each) for each in times if np.mean(times <= each) >= 0.95),
        "busiest_quarter": quarters.most_common(1)[0][0],
        "sessions": len(sessions),
        "longest_session": int(max(session[-1] - session[0] for session in sessions)),
        "busiest_user": max(moments, key=lambda user: len(moments[user])),
    }


def time_series(files: Files, _: Given) -> Found:
    table = rows(files, "visitors")
    days = [date.fromisoformat(row["day"]) for row in table]
    seen = column(table, "visitors")
    numbers = np.array([(day - days[0]).days for day in days])
    whole = np.arange(numbers[-1] + 1)
    filled = np.interp(whole, numbers, seen)
    names = np.array([f"{day:%A}" for day in days])
    means = {name: float(seen[names == name].mean()) for name in set(names)}
    weeks = np.convolve(filled, np.ones(7) / 7, mode="valid")
    centred = filled - filled.mean()
    level = filled[0]
    for each in filled[1:]:
        level = 0.7 * level + 0.3 * each
    return {
        "missing_days": len(whole) - len(seen),
        "longest_gap": int(np.diff(numbers).max() - 1),
        "filled_mean": filled.mean(),
        "busiest_weekday": max(means, key=lambda name: means[name]),
        "busiest_weekday_mean": max(means.values()),
        "best_week_end": (days[0] + timedelta(days=int(weeks.argmax()) + 6)).isoformat(),
        "best_week_mean": weeks.max(),
        "trend": np.polyfit(whole, filled, 1)[0],
        "week_echo": (centred[7:] @ centred[:-7]) / (centred @ centred),
        "naive_mae": np.abs(filled[-28:] - filled[-35:-7]).mean(),
        "smoothed_last": level,
    }
