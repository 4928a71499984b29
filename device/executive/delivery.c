#include "device/executive/delivery.h"

#include <string.h>

#include "core/trust/trust.h"
#include "device/executive/loading.h"
#include "device/executive/upload.h"

enum {
    PIECE_BYTES = 256,
    CHUNKS_UNDER_WAY = 3,
    LEAVE_US = 50000, /* for the answer to be sent; in an emergency */
    EMERGENCY_US = 5000,
    HASH_PARAMETER = 3, /* of begin and verify */
    BYTES_PER_KIB = 1024,
};

/* VERIFYING: nothing came; what is in a slot is compared. */
enum phase { PHASE_NONE, PHASE_RECEIVING, PHASE_CHECKING, PHASE_DONE, PHASE_VERIFYING };

struct delivery {
    struct transfer transfer;
    const struct delivery_place *place;
    struct delivery_place memory; /* of a board that has no place */
    struct upload *upload;        /* in it */
    uint32_t phase, session;
    uint16_t link, load;
    struct job job; /* what it finds: */
    bool is_whole;
    bool leaves, emergency;
    uint64_t leave_us;
};

/* ---- into memory */

static enum status begin_in_memory(void *context, struct transfer *transfer, uint32_t *received) {
    struct hive *hive = context;
    (void)received;
    enum status status = upload_take(hive, transfer->bytes, &hive->delivery->upload);
    if (status == ST_OK) return ST_OK;
    transfer->reason = WHY_ROOM;
    transfer->detail = status == ST_QUOTA ? hive->config->upload_bytes : hive->config->uploads_max;
    return status;
}
static enum status write_memory(void *context, struct transfer *transfer, const uint8_t *bytes, uint32_t length) {
    memcpy(((struct hive *)context)->delivery->upload->bytes + transfer->received, bytes, length);
    return ST_OK;
}
static enum status read_memory(void *context, uint32_t slot, uint32_t offset, void *to, size_t length) {
    (void)slot;
    memcpy(to, ((struct hive *)context)->delivery->upload->bytes + offset, length);
    return ST_OK;
}
static enum status accept_in_memory(void *context, struct transfer *transfer, uint16_t *load) {
    struct hive *hive = context;
    (void)transfer;
    return upload_load(hive, hive->delivery->upload, load);
}
static void let_go_of_memory(void *context) { ((struct hive *)context)->delivery->upload->state = UPLOAD_FREE; }

/* ---- the hash, read back */

static bool has_hash(const struct delivery *delivery, const struct transfer *transfer) {
    uint8_t piece[PIECE_BYTES], found[TRANSFER_HASH_BYTES];
    struct trust_hash hash;
    trust_hash_start(&hash);
    for (uint32_t at = 0; at < transfer->bytes; at += PIECE_BYTES) {
        uint32_t left = transfer->bytes - at, length = left < PIECE_BYTES ? left : PIECE_BYTES;
        if (delivery->place->read(delivery->place->sink.context, transfer->slot, at, piece, length) != ST_OK)
            return false;
        trust_hash_add(&hash, piece, length);
    }
    trust_hash_end(&hash, found);
    return memcmp(found, transfer->hash, sizeof found) == 0;
}

static void check_delivery(struct job *job) {
    struct delivery *delivery = job->context;
    delivery->is_whole = has_hash(delivery, &delivery->transfer);
}

/* ---- the hive */

bool delivery_init(struct hive *hive, struct arena *arena) {
    struct delivery *delivery = ARENA_ARRAY(arena, struct delivery, 1);
    if (!delivery) return false;
    const struct hive_board *board = hive->config->board;
    hive->delivery = delivery;
    delivery->memory = (struct delivery_place){
        .sink = {.context = hive, .begin = begin_in_memory, .write = write_memory},
        .read = read_memory,
        .accept = accept_in_memory,
        .let_go = let_go_of_memory,
    };
    delivery->place = board && board->place ? board->place : &delivery->memory;
    delivery->job = (struct job){.run = check_delivery, .context = delivery};
    return true;
}

size_t delivery_bytes(void) { return sizeof(struct delivery); }

static void drop(struct delivery *delivery) {
    const bool is_kept = delivery->phase == PHASE_RECEIVING || delivery->phase == PHASE_CHECKING;
    if (is_kept && delivery->transfer.bytes > 0) delivery->place->let_go(delivery->place->sink.context);
    delivery->phase = PHASE_NONE;
    delivery->transfer = (struct transfer){0};
}

size_t delivery_take(struct hive *hive, const struct hive_link *link, uint64_t now_us, const uint8_t *payload,
                     size_t length, uint8_t answer[TRANSFER_ANSWER_BYTES]) {
    struct delivery *delivery = hive->delivery;
    if (delivery->phase == PHASE_NONE || delivery->phase == PHASE_VERIFYING || delivery->link != link->number) return 0;
    struct session *session = session_find(&hive->sessions, delivery->session);
    if (session) session->heard_us = now_us;
    return transfer_take(&delivery->transfer, &delivery->place->sink, payload, length, link->credit, answer);
}

/* The job runs, or waits to. */
static bool is_checking(const struct delivery *delivery) {
    const bool is_asked = delivery->phase == PHASE_CHECKING || delivery->phase == PHASE_VERIFYING;
    return is_asked && delivery->job.state != JOB_DONE;
}

enum link_state delivery_state(const struct hive *hive) {
    const struct delivery *delivery = hive->delivery;
    if (delivery->leaves) return LINK_BOOT_REQUESTED;
    if (executive_condition(hive->executive) != HIVE_NORMAL) return LINK_DEGRADED;
    if (is_checking(delivery) || loading_is_busy(hive->executive)) return LINK_PROCESSING;
    return delivery->phase == PHASE_RECEIVING ? LINK_RECEIVING : LINK_READY;
}

uint64_t delivery_step(struct hive *hive, uint64_t now_us) {
    struct delivery *delivery = hive->delivery;
    const struct hive_board *board = hive->config->board;
    if (!delivery->leaves) return UINT64_MAX;
    const bool is_busy = is_checking(delivery) || loading_is_busy(hive->executive);
    if (now_us < delivery->leave_us || (is_busy && !delivery->emergency)) return now_us + LEAVE_US;
    board->leave(board->context, delivery->emergency);
    return UINT64_MAX;
}

/* ---- handlers: transfer */

static bool has_hash_of(const struct delivery *delivery, const struct transfer *wanted) {
    const bool is_kept = delivery->phase == PHASE_RECEIVING || delivery->phase == PHASE_CHECKING;
    return is_kept && delivery->transfer.status == ST_OK && delivery->transfer.bytes == wanted->bytes &&
           memcmp(delivery->transfer.hash, wanted->hash, TRANSFER_HASH_BYTES) == 0;
}

/* Something is being read back, or a transfer is under way and who began it is there. */
static bool is_held(const struct hive *hive) {
    const struct delivery *delivery = hive->delivery;
    const bool is_kept = delivery->phase == PHASE_RECEIVING || delivery->phase == PHASE_CHECKING;
    return is_checking(delivery) ||
           (is_kept && delivery->transfer.status == ST_OK && session_find(&hive->sessions, delivery->session) != NULL);
}

static uint16_t chunk_of(const struct hive_link *link) {
    uint32_t chunk = link->credit / CHUNKS_UNDER_WAY, most = HIVE_MESSAGE_BYTES - TRANSFER_HEAD_BYTES;
    if (chunk > most) chunk = most;
    return (uint16_t)(chunk - chunk % TRANSFER_UNIT_BYTES);
}

static void tell_begin(const struct operation *operation, struct transfer_begin_result *result) {
    const struct transfer *transfer = &operation->hive->delivery->transfer;
    *result = (struct transfer_begin_result){.transfer = transfer_number(transfer->hash),
                                             .received = transfer->received,
                                             .chunk_max = chunk_of(operation->link),
                                             .credit = operation->link->credit};
}

enum status operate_transfer_begin(struct operation *operation, const struct transfer_begin_parameters *parameters,
                                   struct transfer_begin_result *result) {
    struct delivery *delivery = operation->hive->delivery;
    struct transfer wanted = {.target = parameters->target, .slot = parameters->slot, .bytes = parameters->bytes};
    if (parameters->hash_bytes != TRANSFER_HASH_BYTES)
        return operation_refuse(operation, ST_INVALID, WHY_PARAMETER, HASH_PARAMETER);
    if (parameters->target != TRANSFER_GUEST || chunk_of(operation->link) == 0)
        return operation_refuse(operation, ST_UNSUPPORTED, WHY_TARGET, parameters->target);
    memcpy(wanted.hash, parameters->hash, TRANSFER_HASH_BYTES);
    const bool goes_on = has_hash_of(delivery, &wanted);
    const bool is_own = delivery->session == operation->session->id && !is_checking(delivery);
    if (is_held(operation->hive) && !goes_on && !is_own)
        return operation_refuse(operation, ST_BUSY, WHY_TRANSFER, delivery->session);
    if (!goes_on) drop(delivery);
    enum status status = transfer_begin(&delivery->transfer, &delivery->place->sink, &wanted);
    if (status != ST_OK) {
        uint8_t reason = delivery->transfer.reason;
        uint32_t detail = delivery->transfer.detail;
        delivery->transfer = (struct transfer){0};
        return operation_refuse(operation, status, (enum operation_reason)reason, detail);
    }
    if (!goes_on) delivery->phase = PHASE_RECEIVING;
    delivery->session = operation->session->id;
    delivery->link = operation->link->number;
    tell_begin(operation, result);
    return ST_OK;
}

static bool is_it(const struct operation *operation, uint16_t number) {
    const struct delivery *delivery = operation->hive->delivery;
    return delivery->phase != PHASE_NONE && delivery->phase != PHASE_VERIFYING &&
           number == transfer_number(delivery->transfer.hash);
}

/* Always AGAIN: the job says more later. */
static enum status start_check(struct operation *operation, enum phase phase) {
    struct executive *executive = operation->hive->executive;
    struct delivery *delivery = operation->hive->delivery;
    delivery->job.cost_us =
        (delivery->transfer.bytes + BYTES_PER_KIB - 1) / BYTES_PER_KIB * executive->config->check_us_per_kib;
    executive_ask(executive, &delivery->job);
    delivery->phase = phase;
    return operation_refuse(operation, ST_AGAIN, WHY_CHECKING, 0);
}

/* What the job found: ST_OK, or why not. */
static enum status what_was_found(struct operation *operation) {
    struct delivery *delivery = operation->hive->delivery;
    if (delivery->job.state != JOB_DONE) return operation_refuse(operation, ST_AGAIN, WHY_CHECKING, 0);
    delivery->job.state = JOB_FREE;
    return delivery->is_whole ? ST_OK : operation_refuse(operation, ST_CORRUPT, WHY_HASH, 0);
}

static enum status take_what_was_checked(struct operation *operation) {
    struct delivery *delivery = operation->hive->delivery;
    const enum status found = what_was_found(operation);
    if (found == ST_CORRUPT) drop(delivery);
    if (found != ST_OK) return found;
    enum status status = delivery->place->accept(delivery->place->sink.context, &delivery->transfer, &delivery->load);
    if (status == ST_OK) delivery->phase = PHASE_DONE;
    if (status == ST_OK) return ST_OK;
    if (status == ST_BUSY) { /* other artifacts are being checked: asked again, it will be its turn */
        delivery->job.state = JOB_DONE;
        return operation_refuse(operation, ST_AGAIN, WHY_CHECKING, 0);
    }
    (void)operation_refuse(operation, status, (enum operation_reason)delivery->transfer.reason,
                           delivery->transfer.detail);
    drop(delivery);
    return status;
}

enum status operate_transfer_end(struct operation *operation, const struct transfer_end_parameters *parameters,
                                 struct transfer_end_result *result) {
    struct delivery *delivery = operation->hive->delivery;
    const struct transfer *transfer = &delivery->transfer;
    enum status status = ST_OK;
    if (!is_it(operation, parameters->transfer)) return operation_refuse(operation, ST_NOT_FOUND, WHY_TRANSFER, 0);
    if (transfer->status != ST_OK)
        return operation_refuse(operation, (enum status)transfer->status, (enum operation_reason)transfer->reason,
                                transfer->detail);
    if (delivery->phase == PHASE_RECEIVING && transfer->received < transfer->bytes)
        return operation_refuse(operation, ST_AGAIN, WHY_TRANSFER, transfer->received);
    if (delivery->phase == PHASE_RECEIVING)
        status = start_check(operation, PHASE_CHECKING);
    else if (delivery->phase == PHASE_CHECKING)
        status = take_what_was_checked(operation);
    result->load = delivery->load;
    return status;
}

enum status operate_transfer_abort(struct operation *operation, const struct transfer_abort_parameters *parameters) {
    struct delivery *delivery = operation->hive->delivery;
    if (!is_it(operation, parameters->transfer)) return operation_refuse(operation, ST_NOT_FOUND, WHY_TRANSFER, 0);
    if (delivery->phase == PHASE_CHECKING) return operation_refuse(operation, ST_BUSY, WHY_CHECKING, 0);
    drop(delivery);
    return ST_OK;
}

static bool is_same_question(const struct transfer *asked, const struct transfer_verify_parameters *parameters) {
    return asked->slot == parameters->slot && asked->bytes == parameters->bytes &&
           memcmp(asked->hash, parameters->hash, TRANSFER_HASH_BYTES) == 0;
}

enum status operate_transfer_verify(struct operation *operation, const struct transfer_verify_parameters *parameters) {
    struct delivery *delivery = operation->hive->delivery;
    if (parameters->hash_bytes != TRANSFER_HASH_BYTES)
        return operation_refuse(operation, ST_INVALID, WHY_PARAMETER, HASH_PARAMETER);
    if (parameters->target != TRANSFER_GUEST)
        return operation_refuse(operation, ST_UNSUPPORTED, WHY_TARGET, parameters->target);
    if (parameters->slot == 0 || parameters->slot > delivery->place->slots)
        return operation_refuse(operation, ST_NOT_FOUND, WHY_SLOT, parameters->slot);
    if (delivery->phase == PHASE_VERIFYING && is_same_question(&delivery->transfer, parameters)) {
        const enum status found = what_was_found(operation);
        if (found != ST_AGAIN) drop(delivery);
        return found;
    }
    if (is_held(operation->hive)) return operation_refuse(operation, ST_BUSY, WHY_TRANSFER, delivery->session);
    drop(delivery);
    delivery->transfer = (struct transfer){.slot = parameters->slot, .bytes = parameters->bytes};
    memcpy(delivery->transfer.hash, parameters->hash, TRANSFER_HASH_BYTES);
    return start_check(operation, PHASE_VERIFYING);
}

/* ---- handlers: boot */

enum status operate_boot_info(struct operation *operation, struct boot_info_result *result) {
    const struct hive_board *board = operation->hive->config->board;
    *result = (struct boot_info_result){
        .role = ROLE_RUNTIME,
        .state = (uint8_t)delivery_state(operation->hive),
        .version = board ? board->version : 0,
        .security = operation->hive->executive->config->security_version,
        .board = board ? board->name : operation->hive->config->name,
    };
    return ST_OK;
}

enum status operate_boot_enter(struct operation *operation, const struct boot_enter_parameters *parameters) {
    struct delivery *delivery = operation->hive->delivery;
    const struct hive_board *board = operation->hive->config->board;
    if (!board || !board->leave) return operation_refuse(operation, ST_UNSUPPORTED, WHY_TARGET, TRANSFER_FIRMWARE);
    delivery->emergency = delivery->emergency || parameters->emergency;
    delivery->leave_us = operation->now_us + (parameters->emergency ? EMERGENCY_US : LEAVE_US);
    delivery->leaves = true;
    executive_stop(operation->hive->executive);
    return ST_OK;
}

/* What only a bootloader does. */
static enum status refuse_for_bootloader(struct operation *operation) {
    return operation_refuse(operation, ST_UNSUPPORTED, WHY_TARGET, TRANSFER_FIRMWARE);
}
enum status operate_boot_start(struct operation *operation) { return refuse_for_bootloader(operation); }
enum status operate_boot_previous(struct operation *operation) { return refuse_for_bootloader(operation); }
enum status operate_boot_hash(struct operation *operation, const struct boot_hash_parameters *parameters,
                              struct boot_hash_result *result) {
    (void)parameters;
    (void)result;
    return refuse_for_bootloader(operation);
}
enum status operate_boot_state(struct operation *operation, struct boot_state_result *result) {
    (void)result;
    return refuse_for_bootloader(operation);
}

bool list_boot_slots(struct operation *operation, uint32_t after, struct boot_slots_row *row) {
    const struct hive_board *board = operation->hive->config->board;
    return board && board->slot && board->slot(board->context, after, row);
}
