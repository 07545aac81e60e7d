#!/usr/bin/env python3
"""Converts documents with a converter by another author; runs under the Python of that converter's environment.

    ccda_peer_worker.py NAME OUTPUT < PATHS

NAME is `ccda-to-fhir`, `ccda-to-fhir-rebuilt` (its models are rebuilt first: as installed it refuses most documents) or
`python-fhir-converter`. A line of OUTPUT for each path: seconds, and the Bundle or why there is none.
"""

import importlib
import json
import logging
import pkgutil
import sys
import time
import warnings
from typing import Any, Callable

Convert = Callable[[bytes], dict[str, Any]]


def ccda_to_fhir(rebuilt: bool) -> Convert:
    import ccda_to_fhir

    if rebuilt:
        rebuild_models()
    return lambda data: ccda_to_fhir.convert_document(text(data))["bundle"]


def rebuild_models() -> None:
    """Completes the models of ccda-to-fhir, whose annotations name classes of other modules."""
    import ccda_to_fhir.ccda.models as package
    from pydantic import BaseModel

    found = (item.name for item in pkgutil.iter_modules(package.__path__))
    modules = [importlib.import_module(f"{package.__name__}.{item}") for item in found]
    names = {name: item for module in modules for name, item in vars(module).items() if isinstance(item, type)}
    for model in dict.fromkeys(names.values()):
        if issubclass(model, BaseModel) and model is not BaseModel:
            model.model_rebuild(force=True, raise_errors=False, _types_namespace=names)


def python_fhir_converter() -> Convert:
    from fhir_converter.renderers import CcdaRenderer

    renderer = CcdaRenderer()
    return lambda data: json.loads(renderer.render_fhir_string("CCD", data))


def text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


CONVERTERS: dict[str, Callable[[], Convert]] = {
    "ccda-to-fhir": lambda: ccda_to_fhir(False),
    "ccda-to-fhir-rebuilt": lambda: ccda_to_fhir(True),
    "python-fhir-converter": python_fhir_converter,
}


def main() -> None:
    name, output = sys.argv[1:]
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    convert = CONVERTERS[name]()
    with open(output, "w") as lines:
        for path in sys.stdin.read().splitlines():
            with open(path, "rb") as file:
                data = file.read()
            start, made = time.perf_counter(), {}
            try:
                made["bundle"] = convert(data)
            except Exception as error:  # whatever it is, the document was not converted
                made["error"] = type(error).__name__
            made["seconds"] = time.perf_counter() - start
            lines.write(json.dumps(made, default=str) + "\n")


if __name__ == "__main__":
    main()
