"""Left half written on a Friday."""
def discount(price
    return price
