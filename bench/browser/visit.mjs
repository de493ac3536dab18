/** One visit of a phone, measured by Lighthouse: `node visit.mjs CHROMIUM URL COOKIE-NAME COOKIE-VALUE THROTTLING`.
 *
 * The member is signed in and has been here before; what the browser keeps for the pages (its caches, the service worker)
 * is thrown away first, so that everything comes over the wire. Prints what was found, as one line of JSON. */

import lighthouse from 'lighthouse'
import puppeteer from 'puppeteer-core'

const [executablePath, url, name, value, throttlingMethod] = process.argv.slice(2)
const CATEGORIES = ['performance', 'accessibility', 'best-practices']
const METRICS = {
  FCP: 'first-contentful-paint',
  LCP: 'largest-contentful-paint',
  TBT: 'total-blocking-time',
  CLS: 'cumulative-layout-shift',
  SI: 'speed-index',
  bytes: 'total-byte-weight',
}

const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
try {
  const page = await browser.newPage()
  await browser.setCookie({ name, value, url, domain: new URL(url).hostname, path: '/', httpOnly: true })
  await page.goto(url, { waitUntil: 'networkidle0' })
  const flags = { logLevel: 'error', throttlingMethod, onlyCategories: CATEGORIES, locale: 'en' }
  const { lhr } = await lighthouse(url, flags, undefined, page)
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message)
  const arrived = new URL(lhr.finalDisplayedUrl)
  if (arrived.pathname !== new URL(url).pathname) throw new Error(`led to ${arrived}: nobody is signed in`)
  console.log(
    JSON.stringify({
      scores: Object.fromEntries(CATEGORIES.map((one) => [one, Math.round(lhr.categories[one].score * 100)])),
      metrics: Object.fromEntries(Object.entries(METRICS).map(([short, long]) => [short, lhr.audits[long].numericValue])),
      settings: { ...lhr.configSettings.throttling, method: lhr.configSettings.throttlingMethod },
      power: lhr.environment.benchmarkIndex,
      versions: [lhr.lighthouseVersion, lhr.environment.hostUserAgent.match(/Chrome\/[\d.]+/)[0]],
      faults: faultsOf(lhr),
      ...(process.env.BENCH_WHOLE && { whole: lhr }),
    }),
  )
} finally {
  await browser.close()
}

/** What counts in a category and did not pass. */
function faultsOf(lhr) {
  return CATEGORIES.flatMap((category) =>
    lhr.categories[category].auditRefs
      .filter(({ weight, id }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
      .map(({ id }) => `${category}: ${lhr.audits[id].title} (${lhr.audits[id].displayValue ?? id})`),
  )
}
