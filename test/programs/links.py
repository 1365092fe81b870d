"""Prints what leads elsewhere: an address, an address that says it is another, and a place in a source."""
import os

print('see http://example.test/a?b=1&c=2 for more')
print('\x1b]8;;http://evil.test/steal\x1b\\http://good.test/\x1b]8;;\x1b\\')
print('\x1b]8;;file:///etc/passwd\x1b\\a file\x1b]8;;\x1b\\')
print('  File "%s", line 11, in discount' % os.path.join(os.path.dirname(__file__), 'orders.py'))
