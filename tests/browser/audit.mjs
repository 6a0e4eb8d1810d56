// Renders the reports of the examples and looks at them in Chromium: accessibility in light and dark, narrow and wide, with everything folded and
// unfolded; no request with every request refused; no violation of the policy; readable and linked without scripts; filters and deep links.
// How to run it: docs/report-html.md. Set CHROMIUM for another browser than /usr/bin/chromium, PICTURES=1 for pictures in `pictures/`.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "..", "..");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const abide = process.env.ABIDE ?? join(root, "target", "debug", "abide");
const scratch = mkdtempSync(join(tmpdir(), "abide-audit-"));
const pictures = process.env.PICTURES ? join(here, "pictures") : null;
if (pictures) mkdirSync(pictures, { recursive: true });

const REPORTS = [
  ["northfield-airport", []],
  ["northfield-airport", ["--summary"]],
  ["northfield-airport", ["--audience", "front-line"]],
  ["westmere-air", []],
  ["brackwater-cargo", []],
  ["larkfield-training", []],
  ["tern-valley-parts", []],
];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let wrong = 0;
const check = (what, problems) => {
  wrong += problems.length;
  console.log(`${problems.length === 0 ? "ok   " : "WRONG"} ${what}`);
  problems.slice(0, 8).forEach((problem) => console.log(`        ${problem}`));
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

/** A page in a browser of its own that refuses and notes every request but the one for the report. */
async function open(url, { width = 1280, scheme = "light", script = true } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, javaScriptEnabled: script });
  const problems = [];
  const page = await context.newPage();
  await context.route("**", (route) => {
    const asked = route.request();
    const report = asked.isNavigationRequest() && asked.url().split("#")[0] === url.split("#")[0];
    if (report) return route.continue();
    problems.push(`request: ${asked.url()}`);
    return route.abort();
  });
  page.on("console", (said) => problems.push(`console: ${said.text()}`));
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  if (script) {
    await page.addInitScript(() => {
      globalThis.violations = [];
      document.addEventListener("securitypolicyviolation", (v) => globalThis.violations.push(`${v.violatedDirective}: ${v.blockedURI}`));
    });
  }
  await page.goto(url);
  const close = async () => {
    if (script) problems.push(...(await page.evaluate(() => globalThis.violations)).map((v) => `policy: ${v}`));
    await context.close();
    return problems;
  };
  return { page, close };
}

async function accessible(page) {
  await page.evaluate(axe);
  const found = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), TAGS);
  return found.violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id}: ${n.target.join(" ")}: ${n.failureSummary.split("\n").pop().trim()}`));
}

const unfold = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((fold) => { fold.open = true; }));
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const only = process.argv.slice(2);
for (const [example, more] of REPORTS.filter(([example]) => only.length === 0 || only.includes(example))) {
  const name = [example, ...more].join("-").replaceAll("--", "");
  const file = join(scratch, `${name}.html`);
  try {
    execFileSync(abide, ["check", join(root, "examples", example), "--format", "html", "--output", file, ...more], { stdio: "ignore" });
  } catch (ended) {
    // There are gaps: that is no failure of the audit.
    if (ended.status !== 1 && ended.status !== 3) throw ended;
  }
  const url = pathToFileURL(file).href;
  console.log(`\n${name}: ${Math.round(readFileSync(file).length / 1000)} kB`);
  for (const scheme of ["light", "dark"]) {
    for (const width of [360, 1280]) {
      const { page, close } = await open(url, { width, scheme });
      check(`${scheme}, ${width} px: accessible`, await accessible(page));
      const wide = await overflow(page);
      check(`${scheme}, ${width} px: nothing sticks out`, wide > 0 ? [`${wide} px`] : []);
      if (pictures) await page.screenshot({ path: join(pictures, `${name}-${scheme}-${width}.png`), fullPage: true });
      await unfold(page);
      check(`${scheme}, ${width} px: accessible unfolded`, await accessible(page));
      check(`${scheme}, ${width} px: no request, no violation`, await close());
    }
  }
  await withoutScripts(url, name);
  if (!more.includes("--summary")) await used(url);
  if (pictures) {
    const { page, close } = await open(url);
    await page.pdf({ path: join(pictures, `${name}.pdf`), format: "A4" });
    await close();
  }
}

/** Everything that is there with scripts is there without, and a link opens what it leads to. */
async function withoutScripts(url, name) {
  const { page, close } = await open(url, { script: false });
  const hidden = await page.locator("[hidden]").count();
  check("no script: nothing but the filters is hidden", hidden > 1 ? [`${hidden} hidden parts`] : []);
  const folds = page.locator(".gap > details > summary");
  if ((await folds.count()) > 0) {
    await folds.first().click();
    check("no script: a gap opens", (await page.locator(".gap .todo, .gap .found").first().isVisible()) ? [] : ["it stays folded"]);
    const id = await page.locator(".gap .inside").last().getAttribute("id");
    const linked = await open(`${url}#${id}`, { script: false });
    check("no script: a link opens its gap", (await linked.page.locator(`[id="${id}"]`).isVisible()) ? [] : [`${id} stays folded`]);
    check("no script: no request", await linked.close());
  }
  check(`no script: no request (${name})`, await close());
}

/** Filters, search, deep links, keyboard. */
async function used(url) {
  const { page, close } = await open(url);
  const gaps = page.locator(".gap:visible");
  const [all, problems] = [await gaps.count(), []];
  const want = (what, yes) => yes || problems.push(what);
  if (all > 0) {
    await page.selectOption("#_verdict", "needs judgement");
    await page.waitForTimeout(250);
    const some = await gaps.count();
    want("the verdict filters", some === (await page.locator('.gap[data-verdict="needs judgement"]').count()));
    want("the number is told", (await page.locator("#_status").textContent()).startsWith(`${some} of ${all} gaps`));
    await page.click("#_clear");
    want("all come back", (await gaps.count()) === all);
    const id = await page.locator(".gap .inside").last().getAttribute("id");
    await page.fill("#_text", id);
    await page.waitForTimeout(250);
    want("text is found", (await gaps.count()) >= 1 && (await gaps.count()) < Math.max(all, 2));
    await page.fill("#_text", "no such words as these");
    await page.waitForTimeout(250);
    want("what is not there is not found", (await gaps.count()) === 0);
    await page.evaluate((id) => { location.hash = id; }, id);
    await page.waitForTimeout(250);
    want("a link shows and opens what a filter hid", await page.locator(`[id="${id}"]`).isVisible());
    want("and the keyboard goes on there", await page.evaluate((id) => document.activeElement.parentElement.contains(document.getElementById(id)), id));
    await page.keyboard.press("Enter");
    want("the keyboard folds", !(await page.locator(`[id="${id}"]`).isVisible()));
    await page.click("#_open");
    want("all open", (await page.locator(".gap > details[open]").count()) === all);
    await page.emulateMedia({ media: "print" });
    await page.click("#_close", { force: true }).catch(() => page.evaluate(() => document.getElementById("_close").click()));
    want("paper shows what is folded", await page.locator(".gap .inside").first().isVisible());
    await page.emulateMedia({ media: "screen" });
    const link = page.locator("a[data-component]").first();
    await link.click();
    want("a component filters", (await page.locator("#_component").inputValue()) === (await link.getAttribute("data-component")));
  }
  check("filters, links and keyboard", [...problems, ...(await close())]);
}

await browser.close();
rmSync(scratch, { recursive: true, force: true });
console.log(wrong === 0 ? "\nAll in order." : `\n${wrong} wrong.`);
process.exit(wrong === 0 ? 0 : 1);
