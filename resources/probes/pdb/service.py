"""Answers the workbench's requests while a prompt waits for a line; a raw thread that lives no longer than the stop."""
import _thread
import json
import os
import select
import signal

_ALL_SIGNALS = signal.valid_signals()


class Refused(Exception):
    """A request that cannot be answered, as a sentence."""


def _acquire(lock):
    """Ctrl-C waits until the lock is held: without it the next release would fail."""
    interrupt = None
    while True:
        try:
            lock.acquire()
            break
        except KeyboardInterrupt as error:
            interrupt = error
    if interrupt is not None:
        raise interrupt


class Service:
    def __init__(self, channel, answer):
        self._channel = channel
        self._answer = answer
        # Held by the prompt except while it waits for a line: a request never runs beside a typed command.
        self._quiet = _thread.allocate_lock()
        self._quiet.acquire()
        self._is_open = False
        self._done = _thread.allocate_lock()
        self._done.acquire()
        self._ended, self._wake = os.pipe()
        _thread.start_new_thread(self._serve, ())

    def open(self):
        if not self._is_open:
            self._is_open = True
            self._quiet.release()

    def shut(self):
        if self._is_open:
            _acquire(self._quiet)
            self._is_open = False

    def stop(self):
        """Joins the thread. Only while shut: the thread needs the lock to finish what it received."""
        os.write(self._wake, b'x')
        self._quiet.release()
        _acquire(self._done)
        os.close(self._wake)
        os.close(self._ended)

    def _serve(self):
        try:
            signal.pthread_sigmask(signal.SIG_BLOCK, _ALL_SIGNALS)  # Ctrl-C must reach the thread that reads the line
            while True:
                ready, _, _ = select.select([self._ended, self._channel], [], [])
                if self._ended in ready:
                    return
                lines = self._channel.lines()
                if lines is None:
                    return
                for line in lines:
                    with self._quiet:
                        self._respond(line)
        except (OSError, ValueError):  # the program closed our descriptors: no more requests at this stop
            return
        finally:
            self._done.release()

    def _respond(self, line):
        try:
            request = json.loads(line.decode('utf-8'))
            number, command = request['request'], request['command']
        except (ValueError, TypeError, KeyError):
            return
        try:
            answer = {'body': self._answer(command, request.get('arguments', {}))}
        except Refused as refusal:
            answer = {'error': str(refusal)}
        except Exception as error:
            answer = {'error': 'The bridge failed at {}: {!r}. The console works on.'.format(command, error)[:500]}
        self._channel.respond(dict({'response': number}, **answer))
