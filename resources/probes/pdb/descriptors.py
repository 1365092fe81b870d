"""Own file descriptors in a process whose program may close or reuse any number at any time."""
import fcntl
import os

# Far from the low numbers that programs count on, and below the usual limit of 1024.
FIRST_OWN = 200


_own = {}  # what each number of the bridge's stood for: a closed one may be the program's by now


def duplicate(fd):
    """A copy that no child inherits; OSError when `fd` is closed."""
    try:
        return _noted(fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, FIRST_OWN))
    except OSError:  # a lower limit on open files, or a closed `fd`, which fails again
        return _noted(fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 3))


def pipe():
    """(read, write), known as the bridge's."""
    return tuple(_noted(fd) for fd in os.pipe())


def _noted(fd):
    _own[fd] = identity(fd)
    return fd


def is_bridges(fd):
    return fd in _own and _own[fd] == identity(fd)


def identity(fd):
    """What a number stands for; None when it is closed."""
    try:
        status = os.fstat(fd)
    except OSError:
        return None
    return (status.st_dev, status.st_ino, status.st_rdev)


class OwnDescriptor:
    """A number, usable only for as long as it still stands for what was opened."""

    def __init__(self, fd):
        self.fd = fd
        self._identity = identity(fd)

    def is_ours(self):
        return identity(self.fd) == self._identity

    def same_as(self, fd):
        return identity(fd) == self._identity

    def close(self):
        if self.is_ours():
            os.close(self.fd)
