"""Tells as one line of JSON what it was started with."""
import json
import os
import sys

links = {}
for fd in os.listdir("/proc/self/fd"):
    try:
        links[fd] = os.readlink("/proc/self/fd/" + fd)
    except FileNotFoundError:
        pass  # the listing's own
print(json.dumps({
    "args": sys.argv[1:],
    "env": dict(os.environ),
    "cwd": os.getcwd(),
    "fds": links,
    "leads": os.getsid(0) == os.getpid() == os.getpgid(0),
}))
