// A screenshot as a reader of printed pages wants it: every letter dark on white, whatever its bubble's colour.

const TILE = 24; // pixels
const GROUND = 0.45; // the share of a tile that one colour fills where it is what letters stand on
const NOISE = 6;
const CONTRAST = 3;
const DARK = 160;
const BAR = 0.06; // of the width: no letter is so high
const RULE = 0.12; // nor has a stroke so long

// From and to: { data, width, height }, four bytes a pixel.
export function flattened({ data, width, height }) {
  const columns = Math.ceil(width / TILE);
  const rows = Math.ceil(height / TILE);
  const grounds = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) grounds.push(ground(data, width, height, column, row));
  }
  const flat = new Uint8ClampedArray(data.length).fill(255);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const near = nearby(grounds, columns, rows, column, row);
      if (near.length) whiten(data, flat, width, height, column, row, near);
    }
  }
  for (let x = 0; x < width; x++) rubOut(flat, x, width, height, BAR * width);
  for (let y = 0; y < height; y++) rubOut(flat, y * width, 1, width, RULE * width);
  return { data: flat, width, height };
}

function* pixels(width, height, column, row) {
  const right = Math.min(width, (column + 1) * TILE);
  const bottom = Math.min(height, (row + 1) * TILE);
  for (let y = row * TILE; y < bottom; y++) {
    for (let x = column * TILE; x < right; x++) yield 4 * (y * width + x);
  }
}

// The colour that a tile mostly has, or null.
function ground(data, width, height, column, row) {
  const shades = new Map();
  let count = 0;
  for (const at of pixels(width, height, column, row)) {
    const shade = ((data[at] >> 3) << 10) | ((data[at + 1] >> 3) << 5) | (data[at + 2] >> 3);
    const sum = shades.get(shade) ?? shades.set(shade, [0, 0, 0, 0]).get(shade);
    for (const part of [0, 1, 2]) sum[part] += data[at + part];
    sum[3]++;
    count++;
  }
  const most = [...shades.values()].reduce((a, b) => (a[3] >= b[3] ? a : b));
  return most[3] > GROUND * count ? most.slice(0, 3).map((sum) => sum / most[3]) : null;
}

// The grounds of a tile and of those around it, each once.
function nearby(grounds, columns, rows, column, row) {
  const found = new Map();
  for (let y = Math.max(0, row - 1); y < Math.min(rows, row + 2); y++) {
    for (let x = Math.max(0, column - 1); x < Math.min(columns, column + 2); x++) {
      const colour = grounds[y * columns + x];
      if (colour) found.set(colour.map((part) => part >> 2).join(), colour);
    }
  }
  return [...found.values()];
}

function whiten(data, flat, width, height, column, row, near) {
  for (const at of pixels(width, height, column, row)) {
    let least = 255;
    for (const [red, green, blue] of near) {
      const off = Math.max(Math.abs(data[at] - red), Math.abs(data[at + 1] - green), Math.abs(data[at + 2] - blue));
      if (off < least) least = off;
    }
    flat[at] = flat[at + 1] = flat[at + 2] = 255 - CONTRAST * Math.max(0, least - NOISE);
  }
}

// Whitens what is dark for longer than a letter is, along one line of pixels.
function rubOut(flat, first, step, length, least) {
  for (let start = 0, end = 0; start < length; start = end + 1) {
    for (end = start; end < length && flat[4 * (first + end * step)] < DARK; end++);
    for (let i = start; end - start >= least && i < end; i++) {
      const at = 4 * (first + i * step);
      flat[at] = flat[at + 1] = flat[at + 2] = 255;
    }
  }
}
