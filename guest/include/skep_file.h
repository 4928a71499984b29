/* skep_file: files in a folder of the task's own (spec/file.md): the calls of skep_calls.h and the flags of open. */
#ifndef SKEP_FILE_H
#define SKEP_FILE_H

#include "skep_calls.h"

enum skep_file_flag {
    SKEP_FILE_READ = 1,
    SKEP_FILE_WRITE = 2,
    SKEP_FILE_CREATE = 4,   /* what is not there; with WRITE */
    SKEP_FILE_TRUNCATE = 8, /* to nothing; with WRITE */
    SKEP_FILE_APPEND = 16,  /* each write goes to the end; with WRITE */
};

#endif
