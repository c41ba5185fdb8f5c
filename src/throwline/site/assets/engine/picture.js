// A picture's pixels, small enough to take its code from. Only this worker ever holds the whole of it.
import { pixelsOf, scaledDown } from "./pixels.js";

addEventListener("message", async ({ data: file }) => {
  try {
    const whole = await pixelsOf(file);
    const small = scaledDown(whole);
    postMessage({ ...small, scaled: small !== whole }, [small.data.buffer]);
  } catch {
    postMessage({ failed: "picture" });
  }
});
