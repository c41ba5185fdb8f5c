// Locks bytes with a passphrase so that the age tool opens them (age-encryption.org/v1). Slow on purpose, and so beside
// the page.
import { Encrypter } from "./age/age.js";

addEventListener("message", async ({ data: { bytes, passphrase } }) => {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  const sealed = await encrypter.encrypt(bytes);
  postMessage({ sealed }, [sealed.buffer]);
});
