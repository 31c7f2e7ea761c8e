"""Pictures of a claim, as SVG made on the server: links and classes only, neither scripts nor styles of their own."""

from sourceline.show.picture.draw import draw_trace
from sourceline.show.picture.drift import draw_drift
from sourceline.show.picture.options import Form, PictureOptions

__all__ = ["Form", "PictureOptions", "draw_drift", "draw_trace"]
