import { Attention } from '../../models/attention'
import { Protocol } from '../../models/protocol'
import { deriveUnits } from '../../shared/editor/alignment'
import { type Language, otherLanguage } from '../../shared/languages'
import type { LiveDocuments } from '../ports'
import { compareAttention, noteAttention } from '../services/attention'
import { indexProtocol } from '../services/protocol-texts'
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
  if (!(await Attention.exists({ partnership: row.partnership, protocol: row._id }))) {
    const { fresh } = await compareAttention(at, deriveUnits(content.blocks, content.ledger))
    for (const need of fresh) {
      const writer = writerOf(cast, protocol, otherLanguage(need.needs))
      const when = need.unit === null ? undefined : protocol.driftedAt?.[need.unit]
      const editing = {
        userId: String(cast.id(writer)),
        at: when ? cast.at(when, writer) : row.editedAt,
      }
      await noteAttention(at, { fresh: [need], changed: [], gone: [] }, editing)
    }
  }
  await indexProtocol(row, content)
}

/** Who wrote that language of a protocol last. */
function writerOf(cast: Cast, protocol: DemoProtocol, lang: Language): string {
  const { editedBy, translatedBy, createdBy } = protocol
  const writes = (key: string) => cast.languagesOf(key)[0] === lang
  return [editedBy, translatedBy, createdBy].find(writes) ?? editedBy
}
