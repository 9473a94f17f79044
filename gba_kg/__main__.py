"""``python -m gba_kg`` is ``gba-kg``."""

import sys

from gba_kg.cli import main

sys.exit(main())
