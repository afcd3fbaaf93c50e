"""A language model on paper: how large it is, what it needs to train and to answer, and what that costs."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from content.generators.clear import require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, whole
from content.generators.made import Answer, Made, Table

_GB = 1e9


class GpuArithmetic(Params):
    """Say how large the models are and how much memory a GPU has."""

    widest: Annotated[int, Field(ge=1024, le=8192, description="The largest width of a model.")] = 8192
    gpu_memory: Annotated[int, Field(ge=16, le=192, description="Memory of one GPU in GB.")] = 80


def _build(params: GpuArithmetic, dice: Dice) -> Made:
    facts = _facts(params, dice)
    return Made({"plan": Table.of("fact value", list(facts.items()))}, _answers(facts))


def _facts(params: GpuArithmetic, dice: Dice) -> dict[str, float]:
    heads = dice.integer(min(8, params.widest // 128), params.widest // 128)
    groups = [count for count in (1, 2, 4, 8, 16) if heads % count == 0]
    return {
        "layers": dice.integer(12, 48),
        "heads": heads,
        "key_value_heads": heads // dice.choice(groups),
        "head_width": 128,
        "feed_forward_width": 128 * dice.integer(heads * 2, heads * 4),
        "vocabulary": 1000 * dice.integer(32, 160),
        "context": 1024 * dice.choice((2, 4, 8, 16, 32)),
        "training_tokens_billion": dice.integer(20, 2000),
        "gpus": 8 * dice.integer(1, 64),
        "gpu_memory_gb": params.gpu_memory,
        "gpu_tflops": dice.choice((125, 312, 400, 989)),
        "utilisation": dice.integer(25, 55) / 100,
        "gpu_bandwidth_gb_s": dice.choice((900, 1555, 2039, 3350)),
        "gpu_hour_price": dice.integer(80, 400) / 100,
    }


def _answers(facts: dict[str, float]) -> dict[str, Answer]:
    size = int(_size(facts))
    room = facts["gpu_memory_gb"] * _GB - 2 * size
    token = 4 * facts["layers"] * facts["key_value_heads"] * facts["head_width"]
    require(room > token * facts["context"])
    work = 6 * size * facts["training_tokens_billion"] * 1e9
    hours = work / (facts["gpus"] * facts["gpu_tflops"] * 1e12 * facts["utilisation"]) / 3600
    return {
        "parameters": size,
        "weights_gb": 2 * size / _GB,
        "four_bit_gb": size * (0.5 + 2 / 64) / _GB,
        "training_gb": 16 * size / _GB,
        "training_gpus": math.ceil(16 * size / (facts["gpu_memory_gb"] * _GB)),
        "cache_bytes_a_token": int(token),
        "cache_gb": token * facts["context"] / _GB,
        "largest_batch": math.floor(room / (token * facts["context"])),
        "training_flops": work,
        "training_hours": hours,
        "training_cost": hours * facts["gpus"] * facts["gpu_hour_price"],
        "tokens_a_second": facts["gpu_bandwidth_gb_s"] * _GB / (2 * size),
    }


def _size(facts: dict[str, float]) -> float:
    width = facts["heads"] * facts["head_width"]
    attention = 2 * width * width + 2 * width * facts["key_value_heads"] * facts["head_width"]
    layer = attention + 3 * width * facts["feed_forward_width"]
    return 2 * facts["vocabulary"] * width + facts["layers"] * layer


_FULL = "GB is 10^9 bytes."
GENERATOR = Generator(
    "gpu-arithmetic",
    "The plan of a language model: its shape, its data, its GPUs and their price.",
    GpuArithmetic,
    _build,
    {
        "parameters": whole(
            "All weights. Width is heads x head_width. Two vocabulary x width tables (in and out); in each layer "
            "query and output width x width, key and value width x (key_value_heads x head_width), and three "
            "matrices width x feed_forward_width. No biases, no norms."
        ),
        "weights_gb": number(f"The size of the weights at 2 bytes each. {_FULL}"),
        "four_bit_gb": number(f"The weights at 4 bits each, with one 2-byte scale for every 64 of them. {_FULL}"),
        "training_gb": number(f"Weights, gradients and Adam's state at 16 bytes for each parameter. {_FULL}"),
        "training_gpus": whole("How many GPUs it takes at least to hold these 16 bytes for each parameter."),
        "cache_bytes_a_token": whole("Bytes of the key-value cache for one token: keys and values, 2 bytes a number."),
        "cache_gb": number(f"The key-value cache of one sequence of the full context. {_FULL}"),
        "largest_batch": whole(
            "How many sequences of the full context fit at once beside the 2-byte weights on one GPU."
        ),
        "training_flops": number("The work of training: 6 x parameters x tokens."),
        "training_hours": number("Hours that training takes: work / (gpus x gpu_tflops x 10^12 x utilisation)."),
        "training_cost": number("The price of these hours on all GPUs."),
        "tokens_a_second": number(
            "The most tokens a second for one sequence when every token reads all 2-byte weights once."
        ),
    },
)
