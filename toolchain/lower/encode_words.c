/* encode: ops with places become words, and the map says which instructions each word stands for. */
#include "toolchain/lower/lower_ir.h"

static void encode_word(struct lower *l, struct op op, uint32_t word) {
    if (op.half) {
        uint32_t address = ISA_CODE_BASE + 4 * op.function->entry;
        op.imm = op.half == HALF_HIGH ? (int16_t)((address + 0x8000) >> 16) : (int16_t)address;
    } else if (op.function) {
        op.imm = (int32_t)op.function->entry - (int32_t)(word + 1);
    }
    if (!op_fits(&op)) {
        refuse(l, op.first, "the address of %s cannot be loaded through; a function's address is no data",
               op.function ? op.function->name : "a function");
        return;
    }
    l->words[word] = op_encode(&op);
    struct lower_map_entry *last = l->map_count ? &l->map[l->map_count - 1] : NULL;
    if (last && last->first == op.first && last->last == op.last) return;
    l->map[l->map_count++] = (struct lower_map_entry){word, op.first, op.last};
}

void encode_words(struct lower *l) {
    l->words = POOL_ARRAY(&l->pool, uint32_t, l->word_count);
    l->map = POOL_ARRAY(&l->pool, struct lower_map_entry, l->word_count);
    l->words[0] = OP_STOP;
    for (uint32_t i = 0; i < l->function_count && !l->refused; i++) {
        const struct function *f = &l->functions[i];
        for (uint32_t w = f->entry; f->reached && w < f->word_end && !l->refused; w++)
            encode_word(l, f->words[w - f->entry], w);
    }
}
