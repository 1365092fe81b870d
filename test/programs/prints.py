"""Prints numbered lines of 80 bytes with some colour: as many as it is asked to, or without end."""
import itertools
import sys

last = int(sys.argv[1]) if len(sys.argv) > 1 else None
print('begins')
for number in itertools.count(1) if last is None else range(1, last + 1):
    print('\x1b[%dm%-63d\x1b[0m end %-4d' % (31 + number % 7, number, number % 1000))
print('printed', last)
