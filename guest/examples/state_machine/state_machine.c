/* A traffic light for people on foot, as a table: what happens next is data, and every state answers every event. */
#include <stdio.h>

enum state { RED, RED_AMBER, GREEN, AMBER, STATES };
enum event { TICK, BUTTON, FAULT, EVENTS };

struct step {
    enum state next;
    const char *action;
};

static const char *const state_names[STATES] = {"red", "red+amber", "green", "amber"};
static const char *const event_names[EVENTS] = {"tick", "button", "fault"};

static const struct step table[STATES][EVENTS] = {
    [RED] = {[TICK] = {RED, NULL}, [BUTTON] = {RED_AMBER, "warn the drivers"}, [FAULT] = {RED, "call service"}},
    [RED_AMBER] = {[TICK] = {GREEN, "let people cross"}, [BUTTON] = {RED_AMBER, NULL}, [FAULT] = {RED, "call service"}},
    [GREEN] = {[TICK] = {AMBER, "hurry up"}, [BUTTON] = {GREEN, NULL}, [FAULT] = {RED, "call service"}},
    [AMBER] = {[TICK] = {RED, "stop"}, [BUTTON] = {AMBER, NULL}, [FAULT] = {RED, "call service"}},
};

int main(void) {
    static const enum event script[] = {TICK, BUTTON, BUTTON, TICK, TICK, TICK, BUTTON, FAULT, TICK};
    enum state state = RED;
    for (unsigned i = 0; i < sizeof script / sizeof script[0]; i++) {
        const struct step *step = &table[state][script[i]];
        printf("%-9s --%-6s--> %-9s %s\n", state_names[state], event_names[script[i]], state_names[step->next],
               step->action ? step->action : "");
        state = step->next;
    }
    return 0;
}
