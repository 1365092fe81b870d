"""A till that counts for as long as it is asked to."""
import sys


def ring(amount):
    tax = amount * 0.19
    return amount + tax


sold = 0
for number in range(int(sys.argv[1]) if len(sys.argv) > 1 else 3):
    sold += ring(number)
print('sold', round(sold, 2))
