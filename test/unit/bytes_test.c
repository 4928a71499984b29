#include "core/base/arena.h"
#include "core/base/bytes.h"
#include "test/unit/check.h"

static void reader_takes_little_endian_fields_in_order(void) {
    static const uint8_t wire[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    struct reader in = reader_of(wire, sizeof wire);
    CHECK_EQ(0x01, take_u8(&in));
    CHECK_EQ(0x0302, take_u16(&in));
    CHECK_EQ(0x07060504, take_u32(&in));
    CHECK_EQ(0x0f0e0d0c0b0a0908, take_u64(&in));
    CHECK(!in.bad);
}

static void reader_stays_bad_after_a_take_past_the_end(void) {
    static const uint8_t wire[] = {1, 2, 3};
    struct reader in = reader_of(wire, sizeof wire);
    CHECK_EQ(0, take_u32(&in));
    CHECK(in.bad);
    CHECK_EQ(0, take_u8(&in));
    CHECK(take_bytes(&in, 0) == NULL);
}

static void writer_refuses_what_does_not_fit_and_keeps_what_did(void) {
    uint8_t wire[5];
    struct writer out = writer_of(wire, sizeof wire);
    put_u32(&out, 0x04030201);
    put_u16(&out, 0xffff);
    CHECK(out.full);
    CHECK_EQ(4, out.length);
    put_u8(&out, 5);
    CHECK_EQ(4, out.length);
}

static void arena_aligns_zeroes_and_ends(void) {
    _Alignas(8) uint8_t block[32];
    memset(block, 0xaa, sizeof block);
    struct arena arena = arena_of(block, sizeof block);
    CHECK(ARENA_ARRAY(&arena, uint8_t, 1) == block);
    uint32_t *words = ARENA_ARRAY(&arena, uint32_t, 2);
    CHECK(words == (uint32_t *)(void *)(block + 4));
    CHECK_EQ(0, words[1]);
    CHECK(ARENA_ARRAY(&arena, uint8_t, 21) == NULL);
    CHECK(ARENA_ARRAY(&arena, uint8_t, 20) == block + 12);
    CHECK(arena_take(&arena, SIZE_MAX, 8, 1) == NULL);
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(reader_takes_little_endian_fields_in_order),
        TEST(reader_stays_bad_after_a_take_past_the_end),
        TEST(writer_refuses_what_does_not_fit_and_keeps_what_did),
        TEST(arena_aligns_zeroes_and_ends),
    };
    return CHECK_RUN(tests);
}
