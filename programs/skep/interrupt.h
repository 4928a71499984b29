/* interrupt: notices SIGINT and SIGTERM, so that a command can put away what it made before it ends. */
#ifndef SKEP_PROGRAMS_SKEP_INTERRUPT_H
#define SKEP_PROGRAMS_SKEP_INTERRUPT_H

/* From now on these signals end nothing by themselves; a waiting poll or read returns with EINTR. */
void interrupt_catch(void);
/* What a command that was interrupted ends with, as a shell would say it: 128 + signal. 0: it was not. */
int interrupt_exit(void);
/* It has been dealt with. */
void interrupt_forget(void);

#endif
