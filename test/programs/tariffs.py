"""Prices a till's baskets by rules that a shop writes in a web form, and runs a notebook's cells on the result."""
import linecache

RULES = {
    'discount': 'def discount(total):\n    share = 0.1\n    return total - total * share\n',
    'rounding': 'def rounding(total):\n    cents = round(total * 100)\n    return cents / 100\n',
}
CELL = 'baskets = [12.5, 40.0]\nprices = [price(b) for b in baskets]\nbest = max(prices)\n'


def load(name, keeps_text):
    text = RULES[name]
    filename = f'<rule {name}>'
    if keeps_text:
        linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)
    namespace = {}
    exec(compile(text, filename, 'exec'), namespace)
    return namespace[name]


def price(total):
    for rule in (load('discount', True), load('rounding', False)):
        total = rule(total)
    return total


def run_cell(text, filename):
    """As IPython does it: the cell's text is kept in linecache under a name that is no file's."""
    linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)
    namespace = {'price': price}
    exec(compile(text, filename, 'exec'), namespace)
    return namespace


if __name__ == '__main__':
    print(run_cell(CELL, '<ipython-input-1-5f2a>')['best'])
    print(run_cell('doubled = price(10) * 2\n', '/tmp/ipykernel_7/1234.py')['doubled'])
