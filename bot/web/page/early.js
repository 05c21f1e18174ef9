// How the person likes the page, before anything is painted. settings.js lets them change it.

document.documentElement.dataset.scripted = "";
try {
  Object.assign(document.documentElement.dataset, JSON.parse(localStorage.getItem("zhuyetong-settings")));
} catch {
  // Storage is switched off or holds something else: the page is as it comes.
}
