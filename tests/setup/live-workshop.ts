import { randomUUID } from 'node:crypto'
import mongoose, { Types } from 'mongoose'
import { Partnership } from '../../models/partnership'
import { SlideDeck } from '../../models/slide-deck'
import { User } from '../../models/user'
import { Workshop } from '../../models/workshop'

/** Pages of its slides. */
export const DECK_PAGES = 4

const MINUTE_MS = 60_000

/**
 * A live workshop in a product's own database, with an agenda and slides whose images a test answers for.
 *
 * @param facilitator address of a demonstration account
 */
export async function plantLiveWorkshop(uri: string, slug: string, facilitator: string) {
  await mongoose.connect(uri, { autoIndex: false })
  try {
    const home = await Partnership.findOne({ slug }).orFail()
    const user = await User.findOne({ email: facilitator }).orFail()
    const began = new Date(Date.now() - 10 * MINUTE_MS)
    const row = { speaker: null, resource: null, minutes: 30 }
    const _id = new Types.ObjectId()
    const made = { partnership: home._id, createdBy: user._id, clientKey: randomUUID() }
    const [first, second] = [new Types.ObjectId(), new Types.ObjectId()]
    await Workshop.create({
      ...made,
      _id,
      title: {
        en: 'Missed doses: what works',
        ru: 'Пропуски приёма: что помогает',
      },
      status: 'live',
      mode: 'virtual',
      startsAt: began,
      endsAt: new Date(began.getTime() + 60 * MINUTE_MS),
      timeZone: 'America/New_York',
      facilitators: [user._id],
      agenda: [
        {
          ...row,
          _id: first,
          title: { en: 'Opening', ru: 'Открытие' },
          speakerName: 'Rosa Delgado',
          spoken: 'en',
          interpretation: true,
        },
        {
          ...row,
          _id: second,
          title: { en: 'Cases', ru: 'Разбор случаев' },
          speakerName: 'Анна Орлова',
          spoken: 'ru',
        },
      ],
      channels: [
        { spoken: 'en', kind: 'link', url: 'https://talk.example/en' },
        { spoken: 'ru', kind: 'link', url: 'https://talk.example/ru' },
      ],
      createdAt: began,
      announcedAt: began,
      startedAt: began,
    })
    const page = { mediaType: 'image/webp', bytes: 48_000, width: 1280, height: 720 }
    await SlideDeck.create({
      ...made,
      workshop: _id,
      title: { en: 'Missed doses', ru: 'Пропуски приёма' },
      lang: 'en',
      resource: new Types.ObjectId(),
      rendition: new Types.ObjectId(),
      state: 'ready',
      total: DECK_PAGES,
      pages: Array.from({ length: DECK_PAGES }, (_, at) => ({
        ...page,
        key: `none-${at}`,
        text: `Words of page ${at + 1}`,
      })),
      at: began,
    })
    return { workshopId: String(_id), rows: [String(first), String(second)] }
  } finally {
    await mongoose.disconnect()
  }
}
