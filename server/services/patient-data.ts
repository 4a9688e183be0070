import type { ClientSession, Types } from 'mongoose'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { LocalizedText } from '../../shared/languages'
import { findPatientData, kindsOf, type PatientDataKind } from '../../shared/patient-data'
import type { ACKNOWLEDGED } from '../../shared/patient-data/kinds'
import type { Ports } from '../ports'
import { recordAudit } from './audit'

/** Texts by the names of the fields that they came in. */
type Texts = Readonly<Record<string, string | undefined>>

/**
 * Ask before what looks like patient data is stored; whoever has been asked sends it again and says so.
 * What stood there before is not asked about a second time.
 *
 * @returns what was found and is kept on the sender's word
 * @throws AppError `patient_data` with the kinds of each field, parted by spaces; never the text
 */
export function demandNoPatientData(
  texts: Texts,
  { acknowledged }: { acknowledged?: typeof ACKNOWLEDGED | undefined },
  before: Texts = {},
): PatientDataKind[] {
  const found = Object.entries(texts).flatMap(([field, text = '']) => {
    const known = before[field] ?? ''
    const fresh = findPatientData(text).filter(
      ({ from, to }) => !known.includes(text.slice(from, to)),
    )
    return fresh.length > 0 ? [[field, kindsOf(fresh)] as const] : []
  })
  if (found.length === 0) return []
  if (acknowledged !== undefined) return [...new Set(found.flatMap(([, kinds]) => kinds))]
  throw new AppError(
    'patient_data',
    Object.fromEntries(found.map(([field, kinds]) => [field, kinds.join(' ')])),
  )
}

/** What stood there before for each of the fields, wherever it stood: texts may have changed places. */
export function stoodAnywhere(fields: Texts, before: readonly LocalizedText[]): Texts {
  const all = before.flatMap(({ en = '', ru = '' }) => [en, ru]).join('\n')
  return Object.fromEntries(Object.keys(fields).map((field) => [field, all]))
}

type Kept = {
  partnership: Types.ObjectId | string
  /** Ids of where it stands. */
  place: Readonly<Record<string, string>>
  kept: readonly PatientDataKind[]
}

/** Into the record, where somebody was asked and posted it anyway: the kinds, never the text. */
export async function recordKept(
  ports: Pick<Ports, 'clock'>,
  actor: Actor,
  { partnership, place, kept }: Kept,
  session?: ClientSession,
): Promise<void> {
  if (kept.length === 0) return
  const fact = {
    kind: 'patient-data:kept' as const,
    partnershipId: String(partnership),
    // a guest has no account that the record could name
    by: actor.guest ? null : actor.userId,
    subject: actor.guest ? { ...place, participant: actor.userId } : place,
    detail: { kinds: kept.join(' ') },
  }
  await recordAudit(ports, fact, session)
}
