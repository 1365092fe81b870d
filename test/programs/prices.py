"""Reads price lists, and fails in the way that the first argument names."""
import sys

LISTS = {'fruit': 'apple=1.20\npear=0.80', 'bread': 'rye=3.40\nspelt=', 'cake': 'plum=x'}


class PriceError(Exception):
    """What the person at the till sees."""

    def __init__(self, listing, why):
        super().__init__(listing, why)
        self.listing = listing

    def __str__(self):
        print('PriceError was asked for its text')
        return 'The list {} cannot be read.'.format(self.listing)


if sys.version_info < (3, 11):
    class BaseExceptionGroup(Exception):
        """Keeps its parts where the `exceptiongroup` package's class of this name does."""

        def __init__(self, message, exceptions):
            super().__init__(message, exceptions)
            self._exceptions = tuple(exceptions)

    class ExceptionGroup(BaseExceptionGroup):
        pass


def price(text):
    name, amount = text.split('=')
    return name, float(amount)


def read_list(listing):
    lines = LISTS[listing].split('\n')
    try:
        return dict(price(line) for line in lines)
    except ValueError as error:
        raise PriceError(listing, 'a price is missing') from error


def read_all():
    prices = {}
    try:
        prices.update(read_list('fruit'))
        prices.update(read_list('bread'))
    except PriceError as error:
        error.__notes__ = ['2 of 3 lists were read.', 'Ask the bakery.']
        keep_for_later(prices['bread'])
    return prices


def keep_for_later(amount):
    print('kept', amount)


def hide():
    try:
        return read_list('bread')
    except PriceError:
        raise LookupError('no prices today') from None


def check_all():
    failures = []
    for listing in ('bread', 'cake', 'milk'):
        try:
            read_list(listing)
        except Exception as error:
            failures.append(error)
    raise ExceptionGroup('lists that cannot be read', failures)


def discounted(amount, rounds):
    if rounds == 0:
        raise ArithmeticError('the discount never ends')
    return discounted(amount * 0.9, rounds - 1)


def compile_rule():
    return compile('if price > 3:\n    price = = 3\n', 'rules/bread.txt', 'exec')


def mend():
    try:
        return read_list('cake')
    except PriceError as error:
        mended = error.listing
        return mended


def circle():
    first, second = ValueError('first'), TypeError('second')
    first.__cause__, second.__context__ = second, first
    raise first


def deep():
    return discounted(100.0, 900)


def ümlaut():
    prüf = {'ä': 1}; return prüf['ö'] + 1


class GuardedError(Exception):
    """Answers for itself whatever it is asked."""

    def __getattribute__(self, name):
        print('GuardedError was asked for', name)
        return super().__getattribute__(name)

    @property
    def __cause__(self):
        print('GuardedError was asked for its cause')

    @property
    def __notes__(self):
        print('GuardedError was asked for its notes')


def guard():
    try:
        return LISTS['milk']
    except KeyError as error:
        raise GuardedError('at the till') from error


WAYS = {'all': read_all, 'hide': hide, 'check': check_all, 'deep': deep, 'rule': compile_rule, 'mend': mend, 'circle': circle,
        'umlaut': ümlaut, 'guard': guard}
print(WAYS[sys.argv[1]]())
