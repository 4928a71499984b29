#include "programs/skep/prompt.h"

#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "programs/skep/shell_words.h"

enum { HISTORY_LINES = 1000, COLUMNS_UNKNOWN = 80 };

struct prompt {
    struct prompt_owner owner;
    EditLine *editor;
    History *history;
    const char *history_path;
    mbstate_t input; /* of a character of several bytes */
    bool is_editing, is_hidden, interrupted, is_dumb;
};

static struct prompt *prompt_of(EditLine *editor) {
    void *prompt;
    el_get(editor, EL_CLIENTDATA, &prompt);
    return prompt;
}

static char *text_of(EditLine *editor) {
    const struct prompt *prompt = prompt_of(editor);
    return (char *)(uintptr_t)prompt->owner.text(prompt->owner.context);
}

/* ---- input */

static int read_character(EditLine *editor, wchar_t *to) {
    struct prompt *prompt = prompt_of(editor);
    for (;;) {
        char byte;
        if (!prompt->owner.wait(prompt->owner.context, STDIN_FILENO)) {
            prompt->interrupted = true;
            return -1;
        }
        if (read(STDIN_FILENO, &byte, 1) != 1) return 0;
        size_t used = mbrtowc(to, &byte, 1, &prompt->input);
        if (used == (size_t)-2) continue;
        if (used == (size_t)-1) {
            memset(&prompt->input, 0, sizeof prompt->input);
            continue;
        }
        return 1;
    }
}

enum prompt_found prompt_read(struct prompt *prompt, const char **line) {
    int length;
    prompt->interrupted = false;
    prompt->is_editing = true;
    *line = el_gets(prompt->editor, &length);
    prompt->is_editing = false;
    if (prompt->interrupted) {
        putchar('\n');
        return PROMPT_INTERRUPTED;
    }
    return *line && length > 0 ? PROMPT_LINE : PROMPT_END;
}

/* ---- what is written above */

static size_t columns(void) {
    struct winsize size;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : COLUMNS_UNKNOWN;
}

/* Characters of UTF-8, each taken for one column. */
static size_t width_of(const char *text, size_t length) {
    size_t width = 0;
    for (size_t i = 0; i < length; i++) width += ((unsigned char)text[i] & 0xc0) != 0x80;
    return width;
}

void prompt_hide(struct prompt *prompt) {
    if (!prompt || !prompt->is_editing || prompt->is_hidden) return;
    prompt->is_hidden = true;
    if (prompt->is_dumb) {
        putchar('\n');
        return;
    }
    const LineInfo *line = el_line(prompt->editor);
    const char *text = prompt->owner.text(prompt->owner.context);
    size_t before = width_of(text, strlen(text)) + width_of(line->buffer, (size_t)(line->cursor - line->buffer));
    putchar('\r');
    for (size_t rows = before / columns(); rows > 0; rows--) fputs("\033[A", stdout);
    fputs("\033[J", stdout);
}

void prompt_show(struct prompt *prompt) {
    if (!prompt || !prompt->is_hidden) return;
    prompt->is_hidden = false;
    fflush(stdout);
    el_set(prompt->editor, EL_REFRESH, NULL);
}

/* ---- completion */

static void list_words(const struct complete_list *list) {
    size_t widest = 0;
    for (size_t i = 0; i < list->count; i++)
        if (strlen(list->word[i]) > widest) widest = strlen(list->word[i]);
    size_t per_row = columns() / (widest + 2);
    if (per_row == 0) per_row = 1;
    for (size_t i = 0; i < list->count; i++) {
        bool ends = (i + 1) % per_row == 0 || i + 1 == list->count;
        printf("%-*s%s", ends ? 0 : (int)widest + 2, list->word[i], ends ? "\n" : "");
    }
}

static size_t common_length(const struct complete_list *list) {
    size_t length = strlen(list->word[0]);
    for (size_t i = 1; i < list->count; i++) {
        size_t same = 0;
        while (same < length && list->word[0][same] == list->word[i][same]) same++;
        length = same;
    }
    while (length > 0 && ((unsigned char)list->word[0][length] & 0xc0) == 0x80) length--;
    return length;
}

/* In place of what was written of the word. False: that would change nothing. */
static bool replace_word(EditLine *editor, const char *written, size_t written_bytes,
                         const struct complete_list *list) {
    char common[SHELL_LINE_BYTES], quoted[2 * SHELL_LINE_BYTES];
    snprintf(common, sizeof common, "%.*s", (int)common_length(list), list->word[0]);
    shell_words_quote(common, quoted, sizeof quoted - 1);
    size_t length = strlen(quoted);
    bool is_whole = list->count == 1 && length > 0 && !strchr("/=", quoted[length - 1]);
    if (is_whole) memcpy(quoted + length, " ", 2);
    if (strlen(quoted) == written_bytes && memcmp(quoted, written, written_bytes) == 0) return false;
    if (common[0] == '\0') return false;
    el_deletestr(editor, (int)width_of(written, written_bytes));
    return el_insertstr(editor, quoted) == 0;
}

static unsigned char complete(EditLine *editor, int key) {
    (void)key;
    struct prompt *prompt = prompt_of(editor);
    char line[SHELL_LINE_BYTES];
    struct complete_list list = {.count = 0};
    const LineInfo *info = el_line(editor);
    size_t length = (size_t)(info->cursor - info->buffer);
    if (length >= sizeof line) return CC_ERROR;
    memcpy(line, info->buffer, length); /* the editor's own is not the same after it was hidden */
    size_t begin = prompt->owner.complete(prompt->owner.context, line, length, &list);
    complete_sort(&list);
    unsigned char answer = CC_ERROR;
    if (list.count > 0 && replace_word(editor, line + begin, length - begin, &list)) {
        answer = CC_REFRESH;
    } else if (list.count > 1) {
        prompt_hide(prompt);
        printf("%s%.*s\n", prompt->owner.text(prompt->owner.context), (int)length, line);
        list_words(&list);
        prompt_show(prompt);
        answer = CC_NORM;
    }
    complete_free(&list);
    return answer;
}

/* ---- history */

void prompt_keep(struct prompt *prompt, const char *line) {
    HistEvent event;
    history(prompt->history, &event, H_ENTER, line);
    if (prompt->history_path) history(prompt->history, &event, H_SAVE, prompt->history_path);
}

void prompt_history(struct prompt *prompt, void (*tell)(int number, const char *line)) {
    HistEvent event;
    for (int more = history(prompt->history, &event, H_LAST); more >= 0;
         more = history(prompt->history, &event, H_PREV))
        tell(event.num, event.str);
}

/* ---- beginning and end */

/* The editor wants to know what characters are; anything but UTF-8 is taken for it. */
static void take_locale(void) {
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

static bool begin_editor(struct prompt *prompt) {
    HistEvent event;
    prompt->editor = el_init("skep", stdin, stdout, stderr);
    prompt->history = history_init();
    if (!prompt->editor || !prompt->history) return false;
    el_set(prompt->editor, EL_CLIENTDATA, (void *)prompt);
    el_set(prompt->editor, EL_PROMPT, text_of);
    el_set(prompt->editor, EL_EDITOR, "emacs");
    el_set(prompt->editor, EL_GETCFN, read_character);
    el_set(prompt->editor, EL_ADDFN, "skep-complete", "complete the word", complete);
    el_set(prompt->editor, EL_BIND, "^I", "skep-complete", NULL);
    el_set(prompt->editor, EL_BIND, "^R", "em-inc-search-prev", NULL);
    el_set(prompt->editor, EL_HIST, history, prompt->history);
    history(prompt->history, &event, H_SETSIZE, HISTORY_LINES);
    history(prompt->history, &event, H_SETUNIQUE, 1);
    if (prompt->history_path) history(prompt->history, &event, H_LOAD, prompt->history_path);
    return true;
}

struct prompt *prompt_begin(const struct prompt_owner *owner, const char *history_path) {
    struct prompt *prompt = calloc(1, sizeof *prompt);
    const char *kind = getenv("TERM");
    take_locale();
    if (!prompt) return NULL;
    *prompt = (struct prompt){.owner = *owner, .history_path = history_path};
    prompt->is_dumb = !kind || strcmp(kind, "dumb") == 0;
    if (begin_editor(prompt)) return prompt;
    prompt_end(prompt);
    return NULL;
}

void prompt_end(struct prompt *prompt) {
    if (prompt->editor) el_end(prompt->editor);
    if (prompt->history) history_end(prompt->history);
    free(prompt);
}
