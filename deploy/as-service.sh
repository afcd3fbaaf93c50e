#!/bin/sh
# Run a command as the service's user, with the service's settings and keys. As root, on the machine of the unit:
#   deploy/as-service.sh doctor
#   deploy/as-service.sh restore /var/lib/stepwise/backups/FILE
# What root itself restored would belong to root, and the service could not open it.
set -eu
unit=stepwise.service
asked() { systemctl show --property="$1" --value "$unit"; }
program=$(asked ExecStart | sed -n 's/.*path=\([^ ;]*\).*/\1/p')
# The unit's settings hold no spaces: each becomes a word of its own.
# shellcheck disable=SC2046
exec systemd-run --quiet --collect --pipe --wait \
    --property=DynamicUser=yes --property=User=stepwise --property=UMask=0077 \
    --property=StateDirectory=stepwise --property=StateDirectoryMode=0700 \
    --property=WorkingDirectory=/var/lib/stepwise --property=EnvironmentFile=/etc/stepwise/env \
    --property=ReadWritePaths="$(asked ReadWritePaths)" \
    $(asked Environment | tr ' ' '\n' | sed 's/^/--setenv=/') \
    "$program" "$@"
