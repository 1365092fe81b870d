"""The evening report: python -m shop LOWEST"""
import sys

from .stock import STOCK, short_of

lowest = int(sys.argv[1]) if len(sys.argv) > 1 else 5
for article in short_of(STOCK, lowest):
    print('order more:', article)
print('articles:', len(STOCK))
