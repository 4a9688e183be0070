import type { Page } from 'playwright-core'

/** Where the Tab key stopped. */
export type Stop = {
  /** What it is, for the message of a failed test. */
  what: string
  inMain: boolean
  /** Nothing about its looks says that it has the focus. */
  unseen: boolean
  /** Outside the window, or under something else. */
  covered: boolean
}

/** More than this on one page is a trap. */
const MOST_STOPS = 250

/**
 * Press Tab from the top of the page until the focus leaves it.
 *
 * @returns the stops in order, and whether the focus came round instead of leaving
 */
export async function tabThrough(page: Page): Promise<{ stops: Stop[]; trapped: boolean }> {
  await page.evaluate(rememberLooks)
  const stops: Stop[] = []
  for (let n = 0; n < MOST_STOPS; n++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(lookAtFocus)
    if (stop === 'left') return { stops, trapped: false }
    if (stop === 'again') return { stops, trapped: true }
    stops.push(stop)
  }
  return { stops, trapped: true }
}

declare global {
  var looksBefore: WeakMap<Element, string> | undefined
  var stopsBefore: Element[] | undefined
}

/** How everything looks that has no focus, to compare. */
function rememberLooks() {
  const clear = /^(none|.*rgba\(0, 0, 0, 0\).*0px)$/
  const looksOf = (element: Element) =>
    [undefined, '::before', '::after']
      .map((part) => {
        const style = getComputedStyle(element, part)
        const ring = style.boxShadow
        const isOutlined = style.outlineStyle !== 'none' && !/, 0\)$/.test(style.outlineColor)
        return `${clear.test(ring) ? '' : ring}|${isOutlined ? style.outline : ''}`
      })
      .join(' ')
  globalThis.stopsBefore = []
  globalThis.looksBefore = new WeakMap(
    [
      ...document.querySelectorAll(
        'a, button, summary, input, select, textarea, [tabindex], [contenteditable]',
      ),
    ].map((element) => [element, looksOf(element)]),
  )
  Object.assign(globalThis, { looksOf })
}

declare function looksOf(element: Element): string

async function lookAtFocus(): Promise<Stop | 'left' | 'again'> {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  const element = document.activeElement
  const seen = globalThis.stopsBefore ?? []
  if (!element || element === document.body || element === document.documentElement) return 'left'
  if (seen.includes(element)) return element === seen[0] ? 'left' : 'again'
  seen.push(element)

  // a text that is written in shows its caret
  const isText = element instanceof HTMLElement && element.isContentEditable
  // a link over several lines is looked for on its largest one
  const rect =
    [...element.getClientRects()].sort((a, b) => b.width * b.height - a.width * a.height)[0] ??
    element.getBoundingClientRect()
  const [left, right] = [Math.max(rect.left, 0), Math.min(rect.right, innerWidth)]
  const [top, bottom] = [Math.max(rect.top, 0), Math.min(rect.bottom, innerHeight)]
  const points = [
    [0.5, 0.5],
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ].filter(([x = 0, y = 0]) => {
    const hit = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y)
    return hit !== null && element.contains(hit)
  })
  return {
    what: element.outerHTML.replace(/ class="[^"]*"/g, '').slice(0, 140),
    inMain: element.closest('main') !== null && element.tagName !== 'MAIN',
    unseen: !isText && looksOf(element) === globalThis.looksBefore?.get(element),
    covered: right <= left || bottom <= top || points.length < 3,
  }
}
