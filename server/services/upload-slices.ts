import type { Readable } from 'node:stream'
import { AppError, isAppError } from '../../shared/errors'

/** Bytes that become durable together, or what has come in a while: what a killed process can cost. */
const SLICE_BYTES = 1_020_000
const SLICE_MS = 2_000

/** Parts of a body that become durable together; a body that breaks off ends like one that is over. */
export async function* slicesOf(
  body: Readable | Buffer,
  room: number,
  touch: () => void,
): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let size = 0
  let since = performance.now()
  let left = room
  const parts = Buffer.isBuffer(body) ? [body] : untilCut(body)
  for await (const part of parts) {
    touch()
    left -= part.length
    if (left < 0) throw new AppError('malformed_upload')
    held.push(part)
    size += part.length
    if (size < SLICE_BYTES && performance.now() - since < SLICE_MS) continue
    yield Buffer.concat(held)
    held = []
    size = 0
    since = performance.now()
  }
  if (size > 0) yield Buffer.concat(held)
}

async function* untilCut(body: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body)
      yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
  } catch (error) {
    // the line broke; what came over it is good
    if (isAppError(error)) throw error
  }
}
