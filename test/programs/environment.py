"""Tells one variable of its environment."""
import os
import sys

print(sys.argv[1], 'is', repr(os.environ.get(sys.argv[1])))
