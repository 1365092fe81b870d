total = 1
if total >
    print(total)
