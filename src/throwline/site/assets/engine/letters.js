// Reads the lines of a screenshot, each by itself, dark on white and large enough.

import { inkOf } from "./grounds.js";
import { linesOf } from "./lines.js";

const HIGH = 48; // pixels: lower lines are made as high as this, where colons and accents are no longer lost
const MARGIN = 10; // pixels
const BLOCK = "6"; // how Tesseract is to look at a line: as a page it would take a short one for noise
const SHORT = 3; // words: as long as a name can be
const SURE = 0.85;

// Of each line { area, dotted, readings }. A reading is the words and how sure each is, [text, 0 to 1]; the first is by the
// first engine. Short lines, which names are, and those that it is unsure of are read by all: none knows all accents.
// `dotted` is how many letters have two dots over them, which engines that do not know them take for an accent.
export function readLines(engines, picture) {
  const ink = inkOf(picture);
  return linesOf(ink).map((line) => {
    const crop = cropOf(ink, line);
    const first = wordsIn(engines[0], crop);
    const others = isDoubtful(first) ? engines.slice(1).map((engine) => wordsIn(engine, crop)) : [];
    return { area: line.area, dotted: line.letters.filter(({ isDotted }) => isDotted).length, readings: [first, ...others] };
  });
}

function isDoubtful(words) {
  const hasLetters = words.some(([text]) => /\p{L}/u.test(text));
  return hasLetters && (words.length <= SHORT || words.some(([, confidence]) => confidence < SURE));
}

function wordsIn(engine, crop) {
  engine.loadImage(crop);
  engine.setVariable("tessedit_pageseg_mode", BLOCK); // loading a picture sets it back
  const words = engine.getTextBoxes("word").map(({ text, confidence }) => [text.trim(), confidence]);
  engine.clearImage();
  return words;
}

// The letters of a line in their own picture.
function cropOf(ink, line) {
  const grey = greyOf(ink, line);
  const scale = Math.max(1, HIGH / grey.height);
  const [wide, high] = [Math.round(grey.width * scale), Math.round(grey.height * scale)];
  const [width, height] = [wide + 2 * MARGIN, high + 2 * MARGIN];
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const at = 4 * ((y + MARGIN) * width + x + MARGIN);
      data.fill(255 - between(grey, (x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5), at, at + 3);
    }
  }
  return { data, width, height };
}

// How dark each pixel of the line is, 255 where it is farthest from the ground. What is no letter is left white.
function greyOf({ far, on, width: across }, line) {
  const [width, height] = [line.right - line.left, line.bottom - line.top];
  const dark = new Float32Array(width * height);
  let most = 1;
  for (const { left, right } of line.letters) {
    // With a column at each side, where edges are mixed with the ground.
    for (let x = Math.max(line.left, left - 1); x < Math.min(line.right, right + 1); x++) {
      for (let y = line.top; y < line.bottom; y++) {
        const at = y * across + x;
        dark[(y - line.top) * width + x - line.left] = far[at];
        if (on[at] === line.on) most = Math.max(most, far[at]);
      }
    }
  }
  return { dark: dark.map((value) => Math.min(255, (255 * value) / most)), width, height };
}

// The value at a place between four pixels.
function between({ dark, width, height }, x, y) {
  const [left, top] = [Math.min(width - 1, Math.max(0, x)), Math.min(height - 1, Math.max(0, y))];
  const [x0, y0] = [Math.floor(left), Math.floor(top)];
  const [x1, y1] = [Math.min(width - 1, x0 + 1), Math.min(height - 1, y0 + 1)];
  const row = (n) => dark[n * width + x0] * (x0 + 1 - left) + dark[n * width + x1] * (left - x0);
  return row(y0) * (y0 + 1 - top) + row(y1) * (top - y0);
}
