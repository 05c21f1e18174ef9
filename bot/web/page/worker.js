// The page opens without a network, too: what it is made of stays on the device (sw.js), what is said never does.

export function keepPage() {
  // Browsers offer it only over https; it is no loss to whoever is online.
  navigator.serviceWorker?.register("/sw.js").catch((error) => console.info(`The page is not kept: ${error.message}`));
}
