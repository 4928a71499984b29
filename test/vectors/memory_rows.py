"""Rows that load and store, at every edge of both windows."""
from vector_file import M, begin, halves, signed

RAM, RAM_BYTES, READ_ONLY, READ_ONLY_BYTES = 0x400, 64, 0x10000000, 20
ram = [(37 * i + 0x81) & 0xff for i in range(RAM_BYTES)] + [0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8]
read_only = [(91 * i + 0x33) & 0xff for i in range(READ_ONLY_BYTES)] + [0] * 8
ADDRESSES = [RAM, RAM + 1, RAM + 2, RAM + 3, RAM + 32, RAM + RAM_BYTES - 8, RAM + RAM_BYTES - 4, RAM + RAM_BYTES - 3,
             RAM + RAM_BYTES - 2, RAM + RAM_BYTES - 1,
             RAM + RAM_BYTES, RAM + RAM_BYTES + 1, RAM + RAM_BYTES + 7, RAM - 1, RAM - 8, 0, 4, M, M - 3, 0x7fffffff,
             0x80000000,
             READ_ONLY, READ_ONLY + 1, READ_ONLY + READ_ONLY_BYTES - 4, READ_ONLY + READ_ONLY_BYTES - 1,
             READ_ONLY + READ_ONLY_BYTES,
             READ_ONLY + READ_ONLY_BYTES + 7, READ_ONLY - 1, 0x40000000, 0x40000004]


def memory_lines():
    return (f"ram {RAM_BYTES}", "read_only " + " ".join(f"{x:02x}" for x in read_only[:READ_ONLY_BYTES]),
            f"mem 0x{RAM:x}: " + " ".join(f"{x:02x}" for x in ram))


def in_ram(address):
    return RAM <= address < RAM + RAM_BYTES


def loaded(address, count):
    if in_ram(address):
        return int.from_bytes(bytes(ram[address - RAM:address - RAM + count]), "little")
    if READ_ONLY <= address < READ_ONLY + READ_ONLY_BYTES:
        return int.from_bytes(bytes(read_only[address - READ_ONLY:address - READ_ONLY + count]), "little")
    return None


def memory_case(out, name, code, tries, count, is_signed, is_store, extra=lambda registers: {}):
    """tries: (registers, address). The register moved is a0; `extra` says what else changes."""
    out.case(name, *memory_lines(), "code " + code)
    for registers, address in tries:
        address &= M
        if is_store:
            good = in_ram(address)
            value = registers["a0"] & ((1 << 8 * count) - 1)
            data = " ".join(f"{x:02x}" for x in value.to_bytes(count, "little"))
            wants = " ".join(f"{r}=0x{v & M:x}" for r, v in extra(registers).items())
            out.attempt(registers, f"{wants} mem 0x{address:x}: {data}" if good else f"trap memory 0x{address:x} 2")
        else:
            value = loaded(address, count)
            if value is None:
                out.attempt(registers, f"trap memory 0x{address:x} 2")
            else:
                out.attempt(registers, {"a0": signed(value, 8 * count) if is_signed else value, **extra(registers)})


# Row, bytes, whether it extends the sign, whether it stores.
ACCESSES = [("lb", 1, True, False), ("lbu", 1, False, False), ("lh", 2, True, False), ("lhu", 2, False, False),
            ("lw", 4, False, False), ("sb", 1, False, True), ("sh", 2, False, True), ("sw", 4, False, True)]
VALUE = 0xa1b2c3d4


def memory():
    for row, count, is_signed, is_store in ACCESSES:
        shape = (count, is_signed, is_store)
        own = {"a0": VALUE} if is_store else {"a0": 0x55}
        # base and offset
        out = begin(row)
        for offset in (0, 1, -1, 4, 1024, 2047, -31744, 33791):
            tries = [({**own, "a1": (x - offset) & M}, x) for x in ADDRESSES]
            memory_case(out, f"{row} at offset {offset}", f"{row} a0, a1, {offset}; ret", tries, *shape)
        memory_case(out, "base is zero", f"{row} a0, zero, {RAM + 5}; ret", [(own, RAM + 5)], *shape)
        if is_store:
            memory_case(out, "the base itself", f"{row} a0, a0, 0; ret", [({"a0": x}, x) for x in (RAM, RAM + 5)],
                        *shape)
        else:
            memory_case(out, "over the base", f"{row} a0, a0, 0; ret", [({"a0": x}, x) for x in (RAM, RAM + 5, 0)],
                        *shape)
            out.case("the result in zero is refused", f"code {row} zero, a1, 0; ret", "refuse register 2")
        # with a step; fields in the word: a, b, inc, off
        out = begin(row + "_p")
        for inc, offset in ((0, 0), (1, 0), (4, 0), (-4, -4), (127, 127), (-128, -128), (8, 3)):
            tries = [({**own, "a1": (x - offset) & M}, x) for x in ADDRESSES]
            memory_case(out, f"{row}_p at offset {offset}, then {inc}", f"{row}_p a0, a1, {inc}, {offset}; ret",
                        tries, *shape,
                        extra=lambda registers, by=inc: {"a1": registers["a1"] + by})
        if is_store:
            out.case("the base itself is stored as it was", *memory_lines(), f"code {row}_p a1, a1, 4, 0; ret")
            data = " ".join(f"{x:02x}" for x in (RAM + 5).to_bytes(4, "little")[:count])
            out.attempt({"a1": RAM + 5}, f"a1=0x{RAM + 9:x} mem 0x{RAM + 5:x}: {data}")
            out.case("a step in zero is refused", f"code {row}_p a0, zero, 1, 0; ret", "refuse register 2")
        else:
            out.case("one register for value and base is refused", f"code {row}_p a1, a1, 1, 0; ret",
                     "refuse register 2")
            out.case("the result in zero is refused", f"code {row}_p zero, a1, 1, 0; ret", "refuse register 2")
        # with an index, scaled by the width and not
        for suffix, scale in (("_x", {1: 0, 2: 1, 4: 2}[count]), ("_a", 0)):
            if suffix == "_a" and count == 1:
                continue
            out = begin(row + suffix)
            for offset in (0, 1, 8, -1024, 3071):
                tries = []
                for x in ADDRESSES:
                    for index in (0, 3, M, 0x40000001):
                        tries.append(({**own, "a1": (x - offset - (index << scale)) & M, "a2": index}, x))
                memory_case(out, f"{row}{suffix} at offset {offset}", f"{row}{suffix} a0, a1, a2, {offset}; ret",
                            tries[::3], *shape)
            where, factor = RAM + 8, 1 + (1 << scale)
            memory_case(out, "base and index in one register", f"{row}{suffix} a0, a1, a1, 0; ret",
                        [({**own, "a1": where // factor}, where // factor * factor)], *shape)
            memory_case(out, "zero as the index", f"{row}{suffix} a0, a1, zero, 0; ret",
                        [({**own, "a1": where}, where)], *shape)
            if not is_store:
                memory_case(out, "over the base", f"{row}{suffix} a0, a0, a1, 0; ret",
                            [({"a0": where, "a1": 1}, where + (1 << scale))], *shape)
                memory_case(out, "over the index", f"{row}{suffix} a0, a1, a0, 0; ret",
                            [({"a1": where, "a0": 2}, where + (2 << scale))], *shape)
                out.case("the result in zero is refused", f"code {row}{suffix} zero, a1, a2, 0; ret",
                         "refuse register 2")
    pairs_in_memory()


def pairs_in_memory():
    out = begin("lwpair")
    for offset in (0, 1, 4, -1024, 3071):
        out.case(f"lwpair at offset {offset}", *memory_lines(), f"code lwpair a0, a1, a2, {offset}; ret")
        for address in ADDRESSES:
            value = loaded(address, 8)
            out.attempt({"a1": (address - offset) & M},
                        f"trap memory 0x{address:x} 2" if value is None else halves("a0", "a2", value))
    for code, low, high in (("a1, a1, a2", "a1", "a2"), ("a0, a1, a1", "a0", "a1")):
        out.case(f"base in the result: {code}", *memory_lines(), f"code lwpair {code}, 0; ret")
        out.attempt({"a1": RAM + 9}, halves(low, high, loaded(RAM + 9, 8)))
    out.case("both words in one register are refused", "code lwpair a0, a1, a0, 0; ret", "refuse register 2")
    out.case("the first word in zero is refused", "code lwpair zero, a1, a2, 0; ret", "refuse register 2")
    out.case("the second word in zero is refused", "code lwpair a0, a1, zero, 0; ret", "refuse register 2")
    out = begin("swpair")
    for offset in (0, 1, 4, -1024, 3071):
        out.case(f"swpair at offset {offset}", *memory_lines(), f"code swpair a0, a1, a2, {offset}; ret")
        for address in ADDRESSES:
            data = " ".join(f"{x:02x}" for x in (0x1122334455667788).to_bytes(8, "little"))
            registers = {"a1": (address - offset) & M, "a0": 0x55667788, "a2": 0x11223344}
            out.attempt(registers, f"mem 0x{address:x}: {data}" if in_ram(address) else f"trap memory 0x{address:x} 2")
    out.case("one register for all", *memory_lines(), "code swpair a1, a1, a1, 0; ret")
    out.attempt({"a1": RAM + 3}, f"mem 0x{RAM + 3:x}: 03 04 00 00 03 04 00 00")
    out.case("zero is stored as 0", *memory_lines(), "code swpair zero, a1, zero, 0; ret")
    out.attempt({"a1": RAM + 3}, f"mem 0x{RAM + 3:x}: 00 00 00 00 00 00 00 00")
