// Who is speaking is known to the server by a cookie that no script can read; this asks for one, once.

import { end, session } from "./server.js";

// What earlier versions kept.
const FORMER = "zhuyetong-sender";

/** The page begins: whoever spoke here within a day goes on. A failure is told by what is sent next. */
export async function beginSession() {
  try {
    localStorage.removeItem(FORMER);
  } catch {
    // Storage is switched off: nothing was kept.
  }
  await session().catch((failure) => console.info(failure.message));
}

/** Everything that was said is forgotten, and whoever speaks next is somebody else. May fail with a Failure. */
export const endSession = () => end();
