// Package chart draws the two charts of the service as SVG: the path of both
// voices over time, and how answers are spread. It also draws the signs and keys
// that go with them, and gives the rows of the table that stands beside a chart.
//
// Shape carries meaning, colour never alone: a filled circle on a solid line is
// the young person, a hollow square on a dashed line the worker, a circle in a
// square both; a dotted ring did not want to say, ? did not know, – is not part
// of my life. What was not talked about is not drawn.
//
// Drawings carry a name and a description, classes for the page's stylesheet and
// presentation attributes so that they print and export without it; never a style
// attribute. They are drawn by html/template.
//
// Nothing is counted, suppressed or worded for a page here: counts come in as
// disclosure left them, words as the edition has them.
package chart
