#include "programs/skep/manual.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "programs/skep/command.h"
#include "programs/skep/help.h"

enum { PATH_BYTES = 4096 };

static struct help_span span(const char *text) { return (struct help_span){text, strlen(text)}; }

/* As it stands: no byte of it means anything to man. */
static void put_text(struct help_span text, FILE *to) {
    if (text.length > 0 && (text.at[0] == '.' || text.at[0] == '\'')) fputs("\\&", to);
    for (size_t i = 0; i < text.length; i++) switch (text.at[i]) {
        case '\\': fputs("\\e", to); break;
        case '-': fputs("\\-", to); break;
        case '`': fputs("\\(ga", to); break;
        case '\'': fputs("\\(aq", to); break;
        default: fputc(text.at[i], to);
        }
}

static void put_item(struct help_span names, struct help_span value, struct help_span meaning, FILE *to) {
    fputs(".TP\n\\fB", to);
    put_text(names, to);
    fputs("\\fR", to);
    if (value.length > 0) {
        fputs(" \\fI", to);
        put_text(value, to);
        fputs("\\fR", to);
    }
    fputc('\n', to);
    put_text(meaning, to);
    fputc('\n', to);
}

static void put_head(const char *name, const char *command, struct help_span summary, const char *usage, FILE *to) {
    fprintf(to, ".TH %s 1 \"\" \"Skep\" \"Skep\"\n.SH NAME\n", name);
    put_text(span(name), to);
    fputs(" \\- ", to);
    put_text(summary, to);
    fputs("\n.SH SYNOPSIS\n\\fBskep", to);
    if (*command) fprintf(to, " %s", command);
    fputs("\\fR ", to);
    put_text(span(usage), to);
    fputs("\n.SH DESCRIPTION\n", to);
}

static void print_command(const struct command *command, FILE *to) {
    char name[64];
    struct help_part part;
    struct help_reader reader = help_read(command->help);
    snprintf(name, sizeof name, "skep-%s", command->name);
    put_head(name, command->name, help_summary(command->help), command->usage, to);
    struct help_span summary = help_summary(command->help);
    fputc(toupper((unsigned char)*summary.at), to);
    put_text((struct help_span){summary.at + 1, summary.length - 1}, to);
    fputs(".\n", to);
    while (help_next(&reader, &part))
        if (part.kind == HELP_TEXT) {
            fputs(".PP\n", to);
            put_text(part.meaning, to);
            fputc('\n', to);
        } else {
            put_item(part.names, part.value, part.meaning, to);
        }
    fputs(".SH EXIT STATUS\n0 when it did what it was asked;\n.BR skep (1)\nlists the others.\n", to);
    fputs(".SH SEE ALSO\n.BR skep (1)\n", to);
}

static void print_exit_codes(FILE *to) {
    fputs(".SH EXIT STATUS\n", to);
#define EXIT_CODE_ITEM(name, value, text) put_item(span(#value), span(""), span(text), to);
    EXIT_CODES(EXIT_CODE_ITEM)
#undef EXIT_CODE_ITEM
}

static void print_environment(FILE *to) {
    fputs(".SH ENVIRONMENT\n", to);
    put_item(span("SKEP_HIVE"), span(""), span("the hive to operate, where --to does not name one."), to);
    put_item(span("NO_COLOR"), span(""), span("not empty: no compiler that skep runs colours what it says."), to);
    put_item(span("COLUMNS"), span(""), span("how wide a table may be; else as wide as the terminal."), to);
}

static void print_skep(FILE *to) {
    size_t count;
    const struct command *commands = command_table(&count);
    put_head("skep", "", span("compile, sign, verify, run and operate sandboxed guests"), "COMMAND ...", to);
    fputs("Small programs are compiled into artifacts, which devices verify and run in a sandbox.\n", to);
    fputs("Each command has a page of its own.\n", to);
    for (size_t i = 0; i < count; i++) put_item(span(commands[i].name), span(""), help_summary(commands[i].help), to);
    print_exit_codes(to);
    print_environment(to);
    fputs(".SH SEE ALSO\n", to);
    for (size_t i = 0; i < count; i++) fprintf(to, ".BR skep\\-%s (1)%s\n", commands[i].name, i + 1 < count ? "," : "");
}

void manual_print(const struct command *command, FILE *to) {
    if (command)
        print_command(command, to);
    else
        print_skep(to);
}

static int write_page(const char *folder, const struct command *command) {
    char path[PATH_BYTES];
    int length = snprintf(path, sizeof path, "%s/skep%s%s.1", folder, command ? "-" : "", command ? command->name : "");
    if (length >= PATH_BYTES) return command_fail(EXIT_CANNOT_WRITE, "%s: the path is too long", folder);
    FILE *to = fopen(path, "w");
    if (!to) return command_fail(EXIT_CANNOT_WRITE, "%s: %s", path, strerror(errno));
    manual_print(command, to);
    bool failed = ferror(to) != 0;
    failed = fclose(to) != 0 || failed;
    return failed ? command_fail(EXIT_CANNOT_WRITE, "%s: %s", path, strerror(errno)) : EXIT_DONE;
}

int manual_write_all(const char *folder) {
    size_t count;
    const struct command *commands = command_table(&count);
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return command_fail(EXIT_CANNOT_WRITE, "%s: %s", folder, strerror(errno));
    int code = write_page(folder, NULL);
    for (size_t i = 0; i < count && code == EXIT_DONE; i++) code = write_page(folder, &commands[i]);
    return code;
}
