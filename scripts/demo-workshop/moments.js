/**
 * @typedef {{ lang: 'en' | 'ru', text: string }} Said
 * @typedef {{ kind: 'say', who: string, said: Said, translation?: Said }
 *   | { kind: 'ask', who: string, said: Said, translation?: Said, votes: readonly string[] }
 *   | { kind: 'answer', who: string, said: Said, translation?: Said }
 *   | { kind: 'hand', who: string }
 *   | { kind: 'slide' }
 *   | { kind: 'poll', poll: { form: string, promptEn: string, promptRu: string, lang: 'en' | 'ru', options: readonly { id: string, en: string, ru: string }[] }, votes: Readonly<Record<string, readonly string[]>> }
 *   | { kind: 'timer', minutes: number }
 *   | { kind: 'pulse', who: string, pulse: string }} Moment
 */

/** Accounts that the sign-in page offers; all their words are invented. */
export const ACCOUNTS = /** @type {const} */ ([
  'physician.us',
  'physician.ru',
  'reviewer',
  'coordinator.us',
  'coordinator.ru',
  'viewer',
])

const en = (/** @type {string} */ text) => /** @type {Said} */ ({ lang: 'en', text })
const ru = (/** @type {string} */ text) => /** @type {Said} */ ({ lang: 'ru', text })

/**
 * What is said in one round, about working together in two languages: nothing clinical, for nobody is to
 * take it for advice.
 *
 * @type {readonly Moment[]}
 */
export const MOMENTS = [
  {
    kind: 'say',
    who: 'coordinator.us',
    said: en('Good to see everybody again. Write in your own language, please.'),
    translation: ru('Рада снова всех видеть. Пишите, пожалуйста, на своём языке.'),
  },
  { kind: 'slide' },
  {
    kind: 'say',
    who: 'coordinator.ru',
    said: ru('У нас связь медленная, но слайды открываются.'),
    translation: en('Our line is slow, but the slides do open.'),
  },
  { kind: 'slide' },
  {
    kind: 'ask',
    who: 'viewer',
    said: en('Where do we find the slides afterwards?'),
    translation: ru('Где потом найти слайды?'),
    votes: ['coordinator.us', 'physician.ru', 'coordinator.ru'],
  },
  {
    kind: 'answer',
    who: 'physician.us',
    said: en('In the library of this partnership, in both languages.'),
    translation: ru('В библиотеке этого партнёрства, на обоих языках.'),
  },
  { kind: 'timer', minutes: 3 },
  {
    kind: 'say',
    who: 'physician.us',
    said: en('Three minutes to read this slide on your own.'),
    translation: ru('Три минуты, чтобы каждый прочитал этот слайд сам.'),
  },
  { kind: 'slide' },
  { kind: 'hand', who: 'coordinator.ru' },
  {
    kind: 'say',
    who: 'coordinator.ru',
    said: ru('Предлагаю записать это в общие заметки.'),
    translation: en('I suggest that we put this into the shared notes.'),
  },
  { kind: 'timer', minutes: 0 },
  {
    kind: 'poll',
    poll: {
      form: 'single',
      lang: 'en',
      promptEn: 'Is the pace right?',
      promptRu: 'Удобен ли темп?',
      options: [
        { id: 'a', en: 'Yes', ru: 'Да' },
        { id: 'b', en: 'A little slower', ru: 'Чуть медленнее' },
        { id: 'c', en: 'A little faster', ru: 'Чуть быстрее' },
      ],
    },
    votes: {
      'coordinator.ru': ['b'],
      'coordinator.us': ['a'],
      'physician.ru': ['a'],
      reviewer: ['b'],
      viewer: ['a'],
    },
  },
  {
    kind: 'say',
    who: 'physician.us',
    said: en('Thank you. I will go a little slower, and the interpreter too.'),
    translation: ru('Спасибо. Буду говорить чуть медленнее, и переводчик тоже.'),
  },
  { kind: 'slide' },
  {
    kind: 'say',
    who: 'viewer',
    said: en('I had to reconnect, and nothing was lost. Nice.'),
    translation: ru('Связь прервалась, но ничего не пропало. Отлично.'),
  },
  {
    kind: 'ask',
    who: 'coordinator.ru',
    said: ru('Можно ли показать это коллегам, у которых сегодня дежурство?'),
    translation: en('May we show this to colleagues who are on duty today?'),
    votes: ['viewer', 'physician.ru'],
  },
  {
    kind: 'answer',
    who: 'physician.ru',
    said: ru('Да, комната остаётся открытой для чтения и после семинара.'),
    translation: en('Yes, the room stays open for reading after the workshop.'),
  },
  { kind: 'slide' },
  { kind: 'hand', who: 'viewer' },
  {
    kind: 'say',
    who: 'viewer',
    said: en('One word on forms: let us keep one template for both sides.'),
    translation: ru('Одно слово о формах: пусть будет один шаблон для обеих сторон.'),
  },
  { kind: 'pulse', who: 'viewer', pulse: 'too_fast' },
  {
    kind: 'say',
    who: 'physician.ru',
    said: ru('Поддерживаю. Возьмём наш и переведём до пятницы.'),
    translation: en('I agree. Let us take ours and translate it by Friday.'),
  },
  {
    kind: 'ask',
    who: 'coordinator.us',
    said: en('Who keeps the notes next time?'),
    translation: ru('Кто ведёт заметки в следующий раз?'),
    votes: ['physician.us'],
  },
  {
    kind: 'say',
    who: 'coordinator.ru',
    said: ru('В следующий раз заметки ведём мы.'),
    translation: en('Next time we keep the notes.'),
  },
  { kind: 'slide' },
  {
    kind: 'poll',
    poll: {
      form: 'scale',
      lang: 'ru',
      promptEn: 'How useful was this part?',
      promptRu: 'Насколько полезной была эта часть?',
      options: [],
    },
    votes: {
      'coordinator.ru': ['5'],
      'coordinator.us': ['4'],
      'physician.ru': ['4'],
      viewer: ['5'],
    },
  },
  {
    kind: 'say',
    who: 'coordinator.us',
    said: en('A short break, then we go on from here.'),
    translation: ru('Небольшой перерыв, потом продолжим с этого места.'),
  },
]
