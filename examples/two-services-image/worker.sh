# Takes one job after the other, and finishes the one it is at when it is asked to stop.
stop=
trap 'stop=QUIT' QUIT
echo 'worker: ready'
while [ -z "$stop" ]; do
  sleep 1
done
echo "worker: $stop, the last job is done"
