import { useRef, useState } from 'react'
import { WORKSHOP_LIMITS } from '../../../shared/workshops'
import { agendaOf, isRowTouched } from './read-plan'

export type RowValues = Readonly<Record<string, string>>
/** `key` stays with the row wherever it is moved; at first it is its number. */
export type AgendaRow = { key: number; values: RowValues }

/** What was done last, to be said; what was taken away can be brought back. */
type News =
  | { kind: 'removed'; row: AgendaRow; at: number; hasText: boolean }
  | { kind: 'moved'; from: number; to: number }
  | null

/** Minutes that a new row begins with. */
const SUGGESTED = '15'

export type Agenda = ReturnType<typeof useAgenda>

/** The rows of the agenda as they are typed, moved, added and taken away. */
export function useAgenda(values: RowValues) {
  const [rows, setRows] = useState<AgendaRow[]>(() => {
    const known = agendaOf(values).slice(0, WORKSHOP_LIMITS.agendaRows)
    const first = known.length > 0 ? known : [{ minutes: '60', suggested: '60' }]
    return first.map((row, key) => ({ key, values: row }))
  })
  const [focusAt, setFocusAt] = useState<number | null>(null)
  const [news, setNews] = useState<News>(null)
  const next = useRef(rows.length)
  return {
    rows,
    focusAt,
    news,
    change(key: number, field: string, value: string) {
      setRows((all) =>
        all.map((row) =>
          row.key === key ? { key, values: { ...row.values, [field]: value } } : row,
        ),
      )
    },
    add() {
      const key = next.current++
      setRows((all) => [...all, { key, values: { minutes: SUGGESTED, suggested: SUGGESTED } }])
      setFocusAt(key)
      setNews(null)
    },
    remove(at: number) {
      const row = rows[at]
      if (!row) return
      setRows((all) => all.filter(({ key }) => key !== row.key))
      setFocusAt((rows[at + 1] ?? rows[at - 1])?.key ?? null)
      setNews({ kind: 'removed', row, at, hasText: isRowTouched(row.values) })
    },
    bringBack() {
      if (news?.kind !== 'removed') return
      const { row, at } = news
      setRows((all) => [...all.slice(0, at), row, ...all.slice(at)])
      setFocusAt(row.key)
      setNews(null)
    },
    move(at: number, by: -1 | 1) {
      setRows((all) => {
        const moved = [...all]
        const [row] = moved.splice(at, 1)
        if (row) moved.splice(at + by, 0, row)
        return moved
      })
      setNews({ kind: 'moved', from: at + 1, to: at + by + 1 })
    },
  }
}
