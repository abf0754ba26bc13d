/*
 * keys_command.h: keys, rotate-key and remove-key, commands of every plugin. See keyring.h.
 */
#ifndef KEPTWORD_KEYS_COMMAND_H
#define KEPTWORD_KEYS_COMMAND_H

#include "web/app.h"

/* Lists the keys of the plugin's encrypted columns: name, number, days, cells that use it. */
int keys_run(struct cli *cli);
/* rotate-key NAME: the next number; what is written from now on uses it. */
int rotate_key_run(struct cli *cli);
/* remove-key NAME NUMBER: destroys a key that nothing uses and that is not the newest. */
int remove_key_run(struct cli *cli);

#endif
