import { parentPort } from 'node:worker_threads'
import { compactDocument, rehearseUpdate } from './heavy-jobs'
import { split, type ThreadJob, type ThreadSays } from './heavy-messages'

/** The thread of `HeavyWork`: one job after the other. */

function say(message: ThreadSays, give: ArrayBufferLike[] = []): void {
  parentPort?.postMessage(
    message,
    give.filter((buffer) => buffer instanceof ArrayBuffer),
  )
}

parentPort?.on('message', (job: ThreadJob) => {
  const { id } = job
  const onTry = () => say({ kind: 'trying', id })
  const parts = split(job.parts)
  if (job.kind === 'compact') {
    onTry()
    const [bytes] = job.v === null ? [] : parts.splice(0, 1)
    const result = compactDocument(bytes && job.v ? { v: job.v, bytes } : null, parts)
    say({ kind: 'compacted', id, result }, result ? [result.packed.buffer] : [])
  } else {
    const [state = new Uint8Array(), update = new Uint8Array()] = parts
    say({ kind: 'rehearsed', id, result: rehearseUpdate(state, update, onTry) })
  }
})

say({ kind: 'ready' })
