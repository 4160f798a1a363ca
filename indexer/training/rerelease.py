"""The trained reranker as the program runs it, and as sentence-transformers loads it.

    python -m indexer.training.rerelease --work DIR --release chitieu-rerank
    python -m indexer.training.rerelease --unpack DIR

The first writes `indexer/models/NAME` from the running mean in DIR/reranker.pt: a graph for onnxruntime with weights of
8 bits a number. The second turns the weights of the bundled model back into floats and writes a folder that
`SentenceTransformer(DIR)` loads.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from indexer.embedding import MODELS
from indexer.reranking import RERANKER
from indexer.training.base import read_base
from indexer.training.reranking import LAYERS
from indexer.training.transformer import PASSAGE, QUERY, tokenizer, transformer

__all__ = ["exported", "restored", "trained", "unpacked"]

_LONGEST = 128
_WORDS, _HALF = "word_embeddings.weight", "_half"
_DENSE = ("attention.output.dense", "intermediate.dense", "output.dense")
_HEADS = ("attention.self.query", "attention.self.key", "attention.self.value")


def main() -> None:
    """Releases, or unpacks what was released."""
    parser = argparse.ArgumentParser(prog="python -m indexer.training.rerelease", description=__doc__)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--release", metavar="NAME", default=RERANKER)
    parser.add_argument("--unpack", type=Path, metavar="DIR")
    given = parser.parse_args()
    if given.unpack:
        unpacked(MODELS / given.release, given.unpack)
        return
    if not given.work:
        parser.error("--work DIR or --unpack DIR is needed")
    model, cut = trained(given.work)
    folder = MODELS / given.release
    folder.mkdir(parents=True, exist_ok=True)
    exported(model, folder / "model.onnx")
    cut.save(str(folder / "tokenizer.json"), pretty=False)
    _seal(folder)


def trained(work: Path) -> tuple[Any, Any]:
    """The model with the running mean of its weights, and its tokenizer."""
    import torch

    base = read_base()
    ids = json.loads((work / "pieces.json").read_text(encoding="utf-8"))
    model = transformer(base, ids, LAYERS)
    state = torch.load(work / "reranker.pt", map_location="cpu", weights_only=False)
    model.load_state_dict(state["model"] | state["mean"])
    return model.eval(), tokenizer(base, ids)


def exported(model: Any, path: Path) -> None:
    """Writes the graph from `ids` and `mask`, `(n, pieces)`, to the last layer's `states`, quantised.

    Attention, normalisation and GELU become one operation each before the matrices are rounded to 8 bits, one scale
    a column; activations are rounded anew in each run, so that nothing has to be calibrated. Vectors of words, which
    one scale for all would blur, keep half precision.
    """
    import onnx
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers import optimizer

    model.config._attn_implementation = "eager"
    ids = torch.randint(5, 1000, (2, 16))
    axes = {name: {0: "n", 1: "pieces"} for name in ("ids", "mask", "states")}
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = f"{folder}/plain.onnx", f"{folder}/fused.onnx"
        torch.onnx.export(
            _states(model), (ids, torch.ones_like(ids)), plain, dynamo=False, opset_version=17,
            input_names=["ids", "mask"], output_names=["states"], dynamic_axes=axes,
        )  # fmt: skip
        config = model.config
        made = optimizer.optimize_model(
            plain, model_type="bert", num_heads=config.num_attention_heads, hidden_size=config.hidden_size, opt_level=0
        )
        _halve(made.model.graph)
        made.save_model_to_file(fused)
        quantize_dynamic(
            fused, path, op_types_to_quantize=["MatMul", "Attention"], weight_type=QuantType.QInt8, per_channel=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )  # fmt: skip


def _halve(graph: Any) -> None:
    """Stores the words' vectors in 16 bits."""
    from onnx import TensorProto, helper, numpy_helper

    words = next(i for i in graph.initializer if i.name.endswith(_WORDS))
    half = numpy_helper.from_array(numpy_helper.to_array(words).astype(np.float16), words.name + _HALF)
    graph.node.insert(0, helper.make_node("Cast", [half.name], [words.name], to=TensorProto.FLOAT))
    graph.initializer.remove(words)
    graph.initializer.append(half)


def unpacked(released: Path, folder: Path) -> None:
    """Writes the model in `released` as a folder for sentence-transformers, its weights those that the program runs."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from tokenizers import Tokenizer, processors
    from transformers import PreTrainedTokenizerFast

    cut = Tokenizer.from_file(str(released / "tokenizer.json"))
    cut.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    wrap: Any = PreTrainedTokenizerFast
    written = wrap(
        tokenizer_object=cut, bos_token="<s>", cls_token="<s>", eos_token="</s>", sep_token="</s>", pad_token="<pad>",
        unk_token="<unk>", model_max_length=512,
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as plain:
        restored(released / "model.onnx").save_pretrained(plain)
        written.save_pretrained(plain)
        first = Transformer(plain, max_seq_length=512)
        model = SentenceTransformer(
            modules=[first, Pooling(first.get_embedding_dimension(), pooling_mode="mean"), Normalize()],
            prompts={"query": QUERY, "document": PASSAGE},
        )
        model.save(str(folder))


def restored(path: Path) -> Any:
    """The `BertModel` whose matrices are those of the graph at `path`, as floats."""
    import onnx
    import torch
    from onnx import numpy_helper

    held = {i.name: numpy_helper.to_array(i) for i in onnx.load(path).graph.initializer}
    base = read_base()
    words = next(values for name, values in held.items() if name.endswith(_WORDS + _HALF))
    model = transformer(base, range(len(words)), LAYERS)
    state = model.state_dict()
    named = {n.removeprefix("model."): v for n, v in held.items() if n.removeprefix("model.") in state}
    named["embeddings.word_embeddings.weight"] = words.astype(np.float32)
    matrices = sorted((n for n in held if n.startswith("onnx::MatMul_") and n.endswith("_quantized")), key=_number)
    for layer in LAYERS:
        for name, stored in zip(_DENSE, matrices[3 * layer : 3 * layer + 3], strict=True):
            named[f"encoder.layer.{layer}.{name}.weight"] = _floats(held, stored).T
        stored = f"Attention_{layer}_qkv_weight_quantized"
        for at, name in enumerate(_HEADS):
            columns = slice(at * base.width, (at + 1) * base.width)
            named[f"encoder.layer.{layer}.{name}.weight"] = _floats(held, stored)[:, columns].T
            named[f"encoder.layer.{layer}.{name}.bias"] = held[f"Attention_{layer}_qkv_bias"][columns]
    if missing := {n for n in state if n not in named and "position_ids" not in n}:
        raise ValueError(f"{path}: no weights for {sorted(missing)[:3]}")
    model.load_state_dict({n: torch.tensor(np.ascontiguousarray(v)) for n, v in named.items()}, strict=False)
    return model.eval()


def _floats(held: dict[str, Any], name: str) -> Any:
    """The matrix of that name, `(in, out)` float32."""
    scale = held[name.replace("_quantized", "_scale")]
    return held[name].astype(np.float32) * scale


def _number(name: str) -> int:
    return int(name.split("_")[1])


def _states(model: Any) -> Any:
    import torch

    class States(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, ids: Any, mask: Any) -> Any:
            return self.model(input_ids=ids, attention_mask=mask).last_hidden_state

    return States().eval()


def _seal(folder: Path) -> None:
    """Writes `release.json`: how passages are read and scores summed, and the hash of each file."""
    files = {n: sha256((folder / n).read_bytes()).hexdigest() for n in ("model.onnx", "tokenizer.json")}
    prefixes = {"query_prefix": QUERY.strip(), "passage_prefix": PASSAGE.strip()}
    sealed = {"longest": _LONGEST, **prefixes, "files": files}
    (folder / "release.json").write_text(json.dumps(sealed, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
