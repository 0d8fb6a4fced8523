#!/bin/sh
case $2 in
    egg) echo 6 ;;
    rice) echo 18 ;;
    pasta) echo 10 ;;
    *) echo "nobody knows how long $2 boils" >&2; exit 1 ;;
esac
