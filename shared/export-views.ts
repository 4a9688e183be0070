/** An archive that was asked for, as the person who asked sees it. */
export type ExportView = {
  id: string
  state: 'waiting' | 'building' | 'ready' | 'failed'
  at: string
  /** Until when it can be fetched. */
  until: string
  bytes: number
  /** How many texts or files could not be put in; they are named in the archive. */
  problems: number
}
