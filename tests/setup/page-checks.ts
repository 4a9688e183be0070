import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { PARTNERSHIPS } from '../../server/demo/content'
import type { Language } from '../../shared/languages'

/** WCAG 2.2 AA and below, and what axe holds to be good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Of those, the ones that look at colours: all that another colour scheme can change. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

/** Its small form: every page reads it. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe finds, one line a finding.
 *
 * @param looked `colours`, where a page that was looked at wholly has only changed its scheme
 */
export async function axeFindings(
  page: Page,
  looked: 'wholly' | 'colours' = 'wholly',
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  // what follows the rules and what does not apply need no gathering of their nodes
  const options: RunOptions = {
    runOnly:
      looked === 'colours'
        ? { type: 'rule', values: COLOUR_RULES }
        : { type: 'tag', values: RULES },
    resultTypes: ['violations'],
  }
  const violations = await page.evaluate(runAxe, options)
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  )
}

async function runAxe(options: RunOptions): Promise<AxeResults['violations']> {
  // a colour on its way to another is neither of them
  const frames = () =>
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  await frames()
  const ending = document
    .getAnimations()
    .filter(({ playState }) => playState === 'running')
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
  await Promise.allSettled(ending.map(({ finished }) => finished))
  const { axe } = window as unknown as {
    axe: { run: (context: Document, options: RunOptions) => Promise<AxeResults> }
  }
  return (await axe.run(document, options)).violations
}

/** Latin words that belong into a Russian page: our name, the switch of languages, keys, addresses. */
const LATIN_IN_RUSSIAN =
  'Twinward EN RU F8 F10 Alt Ctrl Shift Esc Tab Enter Caps Lock https http mailto PDF Word Excel PowerPoint OpenDocument CSV JSON pdf UTC ICS CD4'.split(
    ' ',
  )

/** Of the people of the demonstration, in both scripts: a tip shows a name as it is in each. */
const NAMES = PARTNERSHIPS.flatMap(({ members }) =>
  members.flatMap(({ name }) => Object.values(name).flatMap((part) => part?.split(' ') ?? [])),
)

/**
 * Words of the other script that a reader of the interface meets: shown, read out or in a tip.
 * Elements marked with a language, and the text of protocols, are what people wrote, not the interface.
 */
export function foreignWords(page: Page, lang: Language): Promise<string[]> {
  const script = lang === 'ru' ? 'Latin' : 'Cyrillic'
  return page.evaluate(findForeignWords, {
    lang,
    word: `\\p{Script=${script}}[\\p{Script=${script}}\\d’']*`,
    allowed: lang === 'ru' ? LATIN_IN_RUSSIAN : [],
    names: NAMES,
  })
}

function findForeignWords(asked: {
  lang: string
  word: string
  allowed: string[]
  names: string[]
}): string[] {
  const found: string[] = []
  const read = (element: Element | null, text: string | null, where: string) => {
    // what carries a language of its own is what people wrote; the interface has the page's
    if (!element || !text || element.closest('[lang]') !== document.documentElement) return
    const plain = text.replace(/\S+@\S+/g, '')
    for (const [word] of plain.matchAll(new RegExp(asked.word, 'gu'))) {
      const isName = where === 'title' && asked.names.includes(word)
      if (!isName && !asked.allowed.includes(word))
        found.push(`${word} (${where}: ${plain.trim()})`)
    }
  }
  read(document.documentElement, document.title, 'the title of the page')
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    if (!element?.checkVisibility({ visibilityProperty: true })) continue
    if (element.closest('script, style, .protocol-text')) continue
    read(element, node.textContent, element.tagName.toLowerCase())
  }
  for (const name of ['aria-label', 'aria-description', 'title', 'placeholder', 'alt']) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      if (element.checkVisibility()) read(element, element.getAttribute(name), name)
    }
  }
  return found
}

/** Elements that are read as words: what is meant for browsers without scripts and shows all the same. */
export function markupRead(page: Page): Promise<string[]> {
  // biome-ignore lint/performance/useDomNodeTextContent: only what is shown
  return page.evaluate(() => document.body.innerText.match(/<[a-z]+ class=[^>]*/g) ?? [])
}

/** What makes the page scroll sideways at a width; empty when nothing does. */
export async function widerThan(page: Page, width: number): Promise<string[]> {
  await page.setViewportSize({ width, height: 900 })
  await twoFrames(page)
  return page.evaluate(() => {
    const root = document.scrollingElement ?? document.documentElement
    const limit = Math.min(root.clientWidth, window.innerWidth)
    if (root.scrollWidth <= limit) return []
    const wide = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > limit + 0.5,
    )
    return [
      `${root.scrollWidth} px in ${limit}`,
      ...wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 120)),
    ]
  })
}

/** Controls that would do nothing: no form to send, no address, nobody listening. */
export function deadControls(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // React keeps what an element listens to beside it
    const listens = (element: Element) =>
      Object.entries(element).some(
        ([key, props]) =>
          key.startsWith('__reactProps$') &&
          Object.keys(props ?? {}).some((name) => /^on(Click|PointerDown|KeyDown)$/.test(name)),
      )
    const isDead = (element: Element) => {
      if (element instanceof HTMLAnchorElement)
        return /^(#|javascript:|)$/.test(element.getAttribute('href') ?? '')
      if (element instanceof HTMLButtonElement && element.type === 'submit' && element.form)
        return false
      return !listens(element)
    }
    return [...document.querySelectorAll('a, button, [role=button], [role=link]')]
      .filter(isDead)
      .map((element) => element.outerHTML.slice(0, 160))
  })
}

/** Addresses on our own site that the page leads to; `#…` where its target is missing. */
export function linksOn(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('a[href]')].flatMap((link) => {
      const href = link.getAttribute('href') ?? ''
      if (href.startsWith('#')) return document.getElementById(href.slice(1)) ? [] : [href]
      const { origin, pathname, search } = new URL(href, location.href)
      return origin === location.origin ? [pathname + search] : []
    }),
  )
}

export async function twoFrames(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  )
}
