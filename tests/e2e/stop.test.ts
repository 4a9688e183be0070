import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { removeScratch, scratch, startProduct } from '../setup/product'

afterAll(removeScratch)

/** Far below the minute and more that a silent connection used to hold it. */
const STOPPED_MS = 20_000

describe('Ctrl+C', () => {
  it('ends app and mongod though somebody holds connections open and says nothing', async () => {
    const product = await startProduct({ DATA_DIR: await scratch(), PORT: '0' })
    const { port } = new URL(product.origin)
    const silent = connect(Number(port), '127.0.0.1')
    const stalled = connect(Number(port), '127.0.0.1')
    silent.on('error', () => {})
    stalled.on('error', () => {})
    await Promise.all([once(silent, 'connect'), once(stalled, 'connect')])
    stalled.write(
      `POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${product.origin}\r\n` +
        'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nemail=',
    )
    const late = new Promise((resolve) => setTimeout(resolve, STOPPED_MS, 'still there').unref())
    expect(await Promise.race([product.stop(), late])).toBe(0)
  })
})
