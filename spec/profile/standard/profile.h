/* GENERATED from spec/limits.json by tools/generate/limits.py. Do not edit. */
/* profile: what an image of the profile standard has, and how much of it. Which of the profiles an image is of says its
 * include path. What a profile lacks is left out by `if (PROFILE_HAS_...)`, which folds, and by tables that do not name
 * it (docs/decisions/0005-profiles.md). */
#ifndef SKEP_PROFILE_H
#define SKEP_PROFILE_H

enum profile_limit {
    PROFILE_TASKS_MAX = 3,                 /* tasks at a time */
    PROFILE_TIMERS_MAX = 6,                /* timers of all tasks */
    PROFILE_TIMERS_OF_TASK_MAX = 6,        /* timers of one task */
    PROFILE_LOADS_MAX = 1,                 /* artifacts being checked at a time */
    PROFILE_EVENTS_MAX = 8,                /* events that the executive keeps until they are taken */
    PROFILE_CONSOLE_IN_MAX = 64,           /* bytes typed and not yet read */
    PROFILE_CONSOLE_OUT_MAX = 128,         /* bytes written and not yet sent */
    PROFILE_STDIN_MAX = 0,                 /* bytes typed to one task and not yet read; a message takes 8 and its length */
    PROFILE_LOG_MAX = 0,                   /* bytes of the log; a line takes 16 and its length */
    PROFILE_LOG_RATE_MAX = 0,              /* bytes a second, that one task may add to the log */
    PROFILE_EDGES_MAX = 4,                 /* edges of pins kept for a task, the newest */
    PROFILE_FRAMES_MAX = 2,                /* frames of CAN kept for a task, the newest */
    PROFILE_TRACE_MAX = 8,                 /* entries of the return stack kept of a task that ended, the innermost */
    PROFILE_FAILURES_MAX = 4,              /* failures of a task that quarantine can count */
    PROFILE_MAILBOXES_MAX = 6,             /* mailboxes of all tasks */
    PROFILE_HANDLES_MAX = 10,              /* handles of mailboxes, of all tasks */
    PROFILE_HANDLES_OF_TASK_MAX = 6,       /* handles of mailboxes, of one task */
    PROFILE_MAIL_MAX = 256,                /* bytes of all mailboxes together */
    PROFILE_MAIL_OF_TASK_MAX = 128,        /* bytes of the mailboxes that one task bound */
    PROFILE_VALUES_MAX = 8,                /* values of all tasks */
    PROFILE_SUBSCRIPTIONS_MAX = 6,         /* subscriptions to values, of all tasks */
    PROFILE_SUBSCRIPTIONS_OF_TASK_MAX = 4, /* subscriptions to values, of one task */
    PROFILE_COMMANDS_MAX = 6,              /* commands of all tasks */
    PROFILE_RUNS_MAX = 2,                  /* runs of commands, queued or going on */
    PROFILE_RUNS_OF_TASK_MAX = 1,          /* runs of commands, that one caller waits for */
    PROFILE_FILE_HANDLES_MAX = 0,          /* handles of files, of all tasks */
    PROFILE_FILE_HANDLES_OF_TASK_MAX = 0,  /* handles of files, of one task */
    PROFILE_FILES_OF_TASK_MAX = 0,         /* files in the folder of one task */
    PROFILE_FILE_BYTES_OF_TASK_MAX = 0,    /* bytes of all files of one task */
    PROFILE_SESSIONS_MAX = 2,              /* sessions open at a time */
    PROFILE_LOCKS_MAX = 4,                 /* tasks that one session has locked */
    PROFILE_HISTORY_MAX = 16,              /* events kept for subscribers; at least 4 */
    PROFILE_UPLOADS_MAX = 0,               /* artifacts that came over a link, and the tasks made of them; a board with room for them says how many */
    PROFILE_SWITCHES_MAX = 0,              /* switches of the processor from task to task that can be remembered */
    PROFILE_SAMPLES_MAX = 0,               /* places of programs that a profile tells apart */
    PROFILE_MESSAGE_MAX = 128,             /* bytes of a request, a reply or an event on a link */
};

enum profile_feature {
    PROFILE_HAS_TASK = 1,      /* the group of host calls and of operations */
    PROFILE_HAS_CONSOLE = 1,   /* the group of host calls and of operations */
    PROFILE_HAS_TIME = 1,      /* the group of host calls */
    PROFILE_HAS_GPIO = 1,      /* the group of host calls */
    PROFILE_HAS_ADC = 1,       /* the group of host calls */
    PROFILE_HAS_PWM = 1,       /* the group of host calls */
    PROFILE_HAS_UART = 1,      /* the group of host calls */
    PROFILE_HAS_I2C = 1,       /* the group of host calls */
    PROFILE_HAS_SPI = 1,       /* the group of host calls */
    PROFILE_HAS_CAN = 1,       /* the group of host calls */
    PROFILE_HAS_RANDOM = 1,    /* the group of host calls */
    PROFILE_HAS_WATCHDOG = 1,  /* the group of host calls */
    PROFILE_HAS_BLACKBOX = 0,  /* the group of host calls and of operations */
    PROFILE_HAS_MAILBOX = 1,   /* the group of host calls and of operations */
    PROFILE_HAS_VALUE = 1,     /* the group of host calls and of operations */
    PROFILE_HAS_COMMAND = 1,   /* the group of host calls and of operations */
    PROFILE_HAS_FILE = 0,      /* the group of host calls */
    PROFILE_HAS_HIVE = 1,      /* the group of operations */
    PROFILE_HAS_SESSION = 1,   /* the group of operations */
    PROFILE_HAS_EVENT = 1,     /* the group of operations */
    PROFILE_HAS_CLOCK = 0,     /* the group of operations */
    PROFILE_HAS_SCHEDULE = 0,  /* the group of operations */
    PROFILE_HAS_PROFILE = 0,   /* the group of operations */
    PROFILE_HAS_LOG = 0,       /* the group of operations */
    PROFILE_HAS_CONFIG = 0,    /* the group of operations */
    PROFILE_HAS_BOOT = 0,      /* the group of operations */
    PROFILE_HAS_TRANSFER = 0,  /* the group of operations */
    PROFILE_HAS_SHARING = 1,   /* more than one session: locks, observers, and who is who */
    PROFILE_HAS_UPLOAD = 0,    /* artifacts that come over a link into RAM */
    PROFILE_HAS_STREAMS = 0,   /* a task's streams by name: what it writes is tapped, and what is typed to it alone waits for it */
    PROFILE_HAS_CONDITION = 1, /* normal, degraded or safe, with causes; the wait before guests start by themselves */
    PROFILE_HAS_BUDGET = 1,    /* what an artifact asks for its budget is held against what a task may have; without it every task has what it may */
    PROFILE_HAS_BRANCHES = 0,  /* a task that is run word by word, so that the branches it took last are kept */
    PROFILE_HAS_TRAFFIC = 0,   /* events of each message that is sent and received, of values and commands that come to be and commands that are called, if the configuration says so */
    PROFILE_HAS_WORDS = 0,     /* sentences for people beside numbers: why something was refused, how a task ended */
};

/* Bit g: group g of the host calls is there. */
#define PROFILE_CALL_GROUPS 0x0001dffeu

/* A sentence for people; empty where the profile has no words. */
#define PROFILE_WORDS(text) (PROFILE_HAS_WORDS ? (text) : "")

#endif
