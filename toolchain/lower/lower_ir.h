/* lower_ir: what the passes of this folder hand to each other. Private to toolchain/lower.
 *
 * A refusal is sticky: the first one is kept, later ones are ignored, and a pass that refused may go on as long as that
 * is harmless. lower_elf looks after each pass. All memory is the translation's and goes at once. */
#ifndef SKEP_TOOLCHAIN_LOWER_LOWER_IR_H
#define SKEP_TOOLCHAIN_LOWER_LOWER_IR_H

#include "toolchain/lower/decode.h"
#include "toolchain/lower/lower.h"
#include "toolchain/lower/pool.h"

enum {
    REGISTER_ZERO = 0,
    REGISTER_RA = 1,
    REGISTER_SP = 2,
    REGISTER_GP = 3,
    REGISTER_TP = 4,
    REGISTER_T0 = 5,
    REGISTER_T2 = 7,
    REGISTER_S0 = 8,
    REGISTER_S1 = 9,
    REGISTER_A0 = 10,
    REGISTER_A5 = 15,
    NOTHING = -1,
};

/* ---- the ELF file, bounds checked ---- */

struct elf_relocation {
    uint32_t address, type, symbol;
    int32_t addend;
    uint32_t order; /* in the file */
};

struct elf_symbol {
    const char *name;
    uint32_t value, bytes;
    uint8_t binding, type;
    uint32_t section; /* 0: undefined; ELF_ABSOLUTE: a number */
};
#define ELF_ABSOLUTE UINT32_MAX

struct elf_section {
    const char *name;
    uint32_t address, bytes, flags;
    const uint8_t *contents;            /* NULL: zeroes */
    struct elf_relocation *relocations; /* by address */
    uint32_t relocation_count;
};

struct elf_image {
    struct elf_section *sections;
    uint32_t section_count;
    struct elf_symbol *symbols;
    uint32_t symbol_count;
    uint32_t entry;
    uint32_t text;       /* index of the one section with code */
    uint32_t tls_base;   /* where the only thread's block starts */
    void *handle, *copy; /* libelf's, for line numbers */
};

/* ---- functions of the ELF ---- */

/* One 4-byte word of .text. */
struct text_word {
    struct instruction instruction;
    const struct elf_relocation *relocation; /* the one that says what the word is; not RELAX, ALIGN */
    bool leader;                             /* a block starts here */
    bool paired;                             /* the jalr of an auipc+jalr call */
    bool line_start;                         /* with options.debug: DWARF says that a statement starts here */
};

/* Whether a function that ends with this word goes on in the next function, as assembly sometimes does. */
bool falls_through(const struct text_word *word);

/* One bytecode word to be. The immediate fields are named after what they hold; isa.json's field names in brackets. */
enum op_half { HALF_NONE, HALF_HIGH, HALF_LOW };
struct op {
    uint8_t code;              /* enum isa_op */
    uint8_t reg[6];            /* a to f */
    uint8_t half;              /* imm becomes this half of `function`'s code address */
    int32_t imm;               /* [imm off frame] */
    int32_t k;                 /* [k rm inc run] */
    int32_t width;             /* [width taken] */
    int32_t target;            /* block of a branch, or NOTHING */
    uint32_t live;             /* registers that a branch's target needs, or a return's callers (find-lives) */
    struct function *function; /* callee, or whose address */
    const uint32_t *targets;   /* SWITCH: blocks, op.imm of them; SWITCH_DEFAULT means the word after the table */
    const uint32_t *table; /* SWITCH: blocks by the index of the table that its operand comes from, if there is one */
    uint32_t table_count;
    uint32_t first, last; /* ELF addresses of what it stands for */
};
#define SWITCH_DEFAULT UINT32_MAX

struct block {
    uint32_t address, end; /* ELF */
    struct op *ops;
    uint32_t op_count;
    uint32_t live_in, live_out; /* register masks */
    uint32_t word;              /* index of its first word in the program */
    bool reached, entered;      /* entered: something jumps here */
    struct state *state;        /* what is known at its start (analyse) */
};

struct function {
    const char *name;
    uint32_t address, end; /* ELF */
    bool reached;          /* from the entry, or its address is taken by something that is */
    bool taken;
    bool returns;         /* some path reaches a return */
    bool stopped;         /* its analysis met a call that was not known to return */
    struct block *blocks; /* by address; after select only the reached ones */
    uint32_t block_count;
    uint32_t *labels; /* addresses of interior labels; label k is labels[k-1] */
    uint32_t label_count, label_capacity;

    int32_t frame_bytes;                  /* deepest known sp below the entry's; NOTHING: unknown (alloca) */
    uint32_t live_in;                     /* registers it reads from its caller */
    uint32_t results;                     /* registers that some caller wants from it */
    uint32_t used;                        /* registers that any word names */
    struct op entry_op;                   /* ENTRY0..2 */
    uint32_t entry, word_end;             /* words */
    struct op *words;                     /* from entry to word_end, with final displacements (lay-out) */
    uint32_t stack_units, return_entries; /* VM_UNBOUNDED or the worst case */
    uint8_t depth_state;                  /* build_function_table.c: being computed, done */
    uint32_t index;                       /* row of the output */
};

struct lower {
    const struct lower_options *options;
    struct pool pool;
    char *message;
    enum status refused; /* ST_OK until something was refused */

    const void *input;
    size_t input_bytes;
    struct elf_image elf;
    struct text_word *text;
    uint32_t text_address, text_words;

    struct function *functions; /* by address */
    uint32_t function_count;
    struct function *entry;

    uint32_t *words;
    uint32_t word_count;
    struct lower_map_entry *map;
    uint32_t map_count;
    uint8_t *table; /* function table, wire rows */
    uint32_t table_rows;
    uint8_t *read_only, *data;
    uint32_t read_only_bytes, data_address, data_bytes, stack_bytes, ram_bytes;
    uint16_t *calls;
    uint32_t call_count;
    struct vm_verdict verdict;
};

/* ---- services ---- */

/* Keeps the first refusal. `address` is an ELF address or 0; the message names its function and source line. */
void refuse(struct lower *l, uint32_t address, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The same for bytes that are no ELF file that we can read: ST_CORRUPT. */
void refuse_bytes(struct lower *l, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The function that holds an ELF address, or NULL. */
struct function *function_at(const struct lower *l, uint32_t address);
struct text_word *text_at(const struct lower *l, uint32_t address); /* NULL outside, or unaligned */
const struct elf_symbol *symbol_named(const struct lower *l, const char *name);
static inline const struct elf_symbol *symbol_of(const struct lower *l, const struct elf_relocation *r) {
    return &l->elf.symbols[r->symbol];
}
static inline uint32_t relocation_value(const struct lower *l, const struct elf_relocation *r) {
    return symbol_of(l, r)->value + (uint32_t)r->addend;
}
const char *relocation_name(uint32_t type);
/* The relocation of the auipc that a PCREL_LO12 names, or NULL. */
const struct elf_relocation *relocation_of_high(const struct lower *l, const struct elf_relocation *low);

/* What a code address becomes: a function's code address, or the number of a label inside `function`. */
struct code_value {
    struct function *function;
    uint32_t label; /* 0: the function itself */
};
/* The block of f that holds an ELF address. */
uint32_t block_at(const struct function *f, uint32_t address);
struct code_value code_value_of(struct lower *l, const struct elf_relocation *r);

/* "file:line" of an ELF address; false when the ELF does not say. */
bool source_line(struct lower *l, uint32_t address, char *to, size_t bytes);
void source_line_starts(struct lower *l);
void close_elf(struct lower *l);

/* The word of an op whose fields are final; op_fits: every field holds its value. */
uint32_t op_encode(const struct op *op);
bool op_fits(const struct op *op);
/* Registers as masks: what the op reads and writes, calls and returns by the ABI included. */
uint32_t op_reads(const struct op *op);
uint32_t op_writes(const struct op *op);
static inline bool op_ends(uint8_t code) { return (isa_op_table[code].flags & ISA_FLAG_ENDS) != 0; }
struct op op_make(uint8_t code, uint32_t address);

/* find-lives for one function, when fuse has changed what lives across blocks; also notes in each branch what its
 * target needs. */
void find_function_lives(struct function *f);

/* ---- passes, in the order of the table in lower.c ---- */
typedef void lower_pass(struct lower *l);
lower_pass read_elf, check_relocations, find_functions, analyse, select_ops, shape_frames, find_lives, fuse_ops,
    lay_out, encode_words, build_function_table, build_data, verify_output;

#endif
