// Where the lines of text stand: the ink on each ground, cut at empty rows and at wide empty columns.

const GAP = 0.025; // of the width: what is further apart is no line, but a message and the time beside it
const LOWEST = 0.008;
const HIGHEST = 0.075; // of the width; what is higher is a picture
const SLIGHT = 0.45; // of its neighbour's height: a dot or an accent
const NEAR = 0.3; // of the same: how far from its letters a dot or an accent stands
const COMMON = 1.45; // letters without strokes above are lower than others of their size by less than this
const ABOVE = 1.2; // of the height of capitals, from where they stand
const BELOW = 0.45;
const BESIDE = 0.25;

// From what `inkOf` gives. Of each line, in pixels: the ground it is `on`, where its ink is (left, right, top, bottom),
// its `letters`, which are what empty columns part (`isDotted` where two dots stand over one, as over ä), and its `area`,
// with as much room for lines alike in size, whatever letters are in them.
export function linesOf(ink) {
  const all = [...inkedAreas(ink)].flatMap((area) => [...cut(ink, area)]);
  const lines = all.filter((line) => line.letters.length && isWhole(ink, line));
  const heights = new Map();
  for (const line of lines) heights.set(line.on, [...(heights.get(line.on) ?? []), heightOf(line)]);
  return lines.map((line) => ({ ...line, area: around(line, heights.get(line.on), ink) }));
}

function inkedAreas({ on, width, height }) {
  const areas = new Map();
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (!on[at]) continue;
      if (!areas.has(on[at])) areas.set(on[at], { on: on[at], left: x, right: x + 1, top: y, bottom: y + 1 });
      const area = areas.get(on[at]);
      area.left = Math.min(area.left, x);
      area.right = Math.max(area.right, x + 1);
      area.bottom = y + 1;
    }
  }
  return areas.values();
}

function* cut(ink, area) {
  const rows = withDots(filled(area.top, area.bottom, 1, (y) => isInRow(ink, area, y, area.left, area.right)));
  for (const [top, bottom] of rows) {
    const high = bottom - top;
    const columns = filled(area.left, area.right, GAP * ink.width, (x) => isInColumn(ink, area.on, x, top, bottom));
    for (const [left, right] of columns) {
      const part = { on: area.on, left, right, top, bottom };
      if (columns.length > 1) yield* cut(ink, part);
      else if (high >= LOWEST * ink.width && high <= HIGHEST * ink.width) yield { ...part, letters: lettersIn(ink, part) };
    }
  }
}

// Whether its ground goes on above and below, and so the header or the field for writing does not cut it.
function isWhole({ is, width, height }, { on, left, right, top, bottom }) {
  return [top - 2, bottom + 1].every((y) => {
    if (y < 0 || y >= height) return false;
    for (let x = left; x < right; x++) if (is[y * width + x] === on) return true;
    return false;
  });
}

function isInRow({ on, width }, area, y, left, right) {
  for (let x = left; x < right; x++) if (on[y * width + x] === area.on) return true;
  return false;
}

function isInColumn({ on, width }, ground, x, top, bottom) {
  for (let y = top; y < bottom; y++) if (on[y * width + x] === ground) return true;
  return false;
}

// The stretches [start, end] between `from` and `to` that have ink; less than `gap` without any does not part them.
function filled(from, to, gap, hasInk) {
  const found = [];
  for (let n = from; n < to; n++) {
    if (!hasInk(n)) continue;
    const last = found.at(-1);
    if (last && n - last[1] < gap) last[1] = n + 1;
    else found.push([n, n + 1]);
  }
  return found;
}

// The rows with dots and accents put to their letters.
function withDots(rows) {
  const whole = [];
  for (const row of rows) {
    const above = whole.at(-1);
    if (above && isDot(above, row)) above[1] = row[1];
    else whole.push([...row]);
  }
  return whole;
}

// Whether one of two rows is dots or accents of the other.
function isDot(above, below) {
  const heights = [above, below].map(([top, bottom]) => bottom - top);
  const highest = Math.max(...heights);
  return Math.min(...heights) < SLIGHT * highest && below[0] - above[1] < NEAR * highest;
}

// Emoji are none.
function lettersIn(ink, line) {
  const columns = filled(line.left, line.right, 1, (x) => isInColumn(ink, line.on, x, line.top, line.bottom));
  return columns
    .map(([left, right]) => {
      const rows = filled(line.top, line.bottom, 1, (y) => isInRow(ink, line, y, left, right));
      const letter = { on: line.on, left, right, top: rows[0][0], bottom: rows.at(-1)[1] };
      return { ...letter, isDotted: rows.length > 1 && marksIn(ink, letter, rows[0]) === 2 };
    })
    .filter((letter) => !isEmoji(ink, letter, line.bottom - line.top));
}

// How many marks stand side by side in these rows of a letter.
function marksIn(ink, letter, [top, bottom]) {
  return filled(letter.left, letter.right, 1, (x) => isInColumn(ink, letter.on, x, top, bottom)).length;
}

const LARGE = 0.7; // of the line's height: as wide and as high are emoji
const SOLID = 0.45; // of the area around it; most letters fill less
const OFF = 45; // letters are mixtures of two colours, and lie nearer to the line between them, also in a JPEG
const OTHERS = 0.05;
const [WHITE, BLACK] = [[255, 255, 255], [0, 0, 0]];

// Whether it is large, solid and coloured, and a twentieth of it has other colours than mixtures of its ground and its main one.
function isEmoji(ink, letter, high) {
  const [wide, own] = [letter.right - letter.left, letter.bottom - letter.top];
  if (wide < LARGE * high || own < LARGE * high) return false;
  const { colours, ground } = coloursIn(ink, letter);
  if (!ground || colours.length < SOLID * wide * own) return false;
  const main = [0, 1, 2].map((part) => median(colours.map((colour) => colour[part])));
  // Most letters are white, black or mixtures of these with the ground.
  if ([WHITE, BLACK].some((plain) => offLine(main, ground, plain) <= OFF)) return false;
  return colours.filter((colour) => offLine(colour, ground, main) > OFF).length > OTHERS * colours.length;
}

// The colours of its ink, and that of its ground.
function coloursIn({ data, far, on, width }, letter) {
  const colours = [];
  let [ground, least] = [undefined, Infinity];
  for (let y = letter.top; y < letter.bottom; y++) {
    for (let x = letter.left; x < letter.right; x++) {
      const at = y * width + x;
      const colour = [data[4 * at], data[4 * at + 1], data[4 * at + 2]];
      if (on[at] === letter.on) colours.push(colour);
      else if (far[at] < least) [ground, least] = [colour, far[at]];
    }
  }
  return { colours, ground };
}

// How far a colour is from the line through two others.
function offLine(colour, ground, main) {
  const way = main.map((value, part) => value - ground[part]);
  const from = colour.map((value, part) => value - ground[part]);
  const [along, long] = [from, way].map((one) => one.reduce((sum, value, part) => sum + value * way[part], 0));
  const share = along / (long || 1);
  return Math.max(...from.map((value, part) => Math.abs(value - share * way[part])));
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

// Where the letters stand: some reach below that, most do not.
function footOf(line) {
  return median(line.letters.map(({ bottom }) => bottom));
}

function heightOf(line) {
  return footOf(line) - Math.min(...line.letters.map(({ top }) => top));
}

function around(line, heights, { width, height }) {
  const own = heightOf(line);
  const high = Math.max(...heights.filter((other) => other <= COMMON * own));
  const foot = footOf(line);
  return {
    left: Math.max(0, Math.round(line.letters[0].left - BESIDE * high)),
    right: Math.min(width, Math.round(line.letters.at(-1).right + BESIDE * high)),
    top: Math.max(0, Math.round(foot - ABOVE * high)),
    bottom: Math.min(height, Math.round(foot + BELOW * high)),
  };
}
