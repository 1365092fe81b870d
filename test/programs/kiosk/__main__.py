"""A kiosk's till, started as a folder or as one zip file."""
import sys

from prices import total

print('to pay:', total(sys.argv[1:]))
print('started as', sys.argv[0], 'from', sys.path[0])
