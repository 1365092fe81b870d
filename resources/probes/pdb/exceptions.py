"""The exception at a stop with its causes, contexts, groups and notes, and the frames of each."""
import bdb
import itertools
import time
from json.encoder import encode_basestring_ascii

from . import kinds
from .columns import failed_line, shown_line, span_of, traces_of
from .failures import exception_summary, group_of, syntax_place
from .frames import frame_at, is_machinery, scopes_of
from .references import Budget
from .service import Refused
from .types_of import TYPE_DICT, find, is_a, plain

MAX_EXCEPTIONS = 100
MAX_MEMBERS = 50
MAX_NOTES = 10
MAX_NOTE = 500
# Of one exception's frames the first 50 and the last 150 are told; of many exceptions fewer each, as the answer is bounded.
FRAMES_OF_ONE = 200
FRAMES_OF_ALL = 360
FEWEST_FRAMES = 8
LONGEST_CYCLE = 4
_CAUSE, _CONTEXT, _ATTRIBUTES, _SUPPRESSES = (
    TYPE_DICT(BaseException)[name].__get__ for name in ('__cause__', '__context__', '__dict__', '__suppress_context__'))


class _Exception:
    """One of the tree. `entries` are (frame, line, instruction), outermost first."""
    __slots__ = ('error', 'parent', 'relation', 'member', 'members', 'entries')

    def __init__(self, error, parent, relation, member):
        self.error = error
        self.parent = parent
        self.relation = relation
        self.member = member
        self.members = 0
        self.entries = [(trace.tb_frame, failed_line(trace), trace.tb_lasti) for trace in traces_of(error)]


def _tree(desk):
    """(exceptions in a flat list, whether there are more). Kept for the stop: numbers in questions are places in it."""
    stop = desk.stop
    if stop.tree is None:
        error = _current(stop)
        stop.tree = ([], False) if error is None else _collected(error)
        if stop.reason == 'exception' and stop.tree[0]:
            stop.tree[0][0].entries = _whole_stack(desk.debugger)
    return stop.tree


def _current(stop):
    error = stop.handled if stop.exception is None else stop.exception
    return None if error is None or is_a(error, bdb.BdbQuit) else error


def _whole_stack(debugger):
    """While an exception is on its way its traceback is not complete: what it may yet pass is shown as well."""
    entries = [(frame, line, frame.f_lasti) for frame, line in debugger.stack]
    return list(itertools.dropwhile(lambda entry: is_machinery(entry[0].f_code.co_filename), entries))


def _collected(error):
    made, seen = [], set()
    waiting = [(error, -1, 'raised', 0)]
    while waiting and len(made) < MAX_EXCEPTIONS:
        found = waiting.pop()
        if id(found[0]) in seen:
            continue
        seen.add(id(found[0]))
        node = _Exception(*found)
        at = len(made)
        made.append(node)
        waiting.extend(reversed(_explanations(node, at)))
    return made, any(id(found[0]) not in seen for found in waiting)


def _explanations(node, at):
    cause, context = _CAUSE(node.error), _CONTEXT(node.error)
    related = [] if cause is None else [(cause, at, 'cause', 0)]
    if context is not None and context is not cause:
        related.append((context, at, 'suppressed-context' if _SUPPRESSES(node.error) else 'context', 0))
    group = group_of(node.error)
    if group is not None:
        node.members = len(group[1])
        related += [(member, at, 'member', number) for number, member in enumerate(group[1][:MAX_MEMBERS], 1)]
    return related


def _notes(error):
    found = find(_ATTRIBUTES(error), '__notes__')
    base = list if is_a(found, list) else tuple
    if not is_a(found, base):
        return []
    first = base.__getitem__(found, slice(0, MAX_NOTES))
    notes = [plain(note, MAX_NOTE) if is_a(note, str) else kinds.brief(note) for note in first]
    more = base.__len__(found) - len(notes)
    return notes + ['… {}'.format(kinds.counted(more, 'more note'))] if more > 0 else notes


def _exception_info(desk, arguments):
    begun = time.perf_counter()
    nodes, is_cut = _tree(desk)
    budget = Budget()
    limit = max(FEWEST_FRAMES, min(FRAMES_OF_ONE, FRAMES_OF_ALL // max(1, len(nodes))))
    told = []
    for node in nodes:
        if budget.full():
            break
        told.append(_told(desk, node, limit, budget))
    messages = []
    if is_cut or len(told) < len(nodes):
        messages.append('Only the first {} are shown.'.format(kinds.counted(len(told), 'exception')))
    if budget.spent():
        messages.append('Not every frame could be read within the time and size of one answer.')
    return {'nodes': told, 'handled': desk.stop.exception is None and bool(nodes), 'message': ' '.join(messages),
            'tookMs': (time.perf_counter() - begun) * 1000}


def _told(desk, node, limit, budget):
    """One node of the answer."""
    total = len(node.entries)
    head = total if total <= limit else limit // 4
    tail = total if total <= limit else total - (limit - head)
    numbers = itertools.chain(range(head), range(tail, total))
    summary = exception_summary(node.error)
    notes = _notes(node.error)
    budget.add(sum(len(encode_basestring_ascii(text)) for text in notes + [summary['message']]) + 200)
    frames = []
    for number in numbers:
        if budget.spent():
            break
        frames.append(_frame(desk, node, number))
        budget.add(len(frames[-1]['path']) + len(frames[-1]['name']) + len(encode_basestring_ascii(frames[-1]['text'])) + 120)
    made = dict(summary, parent=node.parent, relation=node.relation, member=node.member, members=node.members, notes=notes,
                frames=frames, frameCount=total, omitted=total - len(frames), omittedAt=min(head, len(frames)),
                recurs=len(frames) == limit and _recurs(node.entries, head, tail))
    place = syntax_place(node.error)
    if place is not None:
        place['path'] = desk.debugger.canonic(place['path']) if place['path'] else ''
        made['place'] = place
    return made


def _frame(desk, node, number):
    frame, line, instruction = node.entries[number]
    made = frame_at(desk.debugger, number, frame.f_code, line)
    made['text'] = shown_line(frame.f_code.co_filename, made['line'])
    span = span_of(frame.f_code, instruction, made['line'])
    if span is not None:
        made['range'] = span
    return made


def _recurs(entries, head, tail):
    """Whether what is left out goes round in the circle that the frames before it began."""
    def same(at, period):
        return entries[at][0].f_code is entries[at - period][0].f_code and entries[at][1] == entries[at - period][1]
    return any(all(same(at, period) for at in range(head, tail)) for period in range(1, min(LONGEST_CYCLE, head) + 1))


def _exception_scopes(desk, arguments):
    nodes, _ = _tree(desk)
    at, number = arguments['node'], arguments['frame']
    if not 0 <= at < len(nodes) or not 0 <= number < len(nodes[at].entries):
        raise Refused('There is no such frame of an exception at this stop.')
    return scopes_of(desk, nodes[at].entries[number][0], ('exception', at, number))


HANDLERS = {'exceptionInfo': _exception_info, 'exceptionScopes': _exception_scopes}
