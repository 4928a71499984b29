/* shell_session: the session that `skep shell` holds: kept alive, found again when the hive comes back, and what
 * happens meanwhile. */
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "host/link/lines.h"
#include "programs/skep/event_line.h"
#include "programs/skep/interrupt.h"
#include "programs/skep/object.h"
#include "programs/skep/shell.h"
#include "programs/skep/terminal.h"

enum {
    HEARTBEAT_MS = 60000,
    KEEPALIVE_MS = HEARTBEAT_MS / 4,
    RETRY_MS = 1000,
    LINE_END_MS = 200, /* so long the end of a line is waited for */
    ACKNOWLEDGE_EVERY = 32,
    MS_PER_S = 1000,
    NS_PER_MS = 1000000
};

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * MS_PER_S + now.tv_nsec / NS_PER_MS;
}

static bool is_attached(const struct shell *shell) { return shell->hive[0] != '\0' && !shell->is_lost; }

/* ---- telling */

static void show_console(struct shell *shell) {
    struct shell_console *console = &shell->console;
    struct terminal terminal = {0};
    if (console->length == 0) return;
    prompt_hide(shell->prompt);
    if (shell->options.json) {
        remote_print(lines_console(&(struct link_output){.pid = console->pid,
                                                         .stream = console->stream,
                                                         .lost = console->lost,
                                                         .bytes = console->bytes,
                                                         .length = console->length}));
    } else {
        printf("%5" PRIu32 "| ", console->pid);
        for (size_t i = 0; i < console->length; i++)
            if (console->bytes[i] != '\r') terminal_put(&terminal, console->bytes[i], stdout);
        terminal_end(&terminal, stdout);
        putchar('\n');
    }
    console->lost = 0;
    console->length = 0;
}

/* Whole lines, so that those of several tasks do not mix. */
static void hear_console(void *context, const struct link_output *output) {
    struct shell *shell = context;
    struct shell_console *console = &shell->console;
    if (!shell->shows_console) return;
    console->lost += output->lost;
    for (size_t i = 0; i < output->length; i++) {
        bool other = console->pid != output->pid || console->stream != output->stream;
        if (other || console->length == sizeof console->bytes) show_console(shell);
        console->pid = output->pid;
        console->stream = output->stream;
        if (output->bytes[i] == '\n')
            show_console(shell);
        else
            console->bytes[console->length++] = output->bytes[i];
    }
}

/* While a command runs, the session may be subscribed to what the command wants: what happened then is told
 * afterwards. */
static void hear_event(void *context, json_t *event) {
    struct shell *shell = context;
    json_int_t sequence = object_number(event, "sequence");
    if (shell->runs_command || !shell->shows_events) return;
    if (sequence > 0 && sequence <= shell->remote.told) return;
    if (sequence > 0) shell->remote.told = sequence;
    prompt_hide(shell->prompt);
    if (shell->options.json)
        remote_print(json_incref(event));
    else
        event_line_print(event, stdout);
}

static void say(struct shell *shell, const char *what) {
    prompt_hide(shell->prompt);
    command_note("%s: %s", shell->to, what);
}

/* ---- the session */

/* To what is told, which may be nothing. */
static int subscribe(struct shell *shell) {
    char since[24];
    if (!shell->shows_events) return remote_order(&shell->remote, "event.unsubscribe", NULL);
    snprintf(since, sizeof since, "%" PRId64, (int64_t)shell->remote.told);
    shell->acknowledged = shell->remote.told;
    return remote_order(&shell->remote, "event.subscribe", json_pack("{s:s}", "since", since));
}

/* Which hive it is. A hive that has started anew counts events from 1. */
static int learn(struct shell *shell, bool is_new) {
    json_t *info;
    int code = remote_call(&shell->remote, "hive.info", NULL, &info);
    if (code != EXIT_DONE) return code;
    snprintf(shell->hive, sizeof shell->hive, "%s", object_text(info, "name"));
    bool began = object_number(info, "boot") != shell->boot;
    if (began && !is_new) say(shell, "the hive has started anew; what it had is gone");
    if (is_new)
        shell->remote.told = shell->waited = object_number(info, "next_sequence") - 1;
    else if (began)
        shell->remote.told = shell->waited = 0;
    shell->boot = object_number(info, "boot");
    json_decref(info);
    shell->asked_ms = now_ms();
    return subscribe(shell);
}

int shell_attach(struct shell *shell, const char *to) {
    shell_detach(shell);
    struct remote_options options = shell->options;
    if (to) snprintf(shell->to, sizeof shell->to, "%s", to);
    options.to = shell->to[0] ? shell->to : NULL;
    options.heartbeat_ms = HEARTBEAT_MS;
    remote_lend(NULL);
    int code = remote_open(&shell->remote, &options, false, true);
    if (code != EXIT_DONE) return code;
    shell->remote.link.aside = (struct link_listener){hear_event, hear_console, shell};
    code = learn(shell, true);
    remote_lend(&shell->remote);
    if (code != EXIT_DONE) shell_detach(shell);
    return code;
}

void shell_detach(struct shell *shell) {
    show_console(shell);
    if (is_attached(shell)) remote_close(&shell->remote);
    shell->hive[0] = '\0';
    shell->is_lost = false;
}

int shell_listen_from_now(struct shell *shell) {
    json_t *info;
    if (!is_attached(shell)) return EXIT_DONE;
    int code = remote_call(&shell->remote, "hive.info", NULL, &info);
    if (code != EXIT_DONE) return code;
    shell->remote.told = object_number(info, "next_sequence") - 1;
    json_decref(info);
    return subscribe(shell);
}

static void lose(struct shell *shell) {
    show_console(shell);
    link_close(&shell->remote.link);
    shell->is_lost = true;
    shell->tried_ms = now_ms();
    say(shell, "the link is gone; it is looked for each second, and `detach` gives it up");
}

static void look_again(struct shell *shell) {
    bool same;
    shell->tried_ms = now_ms();
    if (remote_reopen(&shell->remote, &same) != EXIT_DONE) return;
    shell->is_lost = false;
    say(shell, same ? "the link is back, the session too" : "the link is back, with a new session: locks are gone");
    shell->remote.link.aside = (struct link_listener){hear_event, hear_console, shell};
    if (learn(shell, false) != EXIT_DONE) lose(shell);
}

/* What is due by time. */
static void keep(struct shell *shell) {
    int code = EXIT_DONE;
    int64_t now = now_ms();
    if (shell->is_lost && now - shell->tried_ms >= RETRY_MS) look_again(shell);
    if (!is_attached(shell)) return;
    if (shell->remote.told - shell->acknowledged >= ACKNOWLEDGE_EVERY) {
        shell->acknowledged = shell->remote.told;
        code = remote_order(&shell->remote, "event.acknowledge", json_pack("{s:I}", "sequence", shell->acknowledged));
        shell->asked_ms = now;
    } else if (now - shell->asked_ms >= KEEPALIVE_MS) {
        code = remote_order(&shell->remote, "session.keepalive", NULL);
        shell->asked_ms = now;
    }
    if (code != EXIT_DONE) lose(shell);
}

/* ---- waiting */

static void hear(struct shell *shell) {
    enum status status = link_hear(&shell->remote.link, 0);
    if (status != ST_OK && status != ST_AGAIN && status != ST_TIMEOUT) lose(shell);
}

/* How long nothing is due. */
static int patience_ms(const struct shell *shell, int64_t until_ms) {
    int64_t least = shell->is_lost ? RETRY_MS : KEEPALIVE_MS;
    if (shell->console.length > 0) least = LINE_END_MS;
    if (until_ms >= 0 && until_ms - now_ms() < least) least = until_ms - now_ms();
    return least > 0 ? (int)least : 0;
}

bool shell_wait(struct shell *shell, int descriptor, int timeout_ms) {
    int64_t until_ms = timeout_ms < 0 ? -1 : now_ms() + timeout_ms;
    for (;;) {
        if (is_attached(shell) && link_has_more(&shell->remote.link)) {
            hear(shell);
            continue;
        }
        keep(shell);
        prompt_show(shell->prompt);
        struct pollfd polled[] = {
            {.fd = descriptor, .events = POLLIN},
            {.fd = is_attached(shell) ? link_descriptor(&shell->remote.link) : -1, .events = POLLIN}};
        int ready = poll(polled, 2, patience_ms(shell, until_ms));
        if (ready < 0 && errno != EINTR) return false;
        if (interrupt_exit() != 0) return false;
        if (ready == 0) show_console(shell);
        if (ready > 0 && polled[1].revents) hear(shell);
        bool is_over = until_ms >= 0 && now_ms() >= until_ms;
        if (!is_over && !(ready > 0 && polled[0].revents)) continue;
        prompt_show(shell->prompt);
        return true;
    }
}

void shell_command_begins(struct shell *shell) { shell->runs_command = true; }

/* What came while it ran is asked for again, behind the last event that was told. */
void shell_command_ends(struct shell *shell) {
    shell->runs_command = false;
    show_console(shell);
    if (!is_attached(shell)) return;
    if (link_descriptor(&shell->remote.link) < 0 || subscribe(shell) != EXIT_DONE) lose(shell);
    shell->asked_ms = now_ms();
    while (is_attached(shell) && link_has_more(&shell->remote.link)) hear(shell);
}

/* ---- waiting for an event */

struct waiting {
    struct shell *shell;
    const char *name, *const *words;
    size_t count;
    json_t *event; /* NULL: it did not come yet */
};

static bool is_as(const json_t *event, const char *word) {
    char text[SHELL_LINE_BYTES];
    const char *equals = strchr(word, '=');
    if (!equals) return false;
    snprintf(text, sizeof text, "%.*s", (int)(equals - word), word);
    const json_t *value = json_object_get(event, text);
    if (json_is_string(value)) return strcmp(json_string_value(value), equals + 1) == 0;
    snprintf(text, sizeof text, "%lld", (long long)json_integer_value(value));
    return json_is_integer(value) && strcmp(text, equals + 1) == 0;
}

static void hear_wanted(void *context, json_t *event) {
    struct waiting *waiting = context;
    json_int_t sequence = object_number(event, "sequence");
    if (waiting->event || sequence <= waiting->shell->waited) return;
    waiting->shell->waited = sequence;
    if (strcmp(object_text(event, "event"), waiting->name) != 0) return;
    for (size_t i = 0; i < waiting->count; i++)
        if (!is_as(event, waiting->words[i])) return;
    waiting->event = json_incref(event);
}

static int wait_for(struct shell *shell, struct waiting *waiting, uint64_t wait_ms) {
    int64_t until_ms = now_ms() + (int64_t)wait_ms;
    while (!waiting->event && interrupt_exit() == 0) {
        int64_t left_ms = until_ms - now_ms();
        if (left_ms <= 0) return command_fail(EXIT_TIMEOUT, "no %s within %" PRIu64 " ms", waiting->name, wait_ms);
        enum status status = link_hear(&shell->remote.link, (int)(left_ms < KEEPALIVE_MS ? left_ms : KEEPALIVE_MS));
        if (status == ST_TIMEOUT && left_ms > KEEPALIVE_MS &&
            remote_order(&shell->remote, "session.keepalive", NULL) != EXIT_DONE)
            return EXIT_LINK;
        if (status != ST_OK && status != ST_AGAIN && status != ST_TIMEOUT) return remote_broken(&shell->remote);
    }
    return interrupt_exit();
}

int shell_wait_event(struct shell *shell, const char *name, const char *const *words, size_t count, uint64_t wait_ms) {
    struct waiting waiting = {.shell = shell, .name = name, .words = words, .count = count};
    char since[24];
    if (!is_attached(shell)) return command_fail(EXIT_LINK, "there is no link to a hive; `attach SOCKET` makes one");
    snprintf(since, sizeof since, "%" PRId64, (int64_t)shell->waited);
    int code = remote_order(&shell->remote, "event.subscribe", json_pack("{s:s}", "since", since));
    if (code != EXIT_DONE) return code;
    shell->remote.link.listener = (struct link_listener){.event = hear_wanted, .context = &waiting};
    code = wait_for(shell, &waiting, wait_ms);
    shell->remote.link.listener = (struct link_listener){0};
    if (code == EXIT_DONE && shell->options.json)
        remote_print(json_incref(waiting.event));
    else if (code == EXIT_DONE)
        event_line_print(waiting.event, stdout);
    json_decref(waiting.event);
    return code == EXIT_DONE && !shell->shows_events ? subscribe(shell) : code;
}
