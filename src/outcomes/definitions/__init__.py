"""Reads definition files: YAML and CSV into typed nouns, each with the file and line where it stands."""

from outcomes.definitions.located import Complaint, Located, Origin, quoted, typed_noun
from outcomes.definitions.nearest import key_fix, nearest
from outcomes.definitions.noun_rows import read_rows
from outcomes.definitions.rules import LOADING_RULES, Rule, advice, docs_of, readable_first, run_rules
from outcomes.definitions.tables import Column, TableFile, framed_table, read_table_file, typed_columns
from outcomes.definitions.tree import DefinitionFile, read_definition_file

__all__ = [
    "LOADING_RULES",
    "Column",
    "Complaint",
    "DefinitionFile",
    "Located",
    "Origin",
    "Rule",
    "TableFile",
    "advice",
    "docs_of",
    "framed_table",
    "key_fix",
    "nearest",
    "quoted",
    "read_definition_file",
    "read_rows",
    "read_table_file",
    "readable_first",
    "run_rules",
    "typed_columns",
    "typed_noun",
]
