#!/bin/sh
# Takes 2 MB of memory more every second.
hoard=
while sleep 1; do
  hoard=$hoard$(head -c 2000000 /dev/zero | tr '\0' x)
done
