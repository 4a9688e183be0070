import * as Y from 'yjs'
import { BODY_ROOT, LEDGER_ROOT, META_ROOT } from '../../shared/editor/content'
import type { Id, Struct } from './decode'
import { FOREIGN_HOLDER, type Holder, ROOT_HOLDER, TEXT_HOLDER } from './grammar'
import { MAX_STEPS } from './limits'
import { Refusal } from './refusal'

/** A place among the items of a type, or as the value of its attribute `sub`. */
type Spot = {
  /** Without one it is nowhere, because its place is gone. */
  holder: Holder | null
  sub: string | null
  /** The type of the document it is in, unless that is new as well. */
  within: Pick<Y.AbstractType<unknown>, '_start' | '_map'> | null
  /** What stands there, unless that is new. */
  item: Y.Item | null
  /** The item of the document that is there, or is said to follow. */
  upTo: Y.Item | null
}
const NOWHERE: Spot = { holder: null, sub: null, within: null, item: null, upTo: null }

/** Where a struct will stand. */
export type Placed = Spot & { struct: Struct }

/**
 * Finds for each new struct the type it will stand in, in an order in which everything a struct
 * needs comes before it, as Yjs will integrate it.
 *
 * @param groups new structs by client, each beginning at the document's state
 * @returns 'gap' if something is missing, or if the structs need one another in a circle
 */
export function placeStructs(
  groups: ReadonlyMap<number, readonly Struct[]>,
  doc: Y.Doc,
): readonly Placed[] | 'gap' {
  const placement = new Placement(groups, doc)
  return placement.placeAll() ? placement.placed : 'gap'
}

/** New structs of one client on their way into the document. */
type Arrival = {
  client: number
  structs: readonly Struct[]
  /** Of the structs that are placed, by their index. */
  spots: Spot[]
  /** The clock up to which they are placed. */
  reach: number
  /** Who waits for the struct at an index; every wake-up is one need less, so the work is linear. */
  waiting: Map<number, Arrival[]> | null
}

class Placement {
  readonly placed: Placed[] = []
  private readonly arrivals = new Map<number, Arrival>()
  /** Of the new structs that hold others. */
  private readonly held = new Map<Struct, Holder>()
  private steps = 0

  constructor(
    groups: ReadonlyMap<number, readonly Struct[]>,
    private readonly doc: Y.Doc,
  ) {
    for (const [client, structs] of groups) {
      const reach = Y.getState(doc.store, client)
      this.arrivals.set(client, { client, structs, spots: [], reach, waiting: null })
    }
  }

  /** @returns false if something is missing */
  placeAll(): boolean {
    const queue = [...this.arrivals.values()]
    let expected = 0
    for (const { structs } of queue) expected += structs.length
    for (let arrival = queue.pop(); arrival; arrival = queue.pop()) {
      if (!this.placeNext(arrival, queue)) return false
    }
    return this.placed.length === expected
  }

  /** Place what can be placed; whoever waited for it goes to the queue. */
  private placeNext(arrival: Arrival, queue: Arrival[]): boolean {
    const { structs, spots } = arrival
    for (let struct = structs[spots.length]; struct; struct = structs[spots.length]) {
      const missing = this.missing(struct)
      if (missing) return missing.client !== arrival.client && this.wait(arrival, missing)
      const placed = this.place(struct)
      const index = spots.push(placed) - 1
      this.placed.push(placed)
      arrival.reach = struct.clock + struct.length
      for (const waiter of arrival.waiting?.get(index) ?? []) queue.push(waiter)
    }
    return true
  }

  private missing({ origin, rightOrigin, parentId }: Struct): Id | null {
    if (origin && this.lacks(origin)) return origin
    if (rightOrigin && this.lacks(rightOrigin)) return rightOrigin
    return parentId && this.lacks(parentId) ? parentId : null
  }

  private lacks({ client, clock }: Id): boolean {
    return clock >= (this.arrivals.get(client)?.reach ?? Y.getState(this.doc.store, client))
  }

  /** @returns false if what it waits for does not come */
  private wait(arrival: Arrival, missing: Id): boolean {
    const awaited = this.arrivals.get(missing.client)
    const index = awaited ? indexAt(awaited.structs, missing.clock) : -1
    if (!awaited || index < 0) return false
    awaited.waiting ??= new Map()
    const waiters = awaited.waiting.get(index)
    if (waiters) waiters.push(arrival)
    else awaited.waiting.set(index, [arrival])
    return true
  }

  private place(struct: Struct): Placed {
    const { origin, rightOrigin } = struct
    if (struct.content.kind === 'gone') return { struct, ...NOWHERE }
    const left = origin && this.spotAt(origin)
    const right = rightOrigin && this.spotAt(rightOrigin)
    if (left && right && left.holder && right.holder) {
      if (left.holder !== right.holder || left.sub !== right.sub) {
        throw new Refusal('frame_policy', 'between two places')
      }
    }
    const { holder, sub, within } = left ?? right ?? this.spotIn(struct)
    if (!holder || (right && !right.holder)) return { struct, ...NOWHERE }
    const placed = { struct, holder, sub, within, item: null, upTo: right?.upTo ?? null }
    this.pass(placed, left)
    return placed
  }

  /** Of what covers an id. */
  private spotAt(id: Id): Spot {
    const item = this.stored(id)
    if (item) return item instanceof Y.GC ? NOWHERE : spotOfItem(item)
    const arrival = this.arrivals.get(id.client)
    return arrival?.spots[indexAt(arrival.structs, id.clock)] ?? NOWHERE
  }

  /** In the parent that a struct names. */
  private spotIn({ parentRoot, parentId, parentSub: sub }: Struct): Spot {
    if (parentRoot !== null) {
      const within = this.doc.share.get(parentRoot) ?? null
      return { ...NOWHERE, holder: holderOfRoot(parentRoot), sub, within }
    }
    const item = parentId && this.stored(parentId)
    if (!item) return { ...NOWHERE, holder: parentId && this.newHolder(parentId), sub }
    if (item instanceof Y.Item && item.content instanceof Y.ContentType) {
      const { type } = item.content
      return { ...NOWHERE, holder: holderOf(type), sub, within: type }
    }
    if (item.deleted) return NOWHERE
    throw notAType()
  }

  /** The type that the new struct at `id` will be. */
  private newHolder(id: Id): Holder | null {
    const arrival = this.arrivals.get(id.client)
    const index = arrival ? indexAt(arrival.structs, id.clock) : -1
    const struct = arrival?.structs[index]
    const outer = arrival?.spots[index]?.holder
    if (!struct || !outer) return null
    const { content } = struct
    if (content.kind === 'deleted') return null
    if (content.kind !== 'element' && content.kind !== 'xml-text') throw notAType()
    const name = content.kind === 'element' ? content.name : TEXT_HOLDER
    const holder = this.held.get(struct) ?? { root: outer.root, name, depth: outer.depth + 1 }
    this.held.set(struct, holder)
    return holder
  }

  /** Count what has to be passed. Right of what is new there is nothing of the document to pass. */
  private pass({ sub, within, upTo }: Placed, left: Spot | null): void {
    if (left && (!left.item || left.item === upTo)) return
    if (left || sub === null) {
      let next = left?.item ? left.item.right : (within?._start ?? null)
      for (; next && next !== upTo; next = next.right) this.step()
    } else {
      let last = within?._map.get(sub) ?? null
      for (; last; last = last.left) this.step()
    }
  }

  private step(): void {
    this.steps += 1
    if (this.steps > MAX_STEPS) throw new Refusal('frame_policy', 'too much at one place')
  }

  private stored({ client, clock }: Id): Y.Item | Y.GC | null {
    const structs = this.doc.store.clients.get(client)
    const last = structs?.at(-1)
    if (!structs || !last || clock >= last.id.clock + last.length) return null
    return structs[Y.findIndexSS(structs, clock)] ?? null
  }
}

/** Of the struct that covers the clock, or -1. */
function indexAt(structs: readonly Struct[], clock: number): number {
  let [low, high] = [0, structs.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const struct = structs[middle]
    if (!struct) return -1
    if (clock < struct.clock) high = middle - 1
    else if (clock >= struct.clock + struct.length) low = middle + 1
    else return middle
  }
  return -1
}

const ROOT_HOLDERS: ReadonlyMap<string, Holder> = new Map(
  [...Object.values(BODY_ROOT), LEDGER_ROOT, META_ROOT].map((root) => [
    root,
    { root, name: ROOT_HOLDER, depth: 0 },
  ]),
)
/** Of every root that no protocol has: nothing may stand there anyway. */
const FOREIGN_ROOT: Holder = { root: FOREIGN_HOLDER, name: ROOT_HOLDER, depth: 0 }

/** Of the types in documents: a type stays where it is and what it is for as long as it lives. */
const HOLDERS = new WeakMap<Y.AbstractType<unknown>, Holder>()

function holderOfRoot(root: string): Holder {
  return ROOT_HOLDERS.get(root) ?? FOREIGN_ROOT
}

/** Where an item of a document stands, if anywhere. */
export function holderOfItem({ parent }: Y.Item): Holder | null {
  return parent instanceof Y.AbstractType ? holderOf(parent) : null
}

function spotOfItem(item: Y.Item): Spot {
  const { parent } = item
  if (!(parent instanceof Y.AbstractType)) return NOWHERE
  return { holder: holderOf(parent), sub: item.parentSub, within: parent, item, upTo: item }
}

function holderOf(type: Y.AbstractType<unknown>): Holder {
  const known = HOLDERS.get(type)
  if (known) return known
  const holder = makeHolder(type)
  HOLDERS.set(type, holder)
  return holder
}

function makeHolder(type: Y.AbstractType<unknown>): Holder {
  const outer = type._item?.parent
  if (!(outer instanceof Y.AbstractType)) return holderOfRoot(Y.findRootTypeKey(type))
  const { root, depth } = holderOf(outer)
  const name =
    type instanceof Y.XmlText
      ? TEXT_HOLDER
      : type instanceof Y.XmlElement
        ? type.nodeName
        : FOREIGN_HOLDER
  return { root, name, depth: depth + 1 }
}

function notAType(): Refusal {
  return new Refusal('frame_policy', 'a parent that holds nothing')
}
