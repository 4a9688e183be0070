import { hash } from 'node:crypto'

/** By which stored bytes are known, hex. A file of its own: the thread needs no database driver for it. */
export function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex')
}
