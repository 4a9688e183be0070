import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureChromium } from '../../scripts/setup/chromium.js'

/** A browser's own IndexedDB: what happens there is in provider-device-page.ts. */
const PAGE = fileURLToPath(new URL('provider-device-page.ts', import.meta.url))
let browser: Browser
let page: Page

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [PAGE],
    bundle: true,
    write: false,
    format: 'iife',
    logLevel: 'silent',
  })
  browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: ['--no-sandbox'],
  })
  page = await browser.newPage()
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '' }))
  await page.goto('http://localhost/')
  await page.addScriptTag({ content: outputFiles[0]?.text ?? '' })
}, 60_000)

afterAll(async () => {
  await browser?.close()
})

const play = (scene: string): Promise<unknown> => page.evaluate(`device.${scene}()`)

describe('the copy in a browser', () => {
  it('goes on counting one tab’s change when another tab’s is acknowledged', async () => {
    expect(await play('twoTabs')).toMatchObject({ waiting: 1, found: 1 })
  })

  it('does not count again what an earlier visit left, once the server has it', async () => {
    expect(await play('nextVisit')).toEqual({
      found: 2,
      waiting: 0,
      foundAgain: 0,
      text: 'one two ',
    })
  })

  it('counts what waits on the shelf before it is wiped, and nobody else’s', async () => {
    expect(await play('rescuedShelf')).toEqual({ before: 3, after: 0, others: 1 })
  })

  it('reads what was stored while one mark said up to where the server has it', async () => {
    expect(await play('storedByMark')).toEqual({ saved: 2, unsaved: [1] })
  })

  it('merges what the server has around a change that it lacks', async () => {
    expect(await play('merging')).toEqual({ rows: 2, unsaved: 1, length: 251 })
  })
})
