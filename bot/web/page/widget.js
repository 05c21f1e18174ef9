// For other sites: <script src="https://…/widget.js" defer></script> puts a button on their page that opens the chat.
// Which sites may is set by ZHUYETONG_EMBED_ORIGINS. Nothing here is read from or written to the site but these two nodes.

(() => {
  const home = new URL("/", document.currentScript.src);
  const OPEN = "助业通：就业政策问答";
  const CLOSE = "收起助业通";
  const style = (node, rules) => Object.assign(node.style, rules);

  const button = document.createElement("button");
  const frame = document.createElement("iframe");
  button.type = "button";
  button.textContent = OPEN;
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", "zhuyetong-chat");
  frame.id = "zhuyetong-chat";
  frame.title = OPEN;
  frame.allow = "microphone; autoplay";
  frame.hidden = true;

  style(button, {
    position: "fixed",
    right: "1rem",
    bottom: "1rem",
    zIndex: "2147483647",
    minHeight: "60px",
    padding: "0 1.5rem",
    border: "3px solid #ffffff",
    borderRadius: "30px",
    background: "#1c3f87",
    color: "#ffffff",
    font: "bold 1.2rem sans-serif",
    cursor: "pointer",
  });
  style(frame, {
    position: "fixed",
    right: "1rem",
    bottom: "calc(2rem + 60px)",
    zIndex: "2147483647",
    width: "min(30rem, calc(100vw - 2rem))",
    height: "min(46rem, calc(100vh - 4rem - 60px))",
    border: "3px solid #1c3f87",
    borderRadius: "1rem",
    background: "#f2f5fa",
  });

  function show(open) {
    // Loaded only once it is wanted.
    if (open && !frame.src) frame.src = home;
    frame.hidden = !open;
    button.textContent = open ? CLOSE : OPEN;
    button.setAttribute("aria-expanded", String(open));
  }

  button.addEventListener("click", () => show(frame.hidden));
  const put = () => document.body.append(button, frame);
  if (document.body) put();
  else addEventListener("DOMContentLoaded", put);
})();
