"""check_answers.py OPENAPI ANSWERS

ANSWERS is a list of {"method", "path", "status", "body"}, `path` as in the document. Prints what of
them does not conform to the document, and fails if there is any.
"""
import json
import sys

import jsonschema

document = json.load(open(sys.argv[1]))
answers = json.load(open(sys.argv[2]))
problems = []


def resolved(node):
    while "$ref" in node:
        target = document
        for part in node["$ref"][2:].split("/"):
            target = target[part]
        node = target
    return node


for answer in answers:
    name = "{method} {path} {status}".format(**answer)
    operation = document["paths"].get(answer["path"], {}).get(answer["method"].lower())
    if operation is None:
        problems.append(name + ": not described")
        continue
    response = operation["responses"].get(str(answer["status"]))
    if response is None:
        problems.append(name + ": this status is not described")
        continue
    content = resolved(response).get("content", {}).get("application/json")
    if content is None:
        continue
    # References are to the document's root, so the schema is checked within it.
    schema = {**document, **content["schema"]}
    validator = jsonschema.Draft202012Validator(schema)
    for error in validator.iter_errors(answer["body"]):
        where = "/".join(str(part) for part in error.absolute_path)
        problems.append(f"{name}: {where}: {error.message}")

for name, schema in document["components"]["schemas"].items():
    jsonschema.Draft202012Validator.check_schema(schema)

print("\n".join(problems))
sys.exit(1 if problems else 0)
