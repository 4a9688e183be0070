import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ERRORS } from '../../shared/errors'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const NAMESPACES = readdirSync(join(ROOT, 'shared/locales/en')).map((file) => file.slice(0, -5))
const EN_PLURAL = /_(one|other)$/
const ANY_PLURAL = /_(zero|one|two|few|many|other)$/

/** Latin words that stay as they are in Russian: our name, keys on the keyboard, parts of addresses. */
const LATIN_IN_RUSSIAN = new Set(
  [
    'Twinward EN RU QR Caps Lock F Alt Ctrl Shift Esc Tab Enter https http mailto name hospital org',
    'JavaScript Jitsi BigBlueButton PDF Word Excel PowerPoint OpenDocument PNG JPEG WebP GIF MP WebM CSV JSON ICS',
  ].flatMap((words) => words.split(' ')),
)
/** Values that are the same in both languages on purpose, as each names a language in itself. */
const NAMES_OF_LANGUAGES = ['common:language.inEn', 'editor:column.en', 'common:find.other']

/**
 * Keys that are put together while running, by what they begin with. Every other key must stand
 * somewhere in the code as it is.
 */
const COMPOSED = [
  'learning:opening.',
  'learning:test.title_',
  'learning:test.lead_',
  'learning:test.codeWhy_',
  'learning:test.also_',
  'learning:handedIn.thanks_',
  'learning:evaluation.text.',
  'learning:evaluation.scale.',
  'learning:evaluation.end.',
  'learning:promise.saved.',
  'learning:promise.outcome.',
  'learning:items.missing_',
  'learning:items.prompt_',
  'learning:items.option_',
  'outcomes:add.in.',
  'outcomes:kind.',
  'outcomes:of.',
  'outcomes:sure.',
  'outcomes:told.from.',
  'entering:home.begins.',
  'entering:guests.done.',
  'workshops:status.',
  'workshops:mode.',
  'workshops:language.',
  'workshops:spoken.',
  'workshops:fallback.',
  'workshops:document.',
  'workshops:move.',
  'workshops:form.kind.',
  'workshops:form.repeat.',
  'workshops:form.wrong.',
  'slides:ofLang.',
  'slides:failure.',
  'slides:pair.label_',
  'common:materials.in_',
  'room:slides.in_',
  'room:slides.only_',
  'room-panels:page.add_',
  'room-panels:page.in_',
  'room:agenda.spoken_',
  'room:channels.',
  'room:count.',
  'room:people.role.',
  'room:status.',
  'room:tab.',
  'room-panels:case.',
  'room-panels:group.by_',
  'room-panels:group.topic_',
  'room-panels:news.test_',
  'room-panels:notes.in_',
  'room-panels:poll.in_',
  'room-panels:poll.is.',
  'room-panels:poll.missing_',
  'room-panels:poll.option_',
  'room-panels:poll.problem.',
  'room-panels:poll.prompt_',
  'room-panels:poll.purpose.',
  'room-panels:poll.status.',
  'room-panels:poll.template.',
  'room-panels:pulse.',
  'room-panels:question.show.',
  'room-panels:run.is.',
  'room-panels:run.role.',
  'room-panels:said.add_',
  'room-panels:said.original_',
  'room-panels:said.translation_',
  'room-panels:said.write_',
  'entering:check.name.',
  'entering:check.text.',
  'entering:check.sound.',
  'entering:check.video.',
  'entering:check.answer.',
  'entering:guests.do.',
  'entering:home.spoken.',
  'entering:nameFault.',
  'entering:waiting.',
  'account:name.',
  'account:profile.seenIn.',
  'invitations:role.',
  'people:invitations.is.',
  'people:invite.outcome.',
  'people:roleMay.',
  'auth:demo.try.',
  'auth:password.fault.',
  'common:language.',
  'common:role.',
  'common:theme.',
  'editor:column.',
  'editor:drift.changed_',
  'editor:ghost.insert_',
  'editor:ghost.removed_',
  'editor:join.apply_',
  'editor:mark.by_',
  'editor:mark.formerly_',
  'editor:mark.update_',
  'editor:move.apply_',
  'editor:popover.text_',
  'editor:say.joined_',
  'editor:say.placed_',
  'editor:seam.',
  'editor:state.',
  'editor:text.label_',
  'editor:tools.label_',
  'errors:',
  'own-data:export.state.',
  'notifications:gone.',
  'notifications:kind.',
  'partnerships:changes.since.',
  'partnerships:clock.inCountry.',
  'partnerships:clock.onDay.',
  'partnerships:clock.onWeekday.',
  'mail:changed.what.',
  'mail:workshop.',
  'admin:letters.about.',
  'admin:letters.failure.',
  'admin:letters.status.',
  'library:add.in_',
  'library:ask.open_',
  'library:file.',
  'library:filter.without_',
  'library:item.in_',
  'library:item.outdatedBy_',
  'library:kind.',
  'library:kinds.',
  'library:news.',
  'library:size.',
  'library:status.',
  'library:upload.phase.',
  'partnerships:home.greeting.',
  'partnerships:phase.',
  'partnerships:phaseStatus.',
  'partnerships:start.',
  'partnerships:waiting.drift.',
  'partnerships:waiting.missing.',
  'partnerships:waiting.question.',
  'partnerships:waiting.translation.',
  'papers:report.modes.',
  'papers:report.scales.',
  'workshop-after:report.file.',
  'workshop-after:report.in.',
  'workshop-after:report.part.',
  'room:tests.',
  'people:cadre.',
  'privacy:kind.',
  'privacy:purge.back.',
  'privacy:purge.link.',
  'privacy:purge.means.',
  'privacy:purge.sureWhole.',
  'privacy:purge.whole.',
  'privacy:removed.by.',
  'privacy:removed.on.',
  'protocols:list.',
  'protocols:status.',
  'own-data:tokens.scope.',
  'record:factor.',
  'record:group.',
  'record:kind.',
  'search:domain.',
  'search:glossary.term.',
  'search:kind.',
  'search:one.',
  'search:pos.',
  'search:posShort.',
  'security:prompt.',
]

function wordsOf(lang: 'en' | 'ru', namespace: string): Map<string, string> {
  const file = readFileSync(join(ROOT, 'shared/locales', lang, `${namespace}.json`), 'utf8')
  return new Map(flatten(JSON.parse(file)))
}

function flatten(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(value ?? {}).flatMap(([key, inner]) =>
    flatten(inner, path ? `${path}.${key}` : key),
  )
}

function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] ?? ''))].sort()
}

function countedIn(words: ReadonlyMap<string, string>): Set<string> {
  const roots = [...words.keys()]
    .filter((key) => EN_PLURAL.test(key))
    .map((key) => key.replace(EN_PLURAL, ''))
  return new Set(roots.filter((root) => words.has(`${root}_one`) && words.has(`${root}_other`)))
}

/** Without its plural form, where the key is a counted one. */
function rootOf(key: string, counted: ReadonlySet<string>): string {
  const root = key.replace(ANY_PLURAL, '')
  return counted.has(root) ? root : key
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(ROOT, folder, file), 'utf8'))
}

describe.each(NAMESPACES)('the words of %s', (namespace) => {
  const en = wordsOf('en', namespace)
  const ru = wordsOf('ru', namespace)
  const counted = countedIn(en)

  it('are the same keys in English and in Russian', () => {
    const keysOf = (words: ReadonlyMap<string, string>) =>
      [...new Set([...words.keys()].map((key) => rootOf(key, counted)))].sort()
    expect(keysOf(ru)).toEqual(keysOf(en))
  })

  it('have all four Russian forms wherever something is counted', () => {
    const lacking = [...counted].flatMap((root) =>
      ['one', 'few', 'many', 'other']
        .map((form) => `${root}_${form}`)
        .filter((key) => !ru.has(key)),
    )
    expect(lacking).toEqual([])
  })

  it('name the same values in both languages', () => {
    const differing = [...ru].filter(([key, text]) => {
      const root = rootOf(key, counted)
      const english = en.get(key) ?? en.get(`${root}_other`) ?? ''
      // the form for one may say its number in words
      if (/_one$/.test(key) && variablesIn(text).length === 0) return false
      return String(variablesIn(text)) !== String(variablesIn(english))
    })
    expect(differing).toEqual([])
  })

  it('are never empty', () => {
    const empty = [...en, ...ru].filter(([, text]) => text.trim() === '').map(([key]) => key)
    expect(empty).toEqual([])
  })

  it('are Russian in the Russian file', () => {
    const foreign = [...ru].flatMap(([key, text]) => {
      if (NAMES_OF_LANGUAGES.includes(`${namespace}:${key}`)) return []
      const words = text.replace(/\{\{.*?\}\}/g, '').match(/[A-Za-z]+/g) ?? []
      return words.filter((word) => !LATIN_IN_RUSSIAN.has(word)).map((word) => `${key}: ${word}`)
    })
    expect(foreign).toEqual([])
  })
})

describe('the words', () => {
  // letters are written by services
  const code = ['app', 'shared', 'server/services'].flatMap(sourceFiles).join('\n')

  it('say what happened and what to do for every refusal', () => {
    const errors = wordsOf('en', 'errors')
    const silent = Object.keys(ERRORS)
      .flatMap((refusal) => [refusal, `${refusal}_advice`])
      .filter((key) => !errors.has(key))
    expect(silent).toEqual([])
  })

  it('are all used', () => {
    const unused = NAMESPACES.flatMap((namespace) => {
      const words = wordsOf('en', namespace)
      const counted = countedIn(words)
      return [...words.keys()]
        .map((key) => rootOf(key, counted))
        .filter((key) => !COMPOSED.some((prefix) => `${namespace}:${key}`.startsWith(prefix)))
        .filter((key) => !["'", '"', '`'].some((quote) => code.includes(`${key}${quote}`)))
        .map((key) => `${namespace}:${key}`)
    })
    expect(unused).toEqual([])
  })

  it('are still put together where the list above says so', () => {
    const prefixes = COMPOSED.map((prefix) => prefix.slice(prefix.indexOf(':') + 1)).filter(Boolean)
    expect(prefixes.filter((prefix) => !code.includes(`${prefix}\${`))).toEqual([])
  })
})
