"""Int8 for the products with trained matrices: what makes the file that ships small and fast.

Every matrix is int8 with a scale a column. What it multiplies is brought to eight bits at each
question, by onnxruntime's DynamicQuantizeMatMul, which has one scale for all tokens. The
feed-forward half has a few huge activations that would spoil a shared scale: there each token is
first divided by its largest value, and the product multiplied by it again (measured:
eval/verifier/README.md).

`python -m eval.verifier.int8 --former FILE --out FILE` makes such a file out of one of the former
form, which kept the feed-forward half as MatMulNBits with a scale for every 256 weights; the
shipped one was made so. Needs onnx; running needs nothing of this.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

ATTENTION, FEED_FORWARD = ("/qkv/", "/out/"), ("/up/", "/down/", "/hidden/")
"""Parts of the names of products: those whose tokens share a scale, and those that do not."""
_LEAST = 1e-9
"""What a token or a column is divided by at least."""
_LARGEST = 127
_MIDDLE = 128
"""The uint8 that stands for zero in the former form."""


def to_int8(source: Path, target: Path) -> None:
    """The fp32 graph at `source` with its trained products in int8, each in the way of its kind."""
    import onnx

    model = onnx.load(str(source))
    for node in list(model.graph.node):
        if node.op_type == "MatMul" and any(kind in node.name for kind in FEED_FORWARD):
            _replace(model, node, by_token=True)
        elif node.op_type == "MatMul" and any(kind in node.name for kind in ATTENTION):
            _replace(model, node, by_token=False)
    if all(one.domain != "com.microsoft" for one in model.opset_import):
        model.opset_import.append(onnx.helper.make_opsetid("com.microsoft", 1))
    onnx.save(model, str(target))


def to_plain(former: Path, target: Path) -> None:
    """The graph at `former` with fp32 products in the place of its int8 ones."""
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load(str(former))
    graph = _Former(model)
    for place, node in enumerate(list(model.graph.node)):
        if node.op_type == "MatMulNBits":
            given, matrix, output = graph.by_block(node)
        elif node.op_type == "MatMulInteger":
            given, matrix, output = graph.by_column(node)
        else:
            continue
        name = node.name.removesuffix("_int8").removesuffix("_quant")
        weight = numpy_helper.from_array(np.ascontiguousarray(matrix), f"{name}_weight")
        model.graph.initializer.append(weight)
        plain = helper.make_node("MatMul", [given, weight.name], [output], name=name)
        model.graph.node[place].CopyFrom(plain)
    _tidy(model)
    onnx.save(model, str(target))


class _Former:
    """A graph of the former form: what each int8 product multiplies, by what, and into what."""

    def __init__(self, model: Any) -> None:
        self._kept = {one.name: one for one in model.graph.initializer}
        self._made_by = {name: node for node in model.graph.node for name in node.output}
        self._used_by = {name: node for node in model.graph.node for name in node.input}

    def by_block(self, node: Any) -> tuple[str, Any, str]:
        """Of a MatMulNBits."""
        blocks = self._value(node.input[1]).astype(np.float32) - _MIDDLE
        rows = blocks * self._value(node.input[2])[..., None]
        return node.input[0], rows.reshape(len(rows), -1).T, node.output[0]

    def by_column(self, node: Any) -> tuple[str, Any, str]:
        """Of a MatMulInteger, with the scaling around it, which makes its output no longer."""
        scaled = self._used_by[self._used_by[node.output[0]].output[0]]
        scale = self._made_by[f"{node.name}_scales_mul:0"]
        matrix = self._value(node.input[1]).astype(np.float32) * self._value(scale.input[1])
        output = scaled.output[0]
        scaled.ClearField("output")
        return self._made_by[node.input[0]].input[0], matrix, output

    def _value(self, name: str) -> Any:
        from onnx import numpy_helper

        return numpy_helper.to_array(self._kept[name])


def _replace(model: Any, node: Any, *, by_token: bool) -> None:
    """Put the int8 product in the place of an fp32 one."""
    from onnx import numpy_helper

    weights = {one.name: one for one in model.graph.initializer}
    columns, scales = _columns(numpy_helper.to_array(weights[node.input[1]]))
    parts = {"int8": columns, "scales": scales}
    if by_token:
        parts["least"] = np.array(_LEAST, np.float32)
    names = {part: f"{node.name}_{part}" for part in parts}
    model.graph.initializer.remove(weights[node.input[1]])
    model.graph.initializer.extend(
        numpy_helper.from_array(array, names[part]) for part, array in parts.items()
    )
    product = (_by_token if by_token else _at_once)(node, names)
    place = list(model.graph.node).index(node)
    model.graph.node.remove(node)
    for offset, made in enumerate(product):
        model.graph.node.insert(place + offset, made)


def _columns(matrix: Any) -> tuple[Any, Any]:
    """A (K, N) matrix as int8, and the scale of each of its columns."""
    scales = np.maximum(np.abs(matrix).max(0), _LEAST) / _LARGEST
    return np.round(matrix / scales).astype(np.int8), scales.astype(np.float32)


def _at_once(node: Any, names: dict[str, str]) -> Iterator[Any]:
    """All tokens with one scale."""
    from onnx import helper

    yield helper.make_node(
        "DynamicQuantizeMatMul",
        [node.input[0], names["int8"], names["scales"]],
        list(node.output),
        name=f"{node.name}_product",
        domain="com.microsoft",
    )


def _by_token(node: Any, names: dict[str, str]) -> Iterator[Any]:
    """Each token divided by its largest value before, and multiplied by it afterwards."""
    from onnx import helper

    def made(kind: str, inputs: list[str], output: str, **more: Any) -> Any:
        return helper.make_node(kind, inputs, [output], name=f"{node.name}_{kind}", **more)

    given, sizes, largest = node.input[0], f"{node.name}_sizes", f"{node.name}_largest"
    divisor, even, product = (f"{node.name}_{x}" for x in ("divisor", "even", "even_product"))
    yield made("Abs", [given], sizes)
    yield made("ReduceMax", [sizes], largest, axes=[-1], keepdims=1)
    yield made("Max", [largest, names["least"]], divisor)
    yield made("Div", [given, divisor], even)
    inputs = [even, names["int8"], names["scales"]]
    yield made("DynamicQuantizeMatMul", inputs, product, domain="com.microsoft")
    yield made("Mul", [product, divisor], node.output[0])


def _tidy(model: Any) -> None:
    """Drop what nothing uses any more."""
    wanted = {one.name for one in model.graph.output}
    kept = []
    for node in reversed(model.graph.node):
        if wanted.intersection(node.output):
            wanted.update(node.input)
            kept.append(node)
    weights = [one for one in model.graph.initializer if one.name in wanted]
    del model.graph.node[:]
    model.graph.node.extend(reversed(kept))
    del model.graph.initializer[:]
    model.graph.initializer.extend(weights)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Bring a verifier of the former form into this.")
    parser.add_argument("--former", type=Path, required=True, help="model.onnx of the former form")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    to_plain(args.former, args.out)
    to_int8(args.out, args.out)


if __name__ == "__main__":
    main()
