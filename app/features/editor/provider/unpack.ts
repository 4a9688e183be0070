import { MAX_UNPACKED_BYTES } from '../../../../shared/collab/wire'

const FORMAT = 'deflate-raw'

export type Unpack = (packed: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>

/** Inflates; undefined where the browser cannot (Chromium before 103 knows the class, not the format). */
export function unpackHere(): Unpack | undefined {
  try {
    new DecompressionStream(FORMAT)
    return unpack
  } catch {
    return undefined
  }
}

/** @throws if it is damaged, or larger than `MAX_UNPACKED_BYTES` */
async function unpack(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream(FORMAT))
  const reader = stream.getReader()
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    bytes += value.length
    parts.push(value)
    if (bytes > MAX_UNPACKED_BYTES) {
      reader.cancel().catch(() => {})
      throw new RangeError('a packed state beyond every document')
    }
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}
