// What stands on what in a screenshot: the page, the bubbles and other areas of one colour are grounds, and all that is
// small on one of them is ink. So white letters in a blue bubble are told from the white page beside it.

const SAME = 6; // from one pixel to the next: JPEG makes 4 of noise in flat areas, a bubble's edge makes 10 and more
const LEAST = 0.045; // of the width: no letter is so wide and so high, every bubble is
const BAR = 0.04; // of the width: a full rectangle so high is a bar, however narrow
const FULL = 0.9;
const INK = 38; // of 255: letters differ more from their ground, the patterns of wallpapers less

// From { data, width, height }, four bytes a pixel. `far` is how far each pixel is from its ground, 0 to 255, `on` the
// number of the ground that it is ink on, 0 where it is none, and `is` the number of the ground that it is, or 0.
export function inkOf({ data, width, height }) {
  const areas = areasOf(data, width, height);
  const isGround = groundsAmong(areas, width, height);
  const far = new Uint8Array(width * height);
  const on = new Int32Array(width * height);
  const is = areas.map((area) => (isGround[area] ? area + 1 : 0));
  for (let y = 0; y < height; y++) {
    let before = -1;
    for (let at = y * width; at < (y + 1) * width; at++) {
      if (!is[at]) continue;
      // What has another ground at its left than at its right is an edge, and what has none at one side is cut off.
      if (before >= 0 && is[before] === is[at]) measure(data, far, on, before, at, is[at]);
      before = at;
    }
  }
  return { data, far, on, is, width, height };
}

// The pixels between two of one ground, `before` and `after`.
function measure(data, far, on, before, after, ground) {
  const [red, green, blue] = [0, 1, 2].map((part) => (data[4 * before + part] + data[4 * after + part]) / 2);
  for (let at = before + 1; at < after; at++) {
    const [r, g, b] = [data[4 * at] - red, data[4 * at + 1] - green, data[4 * at + 2] - blue];
    far[at] = Math.max(Math.abs(r), Math.abs(g), Math.abs(b));
    if (far[at] > INK) on[at] = ground;
  }
}

// For each pixel the number of the area that it belongs to: within one, colours change only slowly.
function areasOf(data, width, height) {
  const areas = new Int32Array(width * height);
  const same = []; // for each number a lower one of the same area, or itself
  const lowest = (number) => {
    while (same[number] !== number) number = same[number] = same[same[number]];
    return number;
  };
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (x && isLike(data, at, at - 1)) areas[at] = areas[at - 1];
      else same.push((areas[at] = same.length));
      if (y && isLike(data, at, at - width)) {
        const [one, other] = [lowest(areas[at]), lowest(areas[at - width])];
        same[Math.max(one, other)] = Math.min(one, other);
      }
    }
  }
  return areas.map(lowest);
}

function isLike(data, one, other) {
  for (let part = 0; part < 3; part++) {
    if (Math.abs(data[4 * one + part] - data[4 * other + part]) > SAME) return false;
  }
  return true;
}

// Which areas, by their numbers, are grounds.
function groundsAmong(areas, width, height) {
  const boxes = [];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const box = (boxes[areas[at]] ??= { left: x, right: x, top: y, bottom: y, pixels: 0 });
      if (x < box.left) box.left = x;
      if (x > box.right) box.right = x;
      box.bottom = y;
      box.pixels++;
    }
  }
  return boxes.map(({ left, right, top, bottom, pixels }) => {
    const [wide, high] = [right - left + 1, bottom - top + 1];
    return Math.min(wide, high) > LEAST * width || (high > BAR * width && pixels > FULL * wide * high);
  });
}
