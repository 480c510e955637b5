"""What programs are told: the answers of commands in JSON as pydantic models, and their published schemas.

Loaded by ``--json`` and ``schema`` alone, for pydantic takes 100 ms; LibreOffice's add-in does without.
"""
