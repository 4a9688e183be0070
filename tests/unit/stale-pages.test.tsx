import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { createMemoryRouter, RouterProvider } from 'react-router-dom'
import { describe, expect, it } from 'vitest'
import { ReportPage } from '../../app/features/afterwards/report-page'
import { TestForm } from '../../app/features/learning/test-form'
import { PlanPage } from '../../app/features/workshops/plan-page'
import { rereadStale } from '../../app/lib/reread-stale'
import { loadWords } from '../../server/services/words'
import common from '../../shared/locales/en/common.json'
import errors from '../../shared/locales/en/errors.json'
import learning from '../../shared/locales/en/learning.json'
import people from '../../shared/locales/en/people.json'
import privacy from '../../shared/locales/en/privacy.json'
import after from '../../shared/locales/en/workshop-after.json'
import workshops from '../../shared/locales/en/workshops.json'
import { planParts } from '../../shared/plan-parts'
import { reportFields, reportParts } from '../../shared/report-fields'
import { seenOf } from '../../shared/seen-words'

/** The page as it is sent, before any script. */
function served(page: ReactNode): string {
  const words = { common, errors, learning, people, privacy, workshops, 'workshop-after': after }
  const i18n = loadWords({ en: words, ru: words }, 'common')
  void i18n.changeLanguage('en')
  const router = createMemoryRouter([{ id: 'root', path: '/', element: page }], {
    hydrationData: { loaderData: { root: { lang: 'en', timeZone: 'UTC' } } },
  })
  return renderToStaticMarkup(
    <I18nextProvider i18n={i18n}>
      <RouterProvider router={router} />
    </I18nextProvider>,
  )
}

const refused = (code: string, values: object) => ({ refused: { code, detail: {} }, values })

const REPORT = {
  rev: 4,
  summary: { en: 'Their summary' },
  decisions: { ru: 'Одна форма' },
  costs: {},
  press: {},
  quotes: [],
  editedAt: null,
  saved: {
    isOwn: false,
    name: { given: 'Анна', family: 'Белова', latin: 'Anna Belova' },
    at: '2030-05-01T09:30:00.000Z',
  },
}
const FACTS = {
  attendance: { people: 1, enough: 1, byCadre: [], byInstitution: [] },
  questions: { asked: 0, answered: 0 },
  learning: { pre: { percent: null }, post: { percent: null } },
  happened: { polls: [], questions: [], cases: [] },
  decisions: [],
  tasks: 0,
}
const SAVING = { done: null, times: 0, doing: () => () => {}, isSending: false }

const report = (refusal: object | null, stored: object = REPORT) =>
  served(
    <ReportPage
      report={stored as typeof REPORT}
      facts={FACTS as never}
      workshopId="w"
      isSaved={false}
      refusal={refusal as never}
    />,
  )

const [A, B, C] = ['a', 'b', 'c'].map((letter) => letter.repeat(24))
const row = (at: number, fields: object) =>
  Object.fromEntries(
    Object.entries({ spoken: 'en', minutes: '20', ...fields }).map(([name, value]) => [
      `agenda.${at}.${name}`,
      value,
    ]),
  )
const WAS = {
  titleEn: 'Old',
  objectivesRu: 'Цели',
  mode: 'virtual',
  startsOn: '2031-12-02',
  startsTime: '09:00',
  timeZone: 'UTC',
  ...row(0, { id: A, titleEn: 'Doses' }),
  ...row(1, { id: B, titleEn: 'Visits' }),
}
const NOW = {
  ...WAS,
  titleEn: 'Theirs',
  objectivesRu: 'Их цели',
  ...row(0, { id: C, titleEn: 'First' }),
  ...row(1, { id: A, titleEn: 'Doses', minutes: '30' }),
}
const MINE = {
  ...WAS,
  base: '3',
  seen: seenOf(planParts(WAS)),
  titleEn: 'Mine',
  phone: '12',
  'agenda.0.minutes': '45',
  'agenda.1.titleRu': 'Визиты',
}
const plan = (refusal: object | null, values: Record<string, string> = NOW) =>
  served(
    <PlanPage
      list="/workshops"
      sides={[]}
      mySideId={null}
      choices={{ people: [], resources: [], channelKinds: ['link'] } as never}
      now="2031-11-01T00:00:00.000Z"
      mine="me"
      clientKey=""
      like={null}
      plan={{
        id: 'w',
        values,
        rev: 4,
        saved: REPORT.saved,
        siblings: 0,
        later: { open: [] } as never,
      }}
      refusal={refusal as never}
    />,
  )

describe('a form that came too late', () => {
  const opened = reportParts({ summaryEn: 'Old', decisionsRu: 'Одна форма', costsEn: 'None' })
  const mine = {
    base: '3',
    seen: seenOf(opened),
    summaryEn: 'My summary',
    decisionsRu: 'Одна форма\r\n',
    costsEn: 'None',
    pressRu: 'Моё',
  }

  it('joins the other’s report with one’s own, and shows theirs beside what both have changed', () => {
    const page = report(refused('conflict', mine))
    expect(page).toMatch(/<input type="hidden" name="base" value="4"/)
    expect(page).toContain(`name="seen" value="${seenOf(reportParts(reportFields(REPORT)))}"`)
    expect(page).toMatch(/A\.\sBelova has saved other changes.*: May 1, 2030, 09:30\./)
    expect(page).toMatch(/<textarea[^>]*name="summaryEn"[^>]*>My summary</)
    expect(page).toMatch(/id="theirs.summaryEn".*?<span lang="en">Their summary<\/span>/s)
    expect(page.match(/id="theirs\./g)).toHaveLength(1)
    // what one of them alone has changed
    expect(page).toMatch(/<textarea[^>]*name="pressRu"[^>]*>Моё</)
    expect(page).toMatch(/<textarea[^>]*name="costsEn"[^>]*><\/textarea>/)
    expect(page).toMatch(/<a href="\/"[^>]*>Take theirs</)
  })

  it('shows all their quotations beside one’s own where both have changed them', () => {
    const said = { 'quotes.0.text': 'One', 'quotes.1.text': 'Two', 'quotes.2.text': 'Three' }
    const sent = { ...mine, ...said, 'quotes.0.text': '', seen: seenOf(reportParts(said)) }
    const quotes = [
      { text: 'One', who: 'nurse', consent: true },
      { text: 'Three', who: '', consent: false },
    ]
    const page = report(refused('conflict', sent), { ...REPORT, quotes })
    const theirs = 'One — nurse · They agree to be quoted\nThree'
    expect(page).toMatch(/<a href="#theirs.quotes"[^>]*>In the participants’ words</)
    expect(page).toMatch(new RegExp(`id="theirs.quotes".*?<span>${theirs}</span>`, 's'))
    const texts = [...page.matchAll(/name="quotes\.\d\.text"[^>]*>([^<]*)</g)].map(
      ([, text]) => text,
    )
    expect(texts.join('|')).toBe('|Two|Three|')
  })

  it('is sent with the count it was opened with where something else is wrong', () => {
    const page = report(refused('too_many_requests', mine))
    expect(page).toMatch(/<input type="hidden" name="base" value="3"/)
    expect(page).toContain(`name="seen" value="${mine.seen}"`)
    expect(page).not.toContain('has saved other changes')
    expect(report(null)).toMatch(/<input type="hidden" name="base" value="4"/)
  })

  it('joins the other’s plan with one’s own, row by row', () => {
    const page = plan(refused('conflict', MINE))
    expect(page).toMatch(/<input type="hidden" name="base" value="4"/)
    expect(page).toContain(`name="seen" value="${seenOf(planParts(NOW))}"`)
    // untouched here, newer there; touched here alone; touched by both
    expect(page).toMatch(/name="objectivesRu"[^>]*>Их цели</)
    expect(page).toMatch(/name="phone"[^>]*value="12"/)
    expect(page).toMatch(/name="titleEn"[^>]*value="Mine"/)
    expect(page).toMatch(/name="titleEn"[^>]*aria-describedby="[^"]*theirs.titleEn"/)
    expect(page).toMatch(/id="theirs.titleEn".*?<span lang="en">Theirs</s)
    // the row that they have put first, and the one that they have taken out
    const rows = [...page.matchAll(/<input[^>]* name="agenda\.\d\.titleEn"[^>]*>/g)]
    const titles = rows.map(([input]) => /value="([^"]*)"/.exec(input)?.[1])
    expect(titles.slice(0, 4)).toEqual(['First', 'Doses', 'Visits', ''])
    expect(page).toMatch(/id="theirs.agenda.1".*?Minutes: <\/span><span>30</s)
    expect(page).toMatch(/id="theirs.agenda.2".*?Somebody has removed this part/s)
    expect(page.match(/href="#theirs\.[^"]*"/g)).toHaveLength(3)
  })

  it('shows for whom theirs is, and says what goes to no later one', () => {
    const was = { ...WAS, 'audience.nurse': 'on', 'audience.physician': 'on' }
    const opened = { ...was, base: '3', seen: seenOf(planParts(was)), 'audience.nurse': '' }
    const now = { ...WAS, 'audience.nurse': 'on', titleEn: 'Theirs' }
    const alike = { ...opened, titleEn: 'Theirs', scope: 'later' }
    const page = plan(refused('conflict', alike), now)
    expect(page).toMatch(/<a href="#theirs.audience"[^>]*>For which professions</)
    expect(page).toMatch(
      /aria-describedby="[^"]*theirs.audience".*?id="theirs.audience".*?>Nurse</s,
    )
    expect(page).toMatch(/name="audience.physician"[^>]* checked=""/)
    expect(page).not.toMatch(/name="audience.nurse"[^>]* checked=""/)
    expect(page).toContain('is saved in this workshop already')
    expect(plan(refused('conflict', { ...alike, scope: 'one' }), WAS)).toMatch(
      /id="theirs.audience".*?>For all members</s,
    )
    expect(plan(refused('conflict', { ...alike, scope: 'one' }), now)).not.toContain(
      'saved in this workshop already',
    )
  })

  it('keeps what a plan was opened with where something else is wrong', () => {
    for (const code of ['invalid_input', 'patient_data', 'too_many_requests', 'unreachable']) {
      const page = plan(refused(code, MINE))
      expect(page).toMatch(/<input type="hidden" name="base" value="3"/)
      expect(page).toContain(`name="seen" value="${MINE.seen}"`)
      expect(page).toMatch(/name="objectivesRu"[^>]*>Цели</)
    }
  })

  it('shows the other’s questions of a test beside one’s own', () => {
    const options = [
      { id: 'o1', text: { en: 'Yes' } },
      { id: 'o2', text: { en: 'No' } },
    ]
    const test = { rev: 2, items: [{ id: 'i1', prompt: { en: 'Theirs?' }, options, right: 'o1' }] }
    const values = { base: '1', 'items.0.promptEn': 'Mine?', 'items.0.right': '0' }
    const page = served(
      <TestForm
        test={test as never}
        refusal={refused('conflict', values) as never}
        saving={SAVING}
      />,
    )
    expect(page).toMatch(/<input type="hidden" name="base" value="2"/)
    expect(page).toMatch(/<section aria-label="What they saved".*Theirs\?.*<\/section>/s)
    expect(page).toMatch(/name="items.0.promptEn"[^>]*value="Mine\?"/)
  })

  it('has its page read again', () => {
    const asked = (actionStatus: number) =>
      rereadStale({ actionStatus, defaultShouldRevalidate: true } as never)
    expect([asked(200), asked(409), asked(422), asked(503)]).toEqual([true, true, false, false])
  })
})
