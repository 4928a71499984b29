/* A sorted linked list whose nodes come from a static pool: memory is known when the program is built, a full pool is
 * an answer and not a crash, and a freed node is used again. */
#include <stdbool.h>
#include <stdio.h>

#define POOL_NODES 8

struct node {
    int value;
    struct node *next;
};

static struct node pool[POOL_NODES];
static struct node *free_nodes;
static struct node *head;

static void pool_fill(void) {
    for (int i = 0; i < POOL_NODES; i++) {
        pool[i].next = free_nodes;
        free_nodes = &pool[i];
    }
}

/* Pointing at the link instead of at the node makes the head no special case. */
static struct node **find_link(int value) {
    struct node **link = &head;
    while (*link && (*link)->value < value) link = &(*link)->next;
    return link;
}

static bool insert(int value) {
    struct node *node = free_nodes;
    if (!node) return false;
    free_nodes = node->next;
    struct node **link = find_link(value);
    *node = (struct node){value, *link};
    *link = node;
    return true;
}

static bool take_out(int value) {
    struct node **link = find_link(value);
    struct node *node = *link;
    if (!node || node->value != value) return false;
    *link = node->next;
    node->next = free_nodes;
    free_nodes = node;
    return true;
}

static void show(const char *when) {
    printf("%-14s", when);
    for (const struct node *node = head; node; node = node->next) printf(" %d", node->value);
    printf("\n");
}

int main(void) {
    static const int values[] = {42, 7, 19, 3, 88, 61, 25, 10, 54};
    pool_fill();
    for (unsigned i = 0; i < sizeof values / sizeof values[0]; i++)
        if (!insert(values[i])) printf("no room for %d\n", values[i]);
    show("inserted:");
    take_out(3);
    take_out(42);
    printf("taking out 5: %s\n", take_out(5) ? "done" : "not there");
    show("3, 42 out:");
    insert(54);
    show("54 in:");
    return 0;
}
