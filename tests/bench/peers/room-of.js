import { readFileSync } from 'node:fs'

/** The document a socket asks for: what follows the last slash of its address. */
export function roomOf(url = '') {
  return url.split('?')[0].split('/').at(-1)
}

/**
 * What is in the storage before the first start: `SEEDS` names a file with `{ rooms, update }`, the
 * update in base64, the same for every room.
 *
 * @returns {{ rooms: string[], update: Uint8Array } | null}
 */
export function readSeeds() {
  if (!process.env.SEEDS) return null
  const { rooms, update } = JSON.parse(readFileSync(process.env.SEEDS, 'utf8'))
  return { rooms, update: new Uint8Array(Buffer.from(update, 'base64')) }
}

/** Listens on a free port of this machine and says so. @param {import('node:http').Server} server */
export function listen(server) {
  server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`))
}
