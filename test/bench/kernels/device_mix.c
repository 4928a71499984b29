/* device_mix: what small devices do all day, in the proportions of the well-known benchmark: a linked list is
 * searched, reversed and sorted, a matrix of 16-bit numbers is multiplied and scanned, a state machine reads numbers
 * from text, and a CRC runs over all. */
#include "kernel.h"

enum { NODES = 1024, SIDE = 24, TEXT_BYTES = 4096 };

struct node {
    struct node *next;
    int16_t key, rank;
};

enum state { START, SIGN, INTEGER, POINT, FRACTION, EXPONENT, EXPONENT_SIGN, EXPONENT_DIGITS, INVALID, STATES };

static struct node nodes[NODES];
static int16_t a[SIDE][SIDE], b[SIDE][SIDE];
static int32_t c[SIDE][SIDE];
static char text[TEXT_BYTES];

static uint16_t crc16(uint32_t value, uint16_t crc) {
    for (int bit = 0; bit < 16; bit++) {
        uint16_t low = (uint16_t)((value ^ crc) & 1);
        crc = (uint16_t)(crc >> 1);
        if (low) crc ^= 0xa001;
        value >>= 1;
    }
    return crc;
}

static struct node *list_find(struct node *list, int16_t key) {
    while (list && list->key != key) list = list->next;
    return list;
}

static struct node *list_reverse(struct node *list) {
    struct node *reversed = 0;
    while (list) {
        struct node *next = list->next;
        list->next = reversed;
        reversed = list;
        list = next;
    }
    return reversed;
}

static int by_key(const struct node *left, const struct node *right) { return left->key - right->key; }
static int by_rank(const struct node *left, const struct node *right) { return left->rank - right->rank; }

static struct node *merge(struct node *left, struct node *right,
                          int (*order)(const struct node *, const struct node *)) {
    struct node head = {0, 0, 0}, *tail = &head;
    while (left && right) {
        struct node **smaller = order(left, right) <= 0 ? &left : &right;
        tail = tail->next = *smaller;
        *smaller = (*smaller)->next;
    }
    tail->next = left ? left : right;
    return head.next;
}

static struct node *list_sort(struct node *list, uint32_t count,
                              int (*order)(const struct node *, const struct node *)) {
    if (count < 2) {
        if (list) list->next = 0;
        return list;
    }
    struct node *right = list;
    for (uint32_t i = 0; i < count / 2; i++) right = right->next;
    struct node *left = list_sort(list, count / 2, order);
    return merge(left, list_sort(right, count - count / 2, order), order);
}

static uint16_t list_work(uint32_t seed, uint16_t crc) {
    struct node *list = 0;
    for (int i = 0; i < NODES; i++) {
        nodes[i] = (struct node){list, (int16_t)(kernel_random(&seed) & 0x7fff), (int16_t)i};
        list = &nodes[i];
    }
    for (int i = 0; i < 24; i++) {
        const struct node *found = list_find(list, nodes[(i * 41) % NODES].key);
        crc = crc16(found ? (uint32_t)found->rank : 0xffff, crc);
        list = list_reverse(list);
    }
    list = list_sort(list, NODES, by_key);
    for (const struct node *node = list; node; node = node->next)
        if ((node->rank & 31) == 0) crc = crc16((uint32_t)node->key, crc);
    list = list_sort(list, NODES, by_rank);
    return crc16((uint32_t)list->key, crc);
}

static uint16_t matrix_work(uint32_t seed, uint16_t crc) {
    for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++) {
            a[i][j] = (int16_t)kernel_random(&seed);
            b[i][j] = (int16_t)(kernel_random(&seed) & 0xff);
        }
    int32_t above = 0, previous = 0;
    for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++) {
            int32_t sum = 0;
            for (int k = 0; k < SIDE; k++) {
                int32_t product = a[i][k] * b[k][j];
                sum += (product >> 2 & 0xf) * (product >> 5 & 0x7f);
            }
            c[i][j] = sum;
            above += sum > previous ? 10 : 0;
            previous = sum;
        }
    return crc16((uint32_t)above, crc16((uint32_t)c[SIDE / 2][SIDE / 3], crc));
}

static enum state state_next(enum state state, char at) {
    int digit = at >= '0' && at <= '9';
    switch (state) {
    case START: return digit ? INTEGER : at == '+' || at == '-' ? SIGN : at == '.' ? POINT : INVALID;
    case SIGN: return digit ? INTEGER : at == '.' ? POINT : INVALID;
    case INTEGER: return digit ? INTEGER : at == '.' ? POINT : at == 'e' ? EXPONENT : INVALID;
    case POINT:
    case FRACTION: return digit ? FRACTION : at == 'e' ? EXPONENT : INVALID;
    case EXPONENT: return digit ? EXPONENT_DIGITS : at == '+' || at == '-' ? EXPONENT_SIGN : INVALID;
    case EXPONENT_SIGN:
    case EXPONENT_DIGITS: return digit ? EXPONENT_DIGITS : INVALID;
    case INVALID:
    case STATES: break;
    }
    return INVALID;
}

static uint16_t text_work(uint32_t seed, uint16_t crc) {
    static const char pieces[8][8] = {"5012,", "+0.5,", "-12e+3,", "1.5e3,", "T0.3,", "-.5,", "87e+,", "0.00,"};
    uint32_t used = 0, ended[STATES] = {0};
    while (used + 8 < TEXT_BYTES)
        for (const char *from = pieces[kernel_random(&seed) & 7]; *from; from++) text[used++] = *from;
    text[used] = '\0';
    enum state state = START;
    for (const char *at = text; *at; at++) {
        if (*at != ',') {
            state = state_next(state, *at);
            continue;
        }
        ended[state]++;
        state = START;
    }
    for (int i = 0; i < STATES; i++) crc = crc16(ended[i], crc);
    return crc;
}

uint32_t kernel(uint32_t rounds) {
    uint16_t crc = (uint16_t)rounds;
    for (uint32_t round = 0; round < rounds; round++) {
        crc = list_work(round + crc, crc);
        crc = matrix_work(round + crc, crc);
        crc = text_work(round + crc, crc);
    }
    return (uint32_t)crc << 16 | (crc ^ rounds);
}
