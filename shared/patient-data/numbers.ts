/** Numbers by which one person is known. */
export type NumberKind = 'snils' | 'passport' | 'oms' | 'ssn' | 'mrn'
export type NumberFound = { kind: NumberKind; from: number; to: number }

const SNILS = /(?<![\p{L}\d.-])\d{3}([- ]?)\d{3}\1\d{3}[- ]?\d{2}(?![\d-]|[.,]\d)/gu
const SIXTEEN = /(?<![\p{L}\d.-])\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}(?![\d-]|[.,]\d)/gu
const PASSPORT =
  /(?<![\p{L}\d.-])\d{2}[ -]?\d{2}[ ,;]{0,2}(?:номер|№|number|no\.?|n)?[ :]{0,2}\d{6}(?![\d-]|[.,]\d)/giu
/** Of a passport for travelling, Russian or not. */
const NINE = /(?<![\p{L}\d.-])\d{2}[ ]?(?:№ ?)?\d{7}(?![\d-]|[.,]\d)/gu
const SSN = /(?<![\p{L}\d.-])(\d{3})([- ]?)(\d{2})\2(\d{4})(?![\d-]|[.,]\d|\p{L})/gu
/** What an index card of a clinic calls a number; up to three letters before it. */
const MRN =
  /(?<![\p{L}\d])(?:mrn|medical record(?: (?:no\.?|number|#|№))?|(?:patient|chart|record|hospital|clinic) (?:id|no\.?|number|#)|chart #|(?:№|номер|n) ?(?:амб(?:улаторной|\.)? |мед(?:ицинской|\.)? |стац(?:ионарной|\.)? )?карты|(?:мед|амб)?карт[аыеу](?: пациента| больного| стационарного больного| амбулаторного больного)?(?= ?(?:№|n|номер|#|: ?\d))|медкарт[аыеу]|истори[яию] болезни(?= ?(?:№|n|номер|#|: ?\d|\d))|[иа]\/[бк](?= ?(?:№|n|#|\d)))[ :.#№-]{0,4}(?:номер|number|no\.?|n|#|№)?[ :.#№-]{0,3}([a-zа-я]{0,3}-?\d{1,12}(?:[/-]\d{1,8}){0,2})(?![\d\p{L}]|\/\p{L})/giu

/** What must stand before a number, within the characters that are looked at. */
const SNILS_WORD = /(?<!\p{L})(?:снилс\p{L}{0,2}|snils|страхов(?:ой|ого) номер)[^\n\d]{0,14}$/iu
const PASSPORT_WORD = /(?:паспорт\p{L}{0,3}|passport|(?<!\p{L})серия|series)[^\n\d]{0,24}$/iu
const OMS_WORD = /(?:полис\p{L}{0,2}|(?<!\p{L})енп|enp)[^\n\d]{0,24}$/iu
const INSURANCE_WORD = /(?:(?<!\p{L})омс|(?<!\p{L})oms|insurance|policy)[^\n\d]{0,24}$/iu
const SSN_WORD = /(?:(?<!\p{L})ssn|social security(?: number| no\.?)?)[^\n\d]{0,10}$/iu
const BEFORE = 40

export const NUMBERS: readonly RegExp[] = [
  ...[SNILS, SIXTEEN, PASSPORT, NINE, SSN, MRN],
  ...[SNILS_WORD, PASSPORT_WORD, OMS_WORD, INSURANCE_WORD, SSN_WORD],
]

/** SNILS, passport, policy, SSN and card numbers of a text, in their order, none over another. */
export function findNumbers(text: string): NumberFound[] {
  const found: NumberFound[] = []
  const before = (from: number) => text.slice(Math.max(0, from - BEFORE), from)
  const take = (kind: NumberKind, from: number, length: number) =>
    found.push({ kind, from, to: from + length })

  for (const { 0: number, 1: mark, index } of text.matchAll(SNILS)) {
    const isLabelled = SNILS_WORD.test(before(index))
    // eleven digits in a row are a telephone more often
    if (isLabelled || (mark !== '' && isSnils(number))) take('snils', index, number.length)
  }
  for (const { 0: number, index } of text.matchAll(SIXTEEN)) {
    const near = before(index)
    const isInsurance = INSURANCE_WORD.test(near) && isLuhn(number)
    if (OMS_WORD.test(near) || isInsurance) take('oms', index, number.length)
  }
  for (const pattern of [PASSPORT, NINE]) {
    for (const { 0: number, index } of text.matchAll(pattern)) {
      const near = PASSPORT_WORD.exec(before(index))?.[0] ?? ''
      const isNumbered = /\D{2}/.test(number) || /номер|№|number/iu.test(number)
      // a series alone may be one of a medicine
      const isPassport = /паспорт|passport/iu.test(near) || /паспорт|passport/iu.test(before(index))
      if (near !== '' && (isPassport || isNumbered)) take('passport', index, number.length)
    }
  }
  for (const { 0: number, 1: area = '', 2: mark, 3: group, 4: serial, index } of text.matchAll(
    SSN,
  )) {
    const isIssued = !/^(?:000|666|9)/.test(area) && group !== '00' && serial !== '0000'
    const isLabelled = mark !== '-' && SSN_WORD.test(before(index))
    if (isIssued && (mark === '-' || isLabelled)) take('ssn', index, number.length)
  }
  for (const match of text.matchAll(MRN)) {
    const number = match[1] ?? ''
    const digits = number.replace(/\D/g, '')
    const from = match.index + match[0].length - number.length
    if (digits.length >= 3) take('mrn', from, number.length)
  }
  return apart(found)
}

function apart(found: NumberFound[]): NumberFound[] {
  const order: readonly NumberKind[] = ['snils', 'oms', 'passport', 'ssn', 'mrn']
  const rank = ({ kind }: NumberFound) => order.indexOf(kind)
  const kept: NumberFound[] = []
  for (const one of found.sort((a, b) => a.from - b.from || rank(a) - rank(b))) {
    if (one.from >= (kept.at(-1)?.to ?? 0)) kept.push(one)
  }
  return kept
}

/**
 * The sum at a SNILS' end: digits times 9, 8 … 1, modulo 101, 100 counting as 0 (resolution of the
 * Pension Fund's board 192p, appendix 1).
 */
export function isSnils(number: string): boolean {
  const digits = number.replace(/\D/g, '')
  const sum = [...digits.slice(0, 9)].reduce((all, digit, at) => all + Number(digit) * (9 - at), 0)
  return digits.length === 11 && (sum % 101) % 100 === Number(digits.slice(9))
}

/** Luhn's sum (ISO/IEC 7812-1), which the number of a policy of mandatory insurance carries. */
export function isLuhn(number: string): boolean {
  const digits = [...number.replace(/\D/g, '')].reverse().map(Number)
  const sum = digits.reduce((all, digit, at) => {
    const doubled = at % 2 === 1 ? digit * 2 : digit
    return all + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return digits.length > 0 && sum % 10 === 0
}
