// Prints the lines that the page finds in a picture: the folder with the scripts, a file of pixels, four bytes each, and
// its size are named.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, pixels, width, height] = process.argv.slice(2);
const script = (name) => import(`${pathToFileURL(folder)}/${name}`);
const { inkOf } = await script("grounds.js");
const { linesOf } = await script("lines.js");
const lines = linesOf(inkOf({ data: new Uint8ClampedArray(readFileSync(pixels)), width: +width, height: +height }));
const told = ({ area, letters }) => ({ area, letters: letters.length, dotted: letters.filter((one) => one.isDotted).length });
console.log(JSON.stringify(lines.map(told)));
