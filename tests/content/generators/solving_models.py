"""The answers on models and what they say, found again in another way."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np

from tests.content.generators.reading import Files, Floats, Found, Given, column, matrix, rows


def _least_squares(x: Floats, y: Floats) -> Floats:
    found = np.linalg.lstsq(np.column_stack([np.ones(len(x)), x]), y, rcond=None)[0]
    return np.asarray(found, dtype=np.float64)


def _said(weights: Floats, x: Floats) -> Floats:
    found: Floats = weights[0] + x @ weights[1:]
    return found


def regression_table(files: Files, given: Given) -> Found:
    table = rows(files, "homes")
    names = [name for name in table[0] if name not in ("home", "part", "price")]
    train = np.array([row["part"] == "train" for row in table])
    x, y = matrix(table, names), column(table, "price")
    line, full = _least_squares(x[train][:, :1], y[train]), _least_squares(x[train], y[train])
    middle = x[train] - x[train].mean(axis=0)
    ridge = np.linalg.inv(middle.T @ middle + given["penalty"] * np.eye(len(names))) @ middle.T @ y[train]
    left = y[train] - _said(line, x[train][:, :1])
    strength = [abs(np.corrcoef(x[train][:, place], y[train])[0, 1]) for place in range(len(names))]
    homes = np.array([row["home"] for row in table])[train]

    def rmse(said: Floats) -> float:
        return float(np.sqrt(np.mean((y[~train] - said) ** 2)))

    return {
        "correlation": np.corrcoef(x[train][:, 0], y[train])[0, 1],
        "slope": line[1],
        "intercept": line[0],
        "r2": 1 - left @ left / ((y[train] - y[train].mean()) ** 2).sum(),
        "line_test_rmse": rmse(_said(line, x[~train][:, :1])),
        "size_effect": full[1],
        "all_test_rmse": rmse(_said(full, x[~train])),
        "mean_test_rmse": rmse(np.full((~train).sum(), y[train].mean())),
        "ridge_size_effect": ridge[0],
        "strongest_feature": names[int(np.argmax(strength))],
        "worst_home": homes[np.abs(y[train] - _said(full, x[train])).argmax()],
    }


def classification_table(files: Files, given: Given) -> Found:
    table = rows(files, "machines")
    names = [name for name in table[0] if name not in ("machine", "part", "outcome")]
    train = np.array([row["part"] == "train" for row in table])
    x, fails = matrix(table, names), np.array([row["outcome"] == "fails" for row in table])
    known, asked, truth = x[train], x[~train], fails[~train]
    apart = np.linalg.norm(asked[:, None, :] - known[None, :, :], axis=2)
    near = np.argsort(apart, axis=1)[:, : given["neighbours"]]
    voted = fails[train][near].mean(axis=1) > 0.5
    centres = [np.linalg.norm(asked - known[fails[train] == kind].mean(axis=0), axis=1) for kind in (False, True)]
    splits = []
    for place, name in enumerate(names):
        values = np.unique(known[:, place])
        for threshold in (values[1:] + values[:-1]) / 2:
            below = known[:, place] < threshold
            impurity = np.mean(below) * _gini(fails[train][below]) + np.mean(~below) * _gini(fails[train][~below])
            splits.append((impurity, name, threshold))
    machines = np.array([row["machine"] for row in table])[train]
    return {
        "usual_accuracy": np.mean(truth == (fails[train].mean() > 0.5)),
        "neighbours_accuracy": np.mean(voted == truth),
        "neighbours_recall": voted[truth].mean(),
        "centres_accuracy": np.mean((centres[1] < centres[0]) == truth),
        "nearest_machine": machines[apart[0].argmin()],
        "gini": _gini(fails[train]),
        "split_feature": min(splits)[1],
        "split_threshold": min(splits)[2],
        "split_gini": min(splits)[0],
    }


def _gini(outcomes: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float:
    share = float(outcomes.mean())
    return 2 * share * (1 - share)


def clusters(files: Files, _: Given) -> Found:
    table, starts = rows(files, "points"), rows(files, "starts")
    x, centres = matrix(table, ["x", "y"]), matrix(starts, ["x", "y"])
    apart = np.linalg.norm(x[:, None] - x[None], axis=2)
    first = ((x[:, None] - centres[None]) ** 2).sum(axis=2).min(axis=1).sum()
    groups, rounds = np.full(len(x), -1), 0
    while True:
        nearest = ((x[:, None] - centres[None]) ** 2).sum(axis=2).argmin(axis=1)
        if (nearest == groups).all():
            break
        groups, rounds = nearest, rounds + 1
        centres = np.array([x[groups == group].mean(axis=0) for group in range(len(starts))])
    far = np.linalg.norm(x - centres[groups], axis=1)
    widths = []
    for place, group in enumerate(groups):
        own = apart[place][(groups == group) & (np.arange(len(x)) != place)].mean()
        other = min(apart[place][groups == each].mean() for each in set(groups) - {group})
        widths.append((other - own) / max(own, other))
    values = np.linalg.svd(x - x.mean(axis=0), compute_uv=False) ** 2
    sizes = np.bincount(groups)
    return {
        "rounds": rounds,
        "inertia": (far**2).sum(),
        "first_inertia": first,
        "largest_group": starts[int(sizes.argmax())]["group"],
        "largest_size": int(sizes.max()),
        "farthest_point": table[int(far.argmax())]["point"],
        "farthest_distance": far.max(),
        "silhouette": np.mean(widths),
        "first_component_share": values[0] / values.sum(),
    }


def confusion_counts(files: Files, _: Given) -> Found:
    table = rows(files, "counts")
    names = sorted({row["actual"] for row in table})
    actual = [row["actual"] for row in table for _ in range(int(row["count"]))]
    said = [row["predicted"] for row in table for _ in range(int(row["count"]))]
    truth, guess = (np.array([names.index(each) for each in side]) for side in (actual, said))
    right = truth == guess
    recall = np.array([right[truth == place].mean() for place in range(len(names))])
    precision = np.array([right[guess == place].mean() for place in range(len(names))])
    f1 = 2 * precision * recall / (precision + recall)
    shares, guesses = (np.bincount(side, minlength=len(names)) / len(truth) for side in (truth, guess))
    expected = shares @ guesses
    one, two = np.eye(len(names))[truth], np.eye(len(names))[guess]
    together = [np.cov(a, b, bias=True) for a, b in zip(one.T, two.T, strict=True)]
    covariance = sum(each[0, 1] for each in together)
    spread = np.sqrt(sum(each[0, 0] for each in together) * sum(each[1, 1] for each in together))
    mistakes = Counter(pair for pair in zip(actual, said, strict=True) if pair[0] != pair[1])
    return {
        "accuracy": right.mean(),
        "balanced_accuracy": recall.mean(),
        "macro_f1": f1.mean(),
        "weighted_f1": f1 @ shares,
        "kappa": (right.mean() - expected) / (1 - expected),
        "matthews": covariance / spread,
        "usual_accuracy": shares.max(),
        "hardest_class": names[int(recall.argmin())],
        "least_trusted_class": names[int(precision.argmin())],
        "most_confused": mistakes.most_common(1)[0][0],
    }


def scores(files: Files, given: Given) -> Found:
    table = rows(files, "scores")
    score, event = column(table, "score"), column(table, "happened") == 1
    alarms = [score >= threshold for threshold in sorted(score)]
    pairs = [high > low for high, low in product(score[event], score[~event])]
    precisions = [event[score >= each].mean() for each in score[event]]
    bins = np.digitize(score, np.linspace(0.1, 0.9, 9))
    shares = {each: np.mean(bins == each) for each in set(bins)}
    error = sum(abs(score[bins == each].mean() - event[bins == each].mean()) * share for each, share in shares.items())
    costs = [(alarm & ~event).sum() + given["miss_cost"] * (~alarm & event).sum() for alarm in alarms]
    f1 = [2 * (alarm & event).sum() / (alarm.sum() + event.sum()) for alarm in alarms]
    there = max(each for each in score if (score[event] >= each).mean() >= 0.9)
    top = np.argsort(-score)[: len(score) // 10]
    chances = np.where(event, score, 1 - score)
    return {
        "roc_auc": np.mean(pairs),
        "average_precision": np.mean(precisions),
        "log_loss": -np.log(chances).mean(),
        "brier": ((score - event) ** 2).mean(),
        "calibration_error": error,
        "lowest_cost": int(min([*costs, given["miss_cost"] * event.sum()])),
        "best_f1": max(f1),
        "threshold_for_recall": there,
        "precision_there": event[score >= there].mean(),
        "top_tenth_lift": event[top].mean() / event.mean(),
    }
