import type { TFunction } from 'i18next'
import { newBlockId } from '../../../../shared/editor/block-id'
import { planCounterpart } from '../../../../shared/editor/counterpart'
import { type Language, otherLanguage } from '../../../../shared/languages'
import type { OpenedProtocol } from '../open-protocol'
import type { SyncStatusStore } from '../provider/sync-status'
import { structureActions } from '../seam/structure-offers'
import type { UnitWatch } from '../seam/unit-watch'
import type { Editors, Live } from './live-context'
import { postMark } from './post-mark'

/** How long a mark waits for the text that it is about to be saved, ms. */
const SAVING_MS = 10_000

type Around = {
  opened: OpenedProtocol
  /** Where marks are sent. */
  markAddress: string
  editors: () => Editors | null
  watch: UnitWatch
  status: SyncStatusStore
  t: TFunction<['editor', 'errors']>
  say: (words: string) => void
  /** On a phone: bring that language to the front first. */
  show: (lang: Language) => void
}

/** What the seam can do with the live text. */
export function liveActions(around: Around): Live {
  const { opened, editors, watch, t, say, show } = around

  const focusText: Live['focusText'] = (row, lang, unit) => {
    const editor = editors()?.[lang]
    if (!editor) return
    const block = row.blocks[lang].find((each) => each.unit === unit) ?? row.blocks[lang].at(-1)
    show(lang)
    afterFrames(() => {
      const at = block && endOfBlock(editor, block.uid)
      if (at === undefined || editor.isDestroyed) return
      editor.chain().setTextSelection(at).focus(null, { scrollIntoView: false }).run()
      bringIntoView(editor.view.domAtPos(at).node)
    })
  }

  const insertTranslation: Live['insertTranslation'] = (row, lang) => {
    const pair = editors()
    if (!pair) return
    const target = pair[lang]
    const source = pair[otherLanguage(lang)]
    const unit = row.units[0]?.unit ?? ''
    if (row.blocks[lang].length === 0) {
      const plan = planCounterpart(source.state.doc, target.state.doc, unit, newBlockId)
      if (!plan) return say(t('editor:say.noPlace'))
      target.commands.insertContentAt(plan.pos, plan.node, { updateSelection: false })
    }
    const fresh = watch.refresh().rows.find((each) => each.units.some((u) => u.unit === unit))
    if (fresh) focusText(fresh, lang, unit)
  }

  const mark: Live['mark'] = async (row, state, only) => {
    const units = row.units.filter(
      (unit) =>
        unit.hash.en !== null &&
        unit.hash.ru !== null &&
        (only ? only.includes(unit.unit) : unit.state !== state && unit.state !== wanted(state)),
    )
    if (!(await whenSaved(around.status, () => say(t('editor:say.waiting'))))) {
      return say(t('editor:say.notMarked'))
    }
    for (const unit of units) {
      const from = unit.from ?? 'en'
      const to = otherLanguage(from)
      const answer = await postMark(around.markAddress, {
        unit: unit.unit,
        from,
        to,
        sourceHash: unit.hash[from] ?? '',
        targetHash: unit.hash[to] ?? '',
        state,
        clientKey: newClientKey(),
      })
      if (answer === 'unreachable') return say(t('editor:say.notMarked'))
      if ('refused' in answer) {
        watch.refresh()
        if (answer.refused === 'text_moved') return say(t('editor:say.moved'))
        return say(t('editor:say.notAllowed', { reason: t(`errors:${answer.refused}`) }))
      }
    }
    say(t(state === 'reviewed' ? 'editor:say.reviewed' : 'editor:say.marked'))
  }

  const structure = structureActions({
    editors,
    watch,
    isConnected: () => ['saved', 'saving'].includes(around.status.getSnapshot().key),
    t,
    say,
  })
  return { opened, say, focusText, insertTranslation, mark, ...structure }
}

/** The state of a unit that a mark would not change. */
const wanted = (state: 'translated' | 'reviewed') => (state === 'reviewed' ? 'reviewed' : 'in-sync')

/** The server judges by what is committed, so one's own words must have arrived. */
async function whenSaved(status: SyncStatusStore, onWait: () => void): Promise<boolean> {
  if (status.getSnapshot().key === 'saved') return true
  if (['offline', 'refused'].includes(status.getSnapshot().key)) return false
  onWait()
  return new Promise((resolve) => {
    const settle = (saved: boolean) => {
      clearTimeout(timer)
      forget()
      resolve(saved)
    }
    const timer = setTimeout(() => settle(false), SAVING_MS)
    const forget = status.subscribe(() => {
      const { key } = status.getSnapshot()
      if (key === 'saved') settle(true)
      else if (key === 'offline' || key === 'refused') settle(false)
    })
  })
}

function endOfBlock(editor: Editors[Language], uid: string): number | undefined {
  let end: number | undefined
  editor.state.doc.descendants((node, pos) => {
    if (end !== undefined) return false
    if (node.isTextblock && node.attrs.uid === uid) end = pos + 1 + node.content.size
    return !node.isTextblock
  })
  return end
}

export function bringIntoView(node: Node) {
  const element = node instanceof Element ? node : node.parentElement
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  element?.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' })
}

/** After the page has shown the other language and drawn it. */
export function afterFrames(act: () => void) {
  requestAnimationFrame(() => requestAnimationFrame(act))
}

/** `crypto.randomUUID` is withheld from pages on plain http; random bytes are not. */
function newClientKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
