"""A loop to step through: a few frames deep, a few locals of each common kind."""


def work(rounds):
    total = 0
    words = ['alpha', 'beta', 'gamma']
    table = {'rounds': rounds, 'words': words}
    for number in range(rounds):
        total += number
        total ^= len(table)
    return total


def main():
    return work(1_000_000)


if __name__ == '__main__':
    main()
