import type { Profiling } from '../meter'
import type { Contestant } from '../servers/target'

/** How large a run is. */
export type Size = {
  quick: boolean
  /** Which repetition, from 0 on. */
  rep: number
  profiling: Profiling
}

/** What was found, by name; NaN is "not measured here". */
export type Figures = Record<string, number>

export type Scenario = {
  name: string
  /** What it does, in a line above its table. */
  title(size: Size): string
  /** Who can take part. */
  includes(contestant: string): boolean
  /** The columns of the table, in order, with their digits after the point. */
  columns: Record<string, number>
  /** Columns whose ratio to the first peer is worth printing. */
  ratios: readonly string[]
  /** Fresh storage, fresh server, one measurement. */
  measure(contestant: Contestant, size: Size): Promise<Figures>
}

/** Everybody who keeps documents; those who do not cannot take part in what is about documents. */
export const keepsDocuments = (contestant: string) => !/^(?:relay|socket\.io)$/.test(contestant)
/** Everybody who passes a document's messages on. */
export const passesMessages = (contestant: string) => contestant !== 'socket.io'

/** Fails a measurement that measured something else than it says. */
export function demand(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(what)
}
