"""Puts Casebook's bridge beside every debugger of this process and of its children: this folder is on PYTHONPATH."""
import json
import os

with open(os.environ['CASEBOOK_BESIDE'], encoding='utf-8') as file:
    settings = json.load(file)
with open(settings['probe'], 'rb') as file:
    exec(compile(file.read(), settings['probe'], 'exec'), {'__name__': 'casebook_beside', 'SETTINGS': settings})
del file, settings
