import * as Y from 'yjs'

export type Struct = Y.Item | Y.GC | Y.Skip
type Id = { client: number; clock: number }

/**
 * Order an update's structs so that each comes after everything that it builds upon. Within an author
 * they come by their clocks, so that a part of the order is an update of its own.
 *
 * @returns with each whether no other author's run waits for it
 */
export function causalOrder(structs: readonly Struct[]): { struct: Struct; isFree: boolean }[] {
  const runs = new Map<number, { structs: Struct[]; next: number }>()
  for (const struct of structs) {
    const { client } = struct.id
    const run = runs.get(client)
    if (run) run.structs.push(struct)
    else runs.set(client, { structs: [struct], next: 0 })
  }
  const ordered: { struct: Struct; isFree: boolean }[] = []
  const isMissing = ({ client, clock }: Id) => {
    const run = runs.get(client)
    const first = run?.structs[run.next]
    return first !== undefined && clock >= first.id.clock
  }
  for (const start of runs.keys()) {
    const waiting = [start]
    for (let client = waiting.at(-1); client !== undefined; client = waiting.at(-1)) {
      const run = runs.get(client)
      const struct = run?.structs[run.next]
      const needed = struct && basesOf(struct).find((id) => id.client !== client && isMissing(id))
      // a run that waits for one that waits for it is no order that Yjs could have written
      if (needed && !waiting.includes(needed.client)) waiting.push(needed.client)
      else if (run && struct) {
        ordered.push({ struct, isFree: waiting.length === 1 })
        run.next++
        if (waiting.length > 1) waiting.pop()
      } else waiting.pop()
    }
  }
  return ordered
}

function basesOf(struct: Struct): Id[] {
  if (!(struct instanceof Y.Item)) return []
  const { origin, rightOrigin, parent } = struct
  return [origin, rightOrigin, parent].filter((id) => id instanceof Y.ID)
}
