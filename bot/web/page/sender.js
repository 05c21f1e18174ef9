// Who is speaking, for the server: a random id, and the only thing this page ever stores.

const KEY = "zhuyetong-sender";

/** crypto.randomUUID is missing where the page is not served over https, as on a local network. */
function randomId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** From now on this device speaks as `id`. */
export function become(id) {
  try {
    localStorage.setItem(KEY, id);
  } catch {
    // Storage is switched off: the id lives as long as the page.
  }
  return id;
}

export const newSender = () => become(randomId());

export function sender() {
  try {
    return localStorage.getItem(KEY) || newSender();
  } catch {
    return newSender();
  }
}
