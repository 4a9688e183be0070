import { SlideDeck } from '../../models/slide-deck'
import { inTransaction } from '../services/transaction'
import { indexWorkshop } from '../services/workshop-texts'
import { voterOf } from '../services/workshop-voters'
import type { DemoWorld } from '.'
import type { Cast } from './cast'
import type { DemoPartnership } from './content/types'
import { demoId, demoUuid } from './ids'
import { insertMissing } from './insert'
import { idOf } from './partnership-rows'
import { seedNotes } from './workshop-notes'
import { seedResults } from './workshop-result-rows'
import { seedRoom } from './workshop-room-rows'
import { seedWorkshop } from './workshop-rows'

/** Insert a partnership's workshops with everybody and everything in them. */
export async function seedWorkshops(
  { secrets, live }: Pick<DemoWorld, 'secrets' | 'live'>,
  cast: Cast,
  partnership: DemoPartnership,
): Promise<void> {
  for (const workshop of partnership.workshops) {
    const row = await seedWorkshop(cast, partnership, workshop)
    await inTransaction((session) => indexWorkshop(session, row))
    await seedRoom(workshop, row, (tally, participant) => voterOf({ secrets }, tally, participant))
    await seedNotes(live, cast, workshop.key, row)
    await seedResults(cast, partnership, workshop, row)
    if (workshop.key === 'cd4-clinic') await seedDeck(cast, row._id)
  }
}

/** The slides wait to be made as those of everybody do. */
async function seedDeck(cast: Cast, workshop: ReturnType<typeof demoId>): Promise<void> {
  await insertMissing(SlideDeck, [
    {
      _id: demoId('deck cd4-slides'),
      partnership: cast.partnership,
      workshop,
      title: { en: 'Two numbers, one patient', ru: 'Два числа, один пациент' },
      lang: 'en',
      resource: idOf.resource('cd4-slides'),
      rendition: demoId('rendition cd4-slides 1'),
      state: 'waiting',
      attempt: 0,
      until: null,
      failure: null,
      failureDetail: {},
      total: null,
      pages: [],
      createdBy: cast.id('physician.us'),
      clientKey: demoUuid('deck cd4-slides'),
      at: cast.at('-3 13:00', 'physician.us'),
      demo: true,
    },
  ])
}
