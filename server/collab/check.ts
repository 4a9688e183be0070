import * as Y from 'yjs'
import { BODY_ROOT, LEDGER_ROOT, META_ROOT } from '../../shared/editor/content'
import { type DecodedUpdate, type DeleteRange, decodeUpdate, type Struct } from './decode'
import { checkContent, type Holder, ROOT_HOLDER } from './grammar'
import { HEAVY_DELETES, HEAVY_STRUCTS, MAX_AUTHORS } from './limits'
import { holderOfItem, placeStructs } from './placement'
import { Refusal } from './refusal'

/** What an update would do to a document, found out without applying it. */
export type Verdict =
  | { kind: 'nothing' }
  /** Something it builds upon is not here. */
  | { kind: 'gap' }
  | {
      kind: 'change'
      /** Text and deletions only: it cannot have damaged the structure. */
      plain: boolean
      /** Client ids that write here for the first time. */
      newClients: readonly number[]
      /** Structs, the known ones not counted. */
      structs: number
      /** It also carries structs that are known; they must not be integrated again. */
      overlaps: boolean
      /** UTF-16 code units of visible text that it removes, by root. */
      removes: ReadonlyMap<string, number>
    }

export type Author = {
  user: string
  write: boolean
  /** To whom a client id belongs here, if to anybody. */
  ownerOf(client: number): string | undefined
  /** Who is here under a client id that nobody has written with yet. */
  holderOf?(client: number): string | undefined
  /** Did a client id write in an earlier generation of the document? */
  isFormer?(client: number): boolean
}

const BODIES: ReadonlySet<string> = new Set(Object.values(BODY_ROOT))

/**
 * Decide about an update by looking at it and at the document, which stays untouched.
 *
 * @throws Refusal if no document may take it from this author
 */
export function checkUpdate(update: DecodedUpdate, doc: Y.Doc, author: Author): Verdict {
  refuseFormer(update, author)
  const news = newStructs(update, doc.store)
  if (!news) return { kind: 'gap' }
  const { groups, count, overlaps } = news
  if (count > 0) mustWrite(author)
  if (groups.size > MAX_AUTHORS) throw new Refusal('frame_policy', 'too many authors')
  const deletes = checkDeletes(update.deletes, groups, doc.store)
  if (!deletes) return { kind: 'gap' }
  if (deletes.touches) mustWrite(author)
  if (count === 0 && !deletes.touches) return { kind: 'nothing' }
  const placed = placeStructs(groups, doc)
  if (placed === 'gap') return { kind: 'gap' }

  const newClients: number[] = []
  for (const client of groups.keys()) {
    const owner = author.ownerOf(client)
    if (owner === undefined) newClients.push(client)
    if ((owner ?? author.holderOf?.(client) ?? author.user) !== author.user) {
      throw new Refusal('frame_policy', 'client id of another user')
    }
  }
  for (const root of deletes.roots.keys()) checkRoot(root)
  let plain = true
  for (const { struct, holder, sub } of placed) {
    if (holder) checkPlace(struct, holder, sub)
    plain &&= isPlain(struct)
  }
  return { kind: 'change', plain, newClients, structs: count, overlaps, removes: deletes.roots }
}

/** Comes first of all: what builds upon what was taken out must not be asked for. */
function refuseFormer({ groups, deletes }: DecodedUpdate, { isFormer }: Author): void {
  const isOfFormer = ({ client }: { client: number }) => isFormer?.(client) ?? false
  if (groups.some(isOfFormer) || deletes.some(isOfFormer)) {
    throw new Refusal('document_cleaned', 'structs of an earlier generation')
  }
}

/** So much that it must be tried on a copy before the document takes it. */
export function isHeavy(verdict: Verdict, { deletes }: DecodedUpdate): boolean {
  if (verdict.kind !== 'change') return false
  return verdict.structs > HEAVY_STRUCTS || deletes.length > HEAVY_DELETES
}

/** Comes first: finding a place for structs is work that a reader cannot ask for. */
function mustWrite({ write }: Author): void {
  if (!write) throw new Refusal('forbidden', 'a reader changes the document')
}

/** Text and deletions cannot damage the structure. */
export function isPlain({ content: { kind } }: Struct): boolean {
  return kind === 'text' || kind === 'deleted' || kind === 'gone'
}

function checkPlace(struct: Struct, holder: Holder, sub: string | null): void {
  checkRoot(holder.root)
  if (holder.name === ROOT_HOLDER && sub !== null) {
    throw new Refusal('document_rules', 'attribute of a body')
  }
  checkContent(struct.content, holder, sub)
}

function checkRoot(root: string): void {
  if (BODIES.has(root)) return
  if (root === LEDGER_ROOT || root === META_ROOT) throw new Refusal('forbidden', `writes ${root}`)
  throw new Refusal('frame_policy', 'unknown root')
}

type NewStructs = { groups: Map<number, readonly Struct[]>; count: number; overlaps: boolean }

/**
 * Leaves out what is known already; a struct known in part is cut.
 *
 * @returns undefined if an author's structs begin later than the document ends
 */
function newStructs(update: DecodedUpdate, store: Y.Doc['store']): NewStructs | undefined {
  const found: NewStructs = { groups: new Map(), count: 0, overlaps: false }
  for (const { client, structs } of update.groups) {
    const state = Y.getState(store, client)
    const begin = structs[0]?.clock ?? 0
    if (begin > state) return undefined
    const fresh = begin === state ? structs : structsFrom(state, structs)
    found.overlaps ||= fresh !== structs
    if (fresh.length > 0) found.groups.set(client, fresh)
    found.count += fresh.length
  }
  return found
}

function structsFrom(clock: number, structs: readonly Struct[]): Struct[] {
  const fresh: Struct[] = []
  for (const struct of structs) {
    if (struct.clock >= clock) fresh.push(struct)
    else if (struct.clock + struct.length > clock) fresh.push(cutAt(struct, clock))
  }
  return fresh
}

/** The rest of a struct whose beginning is known, as Yjs cuts it. */
function cutAt(struct: Struct, clock: number): Struct {
  const offset = clock - struct.clock
  const { content } = struct
  const isText = content.kind === 'text'
  const isValues = content.kind === 'values'
  return {
    ...struct,
    clock,
    length: struct.length - offset,
    origin: content.kind === 'gone' ? null : { client: struct.client, clock: clock - 1 },
    parentRoot: null,
    parentId: null,
    parentSub: null,
    content: isText
      ? { kind: 'text', text: content.text.slice(offset) }
      : isValues
        ? { kind: 'values', values: content.values.slice(offset) }
        : content,
  }
}

/** Roots with how much of their visible text is removed. */
type Deletions = { touches: boolean; roots: ReadonlyMap<string, number> }
const NO_DELETIONS: Deletions = { touches: false, roots: new Map() }

/** @returns undefined if a deletion reaches beyond what the document will hold */
function checkDeletes(
  deletes: readonly DeleteRange[],
  groups: ReadonlyMap<number, readonly Struct[]>,
  store: Y.Doc['store'],
): Deletions | undefined {
  if (deletes.length === 0) return NO_DELETIONS
  const roots = new Map<string, number>()
  let touches = false
  for (const { client, clock, length } of deletes) {
    const state = Y.getState(store, client)
    const end = clock + length
    const last = groups.get(client)?.at(-1)
    if (end > (last ? last.clock + last.length : state)) return undefined
    const structs = store.clients.get(client)
    if (!structs || clock >= state) continue
    for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
      const struct = structs[i]
      if (!struct || struct.id.clock >= end) break
      if (struct.deleted || !(struct instanceof Y.Item)) continue
      touches = true
      const root = holderOfItem(struct)?.root
      if (root === undefined) continue
      const isText = struct.content instanceof Y.ContentString
      const from = Math.max(clock, struct.id.clock)
      const removed = isText ? Math.min(end, struct.id.clock + struct.length) - from : 0
      roots.set(root, (roots.get(root) ?? 0) + removed)
    }
  }
  return { touches, roots }
}

/** Another process has checked it; what this one cannot read may be anything. */
export function isPlainUpdate(update: Uint8Array): boolean {
  try {
    const decoded = decodeUpdate(update)
    return decoded?.groups.every(({ structs }) => structs.every(isPlain)) ?? false
  } catch {
    return false
  }
}
