import type { Language } from '../../../shared/languages'

const KB = 1_000
const MB = 1_000_000
const GB = 1_000_000_000

/** A number of bytes as people read it: the value in the reader's digits, and the unit it is in. */
export type Size = { value: string; unit: 'bytes' | 'kb' | 'mb' | 'gb' }

/** «1,2» and `mb`; whole numbers below a megabyte. 1 MB = 1,000,000 bytes. */
export function sizeOf(bytes: number, lang: Language): Size {
  return inUnit(bytes, unitFor(bytes), lang)
}

/** How much of a file has gone, both in the unit of the whole: «1,3» and «4,0», `mb`. */
export function sizesOf(sent: number, total: number, lang: Language) {
  const unit = unitFor(total)
  return {
    sent: inUnit(Math.min(sent, total), unit, lang, true).value,
    total: inUnit(total, unit, lang, true),
  }
}

function unitFor(bytes: number): Size['unit'] {
  // what rounds up to the next unit is in the next unit: never “1,000 kB”
  if (bytes < KB) return 'bytes'
  if (bytes < MB - KB / 2) return 'kb'
  return bytes < GB - MB / 20 ? 'mb' : 'gb'
}

function inUnit(bytes: number, unit: Size['unit'], lang: Language, padded = false): Size {
  const by = { bytes: 1, kb: KB, mb: MB, gb: GB }[unit]
  const most = unit === 'mb' || unit === 'gb' ? 1 : 0
  const format = new Intl.NumberFormat(lang, {
    minimumFractionDigits: padded ? most : 0,
    maximumFractionDigits: most,
  })
  return { value: format.format(bytes / by), unit }
}
