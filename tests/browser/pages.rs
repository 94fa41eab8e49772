//! Every page at two widths: no page scrolls sideways, nothing is reported in the console.
