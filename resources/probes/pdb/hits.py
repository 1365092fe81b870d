"""Whether a breakpoint that is reached stops the program: bdb's own rules, and hit conditions and log messages beside them."""
import bdb
import os
import re
import threading

from .failures import exception_summary

_HIT_CONDITION = re.compile(r'\s*(>=|==|>|%)?\s*([1-9][0-9]*)\s*$')
_MAX_TRIES = 100
_MAX_VALUE = 500
_counting = threading.RLock()


def _renew():
    global _counting
    _counting = threading.RLock()


os.register_at_fork(after_in_child=_renew)


class Hit:
    """Why the program stops at a breakpoint. `is_spent`: a temporary one has done its work."""
    __slots__ = ('point', 'note', 'is_spent')

    def __init__(self, point, note, is_spent):
        self.point = point
        self.note = note
        self.is_spent = is_spent


class Terms:
    """What Casebook adds to a breakpoint of bdb's. `met` counts the hits whose condition held. Raises ValueError: a sentence."""

    def __init__(self, hit_condition='', log_message=''):
        self.hit_condition = hit_condition.strip()
        self.log_message = log_message
        self.met = 0
        self.parts = parts_of(log_message)
        self._sign, self._number = _read_hit_condition(self.hit_condition)

    def is_due(self):
        """Whether this hit counts."""
        self.met += 1
        if not self._number:
            return True
        if self._sign == '%':
            return self.met % self._number == 0
        if self._sign == '>':
            return self.met > self._number
        return self.met >= self._number if self._sign == '>=' else self.met == self._number


def terms_of(point):
    """Those of any breakpoint: one that was typed has none."""
    return point.__dict__.get('terms', NO_TERMS)


def _read_hit_condition(text):
    if not text:
        return '', 0
    found = _HIT_CONDITION.match(text)
    if found is None:
        raise ValueError('The hit condition is a number, after >=, >, == or %, such as >= 5.')
    return found.group(1) or '==', int(found.group(2))


def reached(points, frame, say):
    """
    The Hit of the first of these breakpoints that stops the program here; None when none does. `say` prints a log's line.
    What bdb.effective does, for breakpoints that are as bdb knows them.
    """
    for point in list(points):
        if point.enabled and (point.number == 0 or bdb.checkfuncname(point, frame)):
            hit = _hit(point, frame, say)
            if hit is not None:
                return hit
    return None


def _hit(point, frame, say):
    with _counting:
        point.hits += 1
    note = ''
    if point.cond:
        try:
            if not eval(point.cond, frame.f_globals, frame.f_locals):
                return None
        except bdb.BdbQuit:
            raise
        except BaseException as error:
            note = 'The condition failed: {}.'.format(_said(error))
    if note:  # bdb stops then, whatever else was asked for, and keeps a temporary one
        return Hit(point, note, False)
    terms = terms_of(point)
    with _counting:
        if point.ignore > 0:
            point.ignore -= 1
            return None
        if terms is not NO_TERMS and not terms.is_due():
            return None
    if terms.parts:
        say(_log_line(terms.parts, frame))
        return None
    return Hit(point, '', True)


def _said(error):
    summary = exception_summary(error)
    return ': '.join(filter(None, (summary['typeName'], summary['message']))).rstrip('.')


class Piece:
    """An expression within a log message, as a format string has it: with `!r` and `:.2f` where they are wanted."""

    def __init__(self, code, conversion, form):
        self._code = code
        self._convert = {'r': repr, 's': str, 'a': ascii, '': None}[conversion]
        self._form = form

    def text(self, frame):
        """What a person asked for in so many words, so it runs the program's code. A failure is said in its place."""
        try:
            value = eval(self._code, frame.f_globals, frame.f_locals)
            if self._convert is not None:
                value = self._convert(value)
            return format(value, self._form)[:_MAX_VALUE] if self._form else str(value)[:_MAX_VALUE]
        except bdb.BdbQuit:
            raise
        except BaseException as error:
            return '({})'.format(_said(error))


def parts_of(message):
    """A log message as texts and Pieces. `{{` and `}}` are braces. Raises ValueError with a sentence."""
    parts, text, at = [], '', 0
    while at < len(message):
        char = message[at]
        if message[at:at + 2] in ('{{', '}}'):
            text += char
            at += 2
        elif char == '{':
            piece, at = _piece(message, at + 1)
            parts.extend((text, piece))
            text = ''
        else:
            text += char
            at += 1
    return parts + [text] if text or parts else []


def _piece(message, start):
    """The expression that begins at `start`, up to the first brace at which it is complete, and where the text goes on."""
    end = start
    for _ in range(_MAX_TRIES):
        end = message.find('}', end)
        if end < 0:
            break
        piece = _compiled(message[start:end])
        if piece is not None:
            return piece, end + 1
        end += 1
    shown = message[start - 1:start + 40]
    raise ValueError('The log message has no expression that compiles at {}. Write {{{{ for a brace of the text.'.format(shown))


def _compiled(text):
    code = _expression(text)
    if code is not None:
        return Piece(code, '', '')
    head, _, form = text.rpartition(':')
    conversion = ''
    if _expression(head) is None:
        whole = text if text[-2:-1] == '!' else head
        head, conversion = whole[:-2], whole[-1:] if whole[-2:-1] == '!' else '?'
        form = '' if whole is text else form
    code = _expression(head)
    return Piece(code, conversion, form) if code is not None and conversion in ('', 'r', 's', 'a') else None


def _expression(text):
    try:
        return compile(text.strip(), '<log message>', 'eval', dont_inherit=True)
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
        return None


def _log_line(parts, frame):
    text = ''.join(part if type(part) is str else part.text(frame) for part in parts)
    shown = ''.join(char if char.isprintable() else char.encode('unicode_escape').decode('ascii') for char in text)
    return 'Log {}:{}: {}\n'.format(os.path.basename(frame.f_code.co_filename), frame.f_lineno, shown)


NO_TERMS = Terms()
