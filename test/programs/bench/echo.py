"""Gives back what is typed, a line at a time, as cat does. The terminal itself echoes the keys."""
import sys

print('ready', flush=True)
for line in sys.stdin:
    print(line, end='', flush=True)
