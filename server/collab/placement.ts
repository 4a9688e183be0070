import * as Y from 'yjs'
import type { Id, Struct } from './decode'
import { FOREIGN_HOLDER, type Holder, ROOT_HOLDER, TEXT_HOLDER } from './grammar'
import { Refusal } from './refusal'

/** Where a struct will stand; without a holder it stands nowhere, because its place is gone. */
export type Placed = { struct: Struct; holder: Holder | null; sub: string | null }

/**
 * Finds for each new struct the type it will stand in, in an order in which everything a struct
 * needs comes before it, as Yjs will integrate it.
 *
 * @param groups new structs by client, each beginning at the document's state
 * @returns 'gap' if something is missing, or if the structs need one another in a circle
 */
export function placeStructs(
  groups: ReadonlyMap<number, readonly Struct[]>,
  store: Y.Doc['store'],
): Placed[] | 'gap' {
  const placement = new Placement(groups, store)
  const reached = new Map<number, number>()
  const reach = (client: number) => reached.get(client) ?? Y.getState(store, client)
  const next = new Map<number, number>()
  /** By the struct they wait for: every wake-up is one need less, so the work is linear. */
  const waiting = new Map<Struct, number[]>()
  const queue = [...groups.keys()]

  for (let client = queue.pop(); client !== undefined; client = queue.pop()) {
    const structs = groups.get(client) ?? []
    let index = next.get(client) ?? 0
    for (let struct = structs[index]; struct; struct = structs[++index]) {
      const missing = needs(struct).find((id) => id.clock >= reach(id.client))
      if (missing) {
        const awaited = missing.client === client ? undefined : placement.arriving(missing)
        if (!awaited) return 'gap'
        const waiters = waiting.get(awaited)
        if (waiters) waiters.push(client)
        else waiting.set(awaited, [client])
        break
      }
      placement.add(struct)
      reached.set(client, struct.clock + struct.length)
      for (const waiter of waiting.get(struct) ?? []) queue.push(waiter)
    }
    next.set(client, index)
  }
  for (const [client, structs] of groups) {
    if ((next.get(client) ?? 0) < structs.length) return 'gap'
  }
  return placement.placed
}

function needs({ origin, rightOrigin, parentId }: Struct): Id[] {
  const ids: Id[] = []
  if (origin) ids.push(origin)
  if (rightOrigin) ids.push(rightOrigin)
  if (parentId) ids.push(parentId)
  return ids
}

/** A place among the items of a type, or as the value of its attribute `sub`. */
type Spot = { holder: Holder | null; sub: string | null }
const NOWHERE: Spot = { holder: null, sub: null }

class Placement {
  readonly placed: Placed[] = []
  private readonly spots = new Map<Struct, Spot>()
  private readonly held = new Map<Struct, Holder>()
  private readonly holders: Holders

  constructor(
    private readonly groups: ReadonlyMap<number, readonly Struct[]>,
    private readonly store: Y.Doc['store'],
  ) {
    this.holders = new Holders()
  }

  add(struct: Struct): void {
    const spot = struct.content.kind === 'gone' ? NOWHERE : this.spotOf(struct)
    this.spots.set(struct, spot)
    this.placed.push({ struct, ...spot })
  }

  /** The new struct that covers `id`. */
  arriving(id: Id): Struct | undefined {
    const structs = this.groups.get(id.client) ?? []
    let [low, high] = [0, structs.length - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      const struct = structs[middle]
      if (!struct) return undefined
      if (id.clock < struct.clock) high = middle - 1
      else if (id.clock >= struct.clock + struct.length) low = middle + 1
      else return struct
    }
    return undefined
  }

  private spotOf(struct: Struct): Spot {
    const left = struct.origin && this.neighbour(struct.origin)
    const right = struct.rightOrigin && this.neighbour(struct.rightOrigin)
    if ((left && !left.holder) || (right && !right.holder)) return NOWHERE
    if (left && right && (left.holder !== right.holder || left.sub !== right.sub)) {
      throw new Refusal('frame_policy', 'between two places')
    }
    if (left ?? right) return left ?? right ?? NOWHERE
    if (struct.parentRoot !== null) {
      return { holder: this.holders.ofRoot(struct.parentRoot), sub: struct.parentSub }
    }
    const holder = struct.parentId && this.holderAt(struct.parentId)
    return holder ? { holder, sub: struct.parentSub } : NOWHERE
  }

  private neighbour(id: Id): Spot {
    const known = this.stored(id)
    if (known) return known instanceof Y.GC ? NOWHERE : this.holders.spotOf(known)
    const struct = this.arriving(id)
    return (struct && this.spots.get(struct)) ?? NOWHERE
  }

  /** The type inside the item at `id`. */
  private holderAt(id: Id): Holder | null {
    const known = this.stored(id)
    if (known) return known instanceof Y.GC ? null : this.holders.inside(known)
    const struct = this.arriving(id)
    const outer = struct && this.spots.get(struct)?.holder
    if (!struct || !outer) return null
    const { content } = struct
    if (content.kind === 'deleted') return null
    if (content.kind !== 'element' && content.kind !== 'xml-text') throw notAType()
    const name = content.kind === 'element' ? content.name : TEXT_HOLDER
    const holder = this.held.get(struct) ?? { root: outer.root, name, depth: outer.depth + 1 }
    this.held.set(struct, holder)
    return holder
  }

  private stored(id: Id): Y.Item | Y.GC | null {
    if (id.clock >= Y.getState(this.store, id.client)) return null
    return Y.getItem(this.store, Y.createID(id.client, id.clock))
  }
}

/** Holders of the types that are in the document already, each made once per check. */
export class Holders {
  private readonly roots = new Map<string, Holder>()
  private readonly types = new Map<unknown, Holder>()

  ofRoot(root: string): Holder {
    const known = this.roots.get(root)
    if (known) return known
    const holder = { root, name: ROOT_HOLDER, depth: 0 }
    this.roots.set(root, holder)
    return holder
  }

  spotOf(item: Y.Item): Spot {
    const { parent } = item
    if (!(parent instanceof Y.AbstractType)) return NOWHERE
    return { holder: this.ofType(parent), sub: item.parentSub }
  }

  inside(item: Y.Item): Holder | null {
    if (item.content instanceof Y.ContentType) return this.ofType(item.content.type)
    if (item.deleted) return null
    throw notAType()
  }

  private ofType(type: Y.AbstractType<unknown>): Holder {
    const known = this.types.get(type)
    if (known) return known
    const holder = this.make(type)
    this.types.set(type, holder)
    return holder
  }

  private make(type: Y.AbstractType<unknown>): Holder {
    const outer = type._item?.parent
    if (!(outer instanceof Y.AbstractType)) return this.ofRoot(Y.findRootTypeKey(type))
    const { root, depth } = this.ofType(outer)
    const name =
      type instanceof Y.XmlText
        ? TEXT_HOLDER
        : type instanceof Y.XmlElement
          ? type.nodeName
          : FOREIGN_HOLDER
    return { root, name, depth: depth + 1 }
  }
}

function notAType(): Refusal {
  return new Refusal('frame_policy', 'a parent that holds nothing')
}
