"""`python -m sourceline`: the command line."""

import sys

from sourceline.cli import main

sys.exit(main())
