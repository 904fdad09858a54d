"""`python -m service`: the same as `lanmu`."""

from service.cli import main

main(prog_name="lanmu")
