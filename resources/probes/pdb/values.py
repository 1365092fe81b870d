"""Variables for the workbench: a value as one line, and its children by page."""
import itertools
import types
from json.encoder import encode_basestring_ascii

from . import kinds
from .arrays import array_text, viewer_of
from .definitions import EMPTY
from .references import Budget
from .types_of import TypeFacts, is_a, plain, type_name

NOT_READ = 'not read: time budget'
CHANGED = 'not read: it changed meanwhile'
MAX_PAGE = 1000
UNREAD = object()


def variable(name, value, type='', reference=0, count=0, lazy=False):
    """DAP's Variable as the protocol of the workbench has it."""
    return {'name': name, 'value': value, 'type': type, 'reference': reference, 'count': count, 'lazy': lazy}


def described(name, value, references, budget):
    """One Variable. Costs no more than a line, whatever the value's size."""
    name = plain(name, 200)
    if budget.spent():
        made = variable(name, NOT_READ, lazy=True)
    elif value is EMPTY:
        made = variable(name, 'not set')
    elif value is UNREAD:
        made = variable(name, 'property', lazy=True)
    else:
        made = _described_value(name, value, references)
    budget.add(len(encode_basestring_ascii(made['value'])) + len(encode_basestring_ascii(name)) + len(made['type']) + 80)
    return made


def _described_value(name, value, references):
    cls = type(value)
    try:
        array = array_text(value)
        if array is not None:
            return dict(variable(name, array[0], type_name(cls), references.number('value', value)), viewer=array[1])
        kind = kinds.kind_of(value)
        count = child_count(value, kind, references)
        text = line_of(value, kind, references)
        viewer = viewer_of(value)
    except RuntimeError:  # a container that another thread changed
        return variable(name, CHANGED, type_name(cls), lazy=True)
    made = variable(name, text, type_name(cls), references.number('value', value) if count or viewer else 0, count)
    return dict(made, viewer=viewer) if viewer else made


def line_of(value, kind, references):
    """A value as one line."""
    return object_preview(value, references) if kind is kinds.OBJECT else kind.text(value, False)


def facts_of(value, references):
    cls = type(value)
    facts = references.types.get(id(cls))
    if facts is None:
        facts = references.types[id(cls)] = TypeFacts(cls, kinds.KINDS)
    return facts


def attribute_count(value, references):
    facts = facts_of(value, references)
    own = facts.dict_of(value)
    return (0 if own is None else dict.__len__(own)) + len(facts.slots) + len(facts.properties)


def attributes(value, start, stop, references):
    """(name, value) of instance attributes, then slots, then properties, which are only named."""
    facts = facts_of(value, references)
    own = facts.dict_of(value)
    slots = ((name, _slot(member, value)) for name, member in facts.slots)
    properties = ((name, UNREAD) for name in facts.properties)
    held = () if own is None else dict.items(own)
    chosen = itertools.islice(itertools.chain(held, slots, properties), start, stop)
    return [(plain(name) if is_a(name, str) else kinds.brief(name), item) for name, item in chosen]


def _slot(member, value):
    try:
        return member.__get__(value)
    except AttributeError:
        return EMPTY


def has_attributes(value):
    """Classes and modules show their members as elements; their own attributes would be those of the metaclass."""
    return not (is_a(value, type) or is_a(value, types.ModuleType))


def child_count(value, kind, references):
    elements = kind.length(value) if kind.length else 0
    return elements + (attribute_count(value, references) if has_attributes(value) else 0)


def object_preview(value, references):
    name = type_name(type(value))
    facts = facts_of(value, references)
    own = facts.dict_of(value)
    total = (0 if own is None else dict.__len__(own)) + len(facts.slots)
    if total == 0:
        return '<{}>'.format(name)
    shown = (key + '=' + ('not set' if item is EMPTY else kinds.brief(item))
             for key, item in attributes(value, 0, min(total, kinds.PREVIEW_ITEMS), references))
    return kinds.preview(shown, total, name + '(', ')')


def page_of(pairs, start, total, references, budget=None):
    """A page of Variables; ends early when the answer would grow too large."""
    budget = budget or Budget()
    items = []
    for name, value in pairs:
        if budget.full():
            break
        items.append(described(name, value, references, budget))
    return {'items': items, 'start': start, 'total': total}


def children(value, start, count, references):
    """A page of a value's children: elements first, then attributes."""
    budget = Budget()
    kind = kinds.kind_of(value)
    elements = kind.length(value) if kind.length else 0
    total = child_count(value, kind, references)
    stop = min(total, start + min(count, MAX_PAGE))
    try:
        pairs = list(kind.items(value, start, min(stop, elements))) if start < elements else []
        if stop > elements and has_attributes(value):
            pairs += attributes(value, max(0, start - elements), stop - elements, references)
    except RuntimeError:
        raise ValueError('It changed while it was read. Try again.') from None
    return page_of(pairs, start, total, references, budget)
