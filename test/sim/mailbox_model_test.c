/* Mailboxes against a plain model: a queue for each reader, and nothing shared. */
#include "core/base/bytes.h"
#include "device/executive/mailbox.h"
#include "test/sim/rig.h"
#include "test/unit/check.h"

#include <stdlib.h>

enum { QUEUE = CALL_MAILBOX_MODE_QUEUE, DROP = CALL_MAILBOX_MODE_DROP };

enum { MODEL_BOXES = 4, MODEL_READERS = 3, MODEL_MESSAGES = 64 };

struct model_message {
    uint16_t channel;
    uint8_t length;
};
struct model_reader {
    uint32_t handle;
    struct model_message queue[MODEL_MESSAGES];
    size_t count;
    bool open, overrun;
};
struct model_box {
    uint32_t capacity, mode, index, handle;
    struct mailbox_name name;
    struct model_reader reader[MODEL_READERS];
    bool there;
};

static uint32_t model_used(const struct model_reader *reader) {
    uint32_t used = 0;
    for (size_t i = 0; i < reader->count; i++) used += 8u + reader->queue[i].length;
    return used;
}

static bool model_fits(const struct model_box *box, uint32_t cost) {
    for (size_t i = 0; i < MODEL_READERS; i++) {
        if (box->reader[i].open && model_used(&box->reader[i]) + cost > box->capacity) return false;
    }
    return true;
}

static void model_drop(struct model_box *box, uint32_t cost) {
    for (size_t i = 0; i < MODEL_READERS; i++) {
        struct model_reader *reader = &box->reader[i];
        while (reader->open && model_used(reader) + cost > box->capacity) {
            memmove(reader->queue, reader->queue + 1, --reader->count * sizeof *reader->queue);
            reader->overrun = true;
        }
    }
}

static void model_bind(struct executive *executive, struct model_box *box, uint32_t number) {
    *box = (struct model_box){.capacity = 16 + (uint32_t)rand() % 200, .mode = (uint32_t)rand() % 3, .there = true};
    box->name =
        (struct mailbox_name){.space = box->mode == QUEUE ? SPACE_APP : SPACE_SHARED, .text = {(char)('a' + number)}};
    struct mailbox_request request = {.capacity = box->capacity, .mode = box->mode, .tapped = MAILBOX_NONE};
    CHECK_EQ(ST_OK, mailbox_bind(executive, 1, &box->name, &request, &box->handle));
    box->index = mailbox_find(executive, &box->name);
    box->reader[0].handle = box->handle;
    box->reader[0].open = box->mode == QUEUE;
}

static void model_close(struct executive *executive, struct model_box *box) {
    for (size_t i = 0; i < MODEL_READERS; i++) {
        if (box->reader[i].open && box->reader[i].handle != box->handle)
            mailbox_close(executive, mailbox_handle_find(executive, 1, box->reader[i].handle));
    }
    mailbox_close(executive, mailbox_handle_find(executive, 1, box->handle));
    box->there = false;
}

static void model_send(struct executive *executive, struct model_box *box) {
    uint8_t bytes[MAILBOX_MESSAGE_BYTES_MAX];
    struct model_message sent = {(uint16_t)rand(), (uint8_t)(1 + rand() % 60)};
    memset(bytes, sent.channel & 0xff, sizeof bytes);
    struct mailbox_message message = {.sender = 1, .channel = sent.channel, .length = sent.length, .bytes = bytes};
    enum status want = 8u + sent.length > box->capacity ? ST_INVALID : ST_OK;
    if (want == ST_OK && box->mode == DROP) model_drop(box, 8u + sent.length);
    if (want == ST_OK && !model_fits(box, 8u + sent.length)) want = ST_FULL;
    CHECK_EQ(want, mailbox_send(executive, box->index, &message));
    for (size_t i = 0; i < MODEL_READERS && want == ST_OK; i++) {
        struct model_reader *reader = &box->reader[i];
        if (reader->open) reader->queue[reader->count++] = sent;
    }
}

static void model_receive(struct executive *executive, struct model_reader *reader) {
    uint8_t got_bytes[256], want_bytes[MAILBOX_MESSAGE_BYTES_MAX];
    uint32_t got = 0;
    struct mailbox_handle *handle = mailbox_handle_find(executive, 1, reader->handle);
    enum status status = mailbox_receive(executive, handle, got_bytes, sizeof got_bytes, &got);
    CHECK_EQ(reader->count > 0 ? ST_OK : ST_AGAIN, status);
    if (status != ST_OK) return;
    struct model_message want = reader->queue[0];
    memset(want_bytes, want.channel & 0xff, sizeof want_bytes);
    CHECK_EQ(8u + want.length, got);
    CHECK_EQ(want.channel, load_le16(got_bytes + CALL_MAILBOX_HEAD_CHANNEL));
    CHECK_EQ(reader->overrun ? MAILBOX_FLAG_OVERRUN : 0, got_bytes[CALL_MAILBOX_HEAD_FLAGS]);
    CHECK(memcmp(want_bytes, got_bytes + 8, want.length) == 0);
    memmove(reader->queue, reader->queue + 1, --reader->count * sizeof *reader->queue);
    reader->overrun = false;
}

static void model_change_reader(struct executive *executive, struct model_box *box, struct model_reader *reader) {
    if (box->mode == QUEUE) return;
    if (reader->open) {
        mailbox_close(executive, mailbox_handle_find(executive, 1, reader->handle));
        reader->open = false;
        return;
    }
    *reader = (struct model_reader){.open = true};
    CHECK_EQ(ST_OK, mailbox_open(executive, 1, box->index, true, &reader->handle));
}

static void mailboxes_do_as_a_plain_model_does(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    static struct model_box boxes[MODEL_BOXES];
    memset(boxes, 0, sizeof boxes);
    srand(11);
    for (int round = 0; round < 100000; round++) {
        uint32_t number = (uint32_t)rand() % MODEL_BOXES;
        struct model_box *box = &boxes[number];
        struct model_reader *reader = &box->reader[rand() % MODEL_READERS];
        int what = rand() % 100;
        if (!box->there) model_bind(rig->executive, box, number);
        if (what < 2)
            model_close(rig->executive, box);
        else if (what < 10)
            model_change_reader(rig->executive, box, reader);
        else if (what < 55)
            model_send(rig->executive, box);
        else if (reader->open)
            model_receive(rig->executive, reader);
    }
    mailbox_release(rig->executive, 1, true);
    CHECK_EQ(0, rig->executive->mail_used + rig->executive->mailboxes_used + rig->executive->handles_used);
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(mailboxes_do_as_a_plain_model_does),
    };
    return CHECK_RUN(tests);
}
