import { Extension } from '@tiptap/core'
import { yCursorPlugin } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'
import * as z from 'zod/mini'
import type { PresenceIdentity } from '../../../../shared/collab/wire'
import type { Present } from '../page-live'

/** What the server stamps on every awareness state; anything else there is not shown. */
const Identity = z.object({
  userId: z.string(),
  name: z.string().check(z.minLength(1)),
  latinName: z.optional(z.string()),
  cyrillicName: z.optional(z.string()),
  initials: z.string(),
  tone: z.enum(['a', 'b']),
})

/**
 * Other people's carets and selections with name and side colour. Both editors share one awareness
 * state; a caret belongs to the language that its position resolves in, so the other shows nothing.
 */
export const Carets = Extension.create<{ awareness: Awareness | null; lang: string }>({
  name: 'carets',
  priority: 999,
  addOptions() {
    return { awareness: null, lang: 'en' }
  },
  addProseMirrorPlugins() {
    const { awareness, lang } = this.options
    if (!awareness) return []
    return [
      yCursorPlugin(awareness, {
        awarenessStateFilter: (own: number, other: number) => own !== other,
        cursorBuilder: (user: unknown) => buildCaret(user, lang),
        selectionBuilder: (user: unknown) => {
          const known = Identity.safeParse(user)
          return { class: `peer-selection tone-${known.success ? known.data.tone : 'a'}` }
        },
      }),
    ]
  },
})

function buildCaret(user: unknown, lang: string): HTMLElement {
  const known = Identity.safeParse(user)
  const caret = document.createElement('span')
  caret.className = `peer-caret tone-${known.success ? known.data.tone : 'a'}`
  // it is not text: neither read aloud in the middle of a sentence nor copied
  caret.setAttribute('aria-hidden', 'true')
  if (known.success) {
    const label = document.createElement('span')
    label.className = 'peer-name'
    // a reader of the English column may not read Cyrillic, nor one of the Russian column Latin
    const { name, latinName, cyrillicName } = known.data
    label.textContent = (lang === 'en' ? latinName : cyrillicName) ?? name
    caret.append(label)
  }
  return caret
}

/** Everybody who has the document open, once each, oneself last. */
export function presentPeople(awareness: Awareness, me: PresenceIdentity): Present[] {
  const people = new Map<string, Present>([[me.userId, { ...me, isMe: true }]])
  for (const state of awareness.getStates().values()) {
    const known = Identity.safeParse(state.user)
    if (!known.success || known.data.userId === me.userId) continue
    people.set(known.data.userId, { ...known.data, isMe: false })
  }
  return [...people.values()].sort((a, b) => Number(a.isMe) - Number(b.isMe))
}

/** An awareness that is read but never written: whoever may not send a caret. */
export function silentAwareness(awareness: Awareness): Awareness {
  return new Proxy(awareness, {
    get(target, property) {
      if (property === 'setLocalStateField' || property === 'setLocalState') return () => {}
      const value: unknown = Reflect.get(target, property, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
