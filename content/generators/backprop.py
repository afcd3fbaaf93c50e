"""A network of one hidden layer: one step forward, one step back, one step down."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from content.generators.arithmetic import dot, logistic
from content.generators.clear import away_from_zero
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number
from content.generators.made import Answer, Cell, Made, Table


class Backprop(Params):
    """Say how large the network is, how its hidden units bend, and how far it steps."""

    inputs: Annotated[int, Field(ge=2, le=5, description="How many inputs there are.")] = 2
    hidden: Annotated[int, Field(ge=2, le=6, description="How many hidden units there are.")] = 2
    activation: Annotated[Literal["sigmoid", "tanh"], Field(description="How hidden units bend.")] = "sigmoid"
    rate: Annotated[float, Field(ge=0.01, le=2, description="The learning rate.")] = 0.5


@dataclass(frozen=True, slots=True)
class _Net:
    first: list[list[float]]
    first_bias: list[float]
    second: list[float]
    second_bias: float

    def hidden(self, inputs: list[float], bend: str) -> list[float]:
        sums = [dot(row, inputs) + bias for row, bias in zip(self.first, self.first_bias, strict=True)]
        return [math.tanh(each) if bend == "tanh" else logistic(each) for each in sums]

    def output(self, hidden: list[float]) -> float:
        return logistic(dot(self.second, hidden) + self.second_bias)


def _build(params: Backprop, dice: Dice) -> Made:
    net = _Net(
        [[_weight(dice) for _ in range(params.inputs)] for _ in range(params.hidden)],
        [_weight(dice) for _ in range(params.hidden)],
        [_weight(dice) for _ in range(params.hidden)],
        _weight(dice),
    )
    inputs = [dice.integer(1, 20) / 10 * dice.choice((-1, 1)) for _ in range(params.inputs)]
    target = dice.integer(0, 1)
    example: list[list[Cell]] = [[f"x{place}", x] for place, x in enumerate(inputs, 1)]
    files = {
        "weights": Table.of("from to weight", _rows(net)),
        "example": Table.of("name value", [*example, ["target", target]]),
    }
    return Made(files, _answers(net, inputs, target, params))


def _weight(dice: Dice) -> float:
    return dice.integer(1, 15) / 10 * dice.choice((-1, 1))


def _rows(net: _Net) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for unit, (weights, bias) in enumerate(zip(net.first, net.first_bias, strict=True), 1):
        rows += [[f"x{place}", f"h{unit}", weight] for place, weight in enumerate(weights, 1)]
        rows.append(["bias", f"h{unit}", bias])
    rows += [[f"h{unit}", "output", weight] for unit, weight in enumerate(net.second, 1)]
    return [*rows, ["bias", "output", net.second_bias]]


def _answers(net: _Net, inputs: list[float], target: int, params: Backprop) -> dict[str, Answer]:
    hidden = net.hidden(inputs, params.activation)
    output = net.output(hidden)
    error = output - target
    slopes = [1 - h * h if params.activation == "tanh" else h * (1 - h) for h in hidden]
    back = [error * weight * slope for weight, slope in zip(net.second, slopes, strict=True)]
    stepped = _stepped(net, inputs, hidden, error, back, params.rate)
    after = stepped.output(stepped.hidden(inputs, params.activation))
    away_from_zero(hidden[0], stepped.second[0], stepped.first[0][0])
    away_from_zero(error * hidden[0], back[0], back[0] * inputs[0], least=1e-4)
    return {
        "hidden": hidden[0],
        "output": output,
        "loss": _loss(output, target),
        "output_weight_gradient": error * hidden[0],
        "output_bias_gradient": error,
        "input_weight_gradient": back[0] * inputs[0],
        "hidden_bias_gradient": back[0],
        "new_output_weight": stepped.second[0],
        "new_input_weight": stepped.first[0][0],
        "new_loss": _loss(after, target),
    }


def _loss(output: float, target: int) -> float:
    return -math.log(output if target else 1 - output)


def _stepped(net: _Net, inputs: list[float], hidden: list[float], error: float, back: list[float], rate: float) -> _Net:
    return _Net(
        [
            [w - rate * each * x for w, x in zip(row, inputs, strict=True)]
            for row, each in zip(net.first, back, strict=True)
        ],
        [bias - rate * each for bias, each in zip(net.first_bias, back, strict=True)],
        [w - rate * error * h for w, h in zip(net.second, hidden, strict=True)],
        net.second_bias - rate * error,
    )


_STEP = "after one step of gradient descent with the learning rate (0.5 unless told) on this example"
GENERATOR = Generator(
    "backprop",
    "A network with one hidden layer (sigmoid unless told), a sigmoid output, and one example.",
    Backprop,
    _build,
    {
        "hidden": number("The activation of the hidden unit h1."),
        "output": number("The output, a probability."),
        "loss": number("The log loss of the example, with natural logarithms."),
        "output_weight_gradient": number("The derivative of the loss by the weight from h1 to the output."),
        "output_bias_gradient": number("The derivative of the loss by the bias of the output."),
        "input_weight_gradient": number("The derivative of the loss by the weight from x1 to h1."),
        "hidden_bias_gradient": number("The derivative of the loss by the bias of h1."),
        "new_output_weight": number(f"The weight from h1 to the output {_STEP}."),
        "new_input_weight": number(f"The weight from x1 to h1 {_STEP}."),
        "new_loss": number(f"The loss {_STEP}."),
    },
)
