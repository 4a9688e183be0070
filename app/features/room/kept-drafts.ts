import { useEffect, useMemo, useState } from 'react'
import type * as z from 'zod/mini'
import { keepDraft, readDraft } from '../../lib/tab-draft'
import { useVisitor } from '../../lib/visitor'
import { useRoomState } from './room-context'

/** Names what the reader writes in this room, for the tab to keep while another part is open. */
export function useDraftName(): (of: string) => string {
  const { me, workshop } = useRoomState()
  return (of) => `draft ${me.userId ?? me.id} ${workshop.id} ${of}`
}

/** Is something kept under this name? */
export function useHasDraft(): (keptAs: string) => boolean {
  const { sharedComputer } = useVisitor()
  return (keptAs) => readDraft(keptAs, sharedComputer) !== null
}

/**
 * Whether a form is open that one opens oneself: open again where the tab has kept what was written in it.
 *
 * @param mayOpen is there anything to open when the part comes?
 */
export function useKeptOpen(keptAs: string, mayOpen = true): [boolean, (on: boolean) => void] {
  const [isOpen, setOpen] = useState(false)
  const hasDraft = useHasDraft()
  // once, after the server's page: it knows nothing of what a tab keeps
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (mayOpen && hasDraft(keptAs)) setOpen(true)
  }, [])
  return [isOpen, setOpen]
}

/** What is written in a form of several fields, kept by the tab until it is sent or thrown away. */
export function useKeptFields<Fields>(keptAs: string, schema: z.ZodMiniType<Fields>) {
  const { sharedComputer } = useVisitor()
  return useMemo(
    () => ({
      read(): Fields | null {
        try {
          const found = JSON.parse(readDraft(keptAs, sharedComputer) ?? 'null')
          return schema.safeParse(found).data ?? null
        } catch {
          return null
        }
      },
      /** @param fields null: there is nothing to keep */
      keep(fields: Fields | null) {
        keepDraft(keptAs, fields === null ? '' : JSON.stringify(fields), sharedComputer)
      },
    }),
    [keptAs, schema, sharedComputer],
  )
}
