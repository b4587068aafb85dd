// The chart of a day: payments a quarter of an hour as bars, and below how long payers waited.
import {clock, draw, number, percent} from './operator-dom.js';
import {words} from './operator-words.js';

const left = 46;
const right = 24;
const bars = {top: 24, height: 150};
const waits = {top: 214, height: 96};
const height = 340;
const hourMs = 3600000;

// 1, 2 or 5 with zeros: the step of at most four lines that reach `most`.
function step(most) {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map(part => part * power).find(part => part >= rough);
}

// From the hour of the first payment to the one after the last.
function span(course) {
  const starts = course.quarters.map(part => part.from);
  const hour = (at, round) => course.from + round((at - course.from) / hourMs) * hourMs;
  const from = hour(Math.min(...starts), Math.floor);
  return [from, Math.max(from + 2 * hourMs, hour(Math.max(...starts) + 1, Math.ceil))];
}

export function chart(course, width) {
  const [from, to] = span(course);
  const wide = Math.max(width, 280) - left - right;
  const x = at => left + (at - from) / (to - from) * wide;
  const bar = Math.max(1, course.quarter_ms / (to - from) * wide - 2);
  return draw('svg', {
    class: 'chart', width: wide + left + right, height, role: 'img', 'aria-label': summary(course)
  }, hatch(), hours(from, to, x, wide), payments(course, x, bar, wide),
  waiting(course, x, bar, wide));
}

function summary(course) {
  const said = words().day;
  const {total} = course;
  const longest = Math.max(0, ...course.quarters.map(part => part.wait_p95_ms || 0));
  return said.summary.replace('{n}', number(total.payments))
    .replace('{m}', percent(total.offline, total.approved))
    .replace('{r}', number(total.refused)).replace('{s}', (longest / 1000).toFixed(2));
}

// What was approved offline is told apart by stripes, not by colour alone.
const hatch = () => draw('defs', {}, draw('pattern', {
  id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse',
  patternTransform: 'rotate(45)'
}, draw('rect', {width: 6, height: 6, class: 'hatch-ground'}),
draw('rect', {width: 3, height: 6, class: 'hatch-line'})));

function hours(from, to, x, wide) {
  const count = (to - from) / hourMs;
  const every = Math.ceil(count * 44 / wide);
  const marks = [];
  for (let hour = 0; hour <= count; hour += every) {
    const at = from + hour * hourMs;
    marks.push(draw('line', {class: 'grid', x1: x(at), x2: x(at), y1: bars.top,
      y2: waits.top + waits.height}), draw('text', {
      class: 'tick', x: x(at), y: height - 8, 'text-anchor': 'middle'
    }, clock(new Date(at))));
  }
  return draw('g', {}, marks);
}

// Lines across a panel with their values; gives the scale of the panel.
function scale(panel, most, wide, name, text) {
  const by = step(Math.max(most, 1e-9));
  const top = Math.ceil(Math.max(most, by) / by) * by;
  const y = value => panel.top + panel.height * (1 - value / top);
  const lines = [];
  for (let value = 0; value <= top * 1.001; value += by) {
    lines.push(draw('line', {class: 'grid', x1: left, x2: left + wide, y1: y(value), y2: y(value)}),
      draw('text', {class: 'tick', x: left - 6, y: y(value) + 4, 'text-anchor': 'end'},
        text(value)));
  }
  lines.push(draw('text', {class: 'name', x: left, y: panel.top - 8}, name));
  return {y, lines};
}

function payments(course, x, bar, wide) {
  const said = words().day;
  const most = Math.max(4, ...course.quarters.map(part => part.approved + part.refused));
  const {y, lines} = scale(bars, most, wide, said.perQuarter, number);
  const stacks = course.quarters.map(part => {
    let base = 0;
    return [
      ['online', part.approved - part.offline], ['offline', part.offline],
      ['refused', part.refused]
    ].filter(([, count]) => count > 0).map(([kind, count]) => {
      base += count;
      return draw('rect', {
        class: 'bar ' + kind, x: x(part.from) + 1, y: y(base), width: bar,
        height: y(base - count) - y(base), fill: kind === 'offline' ? 'url(#hatch)' : null
      });
    });
  });
  return draw('g', {class: 'bars'}, lines, stacks);
}

// From the wait that half of the payers had to the one that nearly all had: a dot and a dash.
function waiting(course, x, bar, wide) {
  const said = words().day;
  const known = course.quarters.filter(part => part.wait_p95_ms !== undefined);
  const most = Math.max(0.1, ...known.map(part => part.wait_p95_ms / 1000));
  const {y, lines} = scale(waits, most, wide, said.waitTitle, value => String(+value.toFixed(3)));
  const dash = Math.min(8, bar + 1);
  const marks = known.map(part => {
    const [half, top] = [y(part.wait_p50_ms / 1000), y(part.wait_p95_ms / 1000)];
    const middle = x(part.from) + 1 + bar / 2;
    return [
      draw('line', {class: 'range', x1: middle, x2: middle, y1: half, y2: top}),
      draw('rect', {
        class: 'most', x: middle - dash / 2, y: top - 1.5, width: dash, height: 3
      }),
      draw('circle', {class: 'half', cx: middle, cy: half, r: dash * 3 / 8})
    ];
  });
  return draw('g', {class: 'waits'}, lines, marks);
}
