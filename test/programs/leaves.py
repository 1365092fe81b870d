"""Ends in the way its argument says."""
import atexit
import os
import sys

atexit.register(print, 'cleaned up')
how = sys.argv[1]
if how == 'exit':
    sys.exit(3)
if how == 'text':
    sys.exit('out of tea')
if how == 'hard':
    os._exit(7)
print('arguments:', sys.argv)
print('traces:', [name for name in os.environ if 'CASEBOOK' in name], 'casebook' in ' '.join(getattr(sys, 'orig_argv', [])).lower())
