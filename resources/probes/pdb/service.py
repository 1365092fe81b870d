"""Answers the workbench's requests while a prompt waits for a line; a raw thread that lives no longer than the stop."""
import _thread
import json
import os
import select
import signal
import time

from .descriptors import pipe

_ALL_SIGNALS = signal.valid_signals()
# Seconds that a request waits for an evaluation to end. The workbench waits 5.
MAX_WAIT = 3.0
_BUSY = 'The program evaluates an expression. Cancel that, or wait until it ends.'


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


def _request(line):
    """A request of the protocol, else None."""
    try:
        request = json.loads(line.decode('utf-8'))
        return {'request': request['request'], 'command': str(request['command']), 'arguments': request.get('arguments', {}),
                'came': time.monotonic()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


class Service:
    def __init__(self, channel, answer):
        self._channel = channel
        self._answer = answer
        # Held by the prompt except while it waits for a line: a request never runs beside a typed command.
        self._quiet = _thread.allocate_lock()
        self._quiet.acquire()
        self._is_open = False
        self._waiting = []
        self._hung_up = False
        self._done = _thread.allocate_lock()
        self._done.acquire()
        self._ended, self._wake = pipe()
        try:
            _thread.start_new_thread(self._serve, ())
        except RuntimeError:  # at the interpreter's end, from 3.12
            os.close(self._wake)
            os.close(self._ended)
            raise Refused('Python is ending and starts no more threads: this stop can be looked at in the console only.') from None

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

    def leave_to_child(self):
        """In a forked child: the thread is the parent's."""
        os.close(self._wake)
        os.close(self._ended)

    def attend(self, over, seconds, serves_cancel=True):
        """
        Waits until descriptor `over` can be read, for as long as an errand of the stopped thread takes. Other requests wait,
        but for `cancel`. Why it waits no longer: '' for over, 'cancel', 'time', or 'gone' when the workbench has hung up.
        """
        ends = time.monotonic() + seconds
        while True:
            if serves_cancel and self._cancelled():  # it came together with the request that it is to end
                return 'cancel'
            watched = [over] if self._hung_up else [over, self._channel]
            ready, _, _ = select.select(watched, [], [], max(0.0, min(self._refuse_old(), ends - time.monotonic())))
            if over in ready:
                return ''
            if not ready and time.monotonic() >= ends:
                return 'time'
            if ready and not self._receive():
                return 'gone'
            if self._cancelled() and serves_cancel:
                return 'cancel'

    def _refuse_old(self):
        """Refuses what has waited long, before the workbench gives it up; seconds until the next one is that old."""
        now = time.monotonic()
        for request in [request for request in self._waiting if now - request['came'] >= MAX_WAIT]:
            self._waiting.remove(request)
            self._channel.respond({'response': request['request'], 'error': _BUSY})
        return min((request['came'] + MAX_WAIT - now for request in self._waiting), default=MAX_WAIT)

    def _receive(self):
        """False once the workbench has hung up."""
        lines = self._channel.lines()
        self._hung_up = lines is None
        for line in lines or ():
            request = _request(line)
            if request is not None:
                self._waiting.append(request)
        return not self._hung_up

    def _cancelled(self):
        """Answers those that wait to cancel; whether there were any."""
        wishes = [request for request in self._waiting if request['command'] == 'cancel']
        for request in wishes:
            self._waiting.remove(request)
            self._channel.respond({'response': request['request'], 'body': {}})
        return bool(wishes)

    def _serve(self):
        try:
            signal.pthread_sigmask(signal.SIG_BLOCK, _ALL_SIGNALS)  # Ctrl-C must reach the thread that reads the line
            while True:
                while self._waiting:
                    with self._quiet:
                        self._respond(self._waiting.pop(0))
                if self._hung_up:
                    return
                ready, _, _ = select.select([self._ended, self._channel], [], [])
                if self._ended in ready:
                    return
                self._receive()
        except (OSError, ValueError):  # the program closed our descriptors: no more requests at this stop
            return
        finally:
            self._done.release()

    def _respond(self, request):
        number, command = request['request'], request['command']
        try:
            answer = {'body': self._answer(command, request['arguments'])}
        except Refused as refusal:
            answer = {'error': str(refusal)}
        except Exception as error:
            answer = {'error': 'The bridge failed at {}: {!r}. The console works on.'.format(command, error)[:500]}
        self._channel.respond(dict({'response': number}, **answer))
