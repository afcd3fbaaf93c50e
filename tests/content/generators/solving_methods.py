"""Second ways for features, components, boosting, merges, steps downhill, squeezed layers and scaling laws."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import numpy as np

from tests.content.generators.reading import Files, Floats, Found, Given, Row, column, matrix, rows


def feature_history(files: Files, _: Given) -> Found:
    history = sorted(rows(files, "history"), key=lambda row: row["happened"])
    known, peeped, last, ages, changed = [], [], [], [], 0
    for case in rows(files, "cases"):
        own = [row for row in history if row["customer"] == case["customer"]]
        past = [row for row in own if row["happened"] <= case["asked"]]
        told = [row for row in past if row["learned"] <= case["asked"]]
        known += [float(row["balance"]) for row in told[-1:]]
        peeped += [float(row["balance"]) for row in past[-1:]]
        last.append(float(own[-1]["balance"]))
        ages += [_days(row["happened"], case["asked"]) for row in told[-1:]]
        changed += told[-1:] != past[-1:]
    return {
        "known_mean": float(np.mean(known)),
        "peeped_mean": float(np.mean(peeped)),
        "last_mean": float(np.mean(last)),
        "nothing_known": len(last) - len(known),
        "changed_cases": changed,
        "mean_age": float(np.mean(ages)),
    }


def _days(one: str, two: str) -> int:
    return int((np.datetime64(two) - np.datetime64(one)).astype(int))


def wide_table(files: Files, _: Given) -> Found:
    table = rows(files, "machines")
    names = [name for name in table[0] if name != "machine"]
    raw = matrix(table, names)
    raw = raw - raw.mean(axis=0)
    scaled = raw / raw.std(axis=0)
    raw_sizes, raw_ways = np.linalg.svd(raw, full_matrices=False)[1:]
    sizes, ways = np.linalg.svd(scaled, full_matrices=False)[1:]
    shares = sizes**2 / (sizes**2).sum()
    return {
        "first_share": float(shares[0]),
        "raw_first_share": float(raw_sizes[0] ** 2 / (raw_sizes**2).sum()),
        "first_two_share": float(shares[:2].sum()),
        "components_for_90": int(np.searchsorted(np.cumsum(shares), 0.9)) + 1,
        "strongest_column": names[int(np.abs(ways[0]).argmax())],
        "raw_strongest_column": names[int(np.abs(raw_ways[0]).argmax())],
        "farthest_machine": table[int(np.abs(scaled @ ways[0]).argmax())]["machine"],
    }


def boosted_stumps(files: Files, given: Given) -> Found:
    table, tomorrow = rows(files, "days"), rows(files, "tomorrow")
    names = list(tomorrow[0])
    features, new, sold = matrix(table, names), matrix(tomorrow, names)[0], column(table, "sold")
    told, forecast = np.full(len(sold), sold.mean()), sold.mean()
    grown = []
    for _ in range(given["rounds"]):
        place, threshold, low, high = _stump(features, sold - told)
        told = told + given["rate"] * np.where(features[:, place] <= threshold, low, high)
        forecast += given["rate"] * (low if new[place] <= threshold else high)
        grown.append((place, threshold, low, high))
    return {
        "start": float(sold.mean()),
        "first_feature": names[grown[0][0]],
        "first_threshold": grown[0][1],
        "first_low": grown[0][2],
        "first_high": grown[0][3],
        "last_feature": names[grown[-1][0]],
        "forecast": float(forecast),
        "train_rmse": float(np.sqrt(((sold - told) ** 2).mean())),
    }


def _stump(features: Floats, left: Floats) -> tuple[int, float, float, float]:
    """Maximise the spread between the two sides, which is the same as least error within them."""
    best = (-1.0, 0, 0.0, 0.0, 0.0)
    for place in range(features.shape[1]):
        values = np.unique(features[:, place])
        for threshold in (values[1:] + values[:-1]) / 2:
            low = left[features[:, place] <= threshold]
            high = left[features[:, place] > threshold]
            gain = len(low) * low.mean() ** 2 + len(high) * high.mean() ** 2
            best = max(best, (float(gain), place, float(threshold), float(low.mean()), float(high.mean())))
    return best[1:]


def pair_merges(files: Files, given: Given) -> Found:
    counts = {row["word"]: int(row["count"]) for row in rows(files, "words")}
    split = {word: " ".join(word) for word in [*counts, rows(files, "new")[0]["word"]]}
    new, made = list(split)[-1], []
    for _ in range(given["merges"]):
        pairs: Counter[tuple[str, str]] = Counter()
        for word, count in counts.items():
            pairs.update({pair: times * count for pair, times in Counter(pairwise(split[word].split())).items()})
        one, two = pairs.most_common(1)[0][0]
        split = {word: re.sub(rf"(?<!\S){one} {two}(?!\S)", one + two, text) for word, text in split.items()}
        made.append(one + two)
    return {
        "letters": sum(len(word) * count for word, count in counts.items()),
        "first_merge": made[0],
        "merges": tuple(made),
        "pieces_left": sum((split[word].count(" ") + 1) * count for word, count in counts.items()),
        "new_pieces": tuple(split[new].split()),
        "different_pieces": len(set(" ".join(split[word] for word in counts).split())),
    }


def downhill_steps(files: Files, given: Given) -> Found:
    fact = {row["fact"]: float(row["value"]) for row in rows(files, "valley")}
    bend = np.array([fact["flat"], fact["steep"]])
    bottom, start = (np.array([fact[f"{name}_x"], fact[f"{name}_y"]]) for name in ("bottom", "start"))
    steps, stays = given["steps"], given["momentum"]
    plain = bottom + (1 - 2 * fact["rate"] * bend) ** steps * (start - bottom)
    pulls: list[Floats] = []
    rolled = start
    for _ in range(steps):
        pulls.append(2 * bend * (rolled - bottom))
        speed = sum((stays ** (len(pulls) - 1 - age) * pull for age, pull in enumerate(pulls)), np.zeros(2))
        rolled = rolled - fact["rate"] * speed
    adam = _adam(start, bend, bottom, fact["adam_rate"], steps)
    return {
        "plain_x": float(plain[0]),
        "plain_loss": float(bend @ (plain - bottom) ** 2),
        "momentum_x": float(rolled[0]),
        "momentum_loss": float(bend @ (rolled - bottom) ** 2),
        "adam_x": float(adam[0]),
        "adam_loss": float(bend @ (adam - bottom) ** 2),
        "largest_rate": 1 / fact["steep"],
    }


def _adam(at: Floats, bend: Floats, bottom: Floats, rate: float, steps: int) -> Floats:
    """Take the corrected running means as what they are: weighted means of all pulls so far."""
    pulls: list[Floats] = []
    for _ in range(steps):
        pulls.append(2 * bend * (at - bottom))
        ages = np.arange(len(pulls))[::-1]
        first = np.average(pulls, axis=0, weights=0.9**ages)
        second = np.average(np.square(pulls), axis=0, weights=0.999**ages)
        at = at - rate * first / (np.sqrt(second) + 1e-8)
    return at


def quantised_layer(files: Files, given: Given) -> Found:
    table, signal = rows(files, "layer"), column(rows(files, "signal"), "value")
    layer = matrix(table, [name for name in table[0] if name != "unit"])
    most = 2 ** (given["bits"] - 1) - 1
    scale = np.abs(layer).max() / most
    scales = np.abs(layer).max(axis=1, keepdims=True) / most
    one, each = np.rint(layer / scale) * scale, np.rint(layer / scales) * scales
    return {
        "scale": float(scale),
        "zeros": int((one == 0).sum()),
        "error": float(np.sqrt(((layer - one) ** 2).mean())),
        "row_error": float(np.sqrt(((layer - each) ** 2).mean())),
        "output_error": float(np.sqrt((((layer - one) @ signal) ** 2).mean())),
        "row_output_error": float(np.sqrt((((layer - each) @ signal) ** 2).mean())),
    }


def scaling_runs(files: Files, _: Given) -> Found:
    runs: list[Row] = rows(files, "runs")
    fact = {row["fact"]: float(row["value"]) for row in rows(files, "facts")}
    sizes, losses = np.log(column(runs, "parameters")), column(runs, "loss")
    slope, start = np.polyfit(sizes, np.log(losses - fact["floor"]), 1)
    bare = np.polyfit(sizes, np.log(losses), 1)
    large = np.log(fact["large_parameters"])
    best = (fact["budget_flops_1e18"] * 1e18 / 120) ** 0.5
    return {
        "exponent": float(-slope),
        "forecast": float(fact["floor"] + np.exp(start + slope * large)),
        "forecast_without_floor": float(np.exp(np.polyval(bare, large))),
        "halving_factor": float(np.exp(np.log(0.5) / slope)),
        "best_parameters": best,
        "best_tokens": 20 * best,
    }
