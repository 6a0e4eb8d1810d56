// Filters, and places that open when a link leads to them. Everything can be read without this. It only hides, shows and opens what is there.
(() => {
  "use strict";
  const at = (id) => document.getElementById(id);
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const bar = at("_filter");
  const gaps = all(".gap");
  const others = all("tr[data-verdict]");
  const counts = new Map(all("[data-shown]").map((count) => [count, count.textContent]));
  const texts = new Map();

  const text = (item) => {
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
    return texts.get(item);
  };

  const narrow = () => {
    const [verdict, severity, component] = ["_verdict", "_severity", "_component"].map((id) => at(id).value);
    const words = at("_text").value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (item) =>
      (!verdict || item.dataset.verdict === verdict) &&
      (!severity || item.dataset.severity === severity) &&
      (!component || item.dataset.components.split(" ").includes(component)) &&
      words.every((word) => text(item).includes(word));
    const shown = (items) => items.filter((item) => !(item.hidden = !fits(item))).length;
    const [some, more] = [shown(gaps), shown(others)];
    const narrowed = verdict || severity || component || words.length > 0;
    for (const [count, whole] of counts) {
      const group = count.closest("details");
      const left = group.querySelectorAll("tr[data-verdict]:not([hidden])").length;
      count.textContent = narrowed ? `${left} of ${whole}` : whole;
    }
    at("_status").textContent = narrowed
      ? `${some} of ${gaps.length} gaps, and ${more} of ${others.length} other verdicts.`
      : `${gaps.length} gaps in all, those that matter most first.`;
  };

  const clear = () => {
    for (const id of ["_verdict", "_severity", "_component", "_text"]) at(id).value = "";
    narrow();
  };

  // What a link leads to is shown and opened, whatever the filters say.
  const reveal = () => {
    let id = "";
    try {
      id = decodeURIComponent(location.hash.slice(1));
    } catch {
      return;
    }
    const target = id && at(id);
    if (!target) return;
    const item = target.closest("[data-verdict]");
    if (item && item.hidden) clear();
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const head = item && item.querySelector("summary");
    (head || target).scrollIntoView();
    if (head) head.focus({ preventScroll: true });
  };

  if (bar) {
    bar.hidden = false;
    let waiting = 0;
    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(narrow, 150);
    };
    bar.addEventListener("input", later);
    at("_clear").addEventListener("click", clear);
    const fold = (open) => () => gaps.filter((gap) => !gap.hidden || !open).forEach((gap) => { gap.firstElementChild.open = open; });
    at("_open").addEventListener("click", fold(true));
    at("_close").addEventListener("click", fold(false));
    for (const link of all("a[data-component]")) {
      link.addEventListener("click", () => {
        clear();
        at("_component").value = link.dataset.component;
        narrow();
      });
    }
    // A browser may bring back what was chosen before the page was left.
    addEventListener("pageshow", () => {
      narrow();
      reveal();
    });
  }

  // On paper nothing is folded: browsers that know it from the stylesheet need no help.
  if (!CSS.supports("selector(::details-content)")) {
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = all(".gap > details:not([open]), .group:not([open], .later)");
      opened.forEach((fold) => { fold.open = true; });
    });
    addEventListener("afterprint", () => {
      opened.forEach((fold) => { fold.open = false; });
      opened = [];
    });
  }

  addEventListener("hashchange", reveal);
  reveal();
})();
