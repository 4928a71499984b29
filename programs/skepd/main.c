/* skepd: a hive as a Linux process: the executive as it runs on a board, operated over a Unix socket and, with a token,
 * over TCP. One thread waits for sockets and for the time that the executive names, and does what is due; another
 * checks artifacts, and touches nothing else. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "core/base/require.h"
#include "device/display/status_page.h"
#include "device/executive/evidence.h"
#include "device/executive/executive.h"
#include "device/executive/vigil.h"
#include "device/port/linux/linux.h"
#include "host/file/file.h"
#include "programs/skepd/config.h"
#include "programs/skepd/connection.h"
#include "programs/skepd/listener.h"
#include "programs/skepd/notify.h"
#include "programs/skepd/worker.h"
#include "programs/state/state_file.h"

enum {
    CONNECTIONS_MAX = 64,
    WATCHED = 3,           /* two sockets and the signals, before the connections */
    QUANTUM_WORDS = 20000, /* about 0.1 ms */
    STEPS_A_ROUND = 32,    /* of the executive, before sockets are looked at again */
    CONSOLE_BYTES = 65536,
    MAILBOX_BYTES = 65536,
    LOG_BYTES = 262144,
    LOG_BYTES_A_SECOND = 16384, /* of one task */
    NS_PER_US = 1000,
    US_PER_S = 1000000,
    BLACKBOX_BYTES = 65536,
    PAGE_BYTES = sizeof(struct status_page),
    EXIT_BAD_USAGE = 64,
    EXIT_BAD_CONFIG = 78,
};

/* What has to run beside the executive, or the service manager's watchdog bites. */
enum service { SERVICE_SOCKETS, SERVICE_HIVE, SERVICE_NEWS };

struct daemon {
    const char *path; /* of the settings */
    struct skepd_config config;
    struct artifact_capability grant[CONFIG_GRANTS_MAX];
    struct executive_config executive_config;
    struct hive_config hive_config;
    struct executive *executive;
    struct hive *hive;
    void *memory;
    int local, tcp; /* listeners; tcp -1: none */
    uint16_t next_link;
    struct connection *connection; /* CONNECTIONS_MAX */
    uint64_t due_us;               /* when there is something to do */
    int signals;                   /* SIGINT, SIGTERM and SIGHUP can be read from it */
    bool ended;
    struct worker worker;
    struct vigil vigil; /* period 0: nobody watches */
    struct hive_host host;
    bool again;            /* it ends to begin anew */
    struct config_row row; /* the setting that was told last */
    char page[PAGE_BYTES + 1], drawn[PAGE_BYTES + 1];
    bool draws;       /* the page, on stdout */
    uint64_t draw_us; /* next */
    struct file_map kept;
    struct blackbox blackbox;
    struct file_bytes start[CONFIG_STARTS_MAX]; /* artifacts that start by themselves, as long as the hive lives */
    uint32_t next_start;
    struct folder files;     /* of the guests, if the configuration names one */
    struct state_file state; /* likewise */
};

/* ---- settings ---- */

/* What can change while the hive runs: for later loads and events, and what the executive looks at when it needs it. */
static void apply(struct daemon *daemon) {
    const struct skepd_config *config = &daemon->config;
    struct executive_config *const executive = &daemon->executive_config;
    executive->grants = daemon->grant;
    executive->grant_count = config_grants(config, daemon->grant);
    executive->tell_values = config->tell_values;
    executive->tell_traffic = config->tell_traffic;
    executive->moves_told = config->moves;
    executive->restarts_max = config->restarts_max;
    executive->restart_delay_us = config->restart_delay_ms * 1000;
    executive->quarantine_failures = config->quarantine_failures;
    executive->quarantine_ms = config->quarantine_ms;
    executive->budget = config->budget;
    daemon->hive_config.factory = config->factory;
    daemon->hive_config.keep_events = config->keep_events;
}

/* ---- what is asked of this host ---- */

static bool tell_setting(void *context, uint32_t index, struct hive_setting *setting) {
    struct daemon *daemon = context;
    if (!config_row(&daemon->config, index, &daemon->row)) return false;
    *setting = (struct hive_setting){daemon->row.name, daemon->row.value, daemon->row.takes, daemon->row.restart};
    return true;
}

static enum status change_setting(void *context, const char *name, const char *value) {
    struct daemon *daemon = context;
    enum status status = config_set(&daemon->config, name, value);
    if (status == ST_OK) apply(daemon);
    return status;
}

static const char *make_page(void *context) {
    struct daemon *daemon = context;
    struct status_page page;
    bool lost = executive_causes(daemon->executive) >> CAUSE_LINK & 1, up = false;
    for (uint32_t i = 0; i < daemon->hive->sessions.max; i++) up = up || daemon->hive->sessions.session[i].id != 0;
    const struct status_facts facts = {.hive = daemon->config.name,
                                       .link = up     ? STATUS_LINK_UP
                                               : lost ? STATUS_LINK_LOST
                                                      : STATUS_LINK_NONE};
    status_page_render(&page, daemon->executive, &facts, port_now_us());
    memcpy(daemon->page, page.text, sizeof page.text);
    return daemon->page;
}

static enum status end_hive(void *context, bool again) {
    struct daemon *daemon = context;
    daemon->ended = true;
    daemon->again = again;
    return ST_OK;
}

/* Over the last one, when it has changed. */
static void draw_page(struct daemon *daemon) {
    uint64_t now_us = port_now_us();
    if (!daemon->draws || now_us < daemon->draw_us) return;
    daemon->draw_us = now_us + US_PER_S / 4;
    (void)make_page(daemon);
    if (strcmp(daemon->page, daemon->drawn) == 0) return;
    if (daemon->drawn[0] != '\0' && isatty(STDOUT_FILENO)) printf("\x1b[%dA", STATUS_PAGE_LINES);
    for (int line = 0; line < STATUS_PAGE_LINES; line++)
        printf("%.*s\n", STATUS_PAGE_COLUMNS, daemon->page + line * STATUS_PAGE_COLUMNS);
    fflush(stdout);
    memcpy(daemon->drawn, daemon->page, sizeof daemon->drawn);
}

/* ---- setting up ---- */

static void configure(struct daemon *daemon) {
    const struct skepd_config *config = &daemon->config;
    struct executive_config *const executive = &daemon->executive_config;
    *executive = executive_config_of_profile();
    executive_config_scale(executive, (uint16_t)config->tasks);
    executive->allow_unsigned = config->allow_unsigned;
    executive->keys = config->has_keys ? config->keys : NULL;
    executive->keys_bytes = config->has_keys ? sizeof config->keys : 0;
    executive->quantum_words = QUANTUM_WORDS;
    executive->start_wait_ms = config->start_wait_ms;
    executive->settle_ms = config->settle_ms;
    executive->boots_max = config->boots_max;
    executive->events_max = 1024;
    executive->console_in_bytes = executive->console_out_bytes = CONSOLE_BYTES;
    executive->pool_bytes = config->memory_kib * 1024;
    executive->mailbox_bytes = MAILBOX_BYTES * config->tasks;
    executive->mailbox_bytes_of_task = MAILBOX_BYTES;
    executive->file_bytes_of_task = config->file_kib * 1024;
    executive->log_bytes = LOG_BYTES;
    executive->log_rate = LOG_BYTES_A_SECOND;
    struct hive_config *const hive = &daemon->hive_config;
    *hive = hive_config_of_profile();
    hive->name = config->name;
    hive->boot = (uint32_t)time(NULL);
    hive->token = config->token;
    hive->token_bytes = config->token_bytes;
    hive->sessions_max = (uint16_t)config->sessions;
    hive->history_max = config->events;
    hive->uploads_max = (uint16_t)config->tasks;
    hive->upload_bytes = config->artifact_kib * 1024;
    (void)port_random(&hive->boot, sizeof hive->boot);
    daemon->host = (struct hive_host){daemon, tell_setting, change_setting, make_page, end_hive};
    hive->host = &daemon->host;
    apply(daemon);
}

/* The file is what memory that outlives a reset is on a board; this process is the boot. */
static bool open_blackbox(struct daemon *daemon) {
    const char *path = daemon->config.blackbox;
    struct blackbox *const blackbox = &daemon->blackbox;
    if (path[0] == '\0') return true;
    enum status status = file_map(path, BLACKBOX_BYTES, &daemon->kept);
    if (status == ST_RANGE)
        return fprintf(stderr, "skepd: blackbox: %s: it has %zu bytes, not %d; name another file\n", path,
                       daemon->kept.length, BLACKBOX_BYTES),
               false;
    if (status != ST_OK) return fprintf(stderr, "skepd: blackbox: %s: %s\n", path, strerror(errno)), false;
    linux_evidence(daemon->kept.bytes, BLACKBOX_BYTES, PORT_RESET_POWER);
    require(evidence_open(blackbox) == ST_OK);
    if (!daemon->kept.is_new)
        linux_evidence(daemon->kept.bytes, BLACKBOX_BYTES,
                       evidence_ended_by_order(blackbox) ? PORT_RESET_ORDERED : PORT_RESET_OUTSIDE);
    daemon->executive_config.blackbox = blackbox;
    return true;
}

static bool make_hive(struct daemon *daemon) {
    size_t bytes = executive_bytes(&daemon->executive_config) + hive_bytes(&daemon->hive_config);
    daemon->memory = malloc(bytes);
    daemon->connection = calloc(CONNECTIONS_MAX, sizeof *daemon->connection);
    if (!daemon->memory || !daemon->connection)
        return fprintf(stderr, "skepd: there is no memory for %zu bytes of hive\n", bytes), false;
    struct arena arena = arena_of(daemon->memory, bytes);
    daemon->executive = executive_init(&arena, &daemon->executive_config);
    require(daemon->executive != NULL);
    if (daemon->executive_config.blackbox)
        executive_cause(daemon->executive,
                        evidence_boot(&daemon->blackbox, port_reset_reason(), daemon->config.boots_max, port_now_us()),
                        true);
    daemon->hive = hive_init(&arena, &daemon->hive_config, daemon->executive);
    require(daemon->hive != NULL);
    for (size_t i = 0; i < CONNECTIONS_MAX; i++) daemon->connection[i].fd = -1;
    return true;
}

static bool open_files(struct daemon *daemon) {
    const char *path = daemon->config.files;
    if (path[0] == '\0') return true;
    enum status status = folder_open(&daemon->files, path);
    linux_files(status == ST_OK ? &daemon->files : NULL);
    if (status == ST_OK) return true;
    const char *why = status == ST_BUSY     ? "another program has its guests' files there"
                      : status == ST_DENIED ? "it cannot be read and written by this user"
                                            : "there is no such folder; mkdir makes one";
    return fprintf(stderr, "skepd: files: %s: %s\n", path, why), false;
}

static bool open_state(struct daemon *daemon) {
    const char *path = daemon->config.state;
    if (path[0] == '\0') return true;
    const char *why = state_file_open(&daemon->state, path);
    if (why) return fprintf(stderr, "skepd: state: %s: %s\n", path, why), false;
    daemon->executive_config.store = &daemon->state.values;
    daemon->executive_config.store_delay_ms = STATE_DELAY_MS;
    return true;
}

static bool listen_all(struct daemon *daemon) {
    daemon->tcp = -1;
    daemon->local = listener_unix(daemon->config.socket);
    if (daemon->local < 0) return false;
    if (daemon->config.listen[0] != '\0') {
        daemon->tcp = listener_tcp(daemon->config.listen);
        if (daemon->tcp < 0) return (void)unlink(daemon->config.socket), false;
    }
    fprintf(stderr, "skepd: %s listens on %s%s%s\n", daemon->config.name, daemon->config.socket,
            daemon->tcp >= 0 ? " and " : "", daemon->tcp >= 0 ? daemon->config.listen : "");
    return true;
}

/* ---- connections ---- */

static struct connection *free_connection(struct daemon *daemon) {
    for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
        if (daemon->connection[i].fd < 0) return &daemon->connection[i];
    }
    return NULL;
}

static bool number_is_taken(const struct daemon *daemon) {
    for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
        const struct connection *connection = &daemon->connection[i];
        if (connection->fd >= 0 && connection->line.link.number == daemon->next_link) return true;
    }
    return daemon->next_link == LINK_NONE;
}

static void accept_all(struct daemon *daemon, int listener, bool local) {
    for (;;) {
        struct connection *connection = free_connection(daemon);
        int fd = connection ? listener_accept(listener, local) : -1;
        if (fd < 0) return;
        do daemon->next_link++;
        while (number_is_taken(daemon));
        connection_open(connection, fd, daemon->next_link, local, port_now_us());
    }
}

static void show_console(struct daemon *daemon) {
    uint8_t bytes[1024];
    struct executive_output output;
    size_t length;
    while ((length = executive_drain(daemon->executive, &output, bytes, sizeof bytes)) > 0) {
        for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
            struct connection *connection = &daemon->connection[i];
            if (connection->fd >= 0) connection_show(connection, daemon->hive, &output, bytes, length);
        }
    }
}

/* ---- running ---- */

static uint64_t least(uint64_t a, uint64_t b) { return a < b ? a : b; }

static void take_job(struct daemon *daemon) {
    struct job *done = worker_take(&daemon->worker);
    if (done) executive_job_done(daemon->executive, done);
}

static void give_job(struct daemon *daemon) {
    struct job *next = worker_is_free(&daemon->worker) ? executive_job(daemon->executive) : NULL;
    if (next) worker_give(&daemon->worker, next);
}

/* The artifacts that start by themselves, as fast as they are checked. */
static void start_next(struct daemon *daemon) {
    while (daemon->next_start < daemon->config.start_count) {
        const struct config_start *start = &daemon->config.start[daemon->next_start];
        struct file_bytes *file = &daemon->start[daemon->next_start];
        uint16_t load;
        enum status status = file->bytes ? ST_OK : file_read(start->path, file);
        if (status != ST_OK) fprintf(stderr, "skepd: start: %s: %s\n", start->path, strerror(errno));
        if (status == ST_OK)
            status = (start->hold ? executive_load_held : executive_load_later)(daemon->executive, file->bytes,
                                                                                file->length, &load);
        if (status == ST_BUSY) return;
        daemon->next_start++;
    }
}

static void step(struct daemon *daemon) {
    uint64_t due_us = 0, now_us = port_now_us(), next_us = UINT64_MAX;
    start_next(daemon);
    take_job(daemon);
    for (int i = 0; i < STEPS_A_ROUND && due_us <= now_us; i++) {
        now_us = port_now_us();
        due_us = executive_step(daemon->executive, now_us);
        next_us = hive_step(daemon->hive, now_us);
        vigil_served(&daemon->vigil, SERVICE_HIVE);
        show_console(daemon);
    }
    give_job(daemon);
    daemon->due_us = least(due_us, next_us);
}

static void wait(struct daemon *daemon, struct pollfd *polled) {
    uint64_t now_us = port_now_us(), wait_us = daemon->due_us > now_us ? daemon->due_us - now_us : 0;
    wait_us = least(wait_us, US_PER_S); /* peers that never show their token are looked at */
    struct timespec timeout = {(time_t)(wait_us / US_PER_S), (long)(wait_us % US_PER_S) * NS_PER_US};
    polled[0] = (struct pollfd){.fd = daemon->local, .events = POLLIN};
    polled[1] = (struct pollfd){.fd = daemon->tcp, .events = POLLIN};
    polled[2] = (struct pollfd){.fd = daemon->signals, .events = POLLIN};
    polled[3] = (struct pollfd){.fd = daemon->worker.done_fd, .events = POLLIN};
    for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
        struct connection *connection = &daemon->connection[i];
        short events = 0;
        if (connection_wants_input(connection)) events |= POLLIN;
        if (connection_has_output(connection)) events |= POLLOUT;
        polled[WATCHED + i] = (struct pollfd){.fd = connection->fd, .events = events};
    }
    if (ppoll(polled, WATCHED + CONNECTIONS_MAX, &timeout, NULL) > 0) return;
    for (size_t i = 0; i < WATCHED + CONNECTIONS_MAX; i++) polled[i].revents = 0;
}

/* SIGHUP: what can change while the hive runs is as the file says now. */
static void hear_signal(struct daemon *daemon) {
    static struct skepd_config next;
    struct signalfd_siginfo heard;
    if (read(daemon->signals, &heard, sizeof heard) != (ssize_t)sizeof heard) return;
    if (heard.ssi_signo != SIGHUP) {
        daemon->ended = true;
    } else if (config_read(daemon->path, &next)) {
        config_change(&daemon->config, &next);
        apply(daemon);
        fprintf(stderr, "skepd: %s was read again\n", daemon->path);
    } else {
        fputs("skepd: the settings stay as they were\n", stderr);
    }
}

static void serve(struct daemon *daemon, const struct pollfd *polled) {
    if (polled[0].revents) accept_all(daemon, daemon->local, true);
    if (polled[1].revents) accept_all(daemon, daemon->tcp, false);
    if (polled[2].revents) hear_signal(daemon);
    for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
        struct connection *connection = &daemon->connection[i];
        bool heard = connection->fd >= 0 && polled[WATCHED + i].fd == connection->fd && polled[WATCHED + i].revents;
        if (heard) connection_read(connection, daemon->hive, port_now_us());
    }
    vigil_served(&daemon->vigil, SERVICE_SOCKETS);
}

/* Again while its socket takes everything: what had no room before has some now. */
static void tell_one(struct daemon *daemon, struct connection *connection) {
    while (connection->fd >= 0) {
        connection_serve(connection, daemon->hive, port_now_us());
        if (!connection_has_output(connection) && !connection_is_closing(connection)) return;
        connection_write(connection, daemon->hive);
        if (connection->fd >= 0 && connection_has_output(connection)) return;
    }
}

static void tell(struct daemon *daemon) {
    for (size_t i = 0; i < CONNECTIONS_MAX; i++) tell_one(daemon, &daemon->connection[i]);
    vigil_served(&daemon->vigil, SERVICE_NEWS);
}

static void begin_vigil(struct daemon *daemon) {
    uint32_t watchdog_us = (uint32_t)least(notify_watchdog_us(), UINT32_MAX);
    daemon->vigil = (struct vigil){.services = 1u << SERVICE_SOCKETS | 1u << SERVICE_HIVE | 1u << SERVICE_NEWS,
                                   .period_us = watchdog_us / 4,
                                   .late_us = watchdog_us / 4};
    notify("READY=1");
}

static void feed_watchdog(struct daemon *daemon) {
    uint64_t now_us = port_now_us();
    if (daemon->vigil.period_us == 0) return;
    if (vigil_is_kept(&daemon->vigil, daemon->executive, now_us)) notify("WATCHDOG=1");
    daemon->due_us = least(daemon->due_us, now_us + daemon->vigil.period_us);
}

static void run(struct daemon *daemon) {
    struct pollfd polled[WATCHED + CONNECTIONS_MAX];
    begin_vigil(daemon);
    while (!daemon->ended) {
        wait(daemon, polled);
        serve(daemon, polled);
        step(daemon);
        tell(daemon);
        feed_watchdog(daemon);
        draw_page(daemon);
    }
    notify("STOPPING=1");
}

/* Every task is ended, and those who listen are told, as far as their sockets take it at once. */
static void shut_down(struct daemon *daemon) {
    worker_end(&daemon->worker);
    for (uint32_t i = 0; i < daemon->config.tasks; i++)
        (void)executive_kill(daemon->executive, daemon->executive->task[i].pid);
    (void)hive_step(daemon->hive, port_now_us());
    tell(daemon);
    for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
        if (daemon->connection[i].fd >= 0) connection_close(&daemon->connection[i], daemon->hive);
    }
    close(daemon->signals);
    close(daemon->local);
    if (daemon->tcp >= 0) close(daemon->tcp);
    if (daemon->executive_config.store) state_file_close(&daemon->state);
    (void)unlink(daemon->config.socket);
    if (daemon->executive_config.blackbox) {
        blackbox_settle(&daemon->blackbox);
        evidence_reset(&daemon->blackbox, BLACKBOX_CAUSE_ORDER, NULL, 0, port_now_us());
        file_unmap(&daemon->kept);
    }
    for (uint32_t i = 0; i < CONFIG_STARTS_MAX; i++) file_free(&daemon->start[i]);
    free(daemon->connection);
    free(daemon->memory);
    fprintf(stderr, "skepd: %s has ended\n", daemon->config.name);
}

static bool take_signals(struct daemon *daemon) {
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGINT);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGHUP);
    sigprocmask(SIG_BLOCK, &blocked, NULL);
    daemon->signals = signalfd(-1, &blocked, SFD_NONBLOCK | SFD_CLOEXEC);
    return daemon->signals >= 0;
}

int main(int argc, char **argv) {
    static struct daemon daemon;
    daemon.draws = argc == 3 && strcmp(argv[1], "--display") == 0;
    daemon.path = argc > 1 ? argv[argc - 1] : "";
    if (argc != 2 + daemon.draws || daemon.path[0] == '-') {
        fputs("usage: skepd [--display] SKEPD.toml\nRuns a hive until SIGINT or SIGTERM; docs/SKEPD.md lists the "
              "settings."
              " SIGHUP: reads them again.\n  --display  shows the operator's page, whenever it changes\n",
              stderr);
        return EXIT_BAD_USAGE;
    }
    if (!config_read(daemon.path, &daemon.config)) return EXIT_BAD_CONFIG;
    configure(&daemon);
    if (!open_files(&daemon) || !open_state(&daemon) || !open_blackbox(&daemon)) return EXIT_BAD_CONFIG;
    if (!take_signals(&daemon) || !make_hive(&daemon) || !listen_all(&daemon)) return EXIT_FAILURE;
    if (!worker_start(&daemon.worker)) {
        (void)unlink(daemon.config.socket);
        return fputs("skepd: it gets no thread to check artifacts in\n", stderr), EXIT_FAILURE;
    }
    run(&daemon);
    shut_down(&daemon);
    if (!daemon.again) return EXIT_SUCCESS;
    (void)execv("/proc/self/exe", argv);
    return fprintf(stderr, "skepd: it cannot begin anew: %s\n", strerror(errno)), EXIT_FAILURE;
}
