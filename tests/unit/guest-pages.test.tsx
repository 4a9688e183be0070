import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import {
  createStaticHandler,
  createStaticRouter,
  StaticRouterProvider,
} from 'react-router-dom/server'
import { describe, expect, it } from 'vitest'
import { Consent, HomeFacts } from '../../app/features/entering/home-facts'
import { Channels } from '../../app/features/room/channels'
import { Byline } from '../../app/features/room/panels/byline'
import { RoomContext } from '../../app/features/room/room-context'
import { loadWords } from '../../server/services/words'
import type { Language } from '../../shared/languages'
import enCommon from '../../shared/locales/en/common.json'
import enEntering from '../../shared/locales/en/entering.json'
import enRoom from '../../shared/locales/en/room.json'
import ruCommon from '../../shared/locales/ru/common.json'
import ruEntering from '../../shared/locales/ru/entering.json'
import ruRoom from '../../shared/locales/ru/room.json'
import type { AttendeeView } from '../../shared/room-views'

/** What a reader's page says before any script has come. */
async function served(lang: Language, page: ReactNode): Promise<string> {
  const words = {
    en: { common: enCommon, entering: enEntering, room: enRoom },
    ru: { common: ruCommon, entering: ruEntering, room: ruRoom },
  }
  const i18n = loadWords(words, 'common')
  void i18n.changeLanguage(lang)
  const root = { id: 'root', path: '/', element: page, loader: () => ({ lang, timeZone: 'UTC' }) }
  const { dataRoutes, query } = createStaticHandler([root])
  const context = await query(new Request('http://here/'))
  if (context instanceof Response) throw new Error('led away')
  return renderToStaticMarkup(
    <I18nextProvider i18n={i18n}>
      <StaticRouterProvider
        router={createStaticRouter(dataRoutes, context)}
        context={context}
        hydrate={false}
      />
    </I18nextProvider>,
  )
}

const WORKSHOP = {
  place: { ru: 'Больница № 2, зал 1' },
  accreditation: { en: '2 credits', ru: '2 балла' },
  recordingConsent: { en: 'Sound is recorded.' },
  phone: '+1 203 555 0101',
  status: 'announced',
  channels: [{ id: 'c', spoken: 'en', kind: 'jitsi', url: 'https://meet.example/1' }],
} as const

describe('what a guest is told', () => {
  it('is where it is, what to dial, what it counts for and what is recorded', async () => {
    const home = await served('en', <HomeFacts view={WORKSHOP as never} />)
    expect(home).toContain('<span lang="ru">Больница № 2, зал 1</span>')
    expect(home).toContain('+1 203 555 0101')
    expect(home).toContain('2 credits')
    const consent = await served('ru', <Consent text={WORKSHOP.recordingConsent} />)
    expect(consent).toContain('Аудио- и видеозапись, согласие')
    expect(consent).toContain('<span lang="en">Sound is recorded.</span>')
  })

  it('is the consent beside the links to where one is heard', async () => {
    const room = (workshop: object) =>
      served(
        'ru',
        <RoomContext.Provider value={{ workshop } as never}>
          <Channels />
        </RoomContext.Provider>,
      )
    expect(await room(WORKSHOP)).toMatch(/meet\.example.*<span lang="en">Sound is recorded\./)
    expect(await room({ ...WORKSHOP, channels: [], phone: '' })).toContain('Sound is recorded.')
    const nothing = { ...WORKSHOP, channels: [], phone: '', recordingConsent: {} }
    expect(await room(nothing)).not.toContain('section')
  })
})

describe('who speaks in a room', () => {
  it('is called a guest where nobody vouches for the name', async () => {
    const name = { given: 'Thomas', family: 'Okafor' }
    const guest: AttendeeView = { id: 'a', userId: null, name, tone: null, role: 'participant' }
    const line = (by: AttendeeView, lang: Language) =>
      served(lang, <Byline by={by} at="2026-11-22T10:00:00.000Z" />)
    expect(await line(guest, 'en')).toContain(' (guest)<')
    expect(await line(guest, 'ru')).toContain(' (гость)<')
    expect(await line({ ...guest, userId: 'u' }, 'en')).not.toContain('guest')
  })
})
