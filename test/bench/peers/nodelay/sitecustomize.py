"""Read by a Python that finds this folder in PYTHONPATH: every TCP socket it makes has TCP_NODELAY set."""
import socket

_make = socket.socket.__init__


def _make_undelayed(self, *args, **kwargs):
    _make(self, *args, **kwargs)
    if self.family in (socket.AF_INET, socket.AF_INET6) and self.type == socket.SOCK_STREAM:
        self.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


socket.socket.__init__ = _make_undelayed
