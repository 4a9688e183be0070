import { Attention } from '../../models/attention'
import { Protocol } from '../../models/protocol'
import { deriveUnits } from '../../shared/editor/alignment'
import { unitNumbers } from '../../shared/editor/page-rows'
import { type Language, otherLanguage } from '../../shared/languages'
import type { LiveDocuments } from '../ports'
import { compareAttention, type EditingOf, noteAttention } from '../services/attention'
import { syncProtocolTexts } from '../services/protocol-texts'
import { inTransaction } from '../services/transaction'
import type { Cast } from './cast'
import type { DemoProtocol } from './content/types'
import { idOf } from './partnership-rows'

/**
 * Note what a protocol's text needs, line by line with who changed it and when, and make it findable
 * as it reads now. What has been noted already stays.
 */
export async function seedAttention(
  live: Pick<LiveDocuments, 'read'>,
  cast: Cast,
  protocol: DemoProtocol,
): Promise<void> {
  const row = await Protocol.findById(idOf.protocol(protocol.key)).lean()
  if (!row) return
  const at = { partnership: String(cast.partnership), room: String(row._id) }
  const content = await live.read(at)
  const units = deriveUnits(content.blocks, content.ledger)
  const editingOf: EditingOf = ({ unit, needs }) => {
    const writer = writerOf(cast, protocol, otherLanguage(needs))
    const when = unit === null ? undefined : protocol.driftedAt?.[unit]
    return { userId: String(cast.id(writer)), at: when ? cast.at(when, writer) : row.editedAt }
  }
  await inTransaction(async (session) => {
    const noted = { partnership: row.partnership, protocol: row._id }
    // all or none: what is not noted with the rest would later be taken for another's doing
    if (!(await Attention.exists(noted).session(session))) {
      const change = await compareAttention(at, units, unitNumbers(content.blocks), session)
      await noteAttention(at, change, editingOf, session)
    }
    await syncProtocolTexts(row, units, session)
  })
}

/** Who wrote that language of a protocol last. */
function writerOf(cast: Cast, protocol: DemoProtocol, lang: Language): string {
  const { editedBy, translatedBy, createdBy } = protocol
  const writes = (key: string) => cast.languagesOf(key)[0] === lang
  return [editedBy, translatedBy, createdBy].find(writes) ?? editedBy
}
