import type { TFunction } from 'i18next'
import { Types } from 'mongoose'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import { AppError } from '../../shared/errors'
import { type Language, type LocalizedText, pickText } from '../../shared/languages'
import enOutcomes from '../../shared/locales/en/outcomes.json'
import ruOutcomes from '../../shared/locales/ru/outcomes.json'
import type { AttendeeView } from '../../shared/room-views'
import type { Ports } from '../ports'
import { nameIn } from './names'
import type { FirstTranslation } from './threads'
import { loadWords } from './words'
import { attendeesById } from './workshop-attendees'

const WORDS = loadWords({ en: { outcomes: enOutcomes }, ru: { outcomes: ruOutcomes } }, 'outcomes')

function wordsIn(lang: Language): TFunction<'outcomes'> {
  return WORDS.getFixedT(lang, 'outcomes')
}

/** A question as the first post of a discussion. */
export type QuestionSource = {
  lang: Language
  text: string
  title: LocalizedText
  translation: FirstTranslation | null
  /** Where it has been gone on with already. */
  threadId?: string
}

/**
 * A question of a workshop's room as a discussion begins with it: in the words of whoever asked, said to
 * be theirs, and with where it was asked. A member's translation stays theirs; a guest, who is nobody in
 * discussions, is named in the post.
 *
 * @throws AppError `not_found`
 */
export async function questionSource(
  { publicUrl }: Pick<Ports, 'publicUrl'>,
  workshop: WorkshopRow,
  id: string,
): Promise<QuestionSource> {
  const which = { _id: id, partnership: workshop.partnership, workshop: workshop._id }
  const found = await WorkshopItem.findOne({ ...which, kind: 'question' }).lean()
  const row = found as unknown as WorkshopItemRow<'question'> | null
  if (!row || row.body.deletedAt) throw new AppError('not_found')
  const { lang, text, translation, thread } = row.body
  const people = await attendeesById(workshop, [row.by, translation?.by])
  const asker = people.get(String(row.by))
  const url = `${publicUrl()}/workshops/${workshop._id}`
  const credited = (words: string, to: Language) =>
    `${words}\n\n${askedBy(asker, { workshop: pickText(workshop.title, to).text, url }, to)}`
  const own: LocalizedText = { [lang]: text }
  const said = {
    lang,
    title: own,
    text: credited(text, lang),
    translation: null,
    ...(thread ? { threadId: String(thread) } : {}),
  }
  if (!translation) return said
  const title = { ...own, [translation.lang]: translation.text }
  const translator = people.get(String(translation.by))
  if (translator?.userId) {
    const { at } = translation
    const by = new Types.ObjectId(translator.userId)
    const theirs = { lang: translation.lang, text: credited(translation.text, translation.lang) }
    return { ...said, title, translation: { ...theirs, by, at } }
  }
  return { ...said, title, text: `${said.text}\n\n${translatedBy(translator, translation, lang)}` }
}

function askedBy(
  asker: AttendeeView | undefined,
  where: { workshop: string; url: string },
  lang: Language,
): string {
  const t = wordsIn(lang)
  if (!asker) return t('credit.asked', where)
  return t('credit.askedBy', { ...where, name: named(asker, lang) })
}

function translatedBy(
  translator: AttendeeView | undefined,
  { text }: { text: string },
  lang: Language,
): string {
  const t = wordsIn(lang)
  if (!translator) return t('credit.translated', { text })
  return t('credit.translatedBy', { text, name: named(translator, lang) })
}

function named({ name, userId }: AttendeeView, lang: Language): string {
  const t = wordsIn(lang)
  return userId ? nameIn(name, lang) : t('credit.guest', { name: nameIn(name, lang) })
}
