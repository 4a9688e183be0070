import { execFile } from 'node:child_process'
import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ReplicaSet } from '../fixtures/replica-set'

/** mongod takes 300 MB before anything is written. */
const SIZE = '380m'
const PIECE_BYTES = 1_048_576
const STARTS = 'starts'

/**
 * mongod on a file system of its own, in memory and in a namespace, and started again whenever it
 * ends: it ends when it cannot write.
 */
export const ON_A_SMALL_DISK = {
  under: (folder: string) => [
    ...['unshare', '-Urmpf', '--kill-child', 'sh', '-c'],
    `mount -t tmpfs -o size=${SIZE} tmpfs "$0" &&
     while :; do echo >> "$0/${STARTS}"; "$@"; sleep 0.1; done`,
    folder,
  ],
  // data files grow within a second, not within a minute
  settings: ['--syncdelay', '1'],
}

/** Why there can be no such disk here, if there cannot. */
export async function noSmallDisk(): Promise<string | undefined> {
  const trial = ['-Urmpf', '--kill-child', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']
  return promisify(execFile)('unshare', trial).then(
    () => undefined,
    () => 'this machine has no namespaces for users and mounts',
  )
}

/** The disk of the set's only member, as seen from outside. */
export async function smallDiskOf(set: ReplicaSet) {
  const outside = set.pidOf(0)
  const children = await readFile(`/proc/${outside}/task/${outside}/children`, 'utf8')
  const inside = `/proc/${children.trim()}/root${set.folderOf(0)}`
  const filler = join(inside, 'filler')
  return {
    async fill(): Promise<void> {
      const file = await open(filler, 'w')
      const piece = Buffer.alloc(PIECE_BYTES)
      try {
        for (let length = piece.length; length > 0; ) {
          const { bytesWritten } = await file.write(piece, 0, length)
          length = bytesWritten === length ? piece.length : 0
        }
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      } finally {
        await file.close()
      }
    },
    free: () => rm(filler, { force: true }),
    /** How often mongod has been started; a line is not written when there is no room for it. */
    starts: async () => (await readFile(join(inside, STARTS), 'utf8')).length,
  }
}
