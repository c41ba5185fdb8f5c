// From a picture's file to its pixels, upright and in its own colours, as Pillow gives them on a computer.

const SIDE = 512;
const PRECISION = 22; // bits behind the point, as Pillow counts

// At full size: { data, width, height }, four bytes a pixel. Rejects what this browser cannot decode.
export async function pixelsOf(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image", colorSpaceConversion: "none" });
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  canvas.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = canvas.getImageData(0, 0, width, height);
  return { data, width, height };
}

// A picture with a longer side comes back as 512 x 512, by Pillow's bilinear filter to the bit: the same picture has to
// have the same fingerprint here and there.
export function scaledDown(picture) {
  const { width, height } = picture;
  if (Math.max(width, height) <= SIDE) return picture;
  // As Pillow 13 does: which way comes first decides the last bit.
  return height - SIDE > 2 * (width - SIDE) ? narrower(lower(picture)) : lower(narrower(picture));
}

function narrower({ data, width, height }) {
  const scaled = new Uint8ClampedArray(4 * SIDE * height);
  const shares = sharesOf(width);
  for (let y = 0, to = 0; y < height; y++) {
    for (const { first, weights } of shares) {
      let red = 1 << (PRECISION - 1), green = red, blue = red;
      for (let i = 0, from = 4 * (y * width + first); i < weights.length; i++, from += 4) {
        red += data[from] * weights[i];
        green += data[from + 1] * weights[i];
        blue += data[from + 2] * weights[i];
      }
      scaled[to++] = red >> PRECISION;
      scaled[to++] = green >> PRECISION;
      scaled[to++] = blue >> PRECISION;
      scaled[to++] = 255;
    }
  }
  return { data: scaled, width: SIDE, height };
}

function lower({ data, width, height }) {
  const scaled = new Uint8ClampedArray(4 * width * SIDE);
  const line = 4 * width;
  let to = 0;
  for (const { first, weights } of sharesOf(height)) {
    for (let x = 0; x < line; x++) {
      let sum = 1 << (PRECISION - 1);
      for (let i = 0, from = first * line + x; i < weights.length; i++, from += line) sum += data[from] * weights[i];
      scaled[to++] = sum >> PRECISION;
    }
  }
  return { data: scaled, width, height: SIDE };
}

// For each of the 512 places: where the pixels begin that go into it, and what part each has, in whole numbers.
function sharesOf(length) {
  const scale = length / SIDE;
  const reach = Math.max(scale, 1);
  return Array.from({ length: SIDE }, (_, place) => {
    const centre = (place + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - reach + 0.5));
    const end = Math.min(length, Math.trunc(centre + reach + 0.5));
    const parts = Array.from({ length: end - first }, (_, i) => Math.max(0, 1 - Math.abs((i + first - centre + 0.5) / reach)));
    const sum = parts.reduce((total, part) => total + part, 0);
    return { first, weights: Int32Array.from(parts, (part) => 0.5 + (part / sum) * (1 << PRECISION)) };
  });
}
