/* Attacks on the container. Offsets are those of spec/artifact.md: where a reader first sees that something is wrong.
 */
#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "test/hostile/attack.h"

enum { CODE = 1, FUNCTIONS = 2, CALLS = 3, CAPABILITIES = 4, READ_ONLY = 5, DATA = 6 };

static uint8_t *at(struct attack_case *c, uint32_t offset) { return c->hostile.bytes + offset; }
static void expect(struct attack_case *c, enum status status, uint32_t offset) {
    c->hostile_outcome = refused_at(status, offset);
}
static uint32_t any_row(const struct attack_case *c, struct random *random) {
    return FORGE_HEADER_BYTES + FORGE_ROW_BYTES * random_below(random, c->twin.section_count);
}
/* Begins until the file has that section. */
static uint32_t begin_with(struct attack_case *c, struct random *random, uint16_t id) {
    do attack_begin(c, random);
    while (forge_row(&c->twin, id) == 0);
    return forge_row(&c->twin, id);
}
static uint32_t not_zero(struct random *random) {
    uint32_t value;
    do value = random_edge(random);
    while (value == 0);
    return value;
}
static uint8_t byte_not_zero(struct random *random) { return (uint8_t)(1 + random_below(random, 255)); }

static void cut_short(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    uint32_t length = random_below(random, c->hostile.length);
    c->hostile.length = length;
    expect(c, ST_CORRUPT, length < 4 ? 0 : length);
}

static void bad_magic(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    *at(c, random_below(random, 4)) ^= byte_not_zero(random);
    expect(c, ST_CORRUPT, 0);
}

static void other_format(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    store_le16(at(c, 4), (uint16_t)(random_percent(random, 50) ? 2 + random_below(random, 65533) : 0));
    expect(c, ST_VERSION, 4);
}

static void other_header_size(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    store_le16(at(c, 6), (uint16_t)(128 + 1 + random_below(random, 65535)));
    expect(c, ST_CORRUPT, 6);
}

static void longer_than_its_sections(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    store_le32(at(c, 8), c->hostile.length + 1 + random_below(random, 0x7fffffff));
    expect(c, ST_CORRUPT, 8);
}

static void shorter_than_its_sections(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    uint32_t last = FORGE_HEADER_BYTES + FORGE_ROW_BYTES * (c->twin.section_count - 1);
    uint32_t start = load_le32(at(c, last + 4));
    store_le32(at(c, 8), start + random_below(random, c->hostile.length - start));
    expect(c, ST_CORRUPT, last + 8);
}

static void trailing_bytes(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    uint32_t total = c->hostile.length;
    c->hostile.length += 1 + random_below(random, 64);
    expect(c, ST_CORRUPT, total);
}

static void section_size_wraps(struct attack_case *c, struct random *random) {
    uint32_t row = begin_with(c, random, READ_ONLY);
    store_le32(at(c, row + 8), 0u - 1 - random_below(random, 0x70000000));
    expect(c, ST_CORRUPT, row + 8);
}

static void section_offset_lies(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    uint32_t row = any_row(c, random), right = load_le32(at(c, row + 4));
    uint32_t wrong = random_percent(random, 50) ? random_edge(random) : right + 8 * (random_below(random, 9) - 4);
    store_le32(at(c, row + 4), wrong == right ? right + 8 : wrong);
    expect(c, ST_CORRUPT, row + 4);
}

static void section_not_aligned(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    uint32_t row = any_row(c, random);
    store_le32(at(c, row + 4), load_le32(at(c, row + 4)) + 1 + random_below(random, 7));
    expect(c, ST_CORRUPT, row + 4);
}

static void section_count_lies(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    static const uint32_t wrong[] = {0, 17, 255, 256, 65535};
    uint32_t count = random_percent(random, 50) ? wrong[random_below(random, 5)] : 17 + random_below(random, 65519);
    store_le16(at(c, 108), (uint16_t)count);
    expect(c, ST_CORRUPT, 108);
}

static void one_section_more(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    uint32_t count = c->twin.section_count;
    store_le16(at(c, 108), (uint16_t)(count + 1));
    /* the first section would have to lie behind a longer head, if the file is that long at all */
    bool has_room = forge_head_bytes(&c->twin) + FORGE_ROW_BYTES <= c->twin.length;
    expect(c, ST_CORRUPT, has_room ? FORGE_HEADER_BYTES + 4 : c->twin.length);
}

static void one_section_fewer(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    store_le16(at(c, 108), (uint16_t)(c->twin.section_count - 1));
    expect(c, ST_CORRUPT, FORGE_HEADER_BYTES + 4);
}

static void section_twice(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    uint32_t second = FORGE_HEADER_BYTES + FORGE_ROW_BYTES * (1 + random_below(random, c->twin.section_count - 1));
    uint16_t before = load_le16(at(c, second - FORGE_ROW_BYTES));
    store_le16(at(c, second), (uint16_t)random_below(random, before + 1u));
    expect(c, ST_CORRUPT, second);
}

static void section_id_zero(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    store_le16(at(c, FORGE_HEADER_BYTES), 0);
    expect(c, ST_CORRUPT, FORGE_HEADER_BYTES);
}

static void critical_section(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    while (c->twin.section_count == 0 ||
           load_le16(at(c, FORGE_HEADER_BYTES + FORGE_ROW_BYTES * (c->twin.section_count - 1))) < 7)
        attack_begin(c, random);
    uint32_t row = FORGE_HEADER_BYTES + FORGE_ROW_BYTES * (c->twin.section_count - 1);
    store_le16(at(c, row), load_le16(at(c, row)) | 0x8000);
    expect(c, ST_VERSION, row);
}

static void empty_section(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    uint32_t row = any_row(c, random);
    store_le32(at(c, row + 8), 0);
    expect(c, ST_CORRUPT, row + 8);
}

static void code_not_words(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    uint32_t row = forge_row(&c->twin, CODE);
    store_le32(at(c, row + 8), load_le32(at(c, row + 8)) - 1 - random_below(random, 3));
    expect(c, ST_CORRUPT, row + 8);
}

static void table_not_rows(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    uint32_t row = forge_row(&c->twin, FUNCTIONS);
    store_le32(at(c, row + 8), load_le32(at(c, row + 8)) + 1 + random_below(random, 11));
    expect(c, ST_CORRUPT, row + 8);
}

static void read_only_too_short(struct attack_case *c, struct random *random) {
    uint32_t row = begin_with(c, random, READ_ONLY);
    store_le32(at(c, row + 8), 1 + random_below(random, 7));
    expect(c, ST_CORRUPT, row + 8);
}

static void read_only_without_zeros(struct attack_case *c, struct random *random) {
    begin_with(c, random, READ_ONLY);
    uint32_t bytes = 0, start = forge_section(&c->twin, READ_ONLY, &bytes);
    *at(c, start + bytes - 8 + random_below(random, 8)) = byte_not_zero(random);
    forge_rehash(&c->hostile);
    expect(c, ST_CORRUPT, start + bytes - 8);
}

static void no_code(struct attack_case *c, struct random *random) {
    do attack_begin(c, random);
    while (c->twin.section_count != 2);
    store_le16(at(c, FORGE_HEADER_BYTES), 0x107); /* ids that are not known, and ignored */
    store_le16(at(c, FORGE_HEADER_BYTES + FORGE_ROW_BYTES), 0x108);
    expect(c, ST_CORRUPT, FORGE_HEADER_BYTES);
}

static void reserved_field(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    if (random_percent(random, 50)) {
        uint32_t offset = random_percent(random, 30) ? 110 + random_below(random, 2) : 116 + random_below(random, 12);
        *at(c, offset) = byte_not_zero(random);
        expect(c, ST_CORRUPT, offset < 112 ? 110 : 116);
        return;
    }
    uint32_t row = any_row(c, random);
    uint32_t offset = random_percent(random, 30) ? 2 + random_below(random, 2) : 12 + random_below(random, 4);
    *at(c, row + offset) = byte_not_zero(random);
    expect(c, ST_CORRUPT, row + 2);
}

static void unknown_feature(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    store_le32(at(c, 112), not_zero(random));
    expect(c, ST_VERSION, 112);
}

static void field_out_of_range(struct attack_case *c, struct random *random) {
    static const uint32_t offsets[] = {12, 13, 15, 96};
    uint32_t offset = offsets[random_below(random, 4)];
    attack_begin(c, random);
    if (offset == 12) *at(c, 12) = (uint8_t)(random_percent(random, 50) ? 0 : 6 + random_below(random, 250));
    if (offset == 13) *at(c, 13) |= (uint8_t)(4 << random_below(random, 6));
    if (offset == 15) *at(c, 15) = (uint8_t)(3 + random_below(random, 253));
    if (offset == 96) store_le16(at(c, 96), 0);
    expect(c, ST_CORRUPT, offset);
}

static void other_type(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    *at(c, 12) = (uint8_t)(2 + random_below(random, 4));
    expect(c, ST_CORRUPT, 80);
}

static void abi_range_empty(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    if (random_percent(random, 50))
        store_le16(at(c, 20), 0);
    else
        store_le16(at(c, 20), (uint16_t)(load_le16(at(c, 22)) + 1u + random_below(random, 60000)));
    expect(c, ST_CORRUPT, 20);
}

static void bad_name(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    switch (random_below(random, 6)) {
    case 0: memset(at(c, 48), 0, 32); break;
    case 1: memset(at(c, 48), 'a', 32); break;                               /* no zero behind it */
    case 2: *at(c, 48) = (uint8_t)"_-. /\\"[random_below(random, 6)]; break; /* a wrong first */
    case 3: memcpy(at(c, 48), "a\0b", 4); break;                             /* something behind the zero */
    case 4: memcpy(at(c, 48), "../../etc", 10); break;
    default:
        memset(at(c, 48), 0, 32), memcpy(at(c, 48),
                                         "a\xc0\xaf"
                                         "b\x1b[2J",
                                         9);
        break; /* overlong UTF-8, escape */
    }
    expect(c, ST_CORRUPT, 48);
}

static void name_of_31(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    memset(c->twin.bytes + 48, 'a', 31);
    c->twin.bytes[79] = 0;
    memset(at(c, 48), 'a', 32);
    expect(c, ST_CORRUPT, 48);
}

static void ram_out_of_range(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    static const uint32_t sizes[] = {0xfffffff8, 0x0ffffbf8, 0x10000000, 0x80000000, 0xfffffff0};
    uint32_t size = random_percent(random, 60) ? sizes[random_below(random, 5)]
                                               : load_le32(at(c, 84)) + 1 + random_below(random, 7);
    store_le32(at(c, 84), size);
    expect(c, ST_CORRUPT, 84);
}

static void stack_out_of_range(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    static const uint32_t sizes[] = {0, 8, 0xfffffff8, 0x80000000, 17, 0xffffffff};
    uint32_t over = load_le32(at(c, 84)) + 8;
    uint32_t size = random_percent(random, 30)   ? over
                    : random_percent(random, 70) ? sizes[random_below(random, 6)]
                                                 : load_le32(at(c, 80)) + 1 + random_below(random, 7);
    store_le32(at(c, 80), size);
    expect(c, ST_CORRUPT, 80);
}

static void data_to_the_last_byte(struct attack_case *c, struct random *random) {
    begin_with(c, random, DATA);
    uint32_t bytes = 0;
    forge_section(&c->twin, DATA, &bytes);
    uint32_t last = ISA_RAM_BASE + load_le32(at(c, 84)) - bytes;
    store_le32(c->twin.bytes + 88, last);
    store_le32(at(c, 88), last + 1 + random_below(random, 16));
    expect(c, ST_CORRUPT, 88);
}

static void data_address_out_of_range(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    static const uint32_t addresses[] = {0, 0x3ff, 0x400, 0xffffffff, 0xfffffff8, 0x10000000, 0x80000000};
    uint32_t below_stack = ISA_RAM_BASE + load_le32(at(c, 80)) - 1;
    store_le32(at(c, 88), random_percent(random, 30) ? below_stack : addresses[random_below(random, 7)]);
    expect(c, ST_CORRUPT, 88);
}

static void entry_behind_the_table(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    uint32_t bytes = 0;
    forge_section(&c->twin, FUNCTIONS, &bytes);
    static const uint32_t far[] = {1, 0x7fffffff, 0xffffffff, 0x15555556}; /* the last times 12 wraps */
    uint32_t rows = bytes / VM_FUNCTION_BYTES, wrong = random_percent(random, 50) ? rows : far[random_below(random, 4)];
    store_le32(at(c, 92), wrong < rows ? rows : wrong);
    expect(c, ST_CORRUPT, 92);
}

static void stack_below_the_need(struct attack_case *c, struct random *random) {
    uint32_t units = 4 + 2 * random_below(random, 100); /* a multiple of 8 bytes, at least 16 */
    char text[128];
    snprintf(text, sizeof text, "func main frame=%u; ret0 %u", units, units);
    attack_programs(c, random, text, text, runs_to(VM_STOP_RETURN, VM_TRAP_NONE, 0));
    uint32_t rest = load_le32(at(c, 84)) - 4 * units;
    store_le32(c->twin.bytes + 80, 4 * units);
    c->hostile = c->twin;
    (void)rest;
    if (units < 6) return; /* less than 16 bytes is refused for another reason */
    store_le32(at(c, 80), 4 * units - 8);
    expect(c, ST_REFUSED, 80);
}

static void return_stack_below_the_need(struct attack_case *c, struct random *random) {
    attack_programs(c, random, "call f; ret; func f; call g; ret; func g; ret",
                    "call f; ret; func f; call g; ret; func g; ret", runs_to(VM_STOP_RETURN, VM_TRAP_NONE, 0));
    store_le16(c->twin.bytes + 96, 3);
    store_le16(at(c, 96), (uint16_t)(1 + random_below(random, 2)));
    expect(c, ST_REFUSED, 96);
}

static void unknown_signature_kind(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    uint32_t area = forge_head_bytes(&c->twin) - 80;
    store_le32(at(c, area), 2 + random_below(random, 0x7fffffff));
    expect(c, ST_VERSION, area);
}

static void unsigned_with_a_signature(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    uint32_t area = forge_head_bytes(&c->twin) - 80, offset = 4 + random_below(random, 76);
    *at(c, area + offset) = byte_not_zero(random);
    expect(c, ST_CORRUPT, area + (offset < 8 ? 4 : 8));
}

static void changed_payload(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    uint32_t row = any_row(c, random), start = load_le32(at(c, row + 4)), bytes = load_le32(at(c, row + 8));
    *at(c, start + random_below(random, bytes)) ^= byte_not_zero(random);
    expect(c, ST_CORRUPT, start);
}

static void changed_hash(struct attack_case *c, struct random *random) {
    attack_begin(c, random);
    uint32_t row = any_row(c, random);
    *at(c, row + 16 + random_below(random, 32)) ^= byte_not_zero(random);
    expect(c, ST_CORRUPT, load_le32(at(c, row + 4)));
}

static void padding_not_zero(struct attack_case *c, struct random *random) {
    uint32_t bytes = 0, start = 0;
    do {
        begin_with(c, random, DATA);
        start = forge_section(&c->twin, DATA, &bytes);
    } while (bytes % 8 == 0);
    *at(c, start + bytes + random_below(random, 8 - bytes % 8)) = byte_not_zero(random);
    forge_rehash(&c->hostile);
    expect(c, ST_CORRUPT, start + bytes);
}

static void bad_capability(struct attack_case *c, struct random *random) {
    begin_with(c, random, CAPABILITIES);
    uint32_t bytes = 0, start = forge_section(&c->twin, CAPABILITIES, &bytes),
             row = 16 * random_below(random, bytes / 16);
    uint32_t wrong = 0;
    switch (random_below(random, 4)) {
    case 0: *at(c, start + row) = (uint8_t)(64 + random_below(random, 192)); break;
    case 1: *at(c, start + row + 1) = 0, wrong = 1; break;
    case 2: *at(c, start + row + 2 + random_below(random, 2)) = byte_not_zero(random), wrong = 2; break;
    default: store_le32(at(c, start + row + 4), load_le32(at(c, start + row + 8)) + 1), wrong = 4; break;
    }
    forge_rehash(&c->hostile);
    expect(c, ST_CORRUPT, start + row + wrong);
}

static void capabilities_out_of_order(struct attack_case *c, struct random *random) {
    uint32_t bytes = 0, start = 0;
    do {
        begin_with(c, random, CAPABILITIES);
        start = forge_section(&c->twin, CAPABILITIES, &bytes);
    } while (bytes < 32);
    if (random_percent(random, 50))
        memcpy(at(c, start + 16), c->twin.bytes + start, 16);
    else
        memcpy(at(c, start), c->twin.bytes + start + 16, 16), memcpy(at(c, start + 16), c->twin.bytes + start, 16);
    forge_rehash(&c->hostile);
    expect(c, ST_CORRUPT, start + 16);
}

const struct attack container_attacks[] = {
    {"A01", "the file ends early", cut_short},
    {"A02", "another magic", bad_magic},
    {"A02", "another format", other_format},
    {"A02", "another header size", other_header_size},
    {"A03", "the header says more than there is", longer_than_its_sections},
    {"A03", "the header says less than its sections", shorter_than_its_sections},
    {"A03", "bytes behind the end", trailing_bytes},
    {"A04", "a section's size wraps", section_size_wraps},
    {"A05", "a section's offset overlaps or leaves a gap", section_offset_lies},
    {"A06", "the number of sections is absurd", section_count_lies},
    {"A06", "one section more than the table", one_section_more},
    {"A06", "one section fewer than the table", one_section_fewer},
    {"A07", "a section twice, or out of order", section_twice},
    {"A07", "a section without an id", section_id_zero},
    {"A07", "a critical section that nobody knows", critical_section},
    {"A07", "no code section", no_code},
    {"A08", "an empty section", empty_section},
    {"A08", "the entry lies behind the table", entry_behind_the_table},
    {"A09", "a section is not aligned", section_not_aligned},
    {"A09", "the code is no whole number of words", code_not_words},
    {"A09", "the function table is no whole number of rows", table_not_rows},
    {"A09", "read-only data without room for its zeros", read_only_too_short},
    {"A09", "read-only data that do not end with zeros", read_only_without_zeros},
    {"A10", "the RAM's size wraps", ram_out_of_range},
    {"A10", "the stack's size wraps", stack_out_of_range},
    {"A10", "the data's address wraps or lies in the stack", data_address_out_of_range},
    {"A11", "the data end one byte behind RAM", data_to_the_last_byte},
    {"A12", "the name is no name", bad_name},
    {"A12", "the name has 32 letters", name_of_31},
    {"A15", "the stack is one step smaller than needed", stack_below_the_need},
    {"A15", "the return stack is one entry smaller than needed", return_stack_below_the_need},
    {"A16", "a signature of an unknown kind", unknown_signature_kind},
    {"A16", "unsigned, with a signature left in", unsigned_with_a_signature},
    {"A18", "a byte of the payload changed", changed_payload},
    {"A18", "a byte of a hash changed", changed_hash},
    {"A18", "something in the padding", padding_not_zero},
    {"A64", "a field outside its values", field_out_of_range},
    {"A64", "a guest that says it is something else", other_type},
    {"A65", "no version of the ABI suits it", abi_range_empty},
    {"A65", "a feature that nobody knows", unknown_feature},
    {"A65", "a reserved field is set", reserved_field},
    {"A66", "a capability that is none", bad_capability},
    {"A66", "capabilities twice or out of order", capabilities_out_of_order},
};
const unsigned container_attack_count = sizeof container_attacks / sizeof *container_attacks;
