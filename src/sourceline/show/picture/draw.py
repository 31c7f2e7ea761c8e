"""From a trace to its picture."""

from __future__ import annotations

from sourceline.model.trace import Trace
from sourceline.show.picture.narrow import draw_narrow
from sourceline.show.picture.options import Form, PictureOptions
from sourceline.show.picture.wide import draw_wide


def draw_trace(trace: Trace, options: PictureOptions | None = None) -> str:
    """The picture of a trace, as SVG. The same trace and options give the same bytes."""
    options = options or PictureOptions()
    return draw_wide(trace, options) if options.form is Form.WIDE else draw_narrow(trace, options)
