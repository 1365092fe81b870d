"""Own file descriptors in a process whose program may close or reuse any number at any time."""
import fcntl
import os

# Far from the low numbers that programs count on, and below the usual limit of 1024.
FIRST_OWN = 200


def duplicate(fd):
    """A copy that no child inherits; OSError when `fd` is closed."""
    try:
        return fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, FIRST_OWN)
    except OSError:  # a lower limit on open files, or a closed `fd`, which fails again
        return fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 3)


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
