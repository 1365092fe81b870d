"""The whole process at a stop: tasks, open files, allocations, the collector. Each on request only."""
import _socket
import _tracemalloc
import collections
import fcntl
import gc
import os
import socket
import stat
import time

from .descriptors import is_bridges
from .service import Refused
from .tasks import tasks
from .types_of import TYPE_DICT, type_name

MAX_FILES = 500
MAX_SITES = 50
MAX_TYPES = 100
CENSUS_MS = 500
DEFAULT_MEMORY_MS = 1000
# Measured on 3.8 to 3.13 on a busy machine: what the tracer keeps for one block, and what reading it costs.
_BYTES_A_BLOCK = 50
_MS_A_BLOCK = 0.002
_CHUNK = 50_000
_ACCESS = {os.O_RDONLY: 'read', os.O_WRONLY: 'write', os.O_RDWR: 'read and write'}
_PROTOCOLS = {socket.SOCK_STREAM: 'tcp', socket.SOCK_DGRAM: 'udp'}
_KINDS = ((stat.S_ISREG, 'file'), (stat.S_ISDIR, 'folder'), (stat.S_ISSOCK, 'socket'), (stat.S_ISFIFO, 'pipe'))
_FOLDER = next((folder for folder in ('/proc/self/fd', '/dev/fd') if os.path.isdir(folder)), '')
_is_ours = False  # the tracing of allocations that goes on was begun here


def _open_files(desk, arguments):
    begun = time.perf_counter()
    numbers = sorted(int(name) for name in os.listdir(_FOLDER) if name.isdecimal()) if _FOLDER else []
    stands_for = desk.console.programs_own()
    files, omitted = [], 0
    for number in numbers:
        if is_bridges(number):
            continue
        if len(files) == MAX_FILES:
            omitted += 1
            continue
        found = _described(number, stands_for.get(number, number))
        if found is not None:
            files.append(found)
    message = '' if _FOLDER else 'This system does not list the open files of a process.'
    return {'files': files, 'omitted': omitted, 'message': message, 'tookMs': _since(begun)}


def _described(number, fd):
    """One row; None for a number that is closed, as that of the listing itself is."""
    try:
        status = os.fstat(fd)
        access = _ACCESS.get(fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_ACCMODE, '')
    except OSError:
        return None
    target = _target(fd)
    kind = next((name for test, name in _KINDS if test(status.st_mode)), '')
    if kind == 'socket':
        target = _address(fd) or target
    elif stat.S_ISCHR(status.st_mode):
        kind = 'terminal' if os.isatty(fd) else 'device'
    return {'fd': number, 'kind': kind or 'other', 'target': target[:4096], 'access': access}


def _target(fd):
    try:
        return os.readlink('{}/{}'.format(_FOLDER, fd))
    except OSError:  # /dev/fd of other systems holds no links
        return ''


def _address(fd):
    """`tcp 127.0.0.1:80, listens`; empty where it cannot be asked for without a change of the program's socket."""
    if _socket.getdefaulttimeout() is not None:
        return ''
    opened = None
    try:
        opened = _socket.socket(fileno=fd)
        kind = 'unix' if opened.family == socket.AF_UNIX else _PROTOCOLS.get(opened.type, 'raw')
        here = _end(opened.getsockname())
        if kind in ('tcp', 'unix') and opened.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            return '{} {}, listens'.format(kind, here)
        try:
            return '{} {} to {}'.format(kind, here, _end(opened.getpeername()))
        except OSError:  # not connected
            return '{} {}'.format(kind, here)
    except OSError:
        return ''
    finally:
        if opened is not None:
            opened.detach()


def _end(address):
    if type(address) is tuple and len(address) >= 2:
        host, port = address[:2]
        return '{}:{}'.format('[{}]'.format(host) if ':' in str(host) else host, port)
    text = address.decode('utf-8', 'replace') if type(address) is bytes else address
    return text.replace('\0', '@') if type(text) is str and text else '(unnamed)'


def _memory(desk, arguments):
    begun = time.perf_counter()
    limit = begun + arguments.get('budgetMs', DEFAULT_MEMORY_MS) / 1000
    traced, peak = _tracemalloc.get_traced_memory()
    overhead = _tracemalloc.get_tracemalloc_memory()
    resident, most = _resident()
    answer = {'tracing': _tracemalloc.is_tracing(), 'tracedBytes': traced, 'peakBytes': peak, 'overheadBytes': overhead,
              'residentBytes': resident, 'peakResidentBytes': most, 'sites': [], 'message': '', 'needsMs': 0}
    if answer['tracing']:
        blocks = overhead // _BYTES_A_BLOCK
        needs = blocks * _MS_A_BLOCK
        if needs > (limit - begun) * 1000:
            answer['needsMs'] = round(needs)
            answer['message'] = 'About {:,} blocks are traced. Reading them holds the whole process for about {:.1f} s.'.format(
                round(blocks, -3), needs / 1000)
        else:
            answer['sites'], answer['message'] = _sites(limit)
    answer['tookMs'] = _since(begun)
    return answer


def _sites(limit):
    """The lines whose blocks hold most, and a sentence when not every block was counted."""
    blocks = _tracemalloc._get_traces()
    held = collections.defaultdict(list)  # sizes that are there already: a new number would be traced, at ten times the cost
    seen = 0
    while seen < len(blocks) and time.perf_counter() < limit:
        for block in blocks[seen:seen + _CHUNK]:
            held[block[2]].append(block[1])
        seen += _CHUNK
    message = '' if seen >= len(blocks) else 'Counted {:,} of {:,} blocks in the time allowed.'.format(seen, len(blocks))
    sums = sorted(((sum(sizes), where[0], len(sizes)) for where, sizes in held.items()), key=lambda site: site[0], reverse=True)
    sites = [{'path': path, 'line': line, 'bytes': size, 'blocks': count} for size, (path, line), count in sums
             if not path.startswith('<casebook>')]
    return sites[:MAX_SITES], message


def _resident():
    """Bytes in memory now and at most; 0 where the system does not tell."""
    try:
        with open('/proc/self/status', encoding='ascii', errors='replace') as file:
            facts = dict(line.split(':', 1) for line in file if line.startswith(('VmRSS', 'VmHWM')))
    except OSError:
        return 0, 0
    return tuple(int(facts[name].split()[0]) * 1024 if name in facts else 0 for name in ('VmRSS', 'VmHWM'))


def _trace_allocations(desk, arguments):
    global _is_ours
    if arguments['on'] and not _tracemalloc.is_tracing():
        _tracemalloc.start(1)
        _is_ours = True
    elif not arguments['on'] and _tracemalloc.is_tracing():
        if not _is_ours:
            raise Refused('The program traces its allocations itself. To end that, type tracemalloc.stop().')
        _tracemalloc.stop()
        _is_ours = False
    return _memory(desk, arguments)


def _collector(desk, arguments):
    begun = time.perf_counter()
    counts = gc.get_count()
    was_enabled = gc.isenabled()
    gc.disable()  # else the list of all objects could set off a collection, and with it the program's finalizers
    try:
        tracked, types, message = _census(begun + CENSUS_MS / 1000)
    finally:
        if was_enabled:
            gc.enable()
    done = [{name: stats.get(name, 0) for name in ('collections', 'collected', 'uncollectable')} for stats in gc.get_stats()]
    return {'enabled': was_enabled, 'counts': list(counts), 'thresholds': list(gc.get_threshold()), 'collections': done,
            'frozen': gc.get_freeze_count(), 'tracked': tracked, 'types': types, 'message': message, 'tookMs': _since(begun)}


def _census(limit):
    """(objects that are tracked, the most frequent types, a sentence when not all were counted)."""
    objects = gc.get_objects()
    counts, classes = collections.Counter(), {}
    seen = 0
    while seen < len(objects) and time.perf_counter() < limit:
        kinds = list(map(type, objects[seen:seen + _CHUNK]))
        numbers = list(map(id, kinds))  # by id: a metaclass may define __hash__
        counts.update(numbers)
        classes.update(zip(numbers, kinds))
        seen += _CHUNK
    message = '' if seen >= len(objects) else 'Counted {:,} of {:,} objects in the time allowed.'.format(seen, len(objects))
    if len(counts) > MAX_TYPES:
        most = 'The {} most frequent of {:,} types are shown.'.format(MAX_TYPES, len(counts))
        message = '{} {}'.format(message, most).strip()
    rows = ({'name': _full_name(classes[number]), 'count': count} for number, count in counts.most_common(MAX_TYPES))
    return len(objects), [row for row in rows if not row['name'].startswith('casebook_bridge.')], message


def _full_name(cls):
    module = TYPE_DICT(cls).get('__module__')
    return '{}.{}'.format(module[:200], type_name(cls)) if type(module) is str and module != 'builtins' else type_name(cls)


def _since(begun):
    return (time.perf_counter() - begun) * 1000


HANDLERS = {'tasks': tasks, 'openFiles': _open_files, 'memory': _memory, 'traceAllocations': _trace_allocations,
            'collector': _collector}
