"""The answers of puzzles, tests and networks on paper, found again in another way."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from statistics import NormalDist

import numpy as np

from tests.content.generators.reading import Files, Found, Given, column, matrix, rows


def probability_puzzle(files: Files, _: Given) -> Found:
    machines, (alarm,) = rows(files, "machines"), rows(files, "alarm")
    share, rate = column(machines, "share"), column(machines, "faulty_rate")
    hit, slip, drawn = float(alarm["alarm_if_faulty"]), float(alarm["alarm_if_good"]), int(alarm["parts_drawn"])
    joint = np.array([[(share * rate).sum() * hit, (share * rate).sum() * (1 - hit)],
                      [(share * (1 - rate)).sum() * slip, (share * (1 - rate)).sum() * (1 - slip)]])  # fmt: skip
    faulty = joint[0].sum()
    again = joint[:, 0] * np.array([hit, slip])
    counts = [math.comb(drawn, n) * faulty**n * (1 - faulty) ** (drawn - n) for n in range(drawn + 1)]
    return {
        "faulty": faulty,
        "likeliest_machine": machines[int((share * rate).argmax())]["machine"],
        "likeliest_share": (share * rate).max() / (share @ rate),
        "alarm": joint[:, 0].sum(),
        "faulty_if_alarm": joint[0, 0] / joint[:, 0].sum(),
        "faulty_if_two_alarms": again[0] / again.sum(),
        "good_if_silent": joint[1, 1] / joint[:, 1].sum(),
        "right": joint[0, 0] + joint[1, 1],
        "some_faulty": sum(counts[1:]),
        "exactly_two": counts[2],
        "parts_until_alarm": sum(n * (1 - joint[:, 0].sum()) ** (n - 1) * joint[:, 0].sum() for n in range(1, 4000)),
    }


def ab_test(files: Files, _: Given) -> Found:
    table = rows(files, "visits")
    version, device = (np.array([row[name] for row in table]) for name in ("version", "device"))
    bought, spent = column(table, "bought"), column(table, "spent")
    a, b = version == "A", version == "B"
    p, q = bought[a].mean(), bought[b].mean()
    pooled = bought.mean()
    z = (q - p) / np.sqrt(pooled * (1 - pooled) / a.sum() + pooled * (1 - pooled) / b.sum())
    error = np.sqrt(bought[a].var() / a.sum() + bought[b].var() / b.sum())
    welch = np.sqrt(spent[a].var(ddof=1) / a.sum() + spent[b].var(ddof=1) / b.sum())
    split = np.array([a.sum(), b.sum()])
    lifts = {
        name: bought[b & (device == name)].mean() - bought[a & (device == name)].mean() for name in sorted({*device})
    }
    return {
        "rate_a": p,
        "rate_b": q,
        "lift": (q - p) / p,
        "z": z,
        "p_value": 2 * NormalDist().cdf(-abs(z)),
        "interval_low": q - p - 1.959964 * error,
        "interval_high": q - p + 1.959964 * error,
        "spent_difference": spent[b].mean() - spent[a].mean(),
        "welch_t": (spent[b].mean() - spent[a].mean()) / welch,
        "split_chi2": ((split - len(table) / 2) ** 2 / (len(table) / 2)).sum(),
        "best_device": max(lifts, key=lambda name: lifts[name]),
        "best_device_difference": max(lifts.values()),
    }


def attention(files: Files, given: Given) -> Found:
    words = [row["word"] for row in rows(files, "queries")]
    axes = [f"x{axis}" for axis in range(1, given["width"] + 1)]
    queries, keys, values = (matrix(rows(files, name), axes) for name in ("queries", "keys", "values"))
    scores = queries @ keys.T / np.sqrt(len(axes))
    seen = np.tril(np.ones_like(scores)) if given["masked"] else np.ones_like(scores)
    powers = np.exp(scores) * seen
    weights = powers / powers.sum(axis=1, keepdims=True)
    output = weights @ values
    last = weights[-1]
    return {
        "score": scores[-1, 0],
        "weight": last[0],
        "largest_weight": last.max(),
        "watched_word": words[int(last.argmax())],
        "entropy": -(last * np.log(last)).sum(),
        "output": output[-1, 0],
        "output_sum": output.sum(),
        "busiest_word": words[int(weights.sum(axis=0).argmax())],
        "busiest_total": weights.sum(axis=0).max(),
    }


def convolution(files: Files, given: Given) -> Found:
    picture, kernel = (matrix(table, list(table[0])) for table in (rows(files, "picture"), rows(files, "kernel")))
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(picture, given["padding"]), kernel.shape)
    moved = np.einsum("rckl,kl->rc", windows, kernel)[:: given["stride"], :: given["stride"]]
    kept = np.maximum(moved, 0)
    half = len(kept) // 2
    pooled = kept[: 2 * half, : 2 * half].reshape(half, 2, half, 2).max(axis=(1, 3))
    row, place = np.unravel_index(moved.argmax(), moved.shape)
    return {
        "first": int(moved[0, 0]),
        "largest": int(moved.max()),
        "largest_row": int(row) + 1,
        "largest_column": int(place) + 1,
        "smallest": int(moved.min()),
        "sum": int(moved.sum()),
        "positive_cells": int((moved > 0).sum()),
        "relu_sum": int(kept.sum()),
        "relu_mean": kept.mean(),
        "pooled_sum": int(pooled.sum()),
    }


def backprop(files: Files, given: Given) -> Found:
    weight = {(row["from"], row["to"]): float(row["weight"]) for row in rows(files, "weights")}
    example = {row["name"]: float(row["value"]) for row in rows(files, "example")}
    units = sorted({to for _, to in weight if to != "output"})
    inputs = [name for name in example if name != "target"]

    def forward(net: dict[tuple[str, str], float]) -> tuple[dict[str, float], float, float]:
        hidden = {}
        for unit in units:
            total = net["bias", unit] + sum(net[name, unit] * example[name] for name in inputs)
            hidden[unit] = (1 + math.tanh(total / 2)) / 2 if given["activation"] == "sigmoid" else math.tanh(total)
        total = net["bias", "output"] + sum(net[unit, "output"] * each for unit, each in hidden.items())
        output = (1 + math.tanh(total / 2)) / 2
        loss = math.log1p(math.exp(-total)) if example["target"] else math.log1p(math.exp(total))
        return hidden, output, loss

    def loss_with(key: tuple[str, str], value: float) -> float:
        return forward({**weight, key: value})[2]

    gradient = {key: _slope(partial(loss_with, key), weight[key]) for key in weight}
    stepped = {key: weight[key] - given["rate"] * gradient[key] for key in weight}
    hidden, output, loss = forward(weight)
    return {
        "hidden": hidden["h1"],
        "output": output,
        "loss": loss,
        "output_weight_gradient": gradient["h1", "output"],
        "output_bias_gradient": gradient["bias", "output"],
        "input_weight_gradient": gradient["x1", "h1"],
        "hidden_bias_gradient": gradient["bias", "h1"],
        "new_output_weight": stepped["h1", "output"],
        "new_input_weight": stepped["x1", "h1"],
        "new_loss": forward(stepped)[2],
    }


def _slope(function: Callable[[float], float], at: float) -> float:
    """Return a derivative from differences alone, by Richardson's extrapolation."""
    rough = [(function(at + step) - function(at - step)) / (2 * step) for step in (0.04, 0.02, 0.01)]
    finer = [(4 * two - one) / 3 for one, two in pairwise(rough)]
    return (16 * finer[1] - finer[0]) / 15


def gpu_arithmetic(files: Files, _: Given) -> Found:
    plan = {row["fact"]: float(row["value"]) for row in rows(files, "plan")}
    width = plan["heads"] * plan["head_width"]
    narrow = plan["key_value_heads"] * plan["head_width"]
    shapes = [(width, width)] * 2 + [(width, narrow)] * 2 + [(width, plan["feed_forward_width"])] * 3
    layer = sum(a * b for a, b in shapes)
    size = plan["layers"] * layer + 2 * plan["vocabulary"] * width
    cache = 2 * 2 * narrow * plan["layers"]
    flops = 6 * size * plan["training_tokens_billion"] * 1e9
    speed = plan["gpus"] * plan["gpu_tflops"] * 1e12 * plan["utilisation"]
    batch = 0
    while 2 * size + (batch + 1) * cache * plan["context"] <= plan["gpu_memory_gb"] * 1e9:
        batch += 1
    gpus = 1
    while gpus * plan["gpu_memory_gb"] * 1e9 < 16 * size:
        gpus += 1
    return {
        "parameters": int(size),
        "weights_gb": size * 2 / 1e9,
        "four_bit_gb": (size / 2 + size / 64 * 2) / 1e9,
        "training_gb": size * 16 / 1e9,
        "training_gpus": gpus,
        "cache_bytes_a_token": int(cache),
        "cache_gb": cache * plan["context"] / 1e9,
        "largest_batch": batch,
        "training_flops": flops,
        "training_hours": flops / speed / 3600,
        "training_cost": flops / speed / 3600 * plan["gpus"] * plan["gpu_hour_price"],
        "tokens_a_second": plan["gpu_bandwidth_gb_s"] / (size * 2 / 1e9),
    }
