import type { Language } from '../../shared/languages'

/** Words of somebody, under a label where they begin. */
export type SaidLine = { label?: string; text: string; lang: Language }

/** A piece of a paper. Texts are finished: in the paper's language, with dates and numbers written. */
export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string; lang?: Language }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'facts'; rows: readonly (readonly [label: string, value: string])[] }
  | { kind: 'table'; head: readonly string[]; rows: readonly (readonly string[])[] }
  | { kind: 'quote'; text: string; who: string }
  | { kind: 'said'; lines: readonly SaidLine[] }

/** A document to be printed or filed, in one language. */
export type Paper = {
  lang: Language
  title: string
  subtitle: string
  blocks: readonly Block[]
  /** At the foot of every page: what it is and when it was made. */
  footer: string
  /** “page {{page}} of {{pages}}” in the paper's language. */
  pageOf: (page: number, pages: number) => string
}

/** The column with the most words, which takes what room there is. */
export function widestColumn(rows: readonly (readonly string[])[]): number {
  const lengths = rows.reduce<number[]>(
    (sums, row) => row.map((cell, column) => (sums[column] ?? 0) + cell.length),
    [],
  )
  return Math.max(0, lengths.indexOf(Math.max(...lengths, 0)))
}
