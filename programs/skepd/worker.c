#include "programs/skepd/worker.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include "core/base/require.h"

static void *work(void *context) {
    struct worker *worker = context;
    pthread_mutex_lock(&worker->lock);
    for (;;) {
        while (!worker->ended && (!worker->job || worker->is_done)) pthread_cond_wait(&worker->changed, &worker->lock);
        if (worker->ended) break;
        struct job *job = worker->job;
        pthread_mutex_unlock(&worker->lock);
        job->run(job);
        pthread_mutex_lock(&worker->lock);
        worker->is_done = true;
        (void)eventfd_write(worker->done_fd, 1);
    }
    pthread_mutex_unlock(&worker->lock);
    return NULL;
}

bool worker_start(struct worker *worker) {
    *worker = (struct worker){.done_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
    if (worker->done_fd < 0) return false;
    pthread_mutex_init(&worker->lock, NULL);
    pthread_cond_init(&worker->changed, NULL);
    return pthread_create(&worker->thread, NULL, work, worker) == 0;
}

void worker_end(struct worker *worker) {
    pthread_mutex_lock(&worker->lock);
    worker->ended = true;
    pthread_cond_signal(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
    pthread_join(worker->thread, NULL);
    pthread_cond_destroy(&worker->changed);
    pthread_mutex_destroy(&worker->lock);
    close(worker->done_fd);
}

bool worker_is_free(struct worker *worker) {
    pthread_mutex_lock(&worker->lock);
    bool is_free = worker->job == NULL;
    pthread_mutex_unlock(&worker->lock);
    return is_free;
}

void worker_give(struct worker *worker, struct job *job) {
    pthread_mutex_lock(&worker->lock);
    require(!worker->job);
    worker->job = job;
    worker->is_done = false;
    pthread_cond_signal(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
}

struct job *worker_take(struct worker *worker) {
    eventfd_t count;
    (void)eventfd_read(worker->done_fd, &count);
    pthread_mutex_lock(&worker->lock);
    struct job *job = worker->is_done ? worker->job : NULL;
    if (job) worker->job = NULL;
    pthread_mutex_unlock(&worker->lock);
    return job;
}
