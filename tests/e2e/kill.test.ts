import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Product, removeScratch, scratch, startProduct } from '../setup/product'
import { createProtocol, firstUnit, openProtocol, typeUntil } from '../setup/protocol-page'
import { openBrowser, signIn, visit } from '../setup/visitor'

let browser: Browser
let product: Product | undefined

beforeAll(async () => {
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await removeScratch()
})

describe('kill -9', () => {
  it.each(['app', 'mongod', 'app and mongod'])(
    'of %s in the middle of typing loses nothing that was shown as saved',
    async (victims) => {
      const env = { DATA_DIR: await scratch(), PORT: '0' }
      product = await startProduct(env)
      const visitor = await visit(browser, product.origin)
      await signIn(visitor, 'physician.us')
      const path = await createProtocol(visitor, `Kill ${victims}`, '')
      const protocol = await openProtocol(visitor, path)
      const unit = await firstUnit(protocol)
      await protocol.unit('en', unit).click()

      const stop = { now: false }
      const typing = typeUntil(stop, protocol)
      await expect.poll(() => protocol.read('en'), { timeout: 20_000 }).toMatch(/w60\b/)
      if (victims.includes('mongod'))
        process.kill(Number(readFileSync(join(env.DATA_DIR, 'mongod.pid'), 'utf8')), 'SIGKILL')
      if (victims.includes('app')) await product.kill()
      stop.now = true
      const shownSaved = await typing
      expect(shownSaved).toBeGreaterThan(0)
      // closing the context drops the browser's own copy: what comes back, comes from the server
      await visitor.context.close()

      if (victims.includes('app')) product = await startProduct(env)
      const fresh = await visit(browser, product.origin)
      await signIn(fresh, 'physician.us')
      const again = await openProtocol(fresh, path)
      const words = new Set((await again.read('en')).split(' '))
      const lost = Array.from({ length: shownSaved }, (_, i) => `w${i + 1}`).filter(
        (word) => !words.has(word),
      )
      expect(lost).toEqual([])
      await fresh.context.close()
      expect(await product.stop()).toBe(0)
      product = undefined
    },
  )
})
